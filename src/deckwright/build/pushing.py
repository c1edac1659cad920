"""Bringing a package that was built into the Anki that runs here, and what that changed there."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from deckwright.anki.desktop import (
    Desktop,
    DesktopError,
    HeldNote,
    NoDesktopError,
    by_number,
    by_type,
)
from deckwright.build.packages import BuildResult
from deckwright.cards.note_types import FIELDS
from deckwright.problem import Place, Problem
from deckwright.release.stamped_notes import StampedNote
from deckwright.words.messages import Message, Tell

_MOST_NUMBERS = 500  # that stand in a search; more notes are found by their note types


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of the notes of a deck in Anki: how many are new, changed, and the same.

    `kept` are the ids of those that are in Anki with other texts still; `search` finds those that
    are new or changed, "" without any.
    """

    new: int
    changed: int
    same: int
    kept: list[str]
    search: str


def push(made: BuildResult, desktop: Desktop, tell: Tell) -> tuple[Pushed | None, list[Problem]]:
    """Import a package into `desktop`; returns what that changed, or None and the problem.

    `tell` is told what is being done now.
    """
    note_types = [each.id for each in made.ready.types.values()]
    try:
        desktop.greet()
        tell(Message("ask Anki what it holds"))
        before = desktop.notes(note_types)
        tell(Message("import {package} into Anki", package=made.package.name))
        desktop.imports(made.package)
        after = desktop.notes(note_types)
    except DesktopError as error:
        code = "anki-missing" if isinstance(error, NoDesktopError) else "anki-refused"
        return None, [Problem(Place(str(made.package)), code, error.message, error.hint)]
    touched = [number for number, note in after.items() if before.get(number) != note]
    new = len(after.keys() - before.keys())
    return Pushed(
        new=new,
        changed=len(touched) - new,
        same=len(after) - len(touched),
        kept=list(_kept(made.release.notes, after)),
        search=_search(touched, after, note_types),
    ), []


def _search(touched: list[int], after: dict[int, HeldNote], note_types: list[int]) -> str:
    if not touched:
        return ""
    all_of_them = len(touched) == len(after) or len(touched) > _MOST_NUMBERS
    return by_type(note_types) if all_of_them else by_number(touched)


def _kept(notes: tuple[StampedNote, ...], after: dict[int, HeldNote]) -> Iterator[str]:
    """Yield the ids of the notes that Anki holds with other texts, or not at all.

    A note that was renamed, and did not change, has its earlier id there.
    """
    by_id = {note.fields[0]: note for note in after.values()}
    for stamped in notes:
        held = by_id.get(stamped.note.id) or after.get(stamped.added * 1000)
        if held is None or not _same(stamped, held):
            yield stamped.note.id


def _same(stamped: StampedNote, held: HeldNote) -> bool:
    """Return whether Anki holds the texts and tags of a note; it may hold more of a learner's."""
    kind = stamped.note.kind
    tags, theirs = ({tag.casefold() for tag in tags} for tags in (stamped.note.tags, held.tags))
    return tags <= theirs and _shown(kind, stamped.note.fields) == _shown(kind, held.fields)


def _shown(kind: str, fields: tuple[str, ...]) -> dict[str, str]:
    """Return the texts that are for learners, by role; an Anki up to 25.09 keeps them as sent."""
    return {
        role: normalize("NFC", text)
        for role, text in zip(FIELDS[kind], fields, strict=False)
        if role != "key" and not role.startswith("spare")
    }
