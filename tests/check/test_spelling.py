"""Spelling against a real Hunspell dictionary, small enough to stand here."""

import json
import os
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from author import Author
from click.testing import CliRunner

from deckwright.check._dictionary import SpellingDictionary, find_dictionary
from deckwright.check._speller import Speller
from deckwright.cli.main import main

WORDS = [
    "de",
    "een",
    "bril",
    "past",
    "op",
    "tafel",
    "staat",
    "wat",
    "hier",
    "foto",
    "paars",
    "o.a.",
    "bijv.",
    "'s-Hertogenbosch",
    "en",
    "ligt",
    "in",
    "zaal",
    "licht",
    "groot",
    "van",
    "naast",
    "één",
    "of",
    "Paramaribo",
]


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
    author.note("n")["question"] = "Wat paasr hier?"
    author.notes.append(
        {"id": "m", "cloze": "De bril staat hier op {{c1::tafle::paasr}}, wat past."}
    )
    assert check(author) == (
        "1-deel.yaml:4:17: warning[spelling]: the dictionary knows 'paars', but not 'paasr', "
        "here and in 1 more places\n"
        "  hint: correct it, or write 'paasr: ' and the reason in woordenlijst.txt\n"
        "1-deel.yaml:7:38: warning[spelling]: the dictionary knows 'tafel', but not 'tafle'\n"
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


@pytest.mark.parametrize("words", [("servanten", "serpenten"), ("serpenten", "servanten")])
def test_of_two_near_words_the_first_of_the_deck_is_named(
    author: Author, words: tuple[str, str]
) -> None:
    """Not the first of the alphabet, and in each run the same."""
    author.note("n")["answer"] = f"De {words[0]} en {words[1]} naast een serventen."
    listed = "".join(f"{word}: dier\n" for word in words)
    assert f"the dictionary knows '{words[0]}', but not 'serventen'" in check(author, listed)


def test_points_of_the_guide_are_spelled(author: Author) -> None:
    """So are its parts."""
    point = {"id": "p", "kind": "fact", "title": "De tafle past."}
    part = {"id": "d", "title": "De paasr past.", "points": [point]}
    author.parts["guide.yaml"] = {"title": "De bril", "parts": [part]}
    found = check(author)
    assert "but not 'tafle'" in found
    assert "but not 'paasr'" in found


def codes(author: Author) -> dict[str, str]:
    """Return the code for each word that is reported."""
    author.save()
    listed = ["check", "--cards", str(author.cards), "--format", "json", "--hints"]
    found = json.loads(CliRunner().invoke(main, listed).stdout)
    return {
        re.findall(r"not (?:know )?'([^']+)'", each["message"])[0]: each["code"] for each in found
    }


@pytest.mark.parametrize(
    "answer",
    [
        "De bril, o.a. hier, bijv. op tafel.",
        "De bril past in 's-Hertogenbosch, en in ’s-Hertogenbosch.",
        "De `brlil` van getElementById_x, B12 en 3e.",
        "De bril: $brlil_x$ en https://brlil.example/tafle of piet@brlil.example.",
        "De [bril](https://brlil.example/tafle 'x') in `C:\\\\brlil`.",
        "een<br>bril en de<br>tafel",
        "<ul><li>een</li><li>bril</li></ul>",
        "De bril [musta\u02c8fa] past hier.",
        "De **br**il en de ta*fel*.",
        "De bril&nbsp;past&mdash;hier.",
        "De bril past e\u0301e\u0301n tafel.",
        "De tafelbril en de zaallichtfoto.",
        "'De bril' past “hier”.",
    ],
)
def test_what_is_right_is_no_problem(author: Author, answer: str) -> None:
    """Abbreviations, code, addresses, entities, tags, NFD and compounds are looked through."""
    author.note("n")["answer"] = answer
    assert not codes(author)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("De bril van Priya past hier.", "word-unknown"),
        ("De bril van Tafle past hier.", "word-unknown"),
        ("Tafle past hier.", "spelling"),
        ("Paramaribo. Paramarbio past hier.", "word-unknown"),
        ("De bril past. Tafle past hier.", "spelling"),
        ("De bril van NASA-Priya.", "word-unknown"),
        ("the quick tafle", "word-unknown"),
        ("De bril past tafle hier.", "spelling"),
        ("De bril past priya hier.", "word-unknown"),
        ("De brilrijt past hier op tafel.", "word-unknown"),
    ],
)
def test_a_name_is_less_sure_than_a_slip(author: Author, answer: str, code: str) -> None:
    """A capital in a sentence makes a name; a text that is mostly unknown is another language.

    What is near no word that the dictionary knows is a term.
    """
    author.note("n")["answer"] = answer
    assert set(codes(author).values()) == {code}


