"""The map of the house: which modules there are, who imports whom, and on which floor each stands.

Usage: python tests/house.py [FOLDER]; FOLDER is that of the package, by default src/deckwright.
"""

import ast
import sys
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "deckwright"
Arrows = Mapping[str, set[str]]


@cache
def modules(source: Path = SOURCE) -> dict[str, Path]:
    """Return the file of each module by its name, `release.lock`; without those of no content."""
    found = {}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, anywhere in it, and the names taken from it."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name"
            module = node.module or ""
            found |= {module, *(f"{module}.{name.name}" for name in node.names)}
    return found


def _of_the_house(path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return the modules that a file imports; of a wing and a module in it, the module alone."""
    inside = {each.removeprefix("deckwright.") for each in imported(path) if "deckwright." in each}
    found = inside & known.keys()
    return {each for each in found if not any(other.startswith(f"{each}.") for other in found)}


def arrows(source: Path = SOURCE) -> Arrows:
    """Return the modules that each module imports."""
    known = modules(source)
    return {name: _of_the_house(path, known) - {name} for name, path in known.items()}


def wing(module: str) -> str:
    """Return the wing of a module: the first part of its name."""
    return module.partition(".")[0]


def between_wings(of: Arrows) -> dict[str, set[str]]:
    """Return the wings that each wing imports."""
    found: dict[str, set[str]] = {wing(name): set() for name in of if name}
    for name, others in of.items():
        if name:
            found[wing(name)] |= {wing(other) for other in others if other} - {wing(name)}
    return found


def floors(of: Arrows) -> dict[str, int]:
    """Return the floor of each name, 0 for who imports nobody; CycleError where there is none."""
    found: dict[str, int] = {}
    for name in TopologicalSorter(of).static_order():
        found[name] = max((found[other] + 1 for other in of.get(name, ())), default=0)
    return found


def main() -> None:
    """Print modules, arrows and floors."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    of = arrows(source)
    lines = {
        name: len(path.read_text("utf-8").splitlines()) for name, path in modules(source).items()
    }
    for name, path in modules(source).items():
        first = (ast.get_docstring(parsed(path)) or "").partition("\n")[0]
        print(f"{name or 'deckwright':32} {lines[name]:4}  {first}")
    wings = between_wings(of)
    print(f"{len(of)} modules, {sum(lines.values())} lines, {len(wings)} at the top")
    for what, graph in (("modules", of), ("wings", wings)):
        count = sum(map(len, graph.values()))
        try:
            on = floors(graph)
            print(f"{what}: {count} arrows, {max(on.values()) + 1} floors, no circle")
        except CycleError as error:
            print(f"{what}: {count} arrows, a circle: {' > '.join(error.args[1])}")
    for name, others in wings.items():
        print(f"  {name:10} > {', '.join(sorted(others))}")


if __name__ == "__main__":
    main()
