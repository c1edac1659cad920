"""What an author wrote, as one value: the deck, its guide and its notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from deckwright.problem import Place
from deckwright.words.kinds import PointKind, QuestionKind

_OPENING = 100  # characters


class Text(NamedTuple):
    """A text and where it stands.

    `line` and `col` are where the YAML value begins in `file`. `body_line` and `body_col` are where
    the text's first character stands, if the place of each further one can be counted from there:
    in a `|` block (all lines start in the same column), and in a text on one line without escapes.
    Elsewhere they are 0.
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
    """What all kinds of note have.

    `place` is where the note begins. `was` is the id that it had before, None where it always had
    this one. `own_tags` stand on the note, `file_tags` at the top of its
    file. `allow` pairs the code of a warning with the reason why this note may have it, None where
    the author gave none. `ROLES` are the texts that a learner reads, in the order of Anki's
    fields, which is frozen (see `cards.note_types`). `language` is None for the deck's.
    """

    KIND: ClassVar[str]
    ROLES: ClassVar[tuple[str, ...]]

    id: Text
    place: Place
    subdeck: Text
    was: Text | None = None
    allow: tuple[tuple[Text, Text | None], ...] = ()
    covers: tuple[Text, ...] = ()
    theme: Text | None = None
    file_tags: tuple[Text, ...] = ()
    own_tags: tuple[Text, ...] = ()
    hint: Text | None = None
    explanation: Text | None = None
    source: Text | None = None
    language: Text | None = None

    @property
    def tags(self) -> tuple[Text, ...]:
        """The tags of the file, then the note's own."""
        return self.file_tags + self.own_tags

    def texts(self) -> dict[str, Text]:
        """Return the texts that a learner reads, by role; a text that is not there is left out."""
        found = ((role, getattr(self, role)) for role in self.ROLES)
        return {role: text for role, text in found if text is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionNote(BaseNote):
    """A note with one card: a question on the front, the answer on the back."""

    KIND = "question"
    ROLES = ("theme", "case", "question", "hint", "answer", "explanation", "source")

    question: Text
    answer: Text
    case: Text | None = None
    kind: QuestionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseNote(QuestionNote):
    """A question with a second card the other way round: the answer on its front."""

    KIND = "reverse"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(BaseNote):
    """A note with a card for each number of its gaps."""

    KIND = "cloze"
    ROLES = ("theme", "cloze", "hint", "explanation", "source")

    cloze: Text


Note = QuestionNote | ClozeNote

# The ids of notes that are to go, each with the reason; None where the author gave none.
Retired = tuple[tuple[Text, Text | None], ...]


def opening(note: Note) -> str:
    """Return the first 100 characters of the question or cloze text, on one line."""
    text = note.cloze if isinstance(note, ClozeNote) else note.question
    return " ".join(text.value.split())[:_OPENING]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the guide says, in our own words; notes say in `covers` which points they teach."""

    id: Text
    kind: PointKind
    title: Text


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the guide."""

    id: Text
    title: Text
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Guide:
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

    `retired` pairs the id of each note that is to go with the reason, None without one.
    `report` is where learners report a mistake: see `source.reports`.
    `rules` pairs the code of a warning with what the deck makes of it: 'off', or a limit.
    `word_list` pairs each word that the dictionary need not know with the reason, "" without one.
    """

    name: Text
    key: Text
    language: Text
    description: Text
    author: Text | None = None
    license: Text | None = None
    homepage: Text | None = None
    report: Text | None = None
    guide: Guide | None = None
    notes: tuple[Note, ...] = ()
    retired: Retired = ()
    word_list: tuple[tuple[Text, str], ...] = ()
    rules: tuple[tuple[Text, Text | None], ...] = ()
