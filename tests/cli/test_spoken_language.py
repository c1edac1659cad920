"""The language in which commands speak to authors."""

import json
import locale
import os
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import click
import pytest
from author import Author
from click.testing import CliRunner
from commands import run

from deckwright.cli.main import main

# A deck in English, one in Dutch, and one in a language in which no command speaks.
ENGLISH, DUTCH, GERMAN = "language: en", 'language: "nl-BE"', "language: de"
SAYS = {"en": "no note has the id 'x'", "nl": "geen notitie heeft het id 'x'"}


def spoken(cards: Path, *arguments: str, **environment: str | None) -> str:
    """Return the code of the language in which a command refuses."""
    said = run("rename", "x", "y", "--cards", cards, *arguments, **environment).output
    (found,) = (code for code, text in SAYS.items() if text in said)
    return found


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of cards; nothing around it says which language is wanted."""
    monkeypatch.chdir(tmp_path)
    for name in ("DECKWRIGHT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    author = Author(tmp_path)
    author.save()
    return author.cards


def rewrite(cards: Path, language: str) -> None:
    """Let the deck say this of its language."""
    settings = cards / "deck.yaml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("language:")]
    settings.write_text("\n".join([*kept, language, ""]), "utf-8")


@pytest.mark.parametrize(
    ("asked", "variable", "deck", "system", "wanted"),
    [
        ("en", "nl", DUTCH, "nl_NL.UTF-8", "en"),
        ("nl", "en", ENGLISH, "en_US.UTF-8", "nl"),
        ("", "en", DUTCH, "nl_NL.UTF-8", "en"),
        ("", "nl", ENGLISH, "en_US.UTF-8", "nl"),
        ("", "", DUTCH, "en_US.UTF-8", "nl"),
        ("", "", ENGLISH, "nl_NL.UTF-8", "en"),
        ("", "", GERMAN, "nl_NL.UTF-8", "nl"),
        ("", "", GERMAN, "Dutch_Netherlands.1252", "nl"),
        ("", "", GERMAN, "fr_FR.UTF-8", "en"),
        ("", "", GERMAN, "", "en"),
    ],
)
def test_who_says_which_language(  # noqa: PLR0913, PLR0917 - a row of the table
    cards: Path, asked: str, variable: str, deck: str, system: str, wanted: str
) -> None:
    """`--lang`, else the variable, else the deck, else the system, else English."""
    rewrite(cards, deck)
    chosen = ("--lang", asked) if asked else ()
    environment = {"DECKWRIGHT_LANG": variable or None, "LANG": system or None}
    assert spoken(cards, *chosen, **environment) == wanted


def test_windows_says_it_in_another_way(cards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the system has no such variables, and calls its languages by name."""
    rewrite(cards, GERMAN)
    monkeypatch.setattr(locale, "getlocale", lambda: ("Dutch_Netherlands", "1252"))
    assert spoken(cards) == "nl"


def test_a_broken_deck_speaks_all_the_same(cards: Path) -> None:
    """Its language is known although it cannot be read."""
    rewrite(cards, "language: nl")
    with (cards / "deck.yaml").open("a", encoding="utf-8") as file:
        file.write('name: "Oei\n')
    said = run("check", "--cards", cards).stdout
    assert "een aanhalingsteken wordt geopend en niet gesloten" in said
    assert said.splitlines()[-1].startswith("1 fout")


def test_check_speaks_dutch_from_its_cache_too(cards: Path) -> None:
    """What was found once in one language is told in the other the next time."""
    (cards / "1-deel.yaml").write_text("notes:\nsubdeck: X\n", "utf-8")
    for code in ("en", "nl", "en"):
        found = json.loads(
            run("check", "--lang", code, "--format", "json", "--cards", cards).stdout
        )
        assert {"en": "add an item: '- …'", "nl": "voeg een punt toe: '- …'"}[code] in [
            problem["hint"] for problem in found
        ]
    (cards / "1-deel.yaml").write_text(
        "subdeck: X\nnotes:\n  - {id: a, question: Ja, dat is zo, answer: Nee}\n", "utf-8"
    )
    for code, level in (("en", "error"), ("nl", "fout")):
        assert level in run("check", "--lang", code, "--cards", cards).stdout.splitlines()[-1]


