"""What is measured beside the ways: the start, equal bytes, and the stages of a build."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import decks
import goals
from processes import PYTHON, TOOL, Run, median, once

HERE = Path(__file__).parent
CARDS = HERE.parent.parent / "cards"
STARTS = 10  # rounds


def start(rounds: int = STARTS) -> dict[str, Run]:
    """Return what an author waits for in everyday work with the real deck."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        commands: dict[str, tuple[object, ...]] = {
            "python -c pass": (PYTHON, "-c", "pass"),
            goals.BARE: (PYTHON, "-c", "import click"),
            "the four packages": (PYTHON, "-c", "import click, genanki, markdown, yaml"),
            **{name: (PYTHON, TOOL, name.split()[-1]) for name in goals.STARTS},
            "deckwright build": (PYTHON, TOOL, "build", "--cards", CARDS, "--out", room),
            "deckwright check": (PYTHON, TOOL, "check", "--cards", CARDS),
        }
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                runs[name].append(once(*command, cache=room / "cache", spell=True))
    return {name: median(found) for name, found in runs.items()}


def same_bytes(cards: Path) -> list[str]:
    """Make a package in every way, and print whether all are equal; returns those that are not."""
    with tempfile.TemporaryDirectory() as room:
        shutil.copytree(cards, Path(room) / "cards", ignore=shutil.ignore_patterns("deck.lock"))
        output = subprocess.check_output([PYTHON, HERE / "same_bytes.py", room], text=True)
    found = json.loads(output)
    differing: list[str] = found["differing"]
    said = f"DIFFERENT: {', '.join(differing)}" if differing else "equal"
    print(f"packages: {said} ({'; '.join(found['ways'])})")
    return differing


def stages() -> None:
    """Print where the time of 10,000 notes goes, the usual way and ours."""
    with tempfile.TemporaryDirectory() as folder:
        cards = decks.write(Path(folder) / "cards", 10_000)
        output = subprocess.check_output([PYTHON, HERE / "stages.py", cards], text=True)
    for way, seconds in json.loads(output).items():
        whole = sum(seconds.values())
        print(f"\nstages at 10,000 notes, one processor, {way}: {whole:.2f} s")
        for stage, part in seconds.items():
            print(f"  {stage:16} {part:6.2f} s {part / whole:6.1%}")
