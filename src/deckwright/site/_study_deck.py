"""What the learner's page knows of a deck: its cards, their faces, and what became of each note."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from deckwright.build.packages import label
from deckwright.build.plan import ReadyDeck
from deckwright.cards.faces import faces
from deckwright.release.diff import opening
from deckwright.release.ledger import LedgerNote, packaged_note
from deckwright.site._card_faces import for_a_page
from deckwright.words.language import language

# The headings of what is new, as in the notes for learners.
_KINDS = ("retired", "meaning", "reworded", "new", "none")


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card: its note by guid, which a new id does not change, and its number, from 1.

    `part` is its subdeck; `asks` is the release since which its note asks something else, 0 for
    never.
    """

    guid: str
    card: int
    note: str
    part: str
    asks: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteNews:
    """What became of a note: in which releases, 0 for none; and why it was retired."""

    text: str
    added: int
    changed: int
    asks: int
    retired: int
    reason: str


@dataclass(frozen=True, slots=True)
class StudyDeck:
    """All that the scripts of the page know; `releases` are the days of the releases.

    `spoken` and `signs` are what a voice says for what is no word; `report` is where learners
    report mistakes, "" for nowhere.
    """

    key: str
    language: str
    release: int
    releases: tuple[str, ...]
    words: dict[str, str]
    spoken: dict[str, str]
    signs: dict[str, str]
    css: str
    parts: tuple[str, ...]
    cards: tuple[StudyCard, ...]
    news: tuple[NoteNews, ...]
    report: str = ""

    def json(self) -> str:
        """Return it for a page, in which no text can end the data."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c")


def study_deck(ready: ReadyDeck) -> StudyDeck:
    """Return what the page of a deck knows."""
    words, ledger = language(ready.deck.language.value), ready.release.ledger
    parts = tuple(dict.fromkeys(_part(ready, each.note.deck) for each in ready.release.notes))
    return StudyDeck(
        key=ready.deck.key.value,
        language=words.learner["lang"],
        release=ledger.number,
        releases=tuple(
            datetime.fromtimestamp(each.time, UTC).strftime(label(ready, "date"))
            for each in ledger.releases
        ),
        words=words.study | {name: words.change_notes[name] for name in _KINDS},
        spoken=words.spoken,
        signs=words.signs,
        css=next(iter(ready.types.values())).css,
        parts=parts,
        cards=tuple(_cards(ready)),
        news=tuple(_news(ready, each) for each in ledger.notes.values() if _is_news(each)),
        report=ready.deck.report.value if ready.deck.report else "",
    )


def _part(ready: ReadyDeck, deck: str) -> str:
    return deck.removeprefix(f"{ready.deck.name.value}::")


def _cards(ready: ReadyDeck) -> Iterator[StudyCard]:
    held = ready.release.ledger.notes
    for stamped in ready.release.notes:
        note = stamped.note
        for number in note.ordinals:
            sides = faces(ready.types[note.kind], note, number)
            yield StudyCard(
                guid=stamped.guid,
                card=number + 1,
                note=note.id,
                part=_part(ready, note.deck),
                asks=held[note.id].new_meaning or 0,
                front=for_a_page(sides.front),
                back=for_a_page(sides.back),
            )


def _is_news(entry: LedgerNote) -> bool:
    """Return whether a note is other than everybody has had it from the start."""
    return (entry.added, entry.changed, entry.retired) != (1, None, None)


def _news(ready: ReadyDeck, entry: LedgerNote) -> NoteNews:
    return NoteNews(
        text=opening(packaged_note(ready.release.ledger, entry)),
        added=entry.added,
        changed=entry.changed or 0,
        asks=entry.new_meaning or 0,
        retired=entry.retired or 0,
        reason=entry.reason,
    )
