"""Compares the pins with known advisories, and lists every package with its licence.

Usage: python tests/audit.py [FILE ...], by default on all of .requirements/. Exits 1 on a hit.

The advisories are data inside the package safety-db, so this needs no network. They are old: its
last version, 2021.7.17, is of July 2021 (licence CC BY-NC-SA 4.0, so never part of deckwright).
It finds a pin that went back to an old vulnerable version; it knows of no later advisory.
"""

import importlib.metadata
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parent.parent / ".requirements"


def lines(path: Path) -> list[str]:
    """Return the lines of a requirements file, each with the hashes that go on below it."""
    return path.read_text("utf-8").replace("\\\n", "").splitlines()


def pins(path: Path) -> list[tuple[str, str, Requirement]]:
    """Return what a requirements file pins: each package's name, its version, and all of it."""
    pinned = [Requirement(line.partition(" --hash=")[0]) for line in lines(path)]
    return [
        (canonicalize_name(pin.name), str(pin.specifier).removeprefix("=="), pin) for pin in pinned
    ]


def licence(name: str) -> str:
    """Return the licence that an installed package states, empty where it states none."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [line.split(" :: ") for line in metadata.get_all("Classifier", [])]
    classified = " AND ".join(parts[-1] for parts in classifiers if parts[0] == "License")
    expression, text = (metadata.get_all(key, [""])[0] for key in ("License-Expression", "License"))
    return expression or classified or text


def advisories() -> dict[str, Any]:
    """Return the advisories by name; read as a file, because importing safety_db fails."""
    data = importlib.metadata.distribution("safety-db").locate_file("safety_db/insecure_full.json")
    content = json.loads(Path(str(data)).read_text("utf-8"))
    return {canonicalize_name(name): known for name, known in content.items()}


def main(paths: list[Path]) -> int:
    """Print the hits, then the packages, then what the data cover; return 1 on a hit."""
    known = advisories()
    installed = {canonicalize_name(found.name) for found in importlib.metadata.distributions()}
    pinned = sorted({pin[:2] for path in paths for pin in pins(path)})
    hits = [
        f"HIT {name} {version}: {entry['id']} {entry['cve'] or ''} {entry['advisory']}"
        for name, version in pinned
        for entry in known.get(name, [])
        if any(SpecifierSet(spec).contains(version, prereleases=True) for spec in entry["specs"])
    ]
    names = {name for name, _ in pinned}
    stated = {name: licence(name) or "none stated" for name in names & installed}
    table = [f"{name:24}{text:18}{stated.get(name, 'not installed')}" for name, text in pinned]
    day = datetime.fromtimestamp(known["$meta"]["timestamp"], UTC).date()
    covered = f"The advisories, of {day}, know {len(names & known.keys())} of these packages."
    print(*hits, *table, f"{len(hits)} hits in {len(names)} packages. {covered}", sep="\n")  # noqa: T201
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main([Path(path) for path in sys.argv[1:]] or sorted(REQUIREMENTS.glob("*.txt"))))
