"""A build: the packages and the lock, written together or not at all."""

from dataclasses import dataclass
from pathlib import Path

from deckwright.build.plan import BuildOptions, ReadyDeck, plan_build
from deckwright.cards import media
from deckwright.cards.fields import description
from deckwright.disk import writing
from deckwright.disk.folder_lock import BusyError, hold
from deckwright.disk.reading import reason
from deckwright.disk.snapshot import snapshot
from deckwright.problem import Place, Problem
from deckwright.release.lock import LOCK_NAME
from deckwright.release.stamp import Clock, NoteChanges, StampedDeck, StampedNote, blanked
from deckwright.words.language import language

_TRIES = 3


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build wrote: the package, its size in bytes, and whether there was no lock before.

    `cleanup` is the package that blanks the retired notes, None where no note is retired.
    """

    package: Path
    size: int
    stamped: StampedDeck
    changes: NoteChanges
    first: bool
    cleanup: Path | None


def build_deck(
    folder: Path, out: Path, clock: Clock, options: BuildOptions | None = None
) -> tuple[BuildResult | None, list[Problem]]:
    """Build the cards of `folder` into a package in `out`.

    Returns what was made and the warnings, or None and the problems: then nothing was written. What
    is written follows from all files as they were at one moment; another build is waited for.
    """
    options = options or BuildOptions()
    try:
        with hold(folder, options.resources.tell):
            return _build(folder, out, clock, options)
    except BusyError as error:
        hint = "wait until it has ended, then build again"
        return None, [Problem(Place(str(folder)), "deck-busy", str(error), hint)]
    except OSError as error:
        message = f"it cannot be written: {reason(error)}"
        hint = "make room on the disk or change the folder's permissions, then build again"
        name = str(error.filename2 or error.filename or out)
        return None, [Problem(Place(name), "file-unwritable", message, hint)]


def package_bytes(ready: ReadyDeck, notes: tuple[StampedNote, ...] | None = None) -> bytes:
    """Return the package of a deck, or that of other stamped notes with the deck's note types."""
    from deckwright.anki.package_writer import DeckInfo, write_package

    deck, stamped = ready.deck, ready.stamped
    info = DeckInfo(deck.key.value, deck.name.value, description(deck), ready.types, stamped.types)
    packed = stamped.notes if notes is None else notes
    names = {name for note in packed for name in note.note.media}
    files = {
        file.name: file.path.read_bytes() for file in ready.media.values() if file.name in names
    }
    return write_package(info, packed, files)


def stale_lock(folder: Path) -> Problem:
    """Return the problem of a lock that a build would change: its package is not what was sent."""
    message = "the lock is not up to date with the cards"
    hint = "run 'deckwright build' without --locked and commit the lock"
    return Problem(Place(str(folder / LOCK_NAME)), "lock-stale", message, hint)


def _build(
    folder: Path, out: Path, clock: Clock, options: BuildOptions
) -> tuple[BuildResult | None, list[Problem]]:
    for _ in range(_TRIES):
        seen = snapshot((folder, folder / media.FOLDER))
        planned = plan_build(folder, clock, options)
        problems, ready = planned.problems, planned.ready
        if options.locked and ready and ready.lock_changes:
            problems, ready = [*problems, stale_lock(folder)], None
        if ready:
            options.resources.tell("write the package")
        packages = _packages(ready, out) if ready else {}
        if snapshot((folder, folder / media.FOLDER)) == seen:
            return (_write(folder, ready, packages) if ready else None), problems
    message = "the files change while they are read"
    hint = "build again when the editor, or whatever else writes here, has ended"
    return None, [Problem(Place(str(folder)), "files-changing", message, hint)]


def _packages(ready: ReadyDeck, out: Path) -> dict[Path, bytes]:
    """Return the packages by path: the deck, then the clean-up, empty where no note is retired."""
    key, labels = ready.deck.key.value, language(ready.deck.language.value).labels
    retired = blanked(ready.stamped.lock)
    cleanup = package_bytes(ready, retired) if retired else b""
    return {
        out / f"{key}.apkg": package_bytes(ready),
        out / f"{key}-{labels['cleanup']}.apkg": cleanup,
    }


def _write(folder: Path, ready: ReadyDeck, packages: dict[Path, bytes]) -> BuildResult:
    """Write the lock, then the packages; one that is empty now is removed first.

    In this order, since the packages follow from cards and lock alone: a build that dies between
    two renames leaves a lock from which the next build makes the very packages that are missing.
    """
    full = {path: content for path, content in packages.items() if content}
    if ready.old and any(entry.retired for entry in ready.old.notes.values()):
        for path in packages.keys() - full.keys():  # before the lock forgets that we made it
            path.unlink(missing_ok=True)  # it would blank a note that has come back
    writing.write_all({folder / LOCK_NAME: ready.lock_text.encode(), **full})
    (package, content), *others = full.items()
    cleanup = others[0][0] if others else None
    first = ready.old is None
    return BuildResult(package, len(content), ready.stamped, ready.changes, first, cleanup)
