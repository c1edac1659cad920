"""One file of cards, read, checked and rendered: all that follows from its bytes and the language.

So it can be made in another process, and be remembered until the file changes.
"""

from dataclasses import dataclass
from time import process_time

from deckwright.build._unchanged_notes import CheckedNote, UnchangedNotes
from deckwright.cards import markdown_renderer
from deckwright.cards.fields import RenderedTexts, render_texts
from deckwright.cards.gate import gate
from deckwright.check.rules import check_note, note_words
from deckwright.check.standard import Rules
from deckwright.problem import Problem, errors
from deckwright.source import reader
from deckwright.source.deck import Note, Retired
from deckwright.source.reader import read_notes
from deckwright.source.text_files import too_many, too_slow

MOST_PROBLEMS = 50_000  # of the notes in one file: each takes a kilobyte of memory
MOST_SECONDS = 15  # of a processor: twenty times what a file of ordinary texts takes
# The versions of the libraries that a rendered file also follows from.
MADE_WITH = f"{markdown_renderer.MADE_WITH}, {reader.MADE_WITH}"


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """The notes of a file; `retired` are those that are to go.

    `reading_problems` were found in the file.
    """

    notes: tuple[CheckedNote, ...]
    retired: Retired
    reading_problems: tuple[Problem, ...]

    @property
    def texts(self) -> tuple[RenderedTexts, ...]:
        """The notes with their HTML."""
        return tuple(each.texts for each in self.notes)

    @property
    def note_problems(self) -> tuple[Problem, ...]:
        """What was found in the notes."""
        return tuple(problem for each in self.notes for problem in each.problems)


def render_file(
    raw: bytes, file: str, code: str, rules: Rules = (), before: RenderedFile | None = None
) -> RenderedFile:
    """Read, check and render the bytes of a file; never raises.

    `file` is its name for places, `code` the deck's language, `rules` what the deck says of rules.
    `before` is what this made of the file when it had other bytes: notes that did not change are
    taken from there.
    """
    started = process_time()
    read, retired, problems = read_notes(raw, file)
    unchanged = UnchangedNotes(before.notes if before else ())
    notes: list[CheckedNote] = []
    wrong: list[Problem] = []
    for note in read:
        notes.append(unchanged.find(note) or _checked(note, code, rules))
        wrong += notes[-1].problems
        if len(wrong) > MOST_PROBLEMS:
            problems.append(too_many(wrong, MOST_PROBLEMS))
            break
        if process_time() - started > MOST_SECONDS:
            problems.append(too_slow(note.place, MOST_SECONDS))
            break
    return RenderedFile(tuple(notes), retired, tuple(problems))


def _checked(note: Note, code: str, rules: Rules) -> CheckedNote:
    wrong = check_note(note, code, rules)
    texts, found = render_texts(note)
    wrong += found
    if not errors(wrong):
        wrong += gate(texts, code)
    return CheckedNote(texts, note_words(note, code), tuple(wrong))
