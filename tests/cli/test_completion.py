"""Completion in the real shells, as an author sets it up by the line in `deckwright help shell`."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from author import Author
from real_deck import CARDS
from terminal import Terminal, terminal

TOPICS = CARDS.parent / "src" / "deckwright" / "cli" / "topics"
LINES = dict(
    re.findall(
        r"^- (\w+): `([^`]*_DECKWRIGHT_COMPLETE[^`]*)`",
        (TOPICS / "en" / "shell.md").read_text("utf-8"),
        re.MULTILINE,
    )
)
SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}


def test_the_help_has_a_line_for_each_shell() -> None:
    """So that the tests below try what authors are told."""
    assert LINES.keys() == SHELLS.keys()


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author whose deck is in a folder, and for whom `deckwright` is a command."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "deckwright"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m deckwright "$@"\n', "utf-8")
    command.chmod(0o755)
    return author


def environment(author: Author) -> dict[str, str]:
    """Return what a shell is given."""
    folder = author.cards.parent
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(folder), "PS1": "$ ", "PROMPT": "$ "}


@pytest.fixture(params=["bash", "zsh"])
def shell(request: pytest.FixtureRequest, author: Author) -> Iterator[Terminal]:
    """Return a shell on a terminal, with completion."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed here")
    given = {**environment(author), "TERM": "dumb" if name == "zsh" else "xterm"}
    with terminal(SHELLS[name], author.cards.parent, **given) as screen:
        screen.waits_for("$ ")
        if name == "zsh":
            screen.types("autoload -Uz compinit && compinit -u\n")
        screen.types(f"{LINES[name]}\n")
        screen.types("echo rea''dy\n")
        screen.waits_for("ready\n")
        yield screen


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ret", "retire "),
        ("check --str", "check --strict "),
        ("check --format gi", "check --format github "),
        ("retire twe", "retire twee "),
        ("rename dr", "rename drie "),
        ("rule two-q", "rule two-questions "),
        ("check --select cloze-tri", "check --select cloze-trivial "),
        ("check --ignore yes-no,two-q", "check --ignore yes-no,two-questions "),
        ("check cards/1", "check cards/1-deel.yaml "),
    ],
)
def test_a_tab_completes(shell: Terminal, typed: str, completed: str) -> None:
    """Commands, options, their values, ids, codes, files."""
    shell.types(f"deckwright {typed}\t")
    shell.waits_for(completed)


def test_two_tabs_list(shell: Terminal) -> None:
    """What there is to choose from."""
    shell.types("deckwright re\t\t")
    shell.waits_for("retire")
    shell.types("\x15deckwright retire \t\t")
    shown = shell.waits_for("vier")
    assert {"een", "twee", "drie"} <= set(shown.split())


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ren", ["rename\tGive a note another id: learners keep everything"]),
        ("retire ", ["drie", "een", "twee", "vier"]),
        ("retire --cards nowhere ", []),
        ("rule yes", ["yes-no\tNo question can be answered with yes or no."]),
        ("check --select yes", ["yes-no\tNo question can be answered with yes or no."]),
    ],
)
def test_fish(author: Author, typed: str, completed: list[str]) -> None:
    """With what each is for."""
    if not shutil.which("fish"):
        pytest.skip("fish is not installed here")
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"{LINES['fish']}; complete -C 'deckwright {typed}'"],
        capture_output=True,
        text=True,
        check=True,
        cwd=author.cards.parent,
        env={**os.environ, **environment(author)},
    )
    assert done.stdout.splitlines() == completed


def test_ids_are_found_however_they_are_written(author: Author) -> None:
    """In braces and quotes, in a broken file; those of deck.yaml and guide.yaml are no notes."""
    if not shutil.which("fish"):
        pytest.skip("fish is not installed here")
    (author.cards / "2-deel.yaml").write_text(
        "subdeck: X\nnotes:\n- {id: vlak, question: Wat?}\n- \"id\": 'hoek'\n- {case: Q,id: z-9}\n"
        '- question: "open\n  was: oud\n  valid: geen\n',
        "utf-8",
    )
    (author.cards / "guide.yaml").write_text("parts:\n- id: deel\n", "utf-8")
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"{LINES['fish']}; complete -C 'deckwright rename '"],
        capture_output=True,
        text=True,
        check=True,
        cwd=author.cards,
        env={**os.environ, **environment(author)},
    )
    wanted = ["drie", "een", "hoek", "twee", "vier", "vlak", "z-9"]
    assert done.stdout.splitlines() == wanted
