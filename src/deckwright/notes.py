"""The author's words: a deck as it stands in `cards/`, before anything is rendered."""

from collections.abc import Iterator
from dataclasses import dataclass

from deckwright.problem import Place

# The file beside deck.yaml with words that a dictionary of the deck's language need not know.
WORD_LISTS = {"nl": "woordenlijst.txt", "en": "wordlist.txt"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands.

    `place` is where the YAML value begins. `body` is the place of the text's first character,
    where each further character can be counted from it: in a `|` block (all lines start in the
    same column) and in a text on one line without escapes. Elsewhere it is None.
    """

    value: str
    place: Place
    body: Place | None = None

    def at(self, offset: int) -> Place:
        """Return the place of the character at `offset`; the start of the text where unknown."""
        if self.body is None:
            return self.place
        before = self.value[:offset]
        lines = before.count("\n")
        col = self.body.col + offset - (before.rfind("\n") + 1)
        return Place(self.body.file, self.body.line + lines, col)


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


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the guide says, in our own words; notes say in `covers` which points they teach."""

    id: Text
    kind: Text
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
