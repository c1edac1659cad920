"""Spelling against a real Hunspell dictionary, small enough to stand here."""

from pathlib import Path

import pytest
from author import Author
from click.testing import CliRunner

from deckwright.cli.main import main

WORDS = ["de", "een", "bril", "past", "op", "tafel", "staat", "wat", "hier", "foto", "paars"]


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author whose computer has a dictionary of a few words."""
    folder = tmp_path / "dictionaries"
    folder.mkdir()
    (folder / "nl_NL.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "nl_NL.dic").write_text("\n".join([str(len(WORDS)), *WORDS, ""]), "utf-8")
    monkeypatch.setenv("DICPATH", str(folder))
    author = Author(tmp_path, [{"id": "n", "question": "Wat past hier?", "answer": "De bril."}])
    author.settings |= {"name": "Bril", "description": "Een bril."}
    return author


def check(author: Author, words: str = "") -> str:
    """Run check with this word list."""
    author.save()
    (author.cards / "woordenlijst.txt").write_text(words, "utf-8")
    output = CliRunner().invoke(main, ["check", "--cards", str(author.cards)]).output
    return output.replace(f"{author.cards}/", "")


def test_known_words_are_no_problem(author: Author) -> None:
    """Words of the dictionary, capitals and numbers are fine; nothing is said of dictionaries."""
    author.note("n")["answer"] = "1. De *bril*\n2. [een foto](https://dwjq.example)"
    assert check(author) == "no problems\n"


def test_a_misspelt_word_is_found_where_it_stands(author: Author) -> None:
    """The place is that of the word, in questions, explanations and clozes."""
    author.note("n")["question"] = "Wat pats hier?"
    author.notes.append(
        {"id": "m", "cloze": "De bril staat hier op {{c1::tafle::pats}}, wat past."}
    )
    assert check(author) == (
        "1-deel.yaml:4:17: warning[spelling]: the dictionary does not know 'pats', "
        "here and in 1 more places\n"
        "  hint: correct it, or write 'pats: ' and the reason in woordenlijst.txt\n"
        "1-deel.yaml:7:38: warning[spelling]: the dictionary does not know 'tafle'\n"
        "  hint: correct it, or write 'tafle: ' and the reason in woordenlijst.txt\n"
        "2 warnings: 2 × spelling\n"
    )


def test_the_word_list_needs_reasons_and_use(author: Author) -> None:
    """A listed word is fine; without a reason, or where nobody needs it, it is a warning."""
    author.note("n")["answer"] = "De Priya past."
    assert check(author, "# namen\nPriya: voornaam\n") == "no problems\n"
    assert check(author, "Priya\nbril: zomaar\nKofi: voornaam\n") == (
        "woordenlijst.txt:1:1: warning[word-reason]: 'Priya' has no reason\n"
        "  hint: write 'Priya: ' and why\n"
        "woordenlijst.txt:2:1: warning[word-unneeded]: "
        "'bril' is not needed: no card has it, or the dictionary knows it\n"
        "  hint: remove the line\n"
        "woordenlijst.txt:3:1: warning[word-unneeded]: "
        "'Kofi' is not needed: no card has it, or the dictionary knows it\n"
        "  hint: remove the line\n"
        "3 warnings: 2 × word-unneeded, 1 × word-reason\n"
    )


def test_what_was_said_is_remembered(author: Author, tmp_path: Path) -> None:
    """The second check gives the same without loading; a broken cache is not believed."""
    author.note("n")["question"] = "Wat pats hier?"
    first = check(author)
    (cache,) = (tmp_path / "cache" / "deckwright").glob("spelling-*")
    said = cache.read_bytes()
    assert check(author) == first
    for broken in (b"", b"[1]", b'{"pats": 1}', b"\xff"):
        cache.write_bytes(broken)
        assert check(author) == first
        assert cache.read_bytes() == said


def test_the_second_check_loads_no_dictionary(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading takes a second: words of the word list are remembered, too."""
    author.note("n")["answer"] = "De Priya past."
    said = check(author, "Priya: voornaam\nKofi: voornaam\n")
    monkeypatch.setattr("spylls.hunspell.Dictionary.from_files", None)
    assert check(author, "Priya: voornaam\nKofi: voornaam\n") == said


def test_without_a_dictionary_one_line_says_so(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a dictionary, the cards have no problem: exit code 0 and one line."""
    monkeypatch.setenv("DICPATH", "/nowhere")
    assert check(author) == (
        "no problems\n"
        "spelling was not checked: no dictionary here (on Debian: apt install hunspell-nl)\n"
    )
