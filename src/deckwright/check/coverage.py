"""Which notes teach which points of the guide, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deckwright.notes import ClozeNote, Deck, Note, Point, QuestionNote

MIN_DILEMMA = 3  # a conflict of values has two sides and a way out


@dataclass(frozen=True, slots=True)
class Taught:
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

    def of_kind(self, kind: str) -> list[QuestionNote]:
        """Return the questions of a kind, such as 'als-dan'."""
        return [note for note in self.questions if note.kind and note.kind.value == kind]

    def missing(self) -> list[str]:
        """Return what this point still lacks, in words; see the rule `coverage`."""
        kind = self.point.kind.value
        matters = kind in ("principle", "dilemma", "tip")
        wants = {
            "a note": not self.notes,
            "a second note": matters and kind != "dilemma" and len(self.notes) == 1,
            "a third note": kind == "dilemma" and 1 <= len(self.notes) < MIN_DILEMMA,
            "a question": matters and bool(self.notes) and not self.questions,
            "a cloze": kind in ("principle", "dilemma") and not self.clozes,
            "a question after a case": kind == "dilemma" and not self.cases,
            "an als-dan note": kind == "tip" and not self.of_kind("als-dan"),
        }
        return [what for what, lacking in wants.items() if lacking]


def taught(deck: Deck) -> list[Taught]:
    """Return each point of the guide with its notes, in the guide's order; empty without guide."""
    points = {p.id.value: Taught(p) for p in deck.guide.points()} if deck.guide else {}
    for note in deck.notes:
        for name in dict.fromkeys(text.value for text in note.covers):
            if name in points:
                points[name].notes.append(note)
    return list(points.values())


def lacks(deck: Deck) -> Iterator[tuple[Point, list[str]]]:
    """Yield each point that lacks something, with what it lacks."""
    for row in taught(deck):
        if missing := row.missing():
            yield row.point, missing
