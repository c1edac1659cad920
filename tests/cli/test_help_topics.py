"""`deckwright help`: the longer texts for authors, in both languages."""

import re
import shlex
from pathlib import Path

import click
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
from deckwright.words.messages import LANGUAGES

ROOT = CARDS.parent
FOLDER = ROOT / "src" / "deckwright" / "cli" / "topics"
FILES = sorted(FOLDER.glob("*/*.md"))
README = ROOT / "README.md"
# A command in a text, over the end of a line or not; and a block of them.
COMMAND = re.compile(r"`(deckwright\s[^`]*)`")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def name_of(path: Path) -> str:
    """Return the name of a file below the repository."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_lists_the_topics(code: str) -> None:
    """Each with its title, in the language asked for."""
    listed = run("help", "--lang", code).output
    files = sorted((FOLDER / code).glob("*.md"))
    assert [line.split()[0] for line in listed.splitlines()] == [path.stem for path in files]
    for path in files:
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        assert title in listed
        assert run("help", path.stem, "--lang", code).output == path.read_text("utf-8")


def test_each_topic_is_there_in_each_language() -> None:
    """With as many headings, tables and commands."""
    names = [{path.name for path in (FOLDER / code).iterdir()} for code in LANGUAGES]
    assert names[0] == names[1]
    for name in names[0]:
        shapes = []
        for code in LANGUAGES:
            text = (FOLDER / code / name).read_text("utf-8")
            commands = {words[0] for words in commands_of(text)}
            shapes.append((len(re.findall("^#", text, re.MULTILINE)), text.count("\n|"), commands))
        assert shapes[0] == shapes[1], name


def test_the_help_of_a_command() -> None:
    """As `--help` gives it; and an unknown word is told what there is."""
    assert run("help", "check").output == run("check", "--help").output
    unknown = run("help", "relases")
    assert unknown.exit_code == 2
    assert "'relases'; try: releases" in unknown.output + unknown.stderr
    nothing = run("help", "zzz")
    assert "checking, editors" in nothing.output + nothing.stderr


def commands_of(text: str) -> list[list[str]]:
    """Return the words of each command that a text names, without `deckwright`."""
    lines = "\n".join(BLOCK.findall(text)).splitlines()
    found = [*COMMAND.findall(text), *(each for each in lines if each.startswith("deckwright"))]
    return [shlex.split(each.replace("…", "x"))[1:] for each in found]


@pytest.mark.parametrize("path", [*FILES, README], ids=name_of)
def test_its_commands_exist(path: Path) -> None:
    """Each command, with each of its options, as it is written."""
    for name, *words in commands_of(path.read_text("utf-8")):
        command = main.commands.get(name)
        assert command, name
        options = {each for option in command.params for each in option.opts}
        for word in words:
            assert not word.startswith("-") or word in options, (name, word)
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        assert arguments or not words or words[0].startswith("-"), (name, words)


@pytest.mark.parametrize("path", [*FILES, README], ids=name_of)
def test_its_topics_and_rules_exist(path: Path) -> None:
    """Each topic that it names; and each file of the repository that it links to."""
    text = path.read_text("utf-8")
    for name in re.findall(r"`deckwright\s+help\s+([a-z]+)`", text):
        assert (FOLDER / "en" / f"{name}.md").is_file(), name
    for address in re.findall(r"\]\(([^)]*)\)", text):
        is_example = address == "https://…" or address.startswith("media/")
        there = address.startswith("https://") or (path.parent / address).exists()
        assert is_example or there, address


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_lists_the_kinds(code: str) -> None:
    """Each kind by both of its words."""
    rows = (", ".join(kind.names for kind in kinds) for kinds in (QuestionKind, PointKind))
    assert f"| {' | '.join(rows)} |" in (FOLDER / code / "writing.md").read_text("utf-8")


def test_it_lists_the_limits() -> None:
    """The numbers are those of the code."""
    mega = 1_000_000
    all_cards = f"{cards_folder.MAX_BYTES // mega} MB and {cards_folder.MAX_CARDS:,} cards"
    all_cards += f", read in {cards_folder.MAX_SECONDS} seconds"
    all_cards += (
        f"; a text counts {cards_folder.SHOWN} times for each card of its note but the first"
    )
    names = f"{reader.MAX_NAME} characters; {reader.MAX_ITEMS} items"
    a_text = f"{reader.MAX_LENGTH:,} characters, {reader.MAX_MARKS} of them ``{reader.MARKS} ``"
    rows = {
        "a file of cards": f"{reading.MAX_SIZE // mega} MB",
        "all files of cards": all_cards,
        "a text": a_text,
        "a name; the items of a list on a note": names,
        "all word lists": f"{reader.MAX_WORDS:,} words",
        "YAML": f"{reader.MAX_DEPTH} levels",
        "a picture, sound or video": f"{media.TOO_LARGE // mega} MB; "
        f"{MAX_PIXELS // mega} million pixels",
        "all pictures, sounds and videos": f"{media.MOST_BYTES // mega} MB "
        f"and {media.MOST_FILES:,} files",
        "a package that is read": f"{archive.MAX_UNPACKED // mega} MB unpacked",
    }
    table = "".join(f"| {what} | {most} |\n" for what, most in rows.items())
    english = (FOLDER / "en" / "limits.md").read_text("utf-8")
    assert f"| limit | most |\n|---|---|\n{table}\n" in english
    dutch = (FOLDER / "nl" / "limits.md").read_text("utf-8")
    numbers = [re.findall(r"\d+", row) for row in table.replace(",", "").splitlines()]
    in_dutch = [
        re.findall(r"\d+", row.replace(".", ""))
        for row in dutch.splitlines()
        if row.startswith("| ") and "hooguit" not in row
    ]
    assert in_dutch == numbers
