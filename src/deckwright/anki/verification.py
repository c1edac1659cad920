"""Asks the real Anki engine whether a package harms anyone, new to the deck or not."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckwright.anki.archive import measure_zip
from deckwright.anki.learner import Imported, Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.release.packaged import PackageContents, PackagedNote

_TAG = "van-de-leerling"
_CORRECTION = "Verbeterd door de leerling."
_SPARE = -1  # the last field is a spare: no card changes by the correction


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Anki made of a package: `facts` in words, and `harm`, empty for a good package."""

    facts: list[str] = field(default_factory=list)
    harm: list[str] = field(default_factory=list)


def verify_package(package: Path, old: Path | None = None) -> Verdict:
    """Import a package into a throw-away collection; with `old`, into that of one who studied it.

    ImportError without `anki`; OSError or PackageError where a package cannot be read.
    """
    for each in (package, old):
        if each:
            measure_zip(each)
    new = read_package(package)
    before = read_package(old) if old else None
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as folder:
        with learner(Path(folder, "newcomer")) as newcomer:
            _first_import(newcomer, package, new, verdict)
        if old and before:
            with learner(Path(folder, "student")) as student:
                _update(student, (old, before), (package, new), verdict)
    return verdict


def _first_import(newcomer: Learner, package: Path, new: PackageContents, verdict: Verdict) -> None:
    log = newcomer.imports(package)
    cards, meant = newcomer.cards(), sum(len(note.ordinals) for note in new.notes.values())
    verdict.facts.append(f"a newcomer gets {log.new} notes and {len(cards)} cards")
    if log != Imported(len(new.notes), 0, 0, 0):
        verdict.harm.append(f"of {len(new.notes)} notes Anki took {log.new}")
    if len(cards) != meant or newcomer.empty_cards():
        verdict.harm.append(f"of {meant} cards Anki made {len(cards)}")
    verdict.harm.extend(f"Anki shows a notice: {where}" for where in newcomer.notices())
    verdict.harm.extend(f"media is missing: {name}" for name in newcomer.missing_media())


def _update(
    student: Learner,
    old: tuple[Path, PackageContents],
    new: tuple[Path, PackageContents],
    verdict: Verdict,
) -> None:
    """Play someone who studied, tagged and corrected `old`, and then imports `new`."""
    student.imports(old[0])
    student.studies(rounds=2)
    then = max(note.modified for note in old[1].notes.values()) + 1
    student.tags(_TAG, at=then)
    same = {guid for guid, note in old[1].notes.items() if _is_same(note, new[1])}
    corrected = next((guid for guid in old[1].notes if guid in same), None)
    if corrected:
        note = student.notes()[corrected]
        spare = list(note.keys())[_SPARE]
        student.corrects(old[1].notes[corrected].id, spare, _CORRECTION, at=then)
    progress, types, empty = student.progress(), student.note_types(), student.empty_cards()
    log = student.imports(new[0])
    verdict.facts.append(
        f"someone who studied the old one gets {log.new} new and {log.updated} changed notes"
    )
    if log.conflicting:
        verdict.harm.append(f"{log.conflicting} notes can never be updated again")
    if stray := student.note_types() - types - {entry.name for entry in new[1].types.values()}:
        verdict.harm.append(f"stray note types: {', '.join(sorted(stray))}")
    verdict.harm.extend(_lost(student, progress, same, corrected))
    verdict.harm.extend(_unlike(student, old[1], new[1]))
    if gone := student.empty_cards() - empty:
        verdict.facts.append(f"{len(gone)} cards are empty now: Empty Cards removes them")


def _is_same(note: PackagedNote, new: PackageContents) -> bool:
    after = new.notes.get(note.guid)
    return after is not None and (after.fields, after.tags) == (note.fields, note.tags)


def _lost(
    student: Learner,
    progress: dict[tuple[str, int], tuple[object, ...]],
    same: set[str],
    corrected: str | None,
) -> Iterator[str]:
    now, notes = student.progress(), student.notes()
    for (guid, number), card in progress.items():
        if now.get((guid, number)) != card:
            yield f"reviews are lost: {_name(notes, guid)}, card {number + 1}"
    for guid in same & notes.keys():
        if _TAG not in notes[guid].tags:
            yield f"own tags are lost: {_name(notes, guid)}"
    if corrected in notes and notes[corrected].fields[_SPARE] != _CORRECTION:
        yield f"an own correction is lost: {_name(notes, corrected)}"


def _unlike(student: Learner, old: PackageContents, new: PackageContents) -> Iterator[str]:
    """Yield what did not arrive, and what stands there twice."""
    notes = student.notes()
    names = Counter(note.fields[0] for note in notes.values())
    if twice := sorted(name for name, count in names.items() if count > 1):
        yield f"notes that stand there twice: {', '.join(twice)}"
    for guid, note in new.notes.items():
        changed = guid not in old.notes or not _is_same(old.notes[guid], new)
        if changed and notes[guid].fields != list(note.fields.values()):
            yield f"the change did not arrive: {note.id}"


def _name(notes: dict[str, Any], guid: str | None) -> str:
    return str(notes[guid].fields[0]) if guid in notes else f"guid {guid}"
