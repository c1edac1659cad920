"""The whole way from a folder of cards to a package: plan first, write only what is sound."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from deckwright import files, writes
from deckwright.allow import allowed
from deckwright.check import check_deck
from deckwright.check.spelling import find, spelling
from deckwright.gather import Speed, gather
from deckwright.guard import guard
from deckwright.lock import Lock, dump, parse
from deckwright.media import FOLDER as MEDIA
from deckwright.media import MediaFile, scan
from deckwright.note_types import LABELS, NoteType, note_types
from deckwright.notes import Deck
from deckwright.problem import Place, Problem, errors
from deckwright.recover import RecoverError, recover
from deckwright.render import description, finish
from deckwright.stamp import Changes, Clock, Stamped, StampedNote, blanked, changes, stamp
from deckwright.unpack import Unpacked

LOCK_NAME = "deck.lock"
_TRIES = 3
_LARGEST_LOCK = 100_000_000  # bytes; a note takes 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build may do or must not.

    `locked`: fail if the lock would change. `refresh`: stamp every note. `allow_move`: let notes go
    to another deck. `spell`: look up every word, where a dictionary is found. `speed`: how.
    """

    locked: bool = False
    refresh: bool = False
    allow_move: bool = False
    spell: bool = False
    speed: Speed = field(default_factory=Speed)


