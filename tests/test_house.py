"""The house stands: who may import whom, one door to each library, small rooms, help for all."""

import ast
import sys
from pathlib import Path

import pytest

from deckwright.cli import main
from deckwright.problem import LEVELS

SOURCE = Path(__file__).parent.parent / "src" / "deckwright"
ROOMS = sorted(SOURCE.rglob("*.py"))

# From the ground up: a room imports only from floors below its own.
FLOORS = (
    {"problem"},
    {"notes", "files", "writes", "cloze", "archive", "language"},
    {"media", "yaml_hints", "note_types", "check.words", "check.coverage", "allow", "content"},
    {"cache", "markup", "tree", "locked", "unpack", "learner"},
    {"lock"},
    {"yaml_tree", "render"},
    {"check.form", "check.questions", "check.clozes", "check.whole", "check.spelling"},
    {"record", "check", "stamp", "rename", "diff", "verify", "cardview"},
    {"read", "guard", "package", "recover", "report_changes"},
    {"sheet"},
    {"sheet_json"},
    {"gather"},
    {"build"},
    {"report", "preview"},
    {"serve"},
    {"cli.common"},
    {"cli.making", "cli.updating", "cli.showing"},
    {"cli"},
    {"__main__"},
)

DOORS = {
    "yaml": {"yaml_tree"},
    "markdown": {"markup"},
    "nh3": {"markup"},
    "html": {"markup", "media", "render", "diff"},
    "genanki": {"package"},
    "sqlite3": {"archive"},
    "zipfile": {"archive"},
    "click": {"cli", "cli.common", "cli.making", "cli.updating", "cli.showing"},
    "anki": {"learner"},
    "segno": {"preview"},
    "http": {"serve"},
    "rapidfuzz": {"check.whole"},
    "spylls": {"check.spelling"},
    "tomllib": {"language"},
    "platformdirs": {"cache"},
    "multiprocessing": {"gather"},
    "fcntl": {"writes"},
    "tempfile": {"writes", "verify", "cli.common"},
}


def imports(path: Path) -> set[str]:
    """Return every module that a file imports, anywhere in it, with the names taken from it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write the whole name"
            module = node.module or ""
            found |= {module, *(f"{module}.{name.name}" for name in node.names)}
    return found


def name_of(path: Path) -> str:
    """Return the name of a room: `lock`, or `check.form` for one in a folder."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def neighbours(path: Path) -> set[str]:
    """Return the rooms that a room imports."""
    rooms = {name_of(room) for room in ROOMS}
    inside = (name.removeprefix("deckwright.") for name in imports(path) if "deckwright." in name)
    return {name if name in rooms else name.rpartition(".")[0] for name in inside} & rooms


def floor(room: str) -> int:
    """Return the floor of a room; fails for a room that stands on none."""
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def length(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_room_has_a_floor() -> None:
    """FLOORS lists the rooms there are, each once."""
    listed = [room for rooms in FLOORS for room in rooms]
    assert sorted(listed) == sorted(filter(None, map(name_of, ROOMS)))


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_imports_go_down(room: Path) -> None:
    """A room imports no room of its own floor or above."""
    if own := name_of(room):
        assert {name for name in neighbours(room) - {own} if floor(name) >= floor(own)} == set()


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_one_door_to_each_library(room: Path) -> None:
    """A library has its door in DOORS, and no other room imports it; so has a heavy module."""
    for name in {module.split(".")[0] for module in imports(room)}:
        known = {"deckwright"} | (sys.stdlib_module_names - DOORS.keys())
        assert name in known or name_of(room) in DOORS[name], f"{room} imports {name}"


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_rooms_and_functions_are_small(room: Path) -> None:
    """No room over 250 lines, no function over 40, no command over 15."""
    text = room.read_text("utf-8")
    assert len(text.splitlines()) <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            command = room.parent.name == "cli" and bool(node.decorator_list)
            assert length(node) <= (15 if command else 40), node.name


@pytest.mark.parametrize("name", ["", *main.commands])
def test_every_command_has_help_with_an_example(name: str) -> None:
    """The help of the tool and of each command shows a line that works."""
    command = main.commands[name] if name else main
    assert f"deckwright {name}".strip() in (command.help or "").partition("Example:")[2]


def test_every_code_is_reported_somewhere() -> None:
    """No code in LEVELS is dead, and no code is used that LEVELS lacks (KeyError otherwise)."""
    text = "".join(room.read_text("utf-8") for room in ROOMS if room.stem != "problem")
    assert {code for code in LEVELS if f'"{code}"' not in text} == set()
