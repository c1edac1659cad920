"""Measures the usual way, other tools, Anki's own engine, and the limit."""

import zipfile
from pathlib import Path

import peers
import ways
from processes import PYTHON, FailedError, Run, median, once

from deckwright.anki import archive

HERE = Path(__file__).parent


def measure(
    cards: Path, package: Path, room: Path, rounds: int, tools: Path | None
) -> tuple[dict[str, Run], dict[str, str]]:
    """Measure all others on a deck, of which `package` was made; returns runs and what is missing.

    `tools` is the folder with the programs of other tools, None to leave those out.
    """
    with zipfile.ZipFile(package) as packed:
        database = packed.extract("collection.anki2", room)
    level = archive._LEVEL
    commands: dict[str, tuple[object, ...]] = {
        ways.SLOW: (PYTHON, HERE / "usual.py", cards, room / "slow.apkg", "slow"),
        ways.FAST: (PYTHON, HERE / "usual.py", cards, room / "fast.apkg", "C"),
        ways.LIMIT: (PYTHON, HERE / "limit.py", database, room / "limit.apkg", level),
    }
    if tools:
        compiler = peers.write_for_ankcompiler(cards, room / "ankcompiler")
        yaml_tool = peers.write_for_yaml_tool(cards, room / "yaml-tool")
        commands[ways.ANKCOMPILER] = (tools / "ankc", *compiler)
        commands[ways.YAML_TOOL] = (tools / "anki-yaml-tool", *yaml_tool)
    runs: dict[str, list[Run]] = {}
    missing: dict[str, str] = {}
    for number in range(rounds):
        collection = room / f"collection-{number}"
        engine = (PYTHON, HERE / "engine.py", database, room / "engine.apkg", collection)
        for name, command in {**commands, ways.ENGINE: engine}.items():
            try:
                runs.setdefault(name, []).append(once(*command))
            except FailedError as error:
                missing[name] = f"failed: {error}"
        for name in (ways.ANKCOMPILER, ways.YAML_TOOL):  # once will do: they are slow
            commands.pop(name, None)
    return {name: median(found) for name, found in runs.items() if found}, missing
