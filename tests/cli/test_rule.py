"""`deckwright rule`: the list of all codes, and the page of each."""

import subprocess
import sys

import click
import pytest
from commands import run

from deckwright.check.pages import LANGUAGES, page
from deckwright.cli.main import main
from deckwright.problem import ALLOWABLE, LEVELS


def test_every_code_is_listed() -> None:
    """`rule` lists every code once, with its level, below the heading of its group."""
    lines = run("rule").output.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("  ")] == list(LEVELS)
    assert "  warning  answer-long        An answer has at most 25 words" in "\n".join(lines)
    assert lines[0] == "The folder and its files"
    dutch = run("rule", "--lang", "nl").output.splitlines()
    assert dutch[0] == "De map en de bestanden erin"
    assert len(dutch) == len(lines)


@pytest.mark.parametrize("code", LEVELS)
def test_every_printed_code_has_its_page(code: str) -> None:
    """`rule CODE` prints it, in either language, with the cards that show it."""
    for language, bad in (("en", "Bad"), ("nl", "Niet zo")):
        result = run("rule", code, "--lang", language)
        assert result.exit_code == 0
        found = page(code, language)
        text = " ".join(result.output.split())
        assert result.output.startswith(f"{code} (")
        assert all(part in text for part in (found.asks, found.why, found.do))
        assert (f"\n{bad}:\n  " in result.output) == bool(found.bad)
        assert (f"allow: {{{code}: " in text) == (code in ALLOWABLE)


def test_a_page_in_full() -> None:
    """What a page looks like, and that `--lang` takes the languages that there are."""
    assert run("rule", "negation", "--lang", "nl").output == (
        "negation (waarschuwing)\n\n"
        "'Niet', 'geen' of 'behalve' staat vet in een vraag waarbij je kiest.\n\n"
        "Wie haast heeft, leest over dat woord heen, en dan is het antwoord precies andersom\n"
        "(Haladyna: vraag het positief). Bij 'Waarom … niet' vergist niemand zich, en ook niet\n"
        "bij een ontkenning in het verhaal voor de vraag of in een bijzin.\n\n"
        "Zet er twee sterretjes voor en achter, zoals in `**niet**`, of vraag het zonder dat\n"
        "woord.\n\n"
        "Niet zo:\n  question: Wat doe je niet bij de zaag?\n\n"
        "Wel zo:\n  question: Wat doe je **niet** bij de zaag?\n\n"
        "Hoe zeker:\n"
        "  4 van de 4 gemelde kaarten terecht, 4 van de 4 slechte gevonden (gelabeld, Engels)\n"
        "  7 van de 7 gemelde kaarten terecht, 7 van de 7 slechte gevonden (gelabeld, "
        "Nederlands)\n"
        "  7 van de 8 meldingen bij echte stapels terecht, met de hand gelezen\n\n"
        "Klopt het bij één notitie toch? Sta het daar dan toe, met de reden:\n"
        "  allow: {negation: waarom}\n"
    )
    page = run("rule", "yes-no", "--lang", "en").output
    assert "  146 of 148 warnings on real decks right, read by hand\n" in page
    assert "How sure" not in run("rule", "yaml-tab", "--lang", "en").output
    (option,) = (each for each in main.commands["rule"].params if each.name == "lang")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == LANGUAGES


def test_a_code_that_is_none_is_wrong_usage() -> None:
    """With the code that was meant, where one is near."""
    result = run("rule", "answr-long")
    assert result.exit_code == 2
    assert "no code 'answr-long'; did you mean 'answer-long'?" in result.output
    result = run("rule", "labels")
    assert result.exit_code == 2
    assert "no code 'labels'; 'deckwright rule' lists them" in result.output


def test_pages_are_no_docstrings() -> None:
    """Python without docstrings (-OO) prints them, too."""
    command = [sys.executable, "-OO", "-m", "deckwright", "rule", "answer-long"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode() == run("rule", "answer-long").output
