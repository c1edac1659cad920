"""What a build must reach, and whether it does."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import ways
from own import HUGE
from processes import Run
from ways import Measured

BARE, STARTS = 'python -c "import click"', ("deckwright --help", "deckwright --version")
_LARGE = 5_000  # notes; below, a deck counts as one of 1,000, from here as one of 10,000
_SMALL = 500  # notes; below, the start of Python is most of it


class Goal(NamedTuple):
    """A number and the most, or the least, that it may be; `beside` is worth knowing with it.

    NaN, where nothing could be measured, is not reached.
    """

    what: str
    value: float
    limit: float
    beside: str = ""
    is_least: bool = False

    def is_reached(self) -> bool:
        """Return whether the number is as it must be."""
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    def line(self) -> str:
        """Return the goal for people."""
        word, sign = "reached" if self.is_reached() else "MISSED", "≥" if self.is_least else "≤"
        return f"{word:8} {self.value:7.2f} {sign} {self.limit:<5g} {self.what}{self.beside}"


def goals(rows: list[Measured], start: dict[str, Run]) -> Iterator[Goal]:
    """Yield all goals of which something was measured."""
    for row in rows:
        name = f"{row.kind}, {row.notes:,}: "
        if _SMALL <= row.notes < HUGE:
            of_size = _of_1_000 if row.notes < _LARGE else _of_10_000
            yield from (goal._replace(what=name + goal.what) for goal in of_size(row))
        if row.notes >= HUGE:
            yield from (goal._replace(what=name + goal.what) for goal in _of_100_000(row, rows))
    for name in STARTS if start else ():
        wall, cpu = (start[name][n] / start[BARE][n] for n in (0, 1))
        yield Goal(f"CPU of {name} / {BARE}", cpu, 1.3, f" (wall {wall:.2f})")


def _of_1_000(row: Measured) -> Iterator[Goal]:
    warm, slow, fast = (row.took(name) for name in (ways.WARM, ways.SLOW, ways.FAST))
    yield _at_most("cold / usual way with C loader", row, ways.COLD, ways.FAST, 0.6)
    beside = f" (C loader {warm.cpu / fast.wall:.2f})"
    yield Goal("CPU of a warm build / usual way", warm.cpu / slow.wall, 0.25, beside)
    yield Goal("seconds from save to preview", row.took(ways.PREVIEW).wall, 0.2)


def _of_10_000(row: Measured) -> Iterator[Goal]:
    for name, way, least in (("cold", ways.COLD, 4), ("warm", ways.WARM, 15)):
        fast = row.wall(ways.FAST, way)
        beside = f" (CPU {row.cpu(ways.SLOW, way):.2f}; C loader {fast:.2f})"
        yield Goal(f"usual way / {name}", row.wall(ways.SLOW, way), least, beside, is_least=True)
    yield _at_most("check with a dictionary / without", row, ways.SPELL, ways.CHECK, 2)
    yield _at_most("the same, warm", row, ways.SPELL_WARM, ways.CHECK_WARM, 1.1)


def _at_most(what: str, row: Measured, one: str, other: str, limit: float) -> Goal:
    return Goal(what, row.wall(one, other), limit, f" (CPU {row.cpu(one, other):.2f})")


def _of_100_000(row: Measured, rows: list[Measured]) -> Iterator[Goal]:
    smaller = [each for each in rows if each.kind == row.kind and each.notes * 10 == row.notes]
    for name, way in (("cold", ways.COLD), ("warm", ways.WARM)):
        for each in smaller:
            wall, cpu = (row.took(way)[n] / each.took(way)[n] for n in (0, 1))
            yield Goal(f"{name} / that of a tenth", wall, 12, f" (CPU {cpu:.2f})")
    memory = max((run.memory for run in row.runs.values()), default=math.nan)
    yield Goal("MB of the largest process", memory, 1_200)
