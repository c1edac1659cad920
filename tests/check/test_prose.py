"""What of a text is prose, and which sentence of it asks."""

import pytest

from deckwright.check._likeness import inflected, made_of, part_of, stands_in
from deckwright.check._prose import (
    asking,
    count_words,
    plain,
    shows_more,
    strip_markdown,
    unquoted,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("een<br>twee<li>drie</li>", ["een", "twee", "drie"]),
        ("on<b>juist</b>", ["onjuist"]),
        ("caf&eacute; &amp; bar&nbsp;nu", ["café", "bar", "nu"]),
        ("![een zaag](media/zaag.png){width=3} snijdt", ["snijdt"]),
        ("zie [de bron](https://a.nl/b) of https://c.nl/d?e", ["zie", "de", "bron", "of"]),
        ("`code` en $x + y$ hier", ["en", "hier"]),
        ("[sound:a.mp3] luister", ["luister"]),
    ],
)
def test_words_that_a_learner_reads(text: str, words: list[str]) -> None:
    """No tag, entity, address, code, formula, or text of a picture."""
    assert list(words_of(text)) == words


def test_the_text_of_a_picture_is_spelled() -> None:
    """A screen reader speaks it, so that spelling asks for it."""
    assert strip_markdown("![een zaag](a.png)", alternatives=True).split() == ["een", "zaag"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("een twee drie", 3),
        ("x = 3 + y", 3),
        ("f(x) is 2x+1", 1),
        ("$a b c$ ja", 1),
        ("± 5%", 1),
        ("een … twee * 3", 3),
        ("a = b … dus", 3),
    ],
)
def test_formulas_are_no_words(text: str, count: int) -> None:
    """Nor is what looks like one without dollars; a sign or letter that stands alone is one."""
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Het regent. Wat neem je mee?", "Wat neem je mee?"),
        ("Wat is het no. of protons?", "Wat is het no. of protons?"),
        ("Wat is dit? Kies er een.", "Wat is dit? "),
        ("Noem er een.", "Noem er een."),
        ("Regel een\nWat nu?", "Wat nu?"),
        ("**Wat** nu?", "Wat** nu?"),
        ("", ""),
    ],
)
def test_the_sentence_that_asks(text: str, sentence: str) -> None:
    """It is the last one with a question mark; the offset is where it begins."""
    offset, found = asking(text)
    assert found == sentence
    assert text[offset:].startswith(sentence)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Wie zei 'kan dat?' hier", "Wie zei            hier"),
        ('Wie zei "kan dat?" hier', "Wie zei            hier"),
        ("'s Nachts zei hij 'nee' en zo", "'s Nachts zei hij       en zo"),
        ("I don't and can't say 'yes, it's so' now", "I don't and can't say                now"),
        ("Wat doet `a ? b` in <b>C</b>?", "Wat doet         in    C    ?"),
    ],
)
def test_quotations_are_blank_and_places_stay(text: str, seen: str) -> None:
    """For each character that is no prose stands a space."""
    assert unquoted(text) == seen
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "more"),
    [("a", False), ("![a](b)", True), ("`a`", True), ("$a$", True), ("[sound:a]", True),
     ("<img src='a'>", True), ("[a](b)", False)],
)  # fmt: skip
def test_what_shows_more_than_prose(text: str, *, more: bool) -> None:
    """A picture, a sound, code and a formula."""
    assert shows_more(text) == more


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("cel", "cel", True),
        ("bloedcel", "bloedcellen", True),
        ("begon", "begonnen", True),
        ("onderhandeling", "onderhandelen", True),
        ("fast", "faster", False),
        ("nitraat", "nitriet", False),
        ("zes", "zesde", False),
        ("1914", "1915", False),
    ],
)
def test_endings(one: str, other: str, *, same: bool) -> None:
    """Four letters or more are the same, and what is left are endings."""
    assert inflected(one, other) == same
    assert inflected(other, one) == same


def test_compounds() -> None:
    """A part begins or ends the whole; two parts make it, with a joint between them."""
    assert part_of("tank", "opslagtank")
    assert part_of("analyseren", "risicoanalyse")
    assert not part_of("ana", "risicoanalyse")
    assert not part_of("slag", "opslagtank")
    assert made_of("citroenzuur", ["citroenen", "zuur"])
    assert made_of("veiligheidsbril", ["bril", "veiligheid"])
    assert not made_of("citroenzuur", ["citroenen", "zoet"])


def test_phrases() -> None:
    """Word after word, a little longer at most; a part inside a word is none."""
    assert stands_in(["eerste", "hulp"], ["de", "eerste", "hulp", "nu"])
    assert stands_in(["vakbond"], ["vakbonden"])
    assert not stands_in(["eerste", "hulp"], ["hulp", "eerste"])
    assert not stands_in(["actief"], ["inactief"])
    assert not stands_in(["paard"], ["paardenstal"])
    assert not stands_in(["arm"], ["arme"])
