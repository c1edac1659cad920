"""One file of cards, read, checked and rendered: all that follows from its bytes and the language.

So it can be made in another process, and be remembered until the file changes.
"""

from dataclasses import dataclass
from functools import cache
from time import process_time

from deckwright.cards import markdown_renderer
from deckwright.cards.fields import RenderedTexts, render_texts
from deckwright.cards.gate import gate
from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.check.note_words import NoteWords
from deckwright.check.rules import check_note, note_words
from deckwright.check.standard import Rules
from deckwright.problem import Problem, errors
from deckwright.source import reader
from deckwright.source.deck import Retired
from deckwright.source.reader import read_notes
from deckwright.source.text_files import too_many, too_slow

MOST_PROBLEMS = 50_000  # of the notes in one file: each takes a kilobyte of memory
MOST_SECONDS = 15  # of a processor: twenty times what a file of ordinary texts takes
# The versions of the libraries that a rendered file also follows from.
MADE_WITH = f"{markdown_renderer.MADE_WITH}, {reader.MADE_WITH}"


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """The notes of a file.

    `texts` are the notes with their HTML, `words` what the rules for a deck need of each, `retired`
    the notes that are to go.
    `reading_problems` were found in the file, `note_problems` in its notes.
    """

    texts: tuple[RenderedTexts, ...]
    words: tuple[NoteWords, ...]
    retired: Retired
    reading_problems: tuple[Problem, ...]
    note_problems: tuple[Problem, ...]


def render_file(raw: bytes, file: str, code: str, rules: Rules = ()) -> RenderedFile:
    """Read, check and render the bytes of a file; never raises.

    `file` is its name for places, `code` the deck's language, `rules` what the deck says of rules.
    """
    started = process_time()
    notes, retired, reading_problems = read_notes(raw, file)
    note_problems: list[Problem] = []
    texts: list[RenderedTexts] = []
    for note in notes:
        wrong = check_note(note, code, rules)
        rendered, found = render_texts(note, _renderer())
        texts.append(rendered)
        wrong += found
        note_problems += wrong if errors(wrong) else [*wrong, *gate(rendered, code)]
        if len(note_problems) > MOST_PROBLEMS:
            reading_problems.append(too_many(note_problems, MOST_PROBLEMS))
            break
        if process_time() - started > MOST_SECONDS:
            reading_problems.append(too_slow(note.place, MOST_SECONDS))
            break
    return RenderedFile(
        tuple(texts),
        tuple(note_words(each.note, code) for each in texts),
        retired,
        tuple(reading_problems),
        tuple(note_problems),
    )


@cache
def _renderer() -> MarkdownRenderer:
    """Return the one renderer of this process."""
    return MarkdownRenderer()
