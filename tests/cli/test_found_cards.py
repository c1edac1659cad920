"""A command that names no folder of cards finds it as git finds its own: here or above."""

import shutil
from pathlib import Path

import pytest
from author import Author
from commands import run


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author with a deck, at work two folders below it."""
    author = Author(tmp_path / "deck")
    author.save()
    below = tmp_path / "deck" / "notes" / "old"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return author


def test_cards_are_found_above_and_packages_go_beside_them(author: Author) -> None:
    """From any folder of a deck; places are named as they are from here."""
    result = run("build")
    assert result.exit_code == 0, result.output
    assert (author.out / "proef-concept.apkg").is_file()
    assert "../../build/proef-concept.apkg" in result.output
    author.note("een")["id"] = "Een"
    author.save()
    assert run("check").stdout.startswith("../../cards/1-deel.yaml:3:7: error[id-malformed]")


def test_those_here_go_first(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from within the folder of cards; a folder `cards` without a deck is passed over."""
    inner = Author(Path.cwd())
    inner.settings["key"] = "binnen"
    inner.save()
    assert "build/binnen-concept.apkg" in run("build").output
    assert inner.out.exists()
    assert not author.out.exists()
    (inner.cards / "deck.yaml").unlink()
    assert "../../build/proef-concept.apkg" in run("build").output
    monkeypatch.chdir(author.cards)
    assert "../build/proef-concept.apkg" in run("build").output


def test_a_deck_without_its_deck_yaml_says_so(author: Author) -> None:
    """It is better than to say that there is no deck."""
    (author.cards / "deck.yaml").unlink()
    result = run("check")
    assert result.exit_code == 1
    assert "error[deck-missing]" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["check"],
        ["diff"],
        ["lock", "--from", "x.apkg"],
        ["preview", "--no-browser"],
        ["release"],
        ["rename", "een", "twee"],
        ["retire", "een"],
        ["verify"],
    ],
)
def test_outside_a_deck(author: Author, words: list[str]) -> None:
    """Wrong usage, with the way out."""
    shutil.rmtree(author.cards)
    Path("x.apkg").write_bytes(b"")
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert "'deckwright init' starts a deck" in result.output
    assert "begint een stapel" in run(*words, "--lang", "nl").output


def test_packages_need_no_deck(author: Author) -> None:
    """Two packages are compared, or one is tried, anywhere."""
    old = author.published()
    shutil.rmtree(author.cards)
    assert run("diff", old, old).exit_code == 0
    assert run("verify", old).exit_code == 0


def test_what_is_named_stays(author: Author) -> None:
    """With --cards, packages go to build/ here, as they always did; --out goes first."""
    assert "  build/proef-concept.apkg".strip() in run("build", "--cards", author.cards).output
    assert Path("build/proef-concept.apkg").is_file()
    assert not author.out.exists()
    run("build", "--out", "pakket")
    assert Path("pakket/proef-concept.apkg").is_file()


def test_the_deck_above_says_which_language(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Dutch deck speaks Dutch from any of its folders."""
    monkeypatch.delenv("DECKWRIGHT_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run("check").stdout == "geen problemen\n"
    assert "wat wordt gevraagd" in run("rule", "--format", "markdown").stdout
    assert author.cards.exists()
