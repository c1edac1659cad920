"""A dictionary that is read in part says of each word what the whole one says."""

import random
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from deckwright.check._dic_file import open_dictionary, stems

FOLDER = Path("/usr/share/hunspell")
AFF = """SET UTF-8
FLAG long
FORBIDDENWORD XX
COMPOUNDFLAG CC
COMPOUNDMIN 3
SFX Ss Y 1
SFX Ss 0 s .
PFX On Y 1
PFX On 0 on .
"""
LINES = (
    "12",
    "huis/SsCC",
    "boot/CC\tpo:noun",
    "boot/On",
    "km\\/h",
    "ad hoc/Ss",
    "mooi ph:mooj",
    "McDonald/Ss",
    "OpenOffice.org",
    "Straße",
    "fout/XX",
    "zee·hond",
    "/etc",
    "\\/x",
    "",
    "laatste",
)
WORDS = (
    *(
        "huis",
        "huizen",
        "Huis",
        "HUIS",
        "huiss",
        "huisboot",
        "boothuis",
        "boot",
        "onboot",
        "onhuis",
    ),
    *("km/h", "km", "KM/H", "ad hoc", "ad", "hoc", "ad hocs", "mooi", "mooj", "MOOI", "12"),
    *("McDonald", "MCDONALD", "mcdonald", "MCDONALDS", "OPENOFFICE.ORG", "openoffice.org"),
    *("Straße", "STRASSE", "strasse", "fout", "fouten", "fouthuis", "laatste", "po:noun", ""),
)
# German letters, Turkish ones, characters that do not count, both, and flags by number.
FEATURES = (
    *("CHECKSHARPS\n", "LANG tr_TR\n", "IGNORE -·\n", "CHECKSHARPS\nIGNORE -·\n"),
    "AF 2\nAF SsCC\nAF On\n",
)
# Those that are here; CI has the Dutch one.
NAMES = [name for name in ("en_US", "en_GB", "de_DE") if (FOLDER / f"{name}.dic").exists()]
NAMES.append("nl_NL")


def written(folder: Path, aff: str, dic: str) -> tuple[Dictionary, Dictionary]:
    """Return a dictionary as it is read in part, and as a whole."""
    (folder / "x.aff").write_text(aff, "utf-8")
    path = folder / "x.dic"
    path.write_bytes(dic.encode())
    return open_dictionary(path), Dictionary.from_files(str(path.with_suffix("")))


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("first", [0, 1])  # with the count of words, and without
@pytest.mark.parametrize("more", ["", *FEATURES])
def test_it_says_what_the_whole_says(tmp_path: Path, end: str, first: int, more: str) -> None:
    """With signs and spaces in words, tags, homonyms, capitals and characters that do not count."""
    part, whole = written(tmp_path, AFF + more, end.join(LINES[first:]))
    for word in (*WORDS, "hu·is", "zee·hond", "zeehond"):
        assert part.lookup(word) == whole.lookup(word), word
    assert part.lookup("huisboot")
    assert not part.lookup("fout")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("more", ["", *FEATURES])
def test_all_stems_are_there(tmp_path: Path, more: str) -> None:
    """Unknown words are compared with them."""
    part, whole = written(tmp_path, AFF + more, "\n".join(LINES))
    assert set(stems(part)) == {word.stem for word in whole.dic.words}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_what_no_compound_looks_like_is_known_from_the_start(tmp_path: Path) -> None:
    """A slip that the dictionary names is no compound, whichever word is asked for first."""
    aff = "SET UTF-8\nCOMPOUNDFLAG C\nCOMPOUNDMIN 3\nCHECKCOMPOUNDREP\nREP 1\nREP zzz yyy\n"
    part, whole = written(tmp_path, aff, "3\nvoor/C\nwerb/C\nvoorwerp ph:voorwerb")
    assert [each.lookup("voorwerb") for each in (part, whole)] == [False, False]
    assert part.lookup("voorwerp")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_flags_by_number_that_are_not_there_break_it_at_once(tmp_path: Path) -> None:
    """As in the whole: else a word would be right or not by what was asked before."""
    (tmp_path / "x.aff").write_text("SET UTF-8\nAF 1\nAF A\n", "utf-8")
    (tmp_path / "x.dic").write_text("2\nhuis/1\nboot/7\n", "utf-8")
    with pytest.raises(KeyError):
        open_dictionary(tmp_path / "x.dic")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_letter_with_an_ending_is_no_word(tmp_path: Path) -> None:
    """In capitals, spylls takes it for one of any word with that letter."""
    part, whole = written(tmp_path, AFF, "1\nhuis/Ss")
    assert [each.lookup("HUISS") for each in (part, whole)] == [True, True]
    assert [each.lookup("HS") for each in (part, whole)] == [False, True]


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("name", NAMES)
def test_of_a_real_dictionary(name: str) -> None:
    """Words with endings, without a letter, in capitals, and two in one."""
    path = FOLDER / f"{name}.dic"
    if not path.exists():
        pytest.skip(f"no dictionary {name} here")
    part, whole = open_dictionary(path), Dictionary.from_files(str(path.with_suffix("")))
    known = [word.stem for word in whole.dic.words]
    assert set(stems(part)) == set(known)
    dice = random.Random(7)  # noqa: S311 - the same words each time
    words = set()
    for word in dice.sample(known, 60):
        other = dice.choice(known)
        words |= {word, word.upper(), word.title(), f"{word}en", f"{word}s", word[:-1]}
        words |= {f"ver{word}", f"{word}{other}", f"{word}s{other}", f"{word}-{other}"}
    for each in (word for word in words if 3 < len(word) < 30):
        assert part.lookup(each) == whole.lookup(each), each
