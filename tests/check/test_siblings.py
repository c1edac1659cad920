"""The rule that no front gives away the answer of a card that comes on the same day."""

from pathlib import Path
from typing import Any

import pytest
from checking import codes

from deckwright.check import leaks
from deckwright.check._likeness import inflected
from deckwright.check.rules import note_words
from deckwright.problem import Place
from deckwright.source.deck import Deck, text_at
from deckwright.source.reader import read_notes

ASKED = {
    "id": "a",
    "question": "Welke bril past bij de ronde zaag?",
    "answer": "Een ruimzichtbril.",
}
TELLS = "Een ruimzichtbril past bij de ronde zaag. Hoe maak je hem schoon?"
OTHER = {"id": "b", "question": "Hoe maak je hem schoon na het werk?", "answer": "Met lauw water."}


def others(count: int) -> list[dict[str, Any]]:
    """Return notes that say nothing of any other."""
    things = [
        "lamp",
        "kraan",
        "ladder",
        "heftruck",
        "emmer",
        "slang",
        "boor",
        "vijl",
        "touw",
        "bus",
    ]
    places = ["Almelo", "Breda", "Delft", "Emmen", "Franeker"]
    return [
        {
            "id": f"x{i}",
            "question": f"Hoe zwaar is de {things[i % 10]} van {places[i // 10]}?",
            "answer": f"{i + 5} kilo.",
        }
        for i in range(count)
    ]


@pytest.mark.parametrize("between", [0, 18, 19])
@pytest.mark.parametrize("first", ["asks", "tells"])
def test_only_what_comes_on_the_same_day(tmp_path: Path, between: int, first: str) -> None:
    """Twenty new cards: with 18 between them, both can be among these; with 19 they cannot."""
    notes = [ASKED, *others(between), OTHER | {"question": TELLS}]
    found = codes(tmp_path, *(notes if first == "asks" else reversed(notes)))
    assert ("sibling-leak" in found) == (between < 19)


@pytest.mark.parametrize(
    ("texts", "leaks"),
    [
        ({"case": "De ruimzichtbril past bij de ronde zaag en is vuil."}, True),
        ({"hint": "Een ruimzichtbril past bij de ronde zaag."}, True),
        ({"theme": "Ruimzichtbril bij de ronde zaag, een bril die past"}, True),
        ({"explanation": "Een ruimzichtbril past bij de ronde zaag."}, False),
        ({"answer": "Een ruimzichtbril past bij de ronde zaag."}, False),
        # the answer, but not what asks for it; what asks for it, but not the answer
        ({"case": "De ruimzichtbril is vuil."}, False),
        ({"case": "De bril die bij de ronde zaag past, is vuil."}, False),
        # half of what asks for it
        ({"case": "De ruimzichtbril van de zaag, een bril, is vuil."}, False),
    ],
)
def test_what_a_front_shows(tmp_path: Path, texts: dict[str, str], *, leaks: bool) -> None:
    """The question with its case, hint and theme; the back does not matter."""
    assert ("sibling-leak" in codes(tmp_path, ASKED, OTHER | texts)) == leaks


@pytest.mark.parametrize(
    ("answer", "leaks"),
    [
        ("Ruimzichtbril", True),
        ("De bril met ruim zicht en band", False),
        ("2020", False),
        ("Ja", False),
    ],
)
def test_what_an_answer_is(tmp_path: Path, answer: str, *, leaks: bool) -> None:
    """A few words; a number stands on many fronts by chance."""
    front = f"{answer} past bij de ronde zaag, als bril. Hoe maak je die schoon?"
    notes = (ASKED | {"answer": answer}, OTHER | {"question": front})
    assert ("sibling-leak" in codes(tmp_path, *notes)) == leaks


