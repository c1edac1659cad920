"""Measures the usual way, other tools, Anki's own engine, and the limit."""

import zipfile
from functools import partial
from pathlib import Path

import peers
import ways
from processes import PYTHON, once

from deckwright.anki import archive

HERE = Path(__file__).parent


def measure(cards: Path, package: Path, rounds: int, tools: Path | None) -> ways.Results:
    """Measure all others on a deck, of which `package` was made.

    `tools` is the folder with the programs of other tools, None to leave those out.
    """
    room, results = cards.parent, ways.Results()
    with zipfile.ZipFile(package) as packed:
        database = packed.extract("collection.anki2", room)
    commands: dict[str, tuple[object, ...]] = {
        ways.SLOW: (PYTHON, HERE / "usual.py", cards, room / "slow.apkg", "slow"),
        ways.FAST: (PYTHON, HERE / "usual.py", cards, room / "fast.apkg", "C"),
        ways.LIMIT: (PYTHON, HERE / "limit.py", database, room / "limit.apkg", archive._LEVEL),
    }
    for name, command in (_tools(cards, tools) if tools else {}).items():
        results.add(name, partial(once, *command))  # one round will do: they are slow
    for number in range(rounds):
        collection = room / f"collection-{number}"
        engine = (PYTHON, HERE / "engine.py", database, room / "engine.apkg", collection)
        for name, command in {**commands, ways.ENGINE: engine}.items():
            results.add(name, partial(once, *command))
    return results


def _tools(cards: Path, tools: Path) -> dict[str, tuple[object, ...]]:
    compiler = peers.write_for_ankcompiler(cards, cards.parent / "ankcompiler")
    yaml_tool = peers.write_for_yaml_tool(cards, cards.parent / "yaml-tool")
    return {
        ways.ANKCOMPILER: (tools / "ankc", *compiler),
        ways.YAML_TOOL: (tools / "anki-yaml-tool", *yaml_tool),
    }
