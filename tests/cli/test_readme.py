"""The README tells the truth: its deck builds, its tables are those of the code."""

import re
from pathlib import Path

import pytest
from commands import run
from real_deck import CARDS

from deckwright.anki import archive
from deckwright.build import cards_folder
from deckwright.cards import media
from deckwright.cards.pixels import MAX_PIXELS
from deckwright.cli.main import main
from deckwright.disk import reading
from deckwright.source import reader
from deckwright.words.kinds import PointKind, QuestionKind

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


def test_it_lists_the_kinds() -> None:
    """Each kind by both of its words."""
    rows = (", ".join(kind.names for kind in kinds) for kinds in (QuestionKind, PointKind))
    assert f"| {' | '.join(rows)} |" in README


def test_it_lists_the_limits() -> None:
    """The numbers are those of the code."""
    mega = 1_000_000
    all_cards = f"{cards_folder.MAX_BYTES // mega} MB and {cards_folder.MAX_CARDS:,} cards"
    all_cards += f", read in {cards_folder.MAX_SECONDS} seconds"
    all_cards += (
        f"; a text counts {cards_folder.SHOWN} times for each card of its note but the first"
    )
    names = f"{reader.MAX_NAME} characters, and {reader.MAX_ITEMS} things"
    a_text = f"{reader.MAX_LENGTH:,} characters, {reader.MAX_MARKS} of them ``{reader.MARKS} ``"
    files = f"{media.MOST_FILES:,}"
    a_file = f"{media.TOO_LARGE // mega} MB; {MAX_PIXELS // mega} million pixels"
    rows = {
        "a file of cards": f"{reading.MAX_SIZE // mega} MB",
        "all files of cards": all_cards,
        "a text": a_text,
        "a name, and things of a list on a note": names,
        "all word lists": f"{reader.MAX_WORDS:,} words",
        "YAML": f"{reader.MAX_DEPTH} levels",
        "a picture, sound or video": a_file,
        "all pictures, sounds and videos": f"{media.MOST_BYTES // mega} MB and {files} files",
        "a package that is read": f"{archive.MAX_UNPACKED // mega} MB unpacked",
    }
    table = "".join(f"| {what} | {most} |\n" for what, most in rows.items())
    assert f"| limit | most |\n|---|---|\n{table}\n" in README


@pytest.mark.parametrize("name", main.commands)
def test_it_names_every_command(name: str) -> None:
    """Nobody must guess what there is."""
    assert f"deckwright {name}" in README


def test_its_files_are_there() -> None:
    """What it names exists."""
    for name in re.findall(r"\]\(((?:tests|src|\.github)/[^)]*)\)", README):
        assert (CARDS.parent / name).exists(), name