def test_clozes_ask_and_tell(tmp_path: Path) -> None:
    """A gap asks for what it hides; the other gaps of its own note are no neighbours."""
    cloze = "Bij de ronde zaag past alleen een {{c1::ruimzichtbril}}, die {{c2::dicht}} is."
    asks = {"id": "c", "cloze": cloze}
    found = codes(tmp_path / "1", asks, OTHER | {"question": TELLS})
    assert found.count("sibling-leak") == 1
    tells = {"id": "d", "cloze": "Een ruimzichtbril past bij de ronde zaag, en {{c1::krast}} snel."}
    assert "sibling-leak" in codes(tmp_path / "2", ASKED, tells)
    assert "sibling-leak" not in codes(tmp_path / "3", asks)


@pytest.mark.parametrize(
    ("answer", "front", "leaks"),
    [
        ("Een groene ruimzichtbril", "Een groene lamp past bij de ronde zaag als bril.", False),
        ("Een groene ruimzichtbril", "Een groene ruimzichtbril past bij de ronde zaag.", True),
        # its first word is the beginning of another
        ("Ruimzichtbril", "Een ruimzichtbrillen past bij de ronde zaag als bril.", False),
    ],
)
def test_the_whole_answer_stands_there(
    tmp_path: Path, answer: str, front: str, *, leaks: bool
) -> None:
    """All its words, one after the other, the first as it is."""
    notes = (ASKED | {"answer": answer}, OTHER | {"question": f"{front} Hoe maak je hem schoon?"})
    assert ("sibling-leak" in codes(tmp_path, *notes)) == leaks


@pytest.mark.parametrize(
    ("question", "leaks"),
    [
        ("Wat past?", False),  # a single word that asks
        ("Wat betekent zaag?", False),  # 'betekent' asks for nothing
        ("Wat past bij de zaag?", True),
    ],
)
def test_two_words_that_ask_stand_there(tmp_path: Path, question: str, *, leaks: bool) -> None:
    """One of them stands on many fronts by chance, and so does what each question begins with."""
    front = "Een ruimzichtbril past bij de zaag en betekent veel. Hoe maak je hem schoon?"
    asks = {"id": "a", "question": question, "answer": "Een ruimzichtbril."}
    assert ("sibling-leak" in codes(tmp_path, asks, OTHER | {"question": front})) == leaks


def test_a_text_of_two_gaps_once(tmp_path: Path) -> None:
    """Where a front tells both, it is one problem of the note."""
    asks = {"id": "c", "cloze": "De {{c1::kettingzaag}} snijdt dikke takken met een {{c2::zwaard}}"}
    tells = "Een kettingzaag snijdt dikke takken met een zwaard. Hoe maak je hem schoon?"
    found = codes(tmp_path, asks, OTHER | {"question": tells})
    assert found.count("sibling-leak") == 1


def test_each_card_once(tmp_path: Path) -> None:
    """However many fronts tell it."""
    more = [OTHER | {"id": f"b{i}", "case": f"{TELLS[:41]} nummer {i}."} for i in range(3)]
    found = codes(tmp_path, ASKED, *more)
    assert found.count("sibling-leak") == 1


def lettered(number: int) -> str:
    """Return a number in letters: words have none."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def test_few_words_of_long_cloze_texts_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen of them, of 99 gaps each: words are compared with those that begin alike."""
    texts = (
        " ".join(
            f"{lettered(g)}gat x{lettered(g)}{lettered(n)} {{{{c{g}::{lettered(g)}gat}}}}"
            for g in range(1, 100)
        )
        for n in range(15)
    )
    notes = "".join(f"- id: n{n}\n  cloze: '{text}'\n" for n, text in enumerate(texts))
    read, _, _ = read_notes(f"subdeck: D\nnotes:\n{notes}".encode(), "1.yaml")
    place = Place("deck.yaml")
    about = (text_at(value, place) for value in ("Proef", "proef", "nl", "Kaarten."))
    name, key, code, description = about
    deck = Deck(name=name, key=key, language=code, description=description, notes=tuple(read))
    compared = 0

    def counted(one: str, other: str) -> bool:
        nonlocal compared
        compared += 1
        return inflected(one, other)

    monkeypatch.setattr(leaks, "inflected", counted)
    list(leaks.sibling_leak(deck, [note_words(note, "nl") for note in read]))
    assert 0 < compared < 1_000_000
