"""The page that shows every card: its data, and its HTML."""

import json
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from html import escape
from string import Template
from typing import NamedTuple

from deckwright.build.cards_folder import MAX_CARDS
from deckwright.build.plan import BuildPlan, ReadyDeck
from deckwright.cards.faces import Faces, faces
from deckwright.cards.fields import RenderedNote
from deckwright.cards.media import MediaFile
from deckwright.cards.note_types import NoteType
from deckwright.check.allowances import NotesByPlace
from deckwright.problem import Problem, in_order
from deckwright.site._card_faces import for_a_page
from deckwright.site._page_files import POLICY, page_file
from deckwright.words.language import language
from deckwright.words.messages import said


class PreviewCard(NamedTuple):
    """One card on the page: `card` counts from 1, `place` is where its note stands."""

    note: str
    card: int
    part: str
    kind: str
    tags: tuple[str, ...]
    front: str
    back: str
    place: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """All that the page shows; `media` are the files of the cards by name, not part of the data."""

    name: str
    language: str
    css: str
    cards: tuple[PreviewCard, ...] = ()
    problems: tuple[str, ...] = ()
    media: dict[str, MediaFile] = field(default_factory=dict)

    def json(self) -> str:
        """Return the data of the page."""
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        data |= {"media": [], "cards": [card._asdict() for card in self.cards]}
        text = json.dumps(data, ensure_ascii=False)
        return text.encode(errors="backslashreplace").decode()  # a file's name may not be UTF-8


EMPTY_PAGE = PreviewPage("deckwright", "en", "")


def preview_page(plan: BuildPlan, last: PreviewPage = EMPTY_PAGE, code: str = "en") -> PreviewPage:
    """Return the page of a plan; where it has errors, the cards of `last` with the problems.

    `code` is the language of what is said of problems.
    """
    if plan.ready is None:
        wrong = tuple(_line(problem, code) for problem in in_order(plan.problems))
        return replace(last, problems=wrong)
    ready = plan.ready
    notes = NotesByPlace(ready.deck)
    shown = {name for each in ready.release.notes for name in each.note.media}
    by_note: dict[str, list[str]] = {}
    others: list[str] = []
    for problem in in_order(plan.problems):
        note = notes.at(problem.place)
        lines = by_note.setdefault(note.id.value, []) if note else others
        lines.append(_line(problem, code))
    return PreviewPage(
        name=ready.deck.name.value,
        language=ready.deck.language.value,
        css=next(iter(ready.types.values())).css,
        cards=tuple(_cards(ready, by_note)),
        problems=tuple(others),
        media={file.name: file for file in ready.media.values() if file.name in shown},
    )


def page_html(page: PreviewPage) -> str:
    """Return the HTML of the page, which asks its server for the data."""
    return Template(page_file("preview.html")).substitute(
        language(page.language).preview,
        policy=POLICY,
        title=escape(page.name),
        lang=page.language,
    )


def _cards(ready: ReadyDeck, problems: dict[str, list[str]]) -> list[PreviewCard]:
    places = {note.id.value: note.id.place for note in ready.deck.notes}
    shown = []
    for note in (stamped.note for stamped in ready.release.notes):
        place = places[note.id]
        for number in note.ordinals:
            sides = _faces(ready.types[note.kind], note, number)
            shown.append(
                PreviewCard(
                    note=note.id,
                    card=number + 1,
                    part=note.deck.removeprefix(f"{ready.deck.name.value}::"),
                    kind=note.kind,
                    tags=note.tags,
                    front=sides.front,
                    back=sides.back,
                    place=f"{place.file}:{place.line}",
                    problems=tuple(problems.get(note.id, ())),
                )
            )
    return shown


@lru_cache(maxsize=2 * MAX_CARDS)
def _faces(note_type: NoteType, note: RenderedNote, number: int) -> Faces:
    """Return the sides of a card for a page; after a save, most cards are as they were."""
    sides = faces(note_type, note, number)
    return Faces(for_a_page(sides.front), for_a_page(sides.back))


def _line(problem: Problem, code: str) -> str:
    place = problem.place
    return (
        f"{place.file}:{place.line}:{place.col}: {problem.level}[{problem.code}]: "
        f"{said(problem.message, code)}. {said(problem.hint, code)}"
    )
