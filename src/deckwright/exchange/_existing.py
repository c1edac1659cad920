"""What a folder of cards holds already, so that nothing new takes its place."""

import re
from dataclasses import dataclass
from pathlib import Path

from deckwright.build.cards_folder import Resources
from deckwright.build.plan import BuildOptions, plan_build
from deckwright.cards import media
from deckwright.disk.file_names import same_name
from deckwright.disk.reading import UnreadableFileError, names_in, read_bytes
from deckwright.problem import Problem, errors
from deckwright.release.next_release import Clock
from deckwright.source.deck import ClozeNote
from deckwright.source.reader import DECK_MISSING, NOTES_MISSING

_SETTINGS = "deck.yaml"
_MAY_LACK = {DECK_MISSING, NOTES_MISSING}


@dataclass(frozen=True)
class Existing:
    """The notes of a folder: their ids, also of those that are gone, texts, tags and subdecks.

    `tags` are by what is one tag to Anki; `number` is the highest that a file begins with; `media`
    has the bytes of files in `media/` by name; `name` is that of the deck, "" without one.
    """

    ids: frozenset[str]
    texts: frozenset[str]
    tags: dict[str, str]
    subdecks: frozenset[str]
    number: int
    media: dict[str, bytes]
    has_deck: bool
    name: str


def existing(folder: Path, clock: Clock, resources: Resources) -> tuple[Existing, list[Problem]]:
    """Return what a folder holds, and the errors that forbid to add anything; never raises."""
    names = names_in(folder) if folder.is_dir() else []
    has_deck = _SETTINGS in names
    plan = plan_build(folder, clock, BuildOptions(resources=resources)) if names else None
    found = errors(plan.problems) if plan else []
    deck, held = (plan.deck, plan.held) if plan else (None, None)
    notes = deck.notes if deck else ()
    ids = {note.id.value for note in notes} | {note.was.value for note in notes if note.was}
    ids |= {name.value for name, _ in deck.retired} if deck else set()
    ids |= held.notes.keys() if held else set()
    tags = (tag.value for note in notes for tag in note.tags)
    return (
        Existing(
            frozenset(ids),
            frozenset(
                (note.cloze if isinstance(note, ClozeNote) else note.question).value
                for note in notes
            ),
            {same_name(tag): tag for tag in tags},
            frozenset(note.subdeck.value for note in notes),
            max(
                (int(n[0]) for name in names if (n := re.match(r"\d{1,6}(?=.*\.ya?ml$)", name))),
                default=0,
            ),
            _media(folder),
            has_deck,
            deck.name.value if deck else "",
        ),
        [problem for problem in found if problem.code not in _MAY_LACK],
    )


def _media(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted((folder / media.FOLDER).glob("*")):
        try:
            found[path.name] = read_bytes(path, media.TOO_LARGE)
        except UnreadableFileError:
            found[path.name] = b""
    return found