USUAL = Options()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would write, or the problems that forbid it.

    `deck` is what could be read, `remarks` are lines about this computer, not about the cards.
    `sound` is None where there are errors.
    """

    folder: Path
    problems: list[Problem]
    deck: Deck | None = None
    remarks: list[str] = field(default_factory=list)
    sound: "Sound | None" = None


class Sound(NamedTuple):
    """A deck without errors, stamped; `old` is the lock that was there, None without one."""

    deck: Deck
    old: Lock | None
    types: dict[str, NoteType]
    media: dict[str, MediaFile]
    stamped: Stamped
    changes: Changes
    lock_text: str
    lock_changes: bool


class Made(NamedTuple):
    """What a build wrote: the package, its size in bytes, and whether there was no lock before.

    `cleanup` is the package with the retired notes, None where no note is retired.
    """

    package: Path
    size: int
    stamped: Stamped
    changes: Changes
    first: bool
    cleanup: Path | None


def plan(folder: Path, clock: Clock, options: Options = USUAL) -> Plan:
    """Read, check, render and stamp the cards of `folder`; writes nothing and never raises."""
    gathered = gather(folder, options.speed)
    deck, problems = gathered.deck, gathered.problems
    lock_file = folder / LOCK_NAME
    lock_text, old, found = _read_lock(lock_file)
    problems += found
    if deck is None:
        return Plan(folder, problems)
    options.speed.progress("check the deck as a whole")
    problems += gathered.faults + check_deck(deck, [each.gist for each in gathered.prepared])
    remarks = _spell(deck, problems) if options.spell else []
    library, found = scan(folder)
    problems += found
    rendered, found = finish(deck, gathered.prepared, library)
    problems += found
    types = note_types(deck.key.value, deck.language.value)
    before = old or Lock(deck.key.value)
    if not lock_text or old:
        problems += guard(
            *(deck, rendered, types, before),
            clock=clock,
            lock_file=str(lock_file),
            allow_move=options.allow_move,
        )
    problems = allowed(deck, problems)
    if errors(problems):
        return Plan(folder, problems, deck, remarks)
    stamped = stamp(deck, rendered, types, before, clock, refresh=options.refresh)
    text = dump(stamped.lock)
    became = changes(before, stamped.lock)
    sound = Sound(deck, old, types, library, stamped, became, text, text != lock_text)
    return Plan(folder, problems, deck, remarks, sound)


def make(
    folder: Path, out: Path, clock: Clock, options: Options = USUAL
) -> tuple[Made | None, list[Problem]]:
    """Build the cards of `folder` into a package in `out`.

    Returns what was made and the warnings, or None and the problems: then nothing was written. What
    is written follows from all files as they were at one moment; another build is waited for.
    """
    try:
        with writes.exclusive(folder, options.speed.progress):
            return _make(folder, out, clock, options)
    except writes.BusyError as error:
        hint = "wait until it has ended, then build again"
        return None, [Problem(Place(str(folder)), "deck-busy", str(error), hint)]
    except OSError as error:
        message = f"it cannot be written: {files.reason(error)}"
        hint = "make room on the disk or change the folder's permissions, then build again"
        name = str(error.filename2 or error.filename or out)
        return None, [Problem(Place(name), "file-unwritable", message, hint)]


def _make(
    folder: Path, out: Path, clock: Clock, options: Options
) -> tuple[Made | None, list[Problem]]:
    for _ in range(_TRIES):
        seen = writes.snapshot((folder, folder / MEDIA))
        planned = plan(folder, clock, options)
        problems, sound = planned.problems, planned.sound
        if options.locked and sound and sound.lock_changes:
            problems, sound = [*problems, stale(folder)], None
        if sound:
            options.speed.progress("write the package")
        packages = _packages(sound, out) if sound else {}
        if writes.snapshot((folder, folder / MEDIA)) == seen:
            return (_write(folder, sound, packages) if sound else None), problems
    message = "the files change while they are read"
    hint = "build again when the editor, or whatever else writes here, has ended"
    return None, [Problem(Place(str(folder)), "files-changing", message, hint)]


def package(sound: Sound, notes: tuple[StampedNote, ...] | None = None) -> bytes:
    """Return the package of a sound deck, or of other stamped notes with its note types."""
    from deckwright.package import Shelf, pack  # genanki loads slowly; check has no use for it

    deck, stamped = sound.deck, sound.stamped
    shelf = Shelf(deck.key.value, deck.name.value, description(deck), sound.types, stamped.types)
    shown = stamped.notes if notes is None else notes
    names = {name for note in shown for name in note.note.media}
    files_by_name = {f.name: f.path.read_bytes() for f in sound.media.values() if f.name in names}
    return pack(shelf, shown, files_by_name)


def recover_lock(folder: Path, published: Unpacked) -> tuple[Lock | None, list[Problem]]:
    """Make the lost lock of `folder` again from a published package, and write it.

    Returns the lock, or None and the problems. RecoverError where there is a lock, or where the
    package is of another deck; OSError as `writes.write`.
    """
    target = folder / LOCK_NAME
    if os.path.lexists(target):
        raise RecoverError(f"{target} is there; move it away first if it is worth nothing")
    gathered = gather(folder, Speed())
    deck = gathered.deck
    if deck is None:
        return None, gathered.problems
    rendered, _ = finish(deck, gathered.prepared, scan(folder)[0])
    types = note_types(deck.key.value, deck.language.value)
    lock = recover(deck, rendered, types, published)
    if parse(dump(lock), str(target))[1]:
        raise RecoverError("the package is none that deckwright published, or only the clean-up")
    writes.write(target, dump(lock).encode())
    return lock, []


def _packages(sound: Sound, out: Path) -> dict[Path, bytes]:
    """Return the packages to write: the deck, and where notes are retired the clean-up."""
    key, language = sound.deck.key.value, sound.deck.language.value
    retired = blanked(sound.stamped.lock)
    cleanup = out / f"{key}-{LABELS[language]['cleanup']}.apkg"
    packages = {out / f"{key}.apkg": package(sound)}
    return packages | ({cleanup: package(sound, retired)} if retired else {cleanup: b""})


def _write(folder: Path, sound: Sound, packages: dict[Path, bytes]) -> Made:
    """Write the lock, then the packages; one that is empty now is removed first.

    In this order, since the packages follow from cards and lock alone: a build that dies between
    two renames leaves a lock from which the next build makes the very packages that are missing.
    """
    lock = folder / LOCK_NAME
    full = {path: content for path, content in packages.items() if content}
    if sound.old and any(entry.retired for entry in sound.old.notes.values()):
        for path in packages.keys() - full.keys():  # before the lock forgets that we made it
            path.unlink(missing_ok=True)  # it would blank a note that has come back
    writes.write_all({lock: sound.lock_text.encode(), **full})
    (target, content), *others = full.items()
    cleanup = others[0][0] if others else None
    first = sound.old is None
    return Made(target, len(content), sound.stamped, sound.changes, first, cleanup)


def stale(folder: Path) -> Problem:
    """Return the problem of a lock that a build would change: what it packs is not published."""
    message = "the lock is not up to date with the cards"
    hint = "run 'deckwright build' without --locked and commit the lock"
    return Problem(Place(str(folder / LOCK_NAME)), "lock-stale", message, hint)


def _spell(deck: Deck, problems: list[Problem]) -> list[str]:
    speller = find(deck.language.value)
    if speller:
        problems += spelling(deck, speller)
        return []
    name = f"hunspell-{deck.language.value}"
    return [f"spelling was not checked: no dictionary here (on Debian: apt install {name})"]


def _read_lock(path: Path) -> tuple[str, Lock | None, list[Problem]]:
    """Return the lock's text, "" without one, the lock if it can be read, and the problems."""
    if not os.path.lexists(path):
        return "", None, []
    text, problems = files.read_text(path, _LARGEST_LOCK)
    if text is None or problems:
        return text or "", None, problems
    lock, problems = parse(text, str(path))
    return text, lock, problems
