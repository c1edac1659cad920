"""Which words are slips of others: the kinds of slip, and how long a word must be for each."""

import pytest

from deckwright.check._slips import NearWords

RIGHT = [
    *("table", "letter", "dissolve", "identification", "separator", "Antwerpen", "well-being"),
    *("writer", "observed", "until", "question", "aspect", "transition"),
]


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("talbe", "table"),
        ("quesiton", "question"),
        ("Quesiton", "question"),
        ("disolve", "dissolve"),
        ("untill", "until"),
        ("lettter", "letter"),
        ("identifcation", "identification"),
        ("seperator", "separator"),
        ("antwerpen", "Antwerpen"),
        # nothing, or another word: its ending, its first letter, a sign, two letters
        ("tables", ""),
        ("writes", ""),
        ("letters", ""),
        ("cable", ""),
        ("wellbeing", ""),
        ("observ'd", ""),
        ("qeusiton", ""),
        ("", ""),
        ("ANTWERPEN", ""),
        ("transition", ""),  # itself: the dictionary has it in compounds alone
        ("well-béing", ""),
        ("identificátion", ""),
        # too short to say so of all words of a language
        ("aspct", ""),
        ("asspect", "aspect"),
        ("aaspct", ""),
        ("untol", ""),
        ("tranzition", ""),
    ],
)
def test_a_slip_of_a_word_of_the_dictionary(word: str, right: str) -> None:
    """Letters that are swapped, doubled, missed, or a vowel for another."""
    assert NearWords(RIGHT).near(word) == right


@pytest.mark.parametrize(
    ("word", "right"),
    [("aspct", "aspect"), ("asepct", "aspect"), ("asect", "aspect"), ("tranzition", "transition"),
     ("untol", ""), ("letrer", "letter"), ("lettar", "letter"), ("writir", "writer"), ("wrtr", ""),
     ("writes", "")],
)  # fmt: skip
def test_a_slip_of_a_word_of_the_deck(word: str, right: str) -> None:
    """Where shorter words are seldom near by chance."""
    assert NearWords(RIGHT, of_a_deck=True).near(word) == right


@pytest.mark.parametrize(
    ("kind", "least"), [("swapped", 5), ("doubled", 6), ("missed", 9), ("vowel", 9)]
)
def test_how_long_a_word_must_be(kind: str, least: int) -> None:
    """One letter less, and it is a term."""
    for length, found in ((least, True), (least - 1, False)):
        slips = {
            "swapped": ("b" + "x" * (length - 3) + "ab", "b" + "x" * (length - 3) + "ba"),
            "doubled": ("bccd" + "x" * (length - 4), "bcd" + "x" * (length - 4)),
            "missed": ("bd" + "x" * (length - 2), "bcd" + "x" * (length - 2)),
            "vowel": ("bad" + "x" * (length - 3), "bed" + "x" * (length - 3)),
        }
        word, right = slips[kind]
        assert len(word) == length
        assert NearWords([right]).near(word) == (right if found else "")
