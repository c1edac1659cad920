"""Measures deckwright beside the usual way, other tools, Anki's own engine, and the limit.

Whole processes, in turn, and medians, with what the system says of each. Seconds tell little of
another computer: read the ratios, and where others work at the same time, those by CPU seconds.
Memory is that of the largest process.
"""

import argparse
import compileall
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import decks
import goals
import notes
import others
import own
import peers
import sections
import tables
import ways

import deckwright
from deckwright.check._dictionary import find_dictionary

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 3
ONCE = 10_000  # notes; from here on, a round takes minutes
FEW = 2_000  # notes; up to here, other tools are measured and packages compared
HUGE_KIND = "short"  # of other kinds, a deck of 100,000 notes is more than deckwright takes
NAMES = ("click", "genanki", "markdown", "nh3", "pyyaml", "rapidfuzz")


def wishes() -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="notes; 100 to 100,000 without any")
    parser.add_argument("--decks", nargs="+", type=Path, default=[], help="real decks: folders")
    parser.add_argument("--kinds", nargs="+", default=list(decks.KINDS), choices=decks.KINDS)
    parser.add_argument("--rounds", type=int, help=f"{ROUNDS}, or 1 from {ONCE:,} notes on")
    parser.add_argument("--no-peers", action="store_true", help="leave out other tools")
    parser.add_argument("--stages", action="store_true", help="show where the time goes, too")
    parser.add_argument("--json", type=Path, help="write all numbers into this file, too")
    wanted = parser.parse_args()
    if not wanted.sizes and not wanted.decks:
        wanted.sizes, wanted.stages = list(SIZES), True
    return wanted


def rooms(wanted: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """Yield each deck in a room of its own: the name of its kind, and its folder of cards."""
    for folder in wanted.decks:
        found = folder if (folder / "deck.yaml").exists() else folder / "cards"
        with tempfile.TemporaryDirectory() as room:
            yield folder.name, Path(shutil.copytree(found, Path(room) / "cards"))
    for kind in wanted.kinds:
        for size in wanted.sizes:
            if size < own.HUGE or kind == HUGE_KIND:
                with tempfile.TemporaryDirectory() as room:
                    yield kind, decks.write(Path(room) / "cards", size, kind)


def measure(
    kind: str, cards: Path, wanted: argparse.Namespace, tools: Path | None
) -> ways.Measured:
    """Measure one deck in every way."""
    count = sum(len(part) for _, part in notes.read(cards))
    rounds = wanted.rounds or (ROUNDS if count < ONCE else 1)
    results = own.measure(cards, cards.parent, count, rounds)
    runs, missing = results.medians(), dict(results.missing)
    package = next((cards.parent / "out").glob("*.apkg"), None)
    if count < own.HUGE and package:
        asked = tools if count <= FEW else None
        beside = others.measure(cards, package, rounds, asked)
        runs |= beside.medians()
        missing |= beside.missing
        if not asked:
            why = "not available here, or left out" if count <= FEW else "not measured at this size"
            missing |= dict.fromkeys((ways.ANKCOMPILER, ways.YAML_TOOL), why)
    return ways.Measured(kind, count, runs, missing)


def header(tools: Path | None) -> Iterator[str]:
    """Yield on what all this is measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in NAMES)
    yield f"Python {platform.python_version()}, {libraries}"
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    yield f"{platform.platform()}, {os.cpu_count()} processors, load {load}"
    found = find_dictionary("nl")
    words = ", ".join(map(str, found.paths)) if found else "none: all words are invented"
    yield f"Dutch dictionary: {words}; other tools: {tools or 'left out'}\n"


def main() -> None:
    """Measure what is asked for; exit code 1 where packages differ that must be equal."""
    wanted = wishes()
    compileall.compile_dir(Path(deckwright.__file__).parent, quiet=2)  # as pip does
    tools = None if wanted.no_peers else peers.folder_of_peers()
    print(*header(tools), sep="\n")
    rows: list[ways.Measured] = []
    differing: list[str] = []
    for kind, cards in rooms(wanted):
        rows.append(measure(kind, cards, wanted, tools))
        print(*tables.deck_table(rows[-1]), sep="\n")
        if rows[-1].notes <= FEW:
            differing += sections.same_bytes(cards)
        print(flush=True)
    starts = sections.start(wanted.rounds or sections.STARTS)
    print(*tables.start_table(starts), sep="\n")
    if wanted.stages:
        sections.stages()
    print(*tables.glance(rows), sep="\n")
    print("\ngoals, by wall seconds where nothing else is said")
    print(*(goal.line() for goal in goals.goals(rows, starts)), sep="\n")
    if any(row.notes <= FEW for row in rows):
        word = "MISSED" if differing else "reached"
        print(f"{word:8}  equal bytes, cached, parallel and plain, of all up to {FEW:,} notes")
    if wanted.json:
        numbers = {
            "decks": [row._asdict() for row in rows],
            "start": starts,
            "differing": differing,
        }
        wanted.json.write_text(json.dumps(numbers), "utf-8")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
