"""A release: ledger, package, clean-up and notes for learners, written together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from deckwright.build.packages import label, package_bytes, package_name
from deckwright.build.plan import ReadyDeck
from deckwright.cards.fields import description
from deckwright.disk import writing
from deckwright.release import ledger
from deckwright.release.change_notes import change_notes
from deckwright.release.diff import Change, diff
from deckwright.release.guards import MEANING_CHANGED
from deckwright.release.ledger import LEDGER_NAME
from deckwright.release.packaged import PackageContents, PackagedNoteType
from deckwright.release.stamped_notes import blanked, held_note


@dataclass(frozen=True, slots=True)
class ReleaseFiles:
    """The files of a release, in the order in which they are to be written.

    The notes for learners go first, as nobody relies on them; then the ledger, from which alone a
    release that dies there can be completed; then what it packs.
    """

    files: dict[Path, bytes]
    package: Path
    cleanup: Path | None
    notes: Path


def changes(ready: ReadyDeck) -> list[Change]:
    """Return what learners of the last release will notice of the next one."""
    return diff(held_contents(ready), next_contents(ready))


def held_contents(ready: ReadyDeck) -> PackageContents:
    """Return what learners hold; the look of a note type is unknown where it is to change."""
    looks = _looks(ready)
    unchanged = {
        kind: looks[kind]
        for kind, entry in ready.held.types.items()
        if entry.fingerprint == ready.types[kind].fingerprint
    }
    others = {
        kind: replace(looks[kind], look=("",) * len(looks[kind].look))
        for kind in ready.held.types.keys() - unchanged.keys()
    }
    return ledger.contents(ready.held, unchanged | others)


def next_contents(ready: ReadyDeck) -> PackageContents:
    """Return what learners of the next release hold, in study order."""
    after = ready.release.ledger
    entries = (after.notes[stamped.note.id] for stamped in ready.release.notes)
    notes = {entry.guid: ledger.packaged_note(after, entry) for entry in entries}
    return PackageContents(notes, _looks(ready), description(ready.deck))


def held_package(ready: ReadyDeck) -> bytes:
    """Return the package of the last release, as far as the ledger knows it.

    Its note types look as they do now, and pictures that are gone are left out.
    """
    held = ready.held
    notes = sorted(held.live.values(), key=lambda note: note.anki)
    names = {file.name for file in ready.media.values()}
    last = tuple(held_note(held, note, names) for note in notes)
    times = {kind: held.time(entry.changed) for kind, entry in held.types.items()}
    types = {kind: ready.types[kind] for kind in times}
    before = replace(ready, types=types, release=replace(ready.release, types=times))
    return package_bytes(before, last)


def meant_changes(ready: ReadyDeck) -> frozenset[str]:
    """Return the guids of the notes that ask something else on purpose, as their `allow` says."""
    allowed = {
        note.id.value
        for note in ready.deck.notes
        if any(code.value == MEANING_CHANGED for code, _ in note.allow)
    }
    return frozenset(note.guid for note in ready.release.notes if note.note.id in allowed)


def release_files(
    ready: ReadyDeck, folder: Path, out: Path, *, clean_up_since: int | None = None
) -> ReleaseFiles:
    """Return the files that the release of a deck writes, into `folder` and `out`.

    The clean-up blanks the notes that this release retires, or all since that of a number.
    """
    key, after = ready.deck.key.value, ready.release.ledger
    blanks = clean_up(ready, clean_up_since)
    package, notes = out / package_name(ready), out / f"{key}-{label(ready, 'news')}.md"
    cleanup = out / f"{key}-{label(ready, 'cleanup')}.apkg" if blanks else None
    files = {} if ready.release.is_out else {notes: _notes(ready).encode()}
    files |= {folder / LEDGER_NAME: ledger.dump(after).encode(), package: package_bytes(ready)}
    if cleanup and blanks:
        files[cleanup] = blanks
    return ReleaseFiles(files, package, cleanup, notes)


def clean_up(ready: ReadyDeck, since: int | None = None) -> bytes | None:
    """Return the package that blanks what a release retires, or all since that of a number.

    None where that is nothing.
    """
    after = ready.release.ledger
    retired = blanked(after, after.number if since is None else since)
    return package_bytes(ready, retired) if retired else None


def write_release(ready: ReadyDeck, release: ReleaseFiles, extra: Mapping[Path, bytes]) -> None:
    """Write a release, and the files of a site (`extra`) after it; OSError where a folder refuses.

    A clean-up of an earlier release is removed first: its notes would come back as cards without
    text for those who have cleaned up.
    """
    if release.cleanup is None:
        name = f"{ready.deck.key.value}-{label(ready, 'cleanup')}.apkg"
        (release.package.parent / name).unlink(missing_ok=True)
    writing.write_all({**release.files, **extra})


def _notes(ready: ReadyDeck) -> str:
    held = ready.release.ledger
    reasons = {name: entry.reason for name, entry in held.notes.items() if entry.retired}
    searches = {
        name: adopted.search(entry.text)
        for name, entry in held.notes.items()
        if (adopted := held.adopted_type(entry))
    }
    return change_notes(
        changes(ready),
        ready.deck.name.value,
        ready.deck.language.value,
        first=not ready.held.releases,
        reasons=reasons,
        key_field=next(iter(ready.types.values())).fields[0].name,
        searches=searches,
    )


def _looks(ready: ReadyDeck) -> dict[str, PackagedNoteType]:
    return {
        kind: PackagedNoteType(each.id, kind, each.name, ready.release.types[kind], each.look)
        for kind, each in ready.types.items()
    }
