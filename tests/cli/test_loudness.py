"""`-q` and `-v`: the same for all commands, before the command or after it."""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.cli.main import main

# Commands whose output is what was asked for.
ASKED: dict[str, list[str]] = {
    "diff": [],
    "rule": ["answer-long"],
    "help": ["releases"],
    "schema": [],
    "check": ["--coverage", "--format", "json"],
}
# Commands that do something, and say what they did.
DOING: dict[str, list[str]] = {
    "build": [],
    "release": ["--yes", "--this-time", "--allow-warnings"],
    "rename": ["een", "eerste"],
    "retire": ["een", "--why", "Zo."],
    "lock": ["--from", "old.apkg"],
    "new": ["Wat is vijf?"],
    "init": ["deck", "--name", "Tellen", "--language", "nl", "--subject", "tellen"],
    "import": ["more.tsv"],
    "export": ["--format", "tsv", "out/notes.tsv"],
    "verify": [],
    "check": [],
}


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author with a release and an edit since, who is here."""
    author = Author(tmp_path)
    author.published()
    author.note("een")["answer"] = "Een **cijfer**."
    author.save()
    monkeypatch.chdir(tmp_path)
    Path("more.tsv").write_text("Question\tAnswer\nWat is zes?\tHalf twaalf.\n", "utf-8")
    return author


def test_every_command_has_the_same_options() -> None:
    """Also the one in which they all are; --version is there alone."""
    for command in (main, *main.commands.values()):
        options = {each for option in command.params for each in option.opts}
        assert {"-q", "--quiet", "-v", "--verbose", "--lang"} <= options, command.name
    assert run("-V").output == run("--version").output
    assert re.match(r"deckwright, version \d", run("-V").output)
    assert {*ASKED, *DOING, "inbox", "preview", "push", "review", "site"} == {*main.commands}


@pytest.mark.parametrize("command", DOING)
def test_quiet_says_nothing_where_all_is_well(author: Author, command: str) -> None:
    """Nothing at all; without it, each says something."""
    if command == "lock":
        (author.cards / "deck.lock").unlink()
    quiet = run(command, *DOING[command], "-q")
    assert (quiet.exit_code, quiet.output) == (0, "")


@pytest.mark.parametrize("command", DOING)
def test_otherwise_each_says_what_it_did(author: Author, command: str) -> None:
    """Else the test above would prove nothing."""
    if command == "lock":
        (author.cards / "deck.lock").unlink()
    assert run(command, *DOING[command]).stdout


@pytest.mark.parametrize("command", ASKED)
def test_what_was_asked_for_is_said(author: Author, command: str) -> None:
    """Quiet or not, and wherever it is asked for."""
    words = [command, *ASKED[command]]
    loud = run(*words).stdout
    assert loud
    assert run("-q", *words).stdout == run(*words, "--quiet").stdout == loud
    assert author.cards.exists()


def test_problems_are_said(author: Author) -> None:
    """Without their count, and without remarks about this computer; harm and losses, too."""
    author.note("een")["id"] = "Een"
    author.save()
    for words in (["check"], ["build"]):
        quiet, loud = run(*words, "-q"), run(*words)
        assert quiet.exit_code == loud.exit_code == 1
        assert "error[id-malformed]" in quiet.output
        assert "2 errors" in loud.output
        assert "2 errors" not in quiet.output
    assert "no dictionary here" in run("check").stderr
    assert run("check", "-q").stderr == ""
    Path("more.tsv").write_text("Question\tAnswer\n\tHalf.\n", "utf-8")
    author.note("Een")["id"] = "een"
    author.save()
    lost = run("import", "-q", "more.tsv")
    assert lost.exit_code == 1
    assert lost.stdout.count("\n") == 1


def test_a_release_that_asks_shows_what_it_asks_about(author: Author) -> None:
    """So does a dry run; with --yes there is nobody to read it."""
    words = ["release", "-q", "--this-time", "--allow-warnings"]
    assert "reworded  een" in run(*words, "--dry-run").stdout
    assert "reworded  een" in run(*words).stdout
    assert run(*words, "--yes").stdout == ""
    assert author.cards.exists()


def test_verbose_shows_each_step(author: Author) -> None:
    """What is read, from which cache, how long it takes; on standard error alone."""
    first, second = (run("build", "-v", "--lang", "en") for _ in range(2))
    steps = [
        r"cache: .*/cache/deckwright",
        r" +\d+\.\d\d seconds: read cards",
        r" +\d+\.\d\d seconds: file 1 of 1: cards/1-deel.yaml",
        r" +\d+\.\d\d seconds: check the deck as a whole",
        r" +\d+\.\d\d seconds: look at pictures, sounds and videos",
        r" +\d+\.\d\d seconds: compare with what learners hold: cards/deck.lock",
        r" +\d+\.\d\d seconds: make the package",
    ]
    for said, expected in zip(first.stderr.splitlines(), steps, strict=True):
        assert re.fullmatch(expected, said)
    assert "file 1 of 1, from the cache: cards/1-deel.yaml" in second.stderr
    assert re.sub(r"\d\.\d\d s", "", second.stdout) == re.sub(
        r"\d\.\d\d s", "", run("build").stdout
    )
    assert run("build", "-v", "--no-cache").stderr.startswith("no cache\n")
    assert "seconden: de stapel als geheel nakijken" in run("check", "-v", "--lang", "nl").stderr
    json.loads(run("-v", "check", "--format", "json").stdout)
    assert author.cards.exists()


def test_verbose_names_the_dictionary(
    author: Author, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And shows each learner that is played."""
    folder = tmp_path / "dictionaries"
    folder.mkdir()
    (folder / "nl_NL.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "nl_NL.dic").write_text("1\nwat\n", "utf-8")
    words = map("".join, product("abcdefghij", repeat=3))
    author.notes.extend(
        {"id": f"n{n}", "question": " ".join(next(words) for _ in range(20)), "answer": "Wat."}
        for n in range(50)
    )
    author.save()
    monkeypatch.setenv("DICPATH", str(folder))
    said = run("check", "-v").stderr
    assert f"seconds: look up words in the dictionary: {folder}/nl_NL.dic\n" in said
    assert "seconds: 500 words looked up\n" in said
    assert "seconds: 1,000 words looked up\n" in said
    said = run("verify", "-v").stderr
    assert re.findall(r"learner (\d of \d)", said) == [f"{number} of 5" for number in range(1, 6)]
    assert author.cards.exists()


def test_the_last_word_counts(author: Author) -> None:
    """Of -q and -v; the command's own goes before what stands in front of it."""
    assert run("-v", "build", "-q").output == ""
    assert "seconds:" in run("-q", "build", "-v").stderr
    assert author.cards.exists()