def test_a_word_with_accents_is_found_in_either_spelling(author: Author) -> None:
    """What a Mac writes in two characters is one letter."""
    author.note("n")["answer"] = "De bre\N{COMBINING ACUTE ACCENT}l past."
    assert codes(author) == {"br\N{LATIN SMALL LETTER E WITH ACUTE}l": "word-unknown"}


def test_a_note_is_spelt_in_its_own_language(author: Author) -> None:
    """Where that has a dictionary; else nobody looks."""
    folder = Path(os.environ["DICPATH"])
    (folder / "de_DE.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "de_DE.dic").write_text("4\nTisch\nwas\nam\nHaus\n", "utf-8")
    note = {"question": "Was?", "answer": "Was am Tisch und am Haus: Tsich."}
    author.notes.append({"id": "m", "language": "de", **note})
    author.notes.append({"id": "o", "language": "fr", **note})
    assert codes(author) == {"und": "word-unknown", "Tsich": "spelling"}


def test_what_comes_three_times_is_a_term(author: Author) -> None:
    """A slip seldom comes again and again."""
    for number in range(2):
        author.notes.append({"id": f"m{number}", "question": "Wat?", "answer": "De tafle past."})
    assert codes(author)["tafle"] == "spelling"
    author.note("n")["answer"] = "De tafle past hier."
    assert codes(author)["tafle"] == "word-unknown"


def test_an_english_word_is_a_loan(author: Author) -> None:
    """In a deck of another language, where this computer has English, too."""
    author.note("n")["answer"] = "De bril op tafle past hier."
    assert codes(author) == {"tafle": "spelling"}
    folder = Path(os.environ["DICPATH"])
    (folder / "en_US.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "en_US.dic").write_text("1\ntafle\n", "utf-8")
    assert codes(author) == {"tafle": "word-unknown"}


def test_a_word_of_the_deck_is_nearer_than_one_of_the_dictionary(author: Author) -> None:
    """A letter too much in a short word is a slip of one that the deck has, or a term."""
    author.note("n")["answer"] = "De lixcht past hier."
    assert codes(author) == {"lixcht": "word-unknown"}
    author.notes.append({"id": "m", "question": "Wat ligt op tafel?", "answer": "Licht."})
    assert codes(author) == {"lixcht": "spelling"}


def test_nouns_with_capitals_are_no_names(author: Author) -> None:
    """In German, a noun with a capital is as sure as any word."""
    folder = Path(os.environ["DICPATH"])
    for suffix in ("aff", "dic"):
        (folder / f"nl_NL.{suffix}").rename(folder / f"de_DE.{suffix}")
    author.settings["language"] = "de"
    author.note("n")["answer"] = "De bril van Tafle past hier."
    assert codes(author)["Tafle"] == "spelling"


def test_a_noun_without_its_capital_is_a_slip(author: Author) -> None:
    """In German, where a noun that begins a card is no word of small letters."""
    folder = Path(os.environ["DICPATH"])
    for suffix in ("aff", "dic"):
        (folder / f"nl_NL.{suffix}").rename(folder / f"de_DE.{suffix}")
    words = (folder / "de_DE.dic").read_text("utf-8")
    (folder / "de_DE.dic").write_text(f"{words}Tisch/A\n", "utf-8")
    (folder / "de_DE.aff").write_text("SET UTF-8\nSFX A Y 1\nSFX A 0 es .\n", "utf-8")
    author.settings["language"] = "de"
    author.note("n")["answer"] = "Tisches. De bril van tisches past hier."
    assert codes(author) == {"tisches": "spelling"}


def test_names_that_stand_twice_are_learnt(author: Author) -> None:
    """`--learn` adds them behind what stands in the list, with a reason; the rest is reported."""
    author.note("n")["answer"] = "De bril van Priya past naast Kofi."
    author.notes.append({"id": "m", "question": "Wat past hier?", "answer": "De foto van Priya."})
    author.notes.append({"id": "o", "question": "Wat is tofu?", "answer": "De tofu. De tofu hier."})
    author.save()
    words = author.cards / "woordenlijst.txt"
    words.write_bytes(b"# namen\r\nis: werkwoord")
    arguments = ["check", "--cards", str(author.cards), "--learn", "--hints"]
    first = CliRunner().invoke(main, arguments)
    assert words.read_bytes() == b"# namen\r\nis: werkwoord\r\nPriya: naam\r\n"
    assert first.stderr.startswith("1 names were added to ")
    assert "Priya" not in first.stdout
    assert "Kofi" in first.stdout
    assert CliRunner().invoke(main, arguments).stderr.startswith("no name that")
    assert words.read_bytes().count(b"Priya") == 1


@pytest.mark.usefixtures("author")
def test_british_and_american_are_both_right() -> None:
    """An English deck asks both dictionaries; one in British English only its own."""
    folder = Path(os.environ["DICPATH"])
    for name, words in (("en_US", ["the", "color"]), ("en_GB", ["the", "colour"])):
        (folder / f"{name}.aff").write_text("SET UTF-8\n", "utf-8")
        (folder / f"{name}.dic").write_text("\n".join(["2", *words, ""]), "utf-8")
    english = find_dictionary("en")
    british = find_dictionary("en-GB")
    assert english
    assert british
    assert [english.knows((word,)) for word in ("colour", "color", "colr")] == [True, True, False]
    assert [british.knows((word,)) for word in ("colour", "color", "the")] == [True, False, True]
    assert find_dictionary("pl") is None


@pytest.mark.usefixtures("author")
def test_a_word_that_would_take_seconds_is_not_looked_up() -> None:
    """Put together of dozens of words: it is unknown, and nobody looks for its parts."""
    (path,) = Path(os.environ["DICPATH"]).glob("*.dic")
    dutch = SpellingDictionary([path], ["s"])
    assert [dutch.knows(["bril" * count]) for count in (12, 13)] == [True, False]


@pytest.mark.usefixtures("author")
def test_the_first_country_speaks_for_a_language_without_one() -> None:
    """Where the data file names none that is here."""
    folder = Path(os.environ["DICPATH"])
    for name in ("pl_PL", "pl_AB", "pl_ZZ"):
        (folder / f"{name}.aff").write_text("SET UTF-8\n", "utf-8")
        (folder / f"{name}.dic").write_text(f"1\n{name[-2:].lower()}\n", "utf-8")
    polish = find_dictionary("pl")
    assert polish
    assert [polish.knows((word,)) for word in ("ab", "pl", "zz")] == [True, False, False]


@pytest.mark.parametrize(
    ("platform", "says"),
    [
        ("linux", "(on Debian: apt install hunspell-nl)"),
        ("darwin", "put nl_NL.aff and nl_NL.dic into {home}/Library/Spelling"),
        ("win32", "put nl_NL.aff and nl_NL.dic into {home}/AppData/Roaming/hunspell"),
    ],
)
def test_each_system_has_its_own_place(
    author: Author, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, says: str
) -> None:
    """The line says where to put which file; obeyed, the dictionary is found there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", platform)
    folder = Path(os.environ["DICPATH"])
    monkeypatch.setenv("DICPATH", "/nowhere")
    said = check(author)
    assert says.format(home=tmp_path) in said
    monkeypatch.delenv("DICPATH")
    if place := re.search(r"into (\S+)", said):
        Path(place[1]).parent.mkdir(parents=True)
        folder.rename(place[1])
        assert "spelling was not checked" not in check(author)


def test_what_was_said_is_remembered(author: Author, tmp_path: Path) -> None:
    """The second check gives the same without loading; a broken cache is not believed."""
    author.note("n")["question"] = "Wat paasr hier?"
    first = check(author)
    (cache,) = (tmp_path / "cache" / "deckwright").glob("spelling-*")
    said = cache.read_bytes()
    assert check(author) == first
    for broken in (b"", b"[1]", b'{"paasr": 1}', b'{"paasr": false}', b"\xff"):
        cache.write_bytes(broken)
        assert check(author) == first
        assert cache.read_bytes() == said


def test_an_update_of_the_dictionary_counts(author: Author) -> None:
    """What an older dictionary said of a word is forgotten."""
    author.note("n")["answer"] = "De bril past tafle hier."
    assert codes(author) == {"tafle": "spelling"}
    file = Path(os.environ["DICPATH"]) / "nl_NL.dic"
    file.write_text(file.read_text("utf-8") + "tafle\n", "utf-8")
    assert codes(author) == {}


def test_the_second_check_loads_no_dictionary(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading takes a second: words of the word list are remembered, too."""
    author.note("n")["answer"] = "De Priya past."
    said = check(author, "Priya: voornaam\nKofi: voornaam\n")
    monkeypatch.setattr("deckwright.check._dic_file.open_dictionary", None)
    assert check(author, "Priya: voornaam\nKofi: voornaam\n") == said


@pytest.mark.parametrize(
    "content", ["SET UTF-8\nPFX A Y 1\n", "SET nonsense\n", "SET UTF-8\nSFX A Y 1\nSFX A 0 s [\n"]
)
def test_a_dictionary_that_cannot_be_read_is_not_there(author: Author, content: str) -> None:
    """A remark says so, no word is wrong, and none of the word list is called unneeded."""
    file = Path(os.environ["DICPATH"]) / "nl_NL.aff"
    file.write_text(content, "utf-8")
    author.note("n")["answer"] = "De brll past."
    said = check(author, "past: werkwoord\nde: x\nwat: x\nhier: x\neen: x\nbril: x\n")
    assert said.startswith(f"no problems\nthe dictionary {file.with_suffix('.dic')} cannot be read")


@pytest.mark.usefixtures("author")
def test_the_other_dictionary_is_still_asked() -> None:
    """Of two for a language, one that is broken says nothing."""
    folder = Path(os.environ["DICPATH"])
    for name, coding in (("en_US", "nonsense"), ("en_GB", "UTF-8")):
        (folder / f"{name}.aff").write_text(f"SET {coding}\n", "utf-8")
        (folder / f"{name}.dic").write_text("1\ncolour\n", "utf-8")
    english = find_dictionary("en")
    assert english
    assert [english.knows((word,)) for word in ("colour", "color")] == [True, False]
    assert len(english.faults) == 1


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize("changed", ["installed", "own_code", "_PART", "_LONGEST", "linking"])
def test_answers_of_another_way_are_forgotten(
    monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """Another spylls may say something else of a word, and so may another idea of a compound."""
    (path,) = Path(os.environ["DICPATH"]).glob("*.dic")
    first = SpellingDictionary([path], ["s"])
    assert not first.knows(["pats"])
    first.remember()
    monkeypatch.setattr("deckwright.check._dic_file.open_dictionary", None)
    assert not SpellingDictionary([path], ["s"]).knows(["pats"])
    linking = ["s"]
    if changed == "linking":
        linking = ["en"]
    else:
        to = 99 if changed[0] == "_" else (lambda *_: "99")
        monkeypatch.setattr(f"deckwright.check._dictionary.{changed}", to)
    again = SpellingDictionary([path], linking)
    again.knows(["pats"])
    assert again.faults


def test_without_a_dictionary_one_line_says_so(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a dictionary, the cards have no problem: exit code 0 and one line."""
    monkeypatch.setenv("DICPATH", "/nowhere")
    assert check(author) == (
        "no problems\n"
        "spelling was not checked: no dictionary here (on Debian: apt install hunspell-nl)\n"
    )


def test_one_wrong_word_makes_no_other_language(author: Author) -> None:
    """Not even of a text of two words, where it is half of all."""
    author.note("n")["answer"] = "De paasr."
    assert codes(author) == {"paasr": "spelling"}


def test_each_word_is_looked_up_once() -> None:
    """What was right is known to be; whoever waits is told after each five hundred."""
    asked: list[str] = []

    class Counted(SpellingDictionary):
        def knows(self, forms: Sequence[str]) -> bool:
            asked.append(forms[0])
            return forms[0] != "fout"

    said: list[str] = []
    speller = Speller({"eigen"}, Counted([]), said.append)
    for _ in range(2):
        assert [speller.is_right(word) for word in ("goed", "fout", "Eigen")] == [True, False, True]
    assert asked == ["goed", "fout"]
    assert speller.right == {"goed", "Eigen"}
    words = ["".join(letters) for letters in product("abcdefghij", repeat=3)]
    assert all(map(speller.is_right, words))
    assert said == ["500 words looked up", "1,000 words looked up"]
