"""Asks the real Anki engine whether a package harms anyone, new to the deck or not."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.anki._people import Update, held, losses, not_arrived, studied
from deckwright.anki.archive import measure_zip
from deckwright.anki.learner import Imported, Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.cards.note_types import main_role
from deckwright.release.html_text import plain
from deckwright.release.meaning import identical, same_meaning
from deckwright.release.packaged import PackageContents, PackagedNote

_BEHIND = 300  # seconds that the clock of a phone may run behind
_OPENING = 40  # characters


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Anki made of a package: `facts` in words, and `harm`, empty for a good package."""

    facts: list[str] = field(default_factory=list)
    harm: list[str] = field(default_factory=list)


def verify_package(
    package: Path,
    old: Path | None = None,
    *,
    cleanup: Path | None = None,
    meant: frozenset[str] = frozenset(),
) -> Verdict:
    """Import a package into throw-away collections: of a newcomer, and of those who have `old`.

    `cleanup` blanks what `old` has and `package` retires; `meant` are the guids of notes that ask
    something else on purpose. ImportError without `anki`; OSError or PackageError where a package
    cannot be read.
    """
    for each in (package, old, cleanup):
        if each:
            measure_zip(each)
    new, verdict = read_package(package), Verdict()
    with tempfile.TemporaryDirectory() as folder:
        with learner(Path(folder, "newcomer")) as newcomer:
            _first_import(newcomer, package, new, verdict)
        if old:
            update = Update(old, read_package(old), package, new)
            verdict.harm.extend(_confused(update, meant))
            for name, play in _PEOPLE.items():
                with learner(Path(folder, name)) as someone:
                    play(someone, update, verdict)
            if cleanup:
                with learner(Path(folder, "cleaner")) as cleaner:
                    _cleans_up(cleaner, update, cleanup, verdict)
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


def _confused(update: Update, meant: frozenset[str]) -> Iterator[str]:
    """Yield notes that learners get twice, and those that ask something else than they learnt."""
    gone = {
        identical(note.kind, note.fields): note
        for guid, note in update.old.notes.items()
        if guid not in update.new.notes
    }
    for guid, note in update.new.notes.items():
        before = update.old.notes.get(guid)
        if before is None and (twin := gone.get(identical(note.kind, note.fields))):
            yield f"learners get one note twice: {twin.id}, and now {note.id}"
        if before and guid not in meant and before.kind == note.kind and not _alike(before, note):
            text = plain(note.fields[main_role(note.kind)])[:_OPENING]
            yield f"{note.id} asks something else under the reviews it has: '{text}'"


def _alike(before: PackagedNote, after: PackagedNote) -> bool:
    return same_meaning(after.kind, before.fields, after.fields)


def _student(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who studied all, tagged all and corrected a note."""
    studied(who, update)
    before, empty, types = held(who), who.empty_cards(), who.note_types()
    log = who.imports(update.new_file)
    verdict.facts.append(
        f"someone who studied the last one gets {log.new} new and {log.updated} changed notes"
    )
    verdict.harm.extend(losses(who, before, update, log))
    verdict.harm.extend(not_arrived(who, update))
    if stray := who.note_types() - types - {each.name for each in update.new.types.values()}:
        verdict.harm.append(f"stray note types: {', '.join(sorted(stray))}")
    if gone := who.empty_cards() - empty:
        count = "1 card is" if len(gone) == 1 else f"{len(gone)} cards are"
        verdict.facts.append(f"{count} empty now: Empty Cards removes them")


def _mover(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who moved all cards into a deck with another name: they stay there."""
    studied(who, update)
    who.moves_all("Mijn stapel")
    before = held(who)
    log = who.imports(update.new_file)
    verdict.harm.extend(f"who moved the deck: {loss}" for loss in losses(who, before, update, log))


def _two_in_one_evening(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who imports both at once, on a phone that runs five minutes behind."""
    newest = max(note.modified for note in update.new.notes.values())
    studied(who, update, at=newest - _BEHIND)
    before = held(who)
    log = who.imports(update.new_file)
    found = [loss for loss in losses(who, before, update, log) if "own" not in loss]
    verdict.harm.extend(f"who updates at once: {loss}" for loss in found)
    again = who.imports(update.new_file)
    if again.updated or again.new:
        verdict.harm.append(f"who imports twice gets {again.updated} notes again")


def _with_own_field_and_card(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who added both: Anki updates such notes only with *Merge note types*."""
    studied(who, update)
    if not who.can_merge():
        return
    then = max(note.modified for note in update.old.notes.values()) + 1
    who.adds_field("Eigen veld", at=then)
    who.adds_template("Eigen kaart", at=then)
    before = held(who)
    log = who.imports(update.new_file, merge=True)
    found = [each for each in losses(who, before, update, log) if "never be updated" not in each]
    found += not_arrived(who, update)
    verdict.harm.extend(f"who added a field and a card: {each}" for each in found)
    if not found:
        fact = "someone who added a field or card type needs 'Merge note types' for what changed"
        verdict.facts.append(fact)


def _cleans_up(who: Learner, update: Update, cleanup: Path, verdict: Verdict) -> None:
    """Play someone who imports the clean-up and empties cards: only what is retired goes."""
    studied(who, update)
    who.imports(update.new_file)
    before = held(who)
    who.imports(cleanup)
    who.removes_empty_cards()
    left = who.notes()
    retired = update.old.notes.keys() - update.new.notes.keys()
    if lost := before.notes.keys() - left.keys() - retired:
        verdict.harm.append(f"the clean-up takes {len(lost)} notes that are not retired")
    who.imports(update.new_file)
    if back := who.notes().keys() & retired:
        verdict.harm.append(f"{len(back)} retired notes come back")
    verdict.facts.append(f"the clean-up takes {len(before.notes) - len(left)} retired notes away")


_PEOPLE: dict[str, Callable[[Learner, Update, Verdict], None]] = {
    "student": _student,
    "mover": _mover,
    "two-in-one-evening": _two_in_one_evening,
    "own-field-and-card": _with_own_field_and_card,
}
