"""What a release of a folder of cards would be, or the problems that forbid it."""

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.cards import media
from deckwright.cards.fields import fill_fields
from deckwright.cards.gate import gate_deck
from deckwright.cards.media import MediaFile
from deckwright.cards.note_types import NoteType, needed_kinds, note_types
from deckwright.check.allowances import allowed
from deckwright.check.own_rules import without_switched_off
from deckwright.check.rules import check_deck
from deckwright.check.spelling import check_spelling
from deckwright.problem import Problem, errors, without_hints
from deckwright.release import ledger_reader
from deckwright.release.guards import guard
from deckwright.release.ledger import LEDGER_NAME, MAX_SIZE, Ledger, accepted
from deckwright.release.ledger_changes import Base, doubtful_changes, ledger_changes
from deckwright.release.next_release import Clock, NextRelease, next_release
from deckwright.source.deck import Deck
from deckwright.source.text_files import decode, read_file
from deckwright.words.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build. `spell`: look up words, if there is a dictionary; `hints`: report them, too.

    `base` is an earlier ledger to compare with; `this_time` takes a ledger from the future. A
    `dry_run` makes the package, and writes nothing.
    `over_drafts` makes a draft for an Anki that may hold the last one, and takes back what that
    changed, too.
    """

    spell: bool = False
    hints: bool = False
    base: Base | None = None
    this_time: bool = False
    dry_run: bool = False
    over_drafts: bool = False
    resources: Resources = field(default_factory=Resources)


@dataclass(frozen=True, slots=True)
class ReadyDeck:
    """A deck without errors, as the release that it would be now.

    `held` is the ledger of the last release, one without releases before the first; `types` are the
    note types by kind, `media` the files by how texts refer to them.
    """

    deck: Deck
    held: Ledger
    types: dict[str, NoteType]
    media: dict[str, MediaFile]
    release: NextRelease


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The release that the cards of `folder` would be, or the problems that forbid it.

    `deck` is what could be read, `held` the ledger of the last release, None without one; `remarks`
    are lines about this computer, not about the cards. `ready` is None where there are errors.
    """

    folder: Path
    problems: list[Problem]
    deck: Deck | None = None
    held: Ledger | None = None
    remarks: list[Message] = field(default_factory=list)
    ready: ReadyDeck | None = None


def plan_build(
    folder: Path, clock: Clock, options: BuildOptions | None = None, *, drafts: int = 0
) -> BuildPlan:
    """Read, check, render and compare the cards of `folder`; writes nothing and never raises.

    `drafts` is the latest time of a draft of this release, 0 without any.
    """
    options = options or BuildOptions()
    cards = read_cards_folder(folder, options.resources)
    deck, problems = cards.deck, cards.reading_problems
    unread = errors(problems)
    tell, file = options.resources.tell, folder / LEDGER_NAME
    known, found = read_ledger(file)
    problems += found
    if deck is None:
        return BuildPlan(folder, problems)
    tell(Message("check the deck as a whole"))
    problems += cards.note_problems + check_deck(deck, cards.words, unread)
    found, remarks = check_spelling(deck, cards.words, tell) if options.spell else ([], [])
    problems += found
    tell(Message("look at pictures, sounds and videos"))
    library, found = media.scan(folder)
    problems += found
    tell(Message("compare with what learners hold: {file}", file=file))
    rendered, found = fill_fields(deck, cards.texts, library)
    problems += found
    problems += [] if errors(problems) else gate_deck(deck, cards.texts, rendered)
    if options.base and (known or not os.path.lexists(file)):
        problems += ledger_changes(options.base, known, rendered, clock, str(file))
    held = known or Ledger(deck.key.value)
    held = accepted(held) if options.this_time else held
    types = types_for(deck, held)
    harm = partial(guard, deck, rendered, types, clock=clock, file=str(file), whole=not unread)
    problems += (harmful := harm(held))
    problems = without_switched_off(deck, allowed(deck, problems))
    if options.base and known:  # no deck switches this off
        since = [each for each in harm(options.base.ledger) if each not in harmful]
        problems += doubtful_changes(options.base, known, deck, since, str(file))
    problems = problems if options.hints else without_hints(problems)
    if errors(problems):
        return BuildPlan(folder, problems, deck, known, remarks)
    time = clock.release_time(held, drafts)
    release = next_release(deck, rendered, types, held, time, ahead=clock.is_ahead(time))
    if found := ledger_reader.odd_texts(held, release.notes, rendered, str(file)):
        return BuildPlan(folder, problems + found, deck, known, remarks)
    ready = ReadyDeck(deck, held, types, library, release)
    return BuildPlan(folder, problems, deck, known, remarks, ready)


def types_for(deck: Deck, held: Ledger) -> dict[str, NoteType]:
    """Return the note types that a deck needs, with the names that learners hold."""
    names = {kind: entry.fields for kind, entry in held.types.items()}
    kinds = needed_kinds({note.KIND for note in deck.notes} | held.types.keys())
    code = deck.language.value
    return note_types(
        deck.key.value,
        code,
        kinds,
        names_language=held.language,
        held=names,
        foot=deck.report is not None,
    )


def read_ledger(path: Path) -> tuple[Ledger | None, list[Problem]]:
    """Return the ledger in a file, None where there is none or it cannot be read, and problems."""
    if not os.path.lexists(path):
        return None, []
    raw, problems = read_file(path, MAX_SIZE)
    return (None, problems) if raw is None else ledger_of(raw, str(path))


def ledger_of(raw: bytes, file: str) -> tuple[Ledger | None, list[Problem]]:
    """Return the ledger in some bytes, None where it cannot be read; `file` is for places."""
    text, problems = decode(raw, file)
    if text is None or problems:
        return None, problems
    return ledger_reader.parse(text, file)
