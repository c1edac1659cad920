"""The whole way from a folder of cards to a package: plan first, write only what is sound."""

from dataclasses import dataclass, field
from pathlib import Path

from deckwright import files
from deckwright.allow import allowed
from deckwright.check import check
from deckwright.check.spelling import find, spelling
from deckwright.guard import guard
from deckwright.lock import Lock, dump, parse
from deckwright.note_types import NoteType, note_types
from deckwright.notes import Deck
from deckwright.problem import Place, Problem, errors
from deckwright.read import read
from deckwright.render import description, render
from deckwright.stamp import Changes, Clock, Stamped, changes, stamp

LOCK_NAME = "deck.lock"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would write, or the problems that forbid it.

    `deck` is what could be read, `remarks` are lines about this computer, not about the cards.
    `old` is the lock that was there, None without one; `sound` is None where there are errors.
    """

    folder: Path
    problems: list[Problem]
    deck: Deck | None = None
    remarks: list[str] = field(default_factory=list)
    old: Lock | None = None
    sound: "Sound | None" = None


@dataclass(frozen=True, slots=True)
class Sound:
    """A deck without errors, stamped."""

    deck: Deck
    types: dict[str, NoteType]
    stamped: Stamped
    changes: Changes
    lock_text: str
    lock_changes: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a build wrote: the package, its size in bytes, and whether there was no lock before."""

    package: Path
    size: int
    stamped: Stamped
    changes: Changes
    first: bool


def plan(folder: Path, clock: Clock, *, refresh: bool = False, spell: bool = False) -> Plan:
    """Read, check, render and stamp the cards of `folder`; writes nothing and never raises.

    With `spell`, the words are checked too, where a dictionary is found.
    """
    deck, problems = read(folder)
    lock_file = folder / LOCK_NAME
    lock_text, old, found = _read_lock(lock_file)
    problems += found
    if deck is None:
        return Plan(folder, problems, old=old)
    problems += check(deck)
    remarks = _spell(deck, problems) if spell else []
    rendered, found = render(deck)
    problems += found
    if not lock_text or old:
        problems += guard(deck, old or Lock(deck.key.value), clock, str(lock_file))
    problems = allowed(deck, problems)
    if errors(problems):
        return Plan(folder, problems, deck, remarks, old)
    before = old or Lock(deck.key.value)
    types = note_types(deck.key.value, deck.language.value)
    stamped = stamp(deck, rendered, types, before, clock, refresh=refresh)
    text = dump(stamped.lock)
    became = changes(before, stamped.lock)
    sound = Sound(deck, types, stamped, became, text, text != lock_text)
    return Plan(folder, problems, deck, remarks, old, sound)


def make(
    folder: Path, out: Path, clock: Clock, *, locked: bool = False, refresh: bool = False
) -> tuple[Made | None, list[Problem]]:
    """Build the cards of `folder` into a package in `out`.

    Returns what was made and the warnings, or None and the problems: then nothing was written.
    With `locked`, a lock that would change is a problem. With `refresh`, see `stamp`.
    """
    planned = plan(folder, clock, refresh=refresh)
    problems, sound = planned.problems, planned.sound
    if locked and sound and sound.lock_changes:
        return None, [*problems, _stale(folder)]
    if sound is None:
        return None, problems
    try:
        return _write(folder, sound, out, first=planned.old is None), problems
    except OSError as error:
        message = f"it cannot be written: {files.reason(error)}"
        hint = "make room on the disk or change the folder's permissions, then build again"
        name = str(error.filename2 or error.filename or out)
        return None, [*problems, Problem(Place(name), "file-unwritable", message, hint)]


def _write(folder: Path, sound: Sound, out: Path, *, first: bool) -> Made:
    """Write the lock, then the package.

    In this order, since the package follows from cards and lock alone: a build that dies between
    the two leaves a lock from which the next build makes the very package that is missing.
    """
    from deckwright.package import pack  # genanki loads slowly; check has no use for it

    deck = sound.deck
    key = deck.key.value
    content = pack(key, deck.name.value, description(deck), sound.types, sound.stamped)
    target = out / f"{key}.apkg"
    out.mkdir(parents=True, exist_ok=True)
    files.write(folder / LOCK_NAME, sound.lock_text.encode())
    files.write(target, content)
    return Made(target, len(content), sound.stamped, sound.changes, first)


def _stale(folder: Path) -> Problem:
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
    if not path.exists():
        return "", None, []
    text, problems = files.read_text(path)
    if text is None or problems:
        return text or "", None, problems
    lock, problems = parse(text, str(path))
    return text, lock, problems
