"""Measures deckwright against the usual way, side by side. Usage: run.py [SIZE …].

Whole processes, in turn, and medians, with what the system says of each (wait4). Wall seconds tell
little of another computer: read the ratios.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import decks

from deckwright.check._dictionary import find_dictionary

HERE = Path(__file__).parent
PYTHON = sys.executable
TOOL = Path(PYTHON).with_name("deckwright")
CARDS = HERE.parent.parent / "cards"
SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 5
HUGE = 50_000  # from here on, the usual way takes minutes
NAMES = ("click", "genanki", "markdown", "nh3", "pyyaml", "rapidfuzz")


class Run(NamedTuple):
    """What one process took: wall seconds, and the memory of its largest process in MB."""

    seconds: float
    memory: float


def once(*command: object, cache: Path | None = None, spell: bool = False) -> Run:
    """Run a command, with a dictionary where it is to spell; fails where it does."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    if not spell:
        environment["DICPATH"] = "/nowhere"
    started = perf_counter()
    process = subprocess.Popen(
        [PYTHON, *map(str, command)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(perf_counter() - started, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """Return the medians."""
    return Run(
        statistics.median(r.seconds for r in runs), statistics.median(r.memory for r in runs)
    )


class Measured(NamedTuple):
    """The medians at one size; `usual` and `load` (its YAML alone) are None for a huge deck.

    `spelled` is a cold check without a dictionary, the same with one, and a warm one with it. No
    dictionary knows a word of these decks, which takes it longest.
    """

    notes: int
    usual: Run | None
    load: Run | None
    cold: Run
    warm: Run
    check: Run
    spelled: tuple[Run, Run, Run]
    size: int
    usual_size: int


def measure(count: int, room: Path) -> Measured:
    """Measure a deck of `count` notes in an empty folder."""
    cards, out, packed = decks.write(room / "cards", count), room / "out", room / "usual.apkg"
    build = (TOOL, "build", "--cards", cards, "--out", out)
    check = (TOOL, "check", "--cards", cards)
    spelled = ("check cold", "spelled cold", "spelled warm")
    names = ("usual", "load", "cold", "warm", "check", *spelled)
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(ROUNDS):
        if count < HUGE:
            runs["usual"].append(once(HERE / "usual.py", cards, packed))
            runs["load"].append(once(HERE / "usual.py", cards, packed, "--load-only"))
        cache = room / f"cache-{number}"
        (cards / "deck.lock").unlink(missing_ok=True)
        runs["cold"].append(once(*build, cache=cache))
        decks.edit(cards, number)
        runs["warm"].append(once(*build, cache=cache))
        runs["check"].append(once(*check, cache=cache))
        runs["check cold"].append(once(*check, cache=room / f"plain-{number}"))
        for name in spelled[1:]:
            runs[name].append(once(*check, cache=room / f"spelled-{number}", spell=True))
    huge = not packed.exists()
    return Measured(
        notes=count,
        usual=None if huge else median(runs["usual"]),
        load=None if huge else median(runs["load"]),
        cold=median(runs["cold"]),
        warm=median(runs["warm"]),
        check=median(runs["check"]),
        spelled=(median(runs[spelled[0]]), median(runs[spelled[1]]), median(runs[spelled[2]])),
        size=next(out.glob("*.apkg")).stat().st_size,
        usual_size=0 if huge else packed.stat().st_size,
    )


def times(one: Run | None, other: Run | None) -> str:
    """Return how many times `one` is of `other`."""
    return f"{one.seconds / other.seconds:.2f} x" if one and other else "-"


def table(rows: list[Measured]) -> None:
    """Print the sizes side by side."""
    print("notes     usual    cold     usual/cold  warm     usual/warm  check   /YAML load  bytes")
    for row in rows:
        usual = f"{row.usual.seconds:.2f} s" if row.usual else "-"
        share = f"{row.size / row.usual_size:.1%}" if row.usual_size else "-"
        print(
            f"{row.notes:<9} {usual:8} {row.cold.seconds:6.2f} s {times(row.usual, row.cold):11} "
            f"{row.warm.seconds:6.2f} s {times(row.usual, row.warm):11} {row.check.seconds:6.2f} s "
            f"{times(row.check, row.load):10} {share}"
        )
    print("\ngrowth    cold     warm     notes   memory cold, warm")
    for before, row in zip([rows[0], *rows], rows, strict=False):
        grown = f"{row.notes / before.notes:.0f} x"
        print(
            f"{row.notes:<9} {times(row.cold, before.cold):8} {times(row.warm, before.warm):8} "
            f"{grown:7} {row.cold.memory:6.0f} MB {row.warm.memory:6.0f} MB"
        )


def spelling(rows: list[Measured]) -> None:
    """Print what a dictionary adds to a check."""
    here = find_dictionary("nl") is not None
    print("\ncheck     cold     with a dictionary   warm     with a dictionary")
    for row in rows if here else ():
        plain, cold, warm = row.spelled
        print(
            f"{row.notes:<9} {plain.seconds:6.2f} s {cold.seconds:6.2f} s {times(cold, plain):9} "
            f"{row.check.seconds:6.2f} s {warm.seconds:6.2f} s {times(warm, row.check)}"
        )
    if not here:
        print("no Dutch dictionary here: not measured")


def stages(room: Path) -> None:
    """Print where the time of 10,000 notes goes, the usual way and ours."""
    cards = decks.write(room / "cards", 10_000)
    once(TOOL, "build", "--cards", cards, "--out", room, cache=room)
    output = subprocess.check_output([PYTHON, HERE / "stages.py", cards], text=True)
    for way, seconds in json.loads(output).items():
        whole = sum(seconds.values())
        print(f"\nstages at 10,000 notes, one processor, {way}: {whole:.2f} s")
        for stage, part in seconds.items():
            print(f"  {stage:16} {part:6.2f} s {part / whole:6.1%}")


def real_deck(room: Path) -> None:
    """Print what an author waits for in everyday work, as ratios to a bare Python."""
    commands: dict[str, tuple[object, ...]] = {
        "python -c pass": ("-c", "pass"),
        'python -c "import click"': ("-c", "import click"),
        "deckwright --help": (TOOL, "--help"),
        "deckwright build": (TOOL, "build", "--cards", CARDS, "--out", room),
        "deckwright check": (TOOL, "check", "--cards", CARDS),
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(2 * ROUNDS):
        for name, command in commands.items():
            runs[name].append(once(*command, cache=room))
    bare = median(runs["python -c pass"])
    print("\nthe real deck, warm")
    for name, found in runs.items():
        print(f"  {name:26} {median(found).seconds:6.3f} s  {times(median(found), bare)} bare")


def main() -> None:
    """Measure the sizes asked for, all without any."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    libraries = ", ".join(f"{name} {version(name)}" for name in NAMES)
    print(f"Python {platform.python_version()}, {libraries}")
    print(f"{platform.platform()}, {os.cpu_count()} processors, medians of {ROUNDS}\n")
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as room:
            rows.append(measure(size, Path(room)))
    table(rows)
    spelling(rows)
    for section in (stages, real_deck):
        with tempfile.TemporaryDirectory() as room:
            section(Path(room))


if __name__ == "__main__":
    main()