def test_other_commands_speak_dutch(cards: Path) -> None:
    """Those that build, compare and release; what fails says 'Fout'."""
    out = cards.parent / "uit"
    built = run("build", "--lang", "nl", "--cards", cards, "--out", out).stdout
    assert " notities " in built
    assert "een concept: " in built
    first = ("--yes", "--first", "--this-key", "--allow-warnings", "--out", out)
    released = run("release", "--lang", "nl", "--cards", cards, *first).output
    assert "versie 1: " in released
    assert "verstuur dit" in released
    assert run("diff", "--lang", "nl", "--cards", cards).stdout == (
        "niets wat een cursist zou merken\n"
    )
    assert run("rename", "x", "y", "--lang", "nl", "--cards", cards).output == (
        "Fout: geen notitie heeft het id 'x'\n"
    )
    assert "wat wordt gevraagd" in run("rule", "--lang", "nl", "--format", "markdown").stdout
    assert "bedoel je 'answer-long'?" in run("rule", "answr-long", "--lang", "nl").output


def test_it_is_asked_for_before_the_command_or_after(cards: Path) -> None:
    """Both places are natural."""
    before = run("--lang", "nl", "rename", "x", "y", "--cards", cards).output
    assert before == run("rename", "x", "y", "--cards", cards, "--lang", "nl").output
    assert SAYS["nl"] in before
    assert run("--lang", "xx", "check").exit_code == 2


def test_a_program_of_its_own_speaks_dutch(cards: Path) -> None:
    """As people run it, with an error that ends the program itself."""
    command = [sys.executable, "-m", "deckwright", "rename", "x", "y", "--cards", str(cards)]
    environment = {**os.environ, "LANG": "nl_NL.UTF-8", "PYTHONUTF8": "1"}
    rewrite(cards, GERMAN)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Fout: geen notitie heeft het id 'x'\n"


def test_help_is_in_dutch_and_nothing_of_it_is_missing() -> None:
    """Each command and each option; the example is the same command."""
    data = resources.files("deckwright.cli") / "help" / "nl.toml"
    texts = tomllib.loads(data.read_text("utf-8"))
    options = {
        option.help
        for command in (main, *main.commands.values())
        for option in command.params
        if isinstance(option, click.Option)
    }
    assert options == texts["options"].keys()
    assert main.commands.keys() | {"main"} == texts["commands"].keys()
    assert not set(texts["options"]) & set(texts["options"].values())
    for name in main.commands:
        dutch, english = (run("--lang", code, name, "--help").output for code in ("nl", "en"))
        assert "Voorbeeld:\n    deckwright" in dutch
        assert dutch.partition("Voorbeeld:")[2].splitlines()[1] in english
        assert " ".join(texts["commands"][name].split())[:40] in " ".join(dutch.split())
        assert run("--lang", "nl", "--help").output.count(f"  {name} ") == 1
        assert run(name, "--lang", "nl", "--help").output == dutch
        assert dutch.startswith("Gebruik: ")
        assert "\nOpties:\n" in dutch
        assert "Toon deze tekst en stop." in dutch
    assert "zonder dat het een cursist" in run("--lang", "nl", "--help").output
    assert "never cost a learner" in run("--lang", "en", "--help").output


@pytest.mark.parametrize("code", ["en", "nl"])
def test_summaries_are_whole_and_one_line_each(code: str) -> None:
    """At 80 columns, as `--help` shows them and as a shell completes them."""
    shown = CliRunner().invoke(main, ["--lang", code, "--help"], terminal_width=80).output
    lines = shown.partition({"en": "Commands:\n", "nl": "Opdrachten:\n"}[code])[2].splitlines()
    assert not [line for line in lines if "..." in line]
    assert [line.split()[0] for line in lines] == sorted(main.commands)
    assert max(map(len, lines)) < 80
    context = click.Context(main)
    context.meta["deckwright.language"] = code
    with context:
        for line in lines:
            name, summary = line.split(maxsplit=1)
            command = main.get_command(context, name)
            assert command
            assert command.get_short_help_str() == summary
            assert (command.help or "").startswith(f"{summary}.")


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe")
def test_a_deck_that_is_a_pipe_hangs_no_command(tmp_path: Path) -> None:
    """Its language is looked up before all else."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "deck.yaml").unlink()
    os.mkfifo(author.cards / "deck.yaml")
    command = [sys.executable, "-m", "deckwright", "check", "--cards", str(author.cards)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert "file-unreadable" in done.stdout
