"""Which notes teach which points of the guide, and the rule that nothing is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Note, Point, QuestionNote
from deckwright.words.kinds import PointKind, QuestionKind
from deckwright.words.messages import Message

MIN_DILEMMA = 3  # a conflict of values has two sides and a way out


@dataclass(frozen=True, slots=True)
class PointCoverage:
    """The notes that teach a point."""

    point: Point
    notes: list[Note] = field(default_factory=list)

    @property
    def questions(self) -> list[QuestionNote]:
        """The notes with a question."""
        return [note for note in self.notes if isinstance(note, QuestionNote)]

    @property
    def clozes(self) -> list[ClozeNote]:
        """The cloze notes."""
        return [note for note in self.notes if isinstance(note, ClozeNote)]

    @property
    def cases(self) -> list[QuestionNote]:
        """The questions after a case."""
        return [note for note in self.questions if note.case]

    def of_kind(self, kind: QuestionKind) -> list[QuestionNote]:
        """Return the questions of a kind."""
        return [note for note in self.questions if note.kind is kind]

    def missing(self) -> list[Message]:
        """Return what this point still lacks, in words; see the rule `coverage`."""
        kind = self.point.kind
        dilemma, tip = kind is PointKind.DILEMMA, kind is PointKind.TIP
        matters = dilemma or tip or kind is PointKind.PRINCIPLE
        if_then = QuestionKind.IF_THEN
        wants = {
            Message("a note"): not self.notes,
            Message("a second note"): matters and not dilemma and len(self.notes) == 1,
            Message("a third note"): dilemma and 1 <= len(self.notes) < MIN_DILEMMA,
            Message("a question"): matters and bool(self.notes) and not self.questions,
            Message("a cloze"): matters and not tip and not self.clozes,
            Message("a question after a case"): dilemma and not self.cases,
            Message("an {kind} note", kind=if_then.names): tip and not self.of_kind(if_then),
        }
        return [what for what, lacking in wants.items() if lacking]


def taught(deck: Deck) -> list[PointCoverage]:
    """Return each point of the guide with its notes, in the guide's order; empty without guide."""
    points = {p.id.value: PointCoverage(p) for p in deck.guide.points()} if deck.guide else {}
    for note in deck.notes:
        for name in dict.fromkeys(text.value for text in note.covers):
            if name in points:
                points[name].notes.append(note)
    return list(points.values())


def coverage(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each point of the guide that lacks a note."""
    for row in taught(deck):
        if missing := row.missing():
            name = row.point.id.value
            message = Message(
                "the {kind} '{name}' lacks {missing}",
                kind=row.point.kind.names,
                name=name,
                missing=missing,
            )
            hint = Message("write a note with 'covers: {name}'", name=name)
            yield Problem(row.point.id.place, "coverage", message, hint)
