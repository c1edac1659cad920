"""The numbers as tables that a person reads."""

import math
import os
from collections.abc import Iterator

import ways
from processes import Run
from ways import Measured


def deck_table(row: Measured) -> Iterator[str]:
    """Yield what each way took with one deck, and how many times as long the usual way takes.

    The load of the computer says how far wall seconds can be trusted.
    """
    head, load = f"{row.kind}, {row.notes:,} notes", f"load {os.getloadavg()[0]:.1f}"
    columns = f"{'wall':>8} {'CPU':>8} {'memory':>8}  {'usual/this':>10} {'C/this':>7}"
    yield f"{head:30} {columns}  ({load})"
    for name in (*ways.OTHERS, *ways.OURS):
        if name in row.runs:
            run = row.runs[name]
            slow, fast = (_number(row.wall(way, name)) for way in (ways.SLOW, ways.FAST))
            yield f"{name:30} {_run(run)}  {slow:>10} {fast:>7}"
        elif name in row.missing:
            yield f"{name:30} {row.missing[name]}"


def start_table(runs: dict[str, Run]) -> Iterator[str]:
    """Yield what each command took, and how many times as long as the first one."""
    bare = next(iter(runs.values()))
    yield f"{'start, and the real deck warm':30} {'wall':>8} {'CPU':>8} {'memory':>8}  {'bare':>10}"
    for name, run in runs.items():
        yield f"{name:30} {_run(run)}  {run.wall / bare.wall:10.2f}"


def glance(rows: list[Measured]) -> Iterator[str]:
    """Yield one line for each deck: by wall seconds, then by CPU seconds."""
    columns = (
        ("usual/cold", ways.SLOW, ways.COLD),
        ("C/cold", ways.FAST, ways.COLD),
        ("usual/warm", ways.SLOW, ways.WARM),
        ("C/warm", ways.FAST, ways.WARM),
        ("cold/limit", ways.COLD, ways.LIMIT),
        ("warm/limit", ways.WARM, ways.LIMIT),
        ("warm/engine", ways.WARM, ways.ENGINE),
        ("spell/check", ways.SPELL, ways.CHECK),
        ("  warm", ways.SPELL_WARM, ways.CHECK_WARM),
    )
    for title, by in (("wall", Measured.wall), ("CPU", Measured.cpu)):
        yield f"\n{'ratios by ' + title:22} " + " ".join(f"{name:>11}" for name, _, _ in columns)
        for row in rows:
            name = f"{row.kind}, {row.notes:,}"
            found = (_number(by(row, one, other)) for _, one, other in columns)
            yield f"{name:22} " + " ".join(f"{each:>11}" for each in found)


def _run(run: Run) -> str:
    return f"{run.wall:6.2f} s {run.cpu:6.2f} s {run.memory:5.0f} MB"


def _number(ratio: float) -> str:
    return "-" if math.isnan(ratio) else f"{ratio:.2f}"
