"""One file of cards, prepared: all that follows from its bytes and the deck's language alone.

So it can be made in another process, and be remembered until the file changes.
"""

from functools import cache
from typing import NamedTuple

from deckwright import markup, yaml_tree
from deckwright.check import check_note
from deckwright.check.whole import gist
from deckwright.language import language
from deckwright.markup import Renderer
from deckwright.problem import Problem
from deckwright.read import read_notes
from deckwright.render import Prepared, prepare

# The versions of the libraries that a sheet also follows from.
MADE_WITH = f"{markup.MADE_WITH}, {yaml_tree.MADE_WITH}"


class Sheet(NamedTuple):
    """The notes of a file, rendered; `problems` of its form, `faults` of its cards."""

    notes: tuple[Prepared, ...]
    problems: tuple[Problem, ...]
    faults: tuple[Problem, ...]


def make(raw: bytes, file: str, code: str) -> Sheet:
    """Read, check and render the bytes of a file; never raises.

    `file` is its name for places, `code` the deck's language.
    """
    notes, problems = read_notes(raw, file)
    faults: list[Problem] = []
    prepared: list[Prepared] = []
    for note in notes:
        faults += check_note(note, code)
        rendered, found = prepare(note, _renderer())
        prepared.append(rendered._replace(gist=gist(note, language(code))))
        faults += found
    return Sheet(tuple(prepared), tuple(problems), tuple(faults))


@cache
def _renderer() -> Renderer:
    """Return the one renderer of this process."""
    return Renderer()
