"""Makes one package in every way that must not matter, and compares. Usage: same_bytes.py FOLDER.

Prints JSON: the ways, and those whose package is not that of a plain build. `FOLDER` holds cards/,
of which it edits one text.
"""

import json
import subprocess
import sys
from pathlib import Path

import decks
from processes import PYTHON, TOOL, environment

from deckwright.build import cards_folder
from deckwright.build.cards_folder import Resources
from deckwright.build.packages import build_deck
from deckwright.build.plan import BuildOptions
from deckwright.release.ledger import EARLIEST, WEEK
from deckwright.release.next_release import Clock

RELEASED = EARLIEST + WEEK


def packages(folder: Path) -> dict[str, bytes]:
    """Return the package of an edited deck by how it was made."""
    cards_folder.MANY = 0  # a small deck, too, goes to the workers
    cards, cache = folder / "cards", folder / "cache"
    _built(folder, "before", Resources(cache, workers=2))
    decks.edit(cards, 0)
    return {
        "cached, one edit": _built(folder, "edited", Resources(cache)),
        "cached, nothing changed": _built(folder, "same", Resources(cache)),
        "no cache, one process": _built(folder, "plain", Resources()),
        "no cache, 2 workers": _built(folder, "parallel", Resources(workers=2)),
        "the command, cold": _by_command(folder, "cold"),
        "the command, --no-cache": _by_command(folder, "no-cache", "--no-cache"),
    }


def _by_command(folder: Path, name: str, *options: str) -> bytes:
    out = folder / name
    command: list[str | Path] = [PYTHON, TOOL, "build", "--cards", folder / "cards"]
    command += ["--out", out, *options]
    found = {**environment(folder / "empty", spell=False), "SOURCE_DATE_EPOCH": str(RELEASED)}
    subprocess.run(command, env=found, check=True, capture_output=True)
    return next(out.glob("*.apkg")).read_bytes()


def _built(folder: Path, name: str, resources: Resources) -> bytes:
    clock, options = Clock(RELEASED), BuildOptions(resources=resources)
    made, problems = build_deck(folder / "cards", folder / name, clock, options)
    assert made, problems
    return made.package.read_bytes()


def differing(made: dict[str, bytes]) -> list[str]:
    """Return the ways whose package is not that of a plain build."""
    return [name for name, content in made.items() if content != made["no cache, one process"]]


if __name__ == "__main__":
    found = packages(Path(sys.argv[1]))
    print(json.dumps({"ways": list(found), "differing": differing(found)}))
