"""The labelled cards of `tests/lint`: what is wrong with each, and what the rules say of it.

A card is a JSON line: `kind` ('question' or 'cloze'), its texts, `flaw` (the code of a rule, or
'none'), `also` (other codes that are right), `hard`, `second` (what a second reader said, where one
has), and `beside`: other cards of its deck. `tempts` names the rule that a good card is a trap for.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from deckwright.check.rules import check_deck, check_note, note_words
from deckwright.problem import LEVELS, Level, Place
from deckwright.source.deck import ClozeNote, Deck, Note, QuestionNote, text_at

FOLDER = Path(__file__).parents[1] / "lint"
LANGUAGES = ("en", "nl")
NONE = "none"
# What other sets call a flaw, and the rules that are right to see it.
_FAMILIES = (
    {"lacks-context", "vague-reference"},
    {"answer-leak", "cloze-leak"},
)
_NAMED = {
    "bare-gap": {"cloze-context"},
    "circular": {"answer-leak"},
    "leak": {"answer-leak", "cloze-leak"},
    "list": {"list-long"},
    "long-gap": {"cloze-long"},
    "trivial-gap": {"cloze-trivial"},
    "vague": {"vague-reference", "lacks-context"},
    "wordy": {"question-long", "answer-long", "two-questions"},
    "ambiguous_lacks_context": {"lacks-context", "vague-reference"},
    "ambiguous_solicits_multiple_responses": {"several-answers"},
    "few_shot": set[str](),
    "narrow": set[str](),
    "shallow": set[str](),
}
# These see a deck: they are asked of the card and of what stands beside it.
_OF_A_DECK = {"near-duplicate", "sibling-leak"}


@dataclass(frozen=True)
class Card:
    """A labelled card; `right` are the codes that it may get, empty for a good one."""

    id: str
    language: str
    flaw: str
    right: frozenset[str]
    notes: tuple[Note, ...]
    row: dict[str, Any]

    @property
    def half(self) -> str:
        """Whether the rules may be tuned by this card, or are judged by it: by a hash of its id."""
        return "judge" if hashlib.sha256(self.id.encode()).digest()[0] % 2 else "tune"

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.right and self.flaw == NONE


class Score(NamedTuple):
    """How a rule did: bad cards of its own, cards that it flagged, those it was right about."""

    bad: int
    flagged: int
    right: int
    found: int

    @property
    def precision(self) -> float:
        """The share of what it flagged that is wrong; 1 where it flagged nothing."""
        return self.right / self.flagged if self.flagged else 1.0

    @property
    def recall(self) -> float:
        """The share of its own bad cards that it flagged; 1 where there are none."""
        return self.found / self.bad if self.bad else 1.0


def cards(path: Path, code: str) -> list[Card]:
    """Return the cards of a file, in the language `code`."""
    lines = path.read_text("utf-8").splitlines()
    return [_card(json.loads(line), code, str(number)) for number, line in enumerate(lines, 1)]


def own_cards() -> list[Card]:
    """Return the cards of `tests/lint`."""
    return [card for code in LANGUAGES for card in cards(FOLDER / f"cards-{code}.jsonl", code)]


def found_in(card: Card) -> set[str]:
    """Return the codes of the warnings that a card gets."""
    place = Place("deck.yaml")
    texts = (text_at(value, place) for value in ("Set", "set", card.language, "Cards."))
    name, key, code, description = texts
    deck = Deck(name=name, key=key, language=code, description=description, notes=card.notes)
    words = [note_words(note, card.language) for note in card.notes]
    of_deck = {p.code for p in check_deck(deck, words)} & _OF_A_DECK
    of_note = {p.code for p in check_note(card.notes[0], card.language)}
    return {c for c in of_deck | of_note if LEVELS[c] is not Level.ERROR}


def scores(labelled: Iterable[tuple[Card, set[str]]]) -> dict[str, Score]:
    """Return how each rule did on cards with what was found in them."""
    pairs = list(labelled)
    codes = {code for _, found in pairs for code in found} | {
        card.flaw for card, _ in pairs if card.flaw in LEVELS
    }
    return {code: _score(code, pairs) for code in sorted(codes)}


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the interval in which a share lies with a chance of 95% (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    off = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(middle - off, 0.0), min(middle + off, 1.0)


def _score(code: str, pairs: list[tuple[Card, set[str]]]) -> Score:
    own = [found for card, found in pairs if card.flaw == code or code in card.row.get("also", ())]
    flagged = [card for card, found in pairs if code in found]
    return Score(
        bad=len(own),
        flagged=len(flagged),
        right=sum(code in card.right for card in flagged),
        found=sum(code in found for found in own),
    )


def _card(row: dict[str, Any], code: str, number: str) -> Card:
    name = row.get("id", number)
    flaw = NONE if row.get("label") == "good" else row["flaw"]
    right = {flaw, *row.get("also", ())} - {NONE}
    right |= _NAMED.get(flaw, set())
    for family in _FAMILIES:
        right |= family if right & family else set()
    rows = [row, *row.get("beside", ())]
    notes = tuple(_note(each, f"{name}-{index}", index) for index, each in enumerate(rows))
    return Card(name, code, flaw, frozenset(right & LEVELS.keys()), notes, row)


def _note(row: dict[str, Any], name: str, index: int) -> Note:
    place = Place("cards.yaml", 10 * index + 1)
    roles = ("theme", "case", "question", "answer", "cloze", "hint", "explanation")
    texts: dict[str, Any] = {role: text_at(row[role], place) for role in roles if role in row}
    kind: type[Note] = ClozeNote if "cloze" in row else QuestionNote
    return kind(id=text_at(name, place), place=place, subdeck=text_at("Set", place), **texts)


def unread(labelled: Iterable[Card]) -> Iterator[Card]:
    """Yield the cards that no second reader has labelled yet."""
    return (card for card in labelled if "second" not in card.row)


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return how far two readers agree beyond chance (Cohen 1960): 1 is always, 0 by chance."""
    of = len(pairs)
    agreed = sum(one == two for one, two in pairs) / of
    labels = {label for pair in pairs for label in pair}
    chance = sum(
        sum(one == label for one, _ in pairs) * sum(two == label for _, two in pairs)
        for label in labels
    ) / (of * of)
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
