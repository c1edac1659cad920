"""What a command does not need, it does not import: an author waits for that each time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from author import Author

# Each takes longer to import than a small deck takes to check.
SLOW = {"genanki", "yaml", "markdown", "importlib.metadata", "spylls", "asyncio", "anki"}
NEEDED: dict[str, set[str]] = {
    "--version": set(),
    "--help": set(),
    "check": {"yaml"},
    "diff": {"yaml"},
    "build": {"yaml", "genanki", "asyncio"},  # genanki imports cached_property, and that asyncio
}


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a released deck with marks in its texts, of which all is remembered."""
    (tmp_path / "nl_NL.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "nl_NL.dic").write_text("1\nhuis\n", "utf-8")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    author = Author(tmp_path)
    author.releases()
    assert "spylls" in imported("check", author.cards)
    imported("build", author.cards)
    return author.cards


def imported(command: str, cards: Path) -> set[str]:
    """Return the modules that a command imports."""
    options: list[str | Path] = [] if command.startswith("-") else ["--cards", cards]
    options += ["--out", cards.parent / "build"] if command == "build" else []
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "deckwright", command, *options],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize("command", NEEDED)
def test_a_command_imports_what_it_needs(command: str, cards: Path) -> None:
    """Where nothing changed, that is no Markdown; no command reads what is installed."""
    assert imported(command, cards) & SLOW == NEEDED[command]
