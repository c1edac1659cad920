"""What deckwright is made from: all of it pinned by its content, under licences that we chose."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from audit import REQUIREMENTS, licence, lines, pins

ROOT = Path(__file__).parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"

# A name, one exact version, maybe a marker, then hashes: no room for a URL, an option or a `*`.
PINNED = re.compile(r"[\w.-]+==[\w.!+]+(?: ; [\w .'<>=!()]+)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*")
USED = re.compile(r"^\s*(?:- )?uses: ([\w./-]+@[0-9a-f]{40}) # v\d+(?:\.\d+)*$", re.MULTILINE)

# As packages write them, without brackets: SPDX, a classifier's last part, or their own words.
ALLOWED = {
    *("MIT", "MIT License"),
    *("BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "3-Clause BSD License"),
    *("Apache-2.0", "Apache Software License"),
    *("MPL-2.0", "Mozilla Public License 2.0 MPL 2.0"),
    *("PSF-2.0", "ISC"),
}
# Any other licence is named here with its package, after someone has read it.
IN_BUILD = {"frozendict": "LGPL-3.0-only"}  # genanki asks for it; a library, used unchanged
ONLY_IN_TEST = {
    "safety-db": "Attribution-NonCommercial-ShareAlike 4.0 International",  # audit.py reads it
    "anki": "AGPL-3.0-or-later",  # why it is in no other group than the tests'
    "axe-playwright-python": "",  # its metadata state none; its LICENSE file is MIT
    # PDFium, in the package: BSD, with the licences of what Chromium builds into it
    "pypdfium2": "BSD-3-Clause, Apache-2.0, dependency licenses",
}


def names(file: str) -> set[str]:
    """Return the packages that a file of .requirements/ pins."""
    return {name for name, _, _ in pins(REQUIREMENTS / file)}


def asked_for() -> dict[str, list[Requirement]]:
    """Return each list of packages in pyproject.toml under its name there."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups: dict[str, list[str]] = {
        "build-system": data["build-system"]["requires"],
        "dependencies": data["project"]["dependencies"],
        **{f"extra {name}": of for name, of in data["project"]["optional-dependencies"].items()},
        **{f"group {name}": of for name, of in data["dependency-groups"].items()},
    }
    return {group: list(map(Requirement, listed)) for group, listed in groups.items()}


def unlisted(file: str) -> dict[str, str]:
    """Return the packages of a file, for this computer, that state a licence not on the list."""
    here = {
        name: licence(name)
        for name, _, pin in pins(REQUIREMENTS / file)
        if pin.marker is None or pin.marker.evaluate()
    }
    return {
        name: stated
        for name, stated in here.items()
        if not set(re.split(" AND | OR ", re.sub(r"[()]", "", stated))) <= ALLOWED
    }


def values(tree: Any, key: str) -> list[Any]:
    """Return every value that a key has, anywhere in a tree of YAML."""
    if isinstance(tree, list):
        return [value for part in tree for value in values(part, key)]
    if not isinstance(tree, dict):
        return []
    return [*([tree[key]] if key in tree else []), *values(list(tree.values()), key)]


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda path: path.name)
def test_every_requirement_is_one_version_with_its_hashes(path: Path) -> None:
    """Nothing is installed but a named version from the index whose content is known."""
    assert lines(path)
    assert [line for line in lines(path) if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize(
    ("group", "file"),
    [
        ("build-system", "build.txt"),
        ("dependencies", "build.txt"),
        ("group build", "build.txt"),
        ("dependencies", "test.txt"),
        ("group build", "test.txt"),
        ("group test", "test.txt"),
    ],
)
def test_what_is_asked_for_is_pinned(group: str, file: str) -> None:
    """Every package that pyproject.toml asks for is pinned, at a version it allows."""
    pinned = {name: version for name, version, _ in pins(REQUIREMENTS / file)}
    asked = asked_for()[group]
    assert asked
    for requirement in asked:
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


def test_anki_is_never_needed_to_build() -> None:
    """Anki (AGPL) is an optional extra and in the tests, and building pulls it in nowhere."""
    groups = {
        group
        for group, listed in asked_for().items()
        if "anki" in {canonicalize_name(requirement.name) for requirement in listed}
    }
    assert groups == {"extra verify", "group test"}
    assert "anki" not in names("build.txt")
    assert "anki" in names("test.txt")


def test_licences_of_what_builds() -> None:
    """What builds a deck is under a permissive licence or the MPL, but for what IN_BUILD names."""
    assert unlisted("build.txt") == IN_BUILD


def test_licences_of_what_tests() -> None:
    """A copyleft or unknown licence is in the tests alone, and only where it is named here."""
    assert unlisted("test.txt") == IN_BUILD | ONLY_IN_TEST
    assert names("build.txt").isdisjoint(ONLY_IN_TEST)


@pytest.mark.parametrize("file", ["Makefile", "tests/matrix.py"])
def test_nothing_is_built_that_a_hash_does_not_know(file: str) -> None:
    """Where pip would build a wheel, it would fetch tools of the day: it may not."""
    text = (REQUIREMENTS.parent / file).read_text("utf-8")
    assert text.count("--require-hashes") == text.count("--only-binary=:all:") == 1
    assert text.count("-r .requirements") == text.count("$(PIP) -r .requirements")


def test_workflows_run_only_pinned_actions_and_only_read() -> None:
    """An action is one commit, with its version beside it, and no workflow may write anything."""
    for path in [*WORKFLOWS.glob("*.yml"), *WORKFLOWS.glob("*.yaml")]:
        text = path.read_text("utf-8")
        workflow = yaml.safe_load(text)
        assert sorted(values(workflow, "uses")) == sorted(USED.findall(text)), path.name
        assert "permissions" in workflow, path.name
        for permissions in values(workflow, "permissions"):
            assert permissions in ({}, {"contents": "read"}), path.name
