"""The author's words: a deck as it stands in `cards/`, before anything is rendered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deckwright.problem import Place

# The file beside deck.yaml with words that a dictionary of the deck's language need not know.
WORD_LISTS = {"nl": "woordenlijst.txt", "en": "wordlist.txt"}


class Text(NamedTuple):
    """A text and where it stands.

    `line` and `col` are where the YAML value begins in `file`. `body_line` and `body_col` are where
    the text's first character stands, if each further one can be counted from it: in a `|` block
    (all lines start in the same column) and in a text on one line without escapes. Elsewhere they
    are 0. Flat, because a large deck has a million of these.
    """

    file: str
    value: str
    line: int
    col: int
    body_line: int
    body_col: int

    @property
    def place(self) -> Place:
        """Where the YAML value begins."""
        return Place(self.file, self.line, self.col)

    def at(self, offset: int) -> Place:
        """Return the place of the character at `offset`; the start of the text where unknown."""
        if not self.body_line:
            return self.place
        before = self.value[:offset]
        lines = before.count("\n")
        col = self.body_col + offset - (before.rfind("\n") + 1)
        return Place(self.file, self.body_line + lines, col)


def text_at(value: str, place: Place) -> Text:
    """Return a text of which only the place of its first line is known."""
    return Text(place.file, value, place.line, place.col, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseNote:
    """What both kinds of note have.

    `place` is where the note begins, `tags` holds the file's tags too, `allow` pairs the code of a
    warning with the reason why this note may have it.
    """

    id: Text
    place: Place
    subdeck: Text
    allow: tuple[tuple[Text, Text | None], ...] = ()
    covers: tuple[Text, ...] = ()
    theme: Text | None = None
    tags: tuple[Text, ...] = ()
    hint: Text | None = None
    explanation: Text | None = None
    source: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionNote(BaseNote):
    """A note with one card: a question in front, the answer behind."""

    question: Text
    answer: Text
    case: Text | None = None
    kind: Text | None = None

    def texts(self) -> dict[str, Text]:
        """Return the texts a learner reads, by field role, only those that are there."""
        return _present(
            theme=self.theme,
            case=self.case,
            question=self.question,
            hint=self.hint,
            answer=self.answer,
            explanation=self.explanation,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(BaseNote):
    """A note with a card for each number of its gaps."""

    cloze: Text

    def texts(self) -> dict[str, Text]:
        """Return the texts a learner reads, by field role, only those that are there."""
        return _present(
            theme=self.theme,
            cloze=self.cloze,
            hint=self.hint,
            explanation=self.explanation,
            source=self.source,
        )


Note = QuestionNote | ClozeNote


class Point(NamedTuple):
    """One thing the guide says, in our own words; notes say in `covers` which points they teach."""

    id: Text
    kind: Text
    title: Text


class Part(NamedTuple):
    """A chapter of the guide."""

    id: Text
    title: Text
    points: tuple[Point, ...]


class Guide(NamedTuple):
    """The outline of the text that the deck teaches."""

    title: Text
    parts: tuple[Part, ...]

    def points(self) -> Iterator[Point]:
        """Yield every point of every part, in the guide's order."""
        for part in self.parts:
            yield from part.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """Everything an author wrote. The order of `notes` is the study order.

    `word_list` pairs each word that the dictionary need not know with the reason why.
    """

    name: Text
    key: Text
    language: Text
    description: Text
    author: Text | None = None
    license: Text | None = None
    homepage: Text | None = None
    guide: Guide | None = None
    notes: tuple[Note, ...] = ()
    word_list: tuple[tuple[Text, str], ...] = ()


def _present(**texts: Text | None) -> dict[str, Text]:
    return {role: text for role, text in texts.items() if text is not None}
