"""The house stands: wings in order, private modules, one door to each library, small, with help."""

import ast
import fnmatch
import sys
from collections import Counter
from pathlib import Path

import pytest

from deckwright.cli.main import main
from deckwright.problem import LEVELS
from house import arrows, floors, imported, modules, parsed, wing

# Each wing may import those before it.
WINGS = ("words", "problem", "disk", "source", "cards", "check", "release", "anki", "build",
         "exchange", "feedback", "site", "cli", "__main__")  # fmt: skip

# Who may import a library; a heavy module of Python's own is one, too.
DOORS = {
    "yaml": {"source._yaml_parser", "source._broken_yaml", "exchange._yaml_writer"},
    "bs4": {"exchange._soup", "exchange._markdown_writer"},
    "markdownify": {"exchange._markdown_writer"},
    "tomllib": {
        "words.language",
        "words.messages",
        "check.pages",
        "cards.formulas",
        "cli._spoken_help",
    },
    "markdown": {"cards.markdown_renderer", "cards._typed_markdown"},
    "latex2mathml": {"cards.formulas"},
    "nh3": {"cards.markdown_renderer", "cards.gate"},
    "genanki": {"anki.package_writer"},
    "anki": {"anki.learner"},
    "sqlite3": {"anki.archive"},
    "zstandard": {"anki.archive"},
    "subprocess": {"build._git"},
    "zipfile": {"anki.archive"},
    "rapidfuzz": {
        "check._slips",
        "check.duplicates",
        "check.names",
        "feedback._mentions",
        "feedback._quoted_words",
        "release.diff",
        "release.html_text",
        "release.meaning",
    },
    "spylls": {"check._dictionary", "check._dic_file"},
    "platformdirs": {"disk.user_cache"},
    "fcntl": {"disk.folder_lock"},
    "tempfile": {"disk.writing"},
    "multiprocessing": {"build._workers"},
    "http": {"anki.desktop", "site.preview_server"},
    "segno": {"site.learner_site"},
    "click": {name for name in modules() if wing(name) == "cli"},
}
# The lists of all codes, of all rules, and of limits: none says anything of a problem.
LISTS = {"problem", "check.rules", "check.standard"}


def length(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_command(function: ast.FunctionDef) -> bool:
    """Return whether a function is a command of click."""
    return any("click.command" in ast.unparse(each) for each in function.decorator_list)


def constants(path: Path) -> set[str]:
    """Return every text that stands in a module as a value, docstrings left out."""
    return {
        node.value
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_wings_are_those_of_the_plan() -> None:
    """WINGS lists what stands at the top, each once."""
    assert sorted({wing(name) for name in modules() if name}) == sorted(WINGS)


@pytest.mark.parametrize("module", [name for name in modules() if name])
def test_imports_go_down(module: str) -> None:
    """A module imports only from its own wing and from those before it."""
    allowed = WINGS[: WINGS.index(wing(module)) + 1]
    assert {other for other in arrows()[module] if other and wing(other) not in allowed} == set()


def test_no_circle() -> None:
    """Within a wing, too, no module imports one that imports it (CycleError otherwise)."""
    assert floors(arrows())


@pytest.mark.parametrize("module", modules())
def test_private_modules_stay_in_their_wing(module: str) -> None:
    """A module that begins with `_` is imported by its own wing alone."""
    private = {name for name in arrows()[module] if name.rpartition(".")[2].startswith("_")}
    assert {name for name in private if wing(name) != wing(module)} == set()


@pytest.mark.parametrize("module", [n for n in modules() if n.rpartition(".")[2].startswith("_")])
def test_tests_import_private_modules_of_their_own_wing_alone(module: str) -> None:
    """A test of another wing that needs a private module shows that it is not private."""
    if module == "__main__":
        return
    tests = Path(__file__).parent
    users = {
        path.relative_to(tests).parts[0]
        for path in tests.rglob("*.py")
        if f"deckwright.{module}" in imported(path)
    }
    assert users <= {wing(module), "helpers", "fuzz", "bench"}


@pytest.mark.parametrize("name", [name for name in WINGS if name not in ("problem", "__main__")])
def test_a_wing_says_what_it_promises(name: str) -> None:
    """The `__init__` of a wing is a docstring and nothing else; without one, it is empty talk."""
    (only,) = parsed(modules()[name]).body
    assert isinstance(only, ast.Expr)
    assert len(ast.get_docstring(parsed(modules()[name])) or "") > 60


@pytest.mark.parametrize("module", modules())
def test_one_door_to_each_library(module: str) -> None:
    """A library is imported by who stands in DOORS, and by nobody else."""
    for name in {each.split(".")[0] for each in imported(modules()[module])}:
        known = {"deckwright"} | (sys.stdlib_module_names - DOORS.keys())
        assert name in known or module in DOORS[name], f"{module} imports {name}"


def test_one_module_prints() -> None:
    """What strangers wrote goes through it, and nothing goes round it."""
    printing = {"echo", "secho", "echo_via_pager", "print", "write", "writelines", "pager"}
    for name in (name for name in modules() if wing(name) == "cli"):
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(parsed(modules()[name]))
            if isinstance(node, ast.Call)
        }
        found = {call for call in calls if call.split(".")[-1] in printing}
        assert found == ({"click.echo"} if name == "cli._printing" else set()), name


def test_no_door_leads_nowhere() -> None:
    """DOORS names only modules that use them."""
    for library, users in DOORS.items():
        for user in users - DOORS["click"]:
            roots = {each.split(".")[0] for each in imported(modules()[user])}
            assert library in roots, f"{user} does not import {library}"


@pytest.mark.parametrize("module", modules())
def test_modules_and_functions_are_small(module: str) -> None:
    """No module over 250 lines, no function over 40, no command over 15."""
    assert len(modules()[module].read_text("utf-8").splitlines()) <= 250
    for node in ast.walk(parsed(modules()[module])):
        if isinstance(node, ast.FunctionDef):
            assert length(node) <= (15 if is_command(node) else 40), node.name


@pytest.mark.parametrize("name", ["", *main.commands])
def test_every_command_has_help_with_an_example(name: str) -> None:
    """The help of the tool and of each command shows a line that works."""
    command = main.commands[name] if name else main
    assert f"deckwright {name}".strip() in (command.help or "").partition("Example:")[2]


@pytest.mark.parametrize("name", main.commands)
def test_every_option_has_help(name: str) -> None:
    """Each option says what it is for."""
    options = [each for each in main.commands[name].params if each.param_type_name == "option"]
    assert [each.name for each in options if not getattr(each, "help", None)] == []


def test_every_code_has_its_message_in_one_module() -> None:
    """No code in LEVELS is dead, and whoever looks for its message finds one place."""
    used = Counter(
        text
        for name, path in modules().items()
        if name not in LISTS
        for text in constants(path) & LEVELS.keys()
    )
    assert {code: used[code] for code in LEVELS if used[code] != 1} == {}


def test_pytest_passes_over_no_test(request: pytest.FixtureRequest) -> None:
    """No folder of tests has a name that pytest does not look into, as it does by itself: build."""
    patterns = request.config.getini("norecursedirs")
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    names = {part for each in folders for part in each.relative_to(Path(__file__).parent).parts}
    assert "build" in names
    assert [n for n in names if any(fnmatch.fnmatch(n, pattern) for pattern in patterns)] == []
