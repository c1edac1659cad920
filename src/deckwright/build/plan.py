"""What a build would write, or the problems that forbid it."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.cards import media
from deckwright.cards.fields import fill_fields
from deckwright.cards.media import MediaFile
from deckwright.cards.note_types import NoteType, note_types
from deckwright.check.allowances import allowed
from deckwright.check.rules import check_deck
from deckwright.check.spelling import check_spelling
from deckwright.problem import Problem, errors
from deckwright.release import lock
from deckwright.release.guards import guard
from deckwright.release.lock import LOCK_NAME, Lock
from deckwright.release.stamp import Clock, NoteChanges, StampedDeck, note_changes, stamp
from deckwright.source.deck import Deck
from deckwright.source.text_files import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a build may do or must not.

    `locked`: fail if the lock would change. `refresh`: stamp every note. `allow_move`: let notes go
    to another deck. `spell`: look up every word, where a dictionary is found.
    """

    locked: bool = False
    refresh: bool = False
    allow_move: bool = False
    spell: bool = False
    resources: Resources = field(default_factory=Resources)


@dataclass(frozen=True, slots=True)
class ReadyDeck:
    """A deck without errors, stamped.

    `old` is the lock that was there, None without one; `types` are the note types by kind, `media`
    the files by how texts refer to them. `lock_text` is what the lock file is to hold, and
    `lock_changes` whether it holds something else now.
    """

    deck: Deck
    old: Lock | None
    types: dict[str, NoteType]
    media: dict[str, MediaFile]
    stamped: StampedDeck
    changes: NoteChanges
    lock_text: str
    lock_changes: bool


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build of `folder` would write, or the problems that forbid it.

    `deck` is what could be read; `remarks` are lines about this computer, not about the cards.
    `ready` is None where there are errors.
    """

    folder: Path
    problems: list[Problem]
    deck: Deck | None = None
    remarks: list[str] = field(default_factory=list)
    ready: ReadyDeck | None = None


def plan_build(folder: Path, clock: Clock, options: BuildOptions | None = None) -> BuildPlan:
    """Read, check, render and stamp the cards of `folder`; writes nothing and never raises."""
    options = options or BuildOptions()
    cards = read_cards_folder(folder, options.resources)
    deck, problems = cards.deck, cards.reading_problems
    lock_file = folder / LOCK_NAME
    lock_text, old, found = _read_lock(lock_file)
    problems += found
    if deck is None:
        return BuildPlan(folder, problems)
    options.resources.tell("check the deck as a whole")
    problems += cards.note_problems + check_deck(deck, cards.compared)
    found, remarks = check_spelling(deck) if options.spell else ([], [])
    problems += found
    library, found = media.scan(folder)
    problems += found
    rendered, found = fill_fields(deck, cards.texts, library)
    problems += found
    types = note_types(deck.key.value, deck.language.value)
    before = old or Lock(deck.key.value)
    if not lock_text or old:  # with a lock that cannot be read, nobody knows what would harm
        problems += guard(
            *(deck, rendered, types, before),
            clock=clock,
            lock_file=str(lock_file),
            allow_move=options.allow_move,
        )
    problems = allowed(deck, problems)
    if errors(problems):
        return BuildPlan(folder, problems, deck, remarks)
    stamped = stamp(deck, rendered, types, before, clock, refresh=options.refresh)
    text = lock.dump(stamped.lock)
    changes = note_changes(before, stamped.lock)
    ready = ReadyDeck(deck, old, types, library, stamped, changes, text, text != lock_text)
    return BuildPlan(folder, problems, deck, remarks, ready)


def _read_lock(path: Path) -> tuple[str, Lock | None, list[Problem]]:
    """Return the lock's text, "" without one, the lock if it can be read, and the problems."""
    if not os.path.lexists(path):
        return "", None, []
    text, problems = read_text(path, lock.MAX_SIZE)
    if text is None or problems:
        return text or "", None, problems
    found, problems = lock.parse(text, str(path))
    return text, found, problems
