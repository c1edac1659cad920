"""Four times as much takes four times as long, not sixteen: nothing grows with the square."""

import json
from collections.abc import Callable
from time import process_time

import pytest

from deckwright.release.diff import pieces
from deckwright.release.html_text import likeness
from deckwright.release.next_release import free_guid
from deckwright.source.reader import read_notes


def one_line(count: int) -> None:
    """Read very many keys on one line."""
    keys = json.dumps({f"k{n}": "x" for n in range(count)})
    read_notes(f"subdeck: S\nnotes: [{keys}]\n".encode(), "f")


def broken_items(count: int) -> None:
    """Read items of which one is broken, behind very many empty lines."""
    items = "".join(f"- id: n-{n}\n  question: a\n  answer: b\n" for n in range(999))
    text = "subdeck: S\nnotes:\n" + "\n" * (count * 25) + '- a: "b" c\n' + items
    read_notes(text.encode(), "f")


def free_guids(count: int) -> None:
    """Make guids for new notes beside as many that are taken."""
    taken = {str(n) for n in range(count)}
    for n in range(count):
        free_guid("key", str(n), taken)


def long_texts(count: int) -> None:
    """Compare two texts of so many characters, word by word and in all."""
    likeness("ab cd ef " * (count // 9), "ba dc fe " * (count // 9))
    pieces("a b " * (count // 8), "a a b b " * (count // 16))


@pytest.mark.parametrize(
    ("takes", "count"),
    [(one_line, 30_000), (broken_items, 10_000), (free_guids, 5_000), (long_texts, 2_000)],
)
def test_growth(takes: Callable[[int], None], count: int) -> None:
    """The least of three each, as other processes work here, too."""
    seconds = [min(_seconds(takes, size) for _ in range(3)) for size in (count, 4 * count)]
    assert seconds[1] < 10 * seconds[0] + 0.05
    assert seconds[1] < 10


def _seconds(takes: Callable[[int], None], count: int) -> float:
    started = process_time()
    takes(count)
    return process_time() - started
