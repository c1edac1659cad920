"""The README tells the truth: its deck builds, its tables are those of the code."""

import re
from pathlib import Path

import pytest
from commands import run
from real_deck import CARDS

from deckwright.cli.main import main

README = (CARDS.parent / "README.md").read_text("utf-8")


def test_its_deck_builds(tmp_path: Path) -> None:
    """The four notes build, without any problem."""
    files = re.findall(r"`cards/([\w.-]+)`[^\n]*\n\n```yaml\n(.*?)```", README, re.DOTALL)
    assert [name for name, _ in files] == ["deck.yaml", "1-zetten.yaml"]
    for name, content in files:
        (tmp_path / name).write_text(content, "utf-8")
    result = run("build", "--cards", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "4 new" in result.output
    assert "error" not in result.output + result.stderr


def test_it_lists_the_rules() -> None:
    """The table is what `rule --format markdown` prints now."""
    table = README.partition("<!-- deckwright rule --lang en --format markdown -->\n")[2].partition(
        "<!--"
    )[0]
    assert table == run("rule", "--lang", "en", "--format", "markdown").output


def test_it_lists_the_keys() -> None:
    """The table is what `schema --format markdown` prints now."""
    table = README.partition("<!-- deckwright schema --lang en --format markdown -->\n")[2]
    assert (
        table.partition("<!--")[0] == run("schema", "--lang", "en", "--format", "markdown").output
    )


@pytest.mark.parametrize("name", main.commands)
def test_it_names_every_command(name: str) -> None:
    """Nobody must guess what there is."""
    assert f"deckwright {name}" in README
