"""The rule that no two questions are alike: what counts as alike."""

from pathlib import Path

import pytest
from author import Author
from checking import codes


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Welke bril draag je aan de zaag?", "Welke bril draag je bij de zaag?", True),
        ("Wat is veiligheid aan de zaag?", "Waarom is veiligheid goed voor rendement?", False),
        ("Welke bril past aan de zaag?", "Welke helm past aan de kraan?", False),
        ("Wat doet Fatima morgen met de zaag?", "Wat doet Fatima morgen met die zaag nog?", True),
        ("Wat is een bril?", "Wat is een helm?", False),
        ("Wat is een bril?", "Hoe is een bril?", True),
        # a deck about managers speaks of them
        ("Welk signaal merkt een leidinggevende?", "Welk signaal merkt de leidinggevende?", True),
        ("Welke waarden botsen in een dilemma?", "Welke waarden botsen bij dit dilemma?", True),
        # the exact thresholds: token_set 90.5 and 89.8, then token_sort 75.4 and 74.5
        ("Bank fiets stoel trap?", "Bank fiets stoel tang?", True),
        (
            "Trap hamer lamp emmer wagen?",
            "Trapje hamer lamp emmer wagen fiets?",
            False,
        ),
        (
            "Tafel kraan zaagblad wagen?",
            "Tafel kraan zaagblad wagen stoel hijsbandje?",
            True,
        ),
        ("Lasbril fiets stoel?", "Lasbril fiets stoel kraan schaaf?", False),
        # three words may be alike, two must be the same
        ("Lasbril fiets trapje?", "Lasbril fiets trapjes?", True),
        ("Lasbril fiets?", "Lasbril fietsen?", False),
    ],
)
def test_alike(tmp_path: Path, one: str, other: str, *, alike: bool) -> None:
    """Questions that differ in stop words are alike; those that share a subject are not."""
    notes = [
        {"id": f"n{i}", "question": text, "answer": "Vooral wachten."}
        for i, text in enumerate((one, other))
    ]
    assert ("near-duplicate" in codes(tmp_path, *notes)) == alike


@pytest.mark.parametrize(
    ("one", "other", "reverse", "alike"),
    [
        ("Parijs.", "parijs", (True, True), True),
        ("Parijs.", "Parijs.", (True, False), False),
        ("Parijs.", "Parijs.", (False, False), False),
        ("Parijs, aan de Seine.", "Parijs, de hoofdstad.", (True, True), False),
    ],
)
def test_two_second_cards_of_one_front(
    tmp_path: Path, one: str, other: str, reverse: tuple[bool, bool], *, alike: bool
) -> None:
    """Whoever sees that answer cannot tell which question is meant."""
    asked = ("Wat is de hoofdstad van Frankrijk?", "Waar woonde de schilder Monet als kind?")
    notes = [
        {"id": f"n{i}", "question": asked[i], "answer": text, "reverse": reverse[i]}
        for i, text in enumerate((one, other))
    ]
    assert ("near-duplicate" in codes(tmp_path, *notes)) == alike


def test_each_holder_of_a_word_is_compared(tmp_path: Path) -> None:
    """The first question with a rare word may be another one than the one that is alike."""
    asked = (
        "Waar ligt de lasbril in de kantine?",
        "Welke lasbril past Fatima bij hoge temperatuur?",
        "Welke lasbril past Fatima bij de hoge temperatuur?",
    )
    notes = [
        {"id": f"n{i}", "question": text, "answer": "Vooral wachten."}
        for i, text in enumerate(asked)
    ]
    assert codes(tmp_path, *notes) == ["near-duplicate"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        # what differs is a name, a letter, a number, a sign, an opposite, a picture, code
        (("Wat is de hoofdstad van Letland?", "Riga"),
         ("Wat is de hoofdstad van Rwanda?", "Kigali"), False),
        (("Waarvoor dient vitamine A hier?", "Zien"),
         ("Waarvoor dient vitamine C hier?", "Huid"), False),
        (("Hoeveel is 6 × 7?", "42"), ("Hoeveel is 6 × 8?", "48"), False),
        (("Hoeveel is 6 × 2 hier?", "12"), ("Hoeveel is 6 + 2 hier?", "8"), False),
        (("Wat doe je voor de pauze buiten?", "Roken"),
         ("Wat doe je na de pauze buiten?", "Werken"), False),
        (("Welke vlag zie je hier? ![a](media/a.png)", "Spanje"),
         ("Welke vlag zie je hier? ![b](media/b.png)", "Peru"), False),
        (("Wat toont `a + b` op het scherm?", "Drie"),
         ("Wat toont `a - b` op het scherm?", "Een"), False),
        (("Wat is nieuw aan de Fast boor van Bosch?", "Licht"),
         ("Wat is nieuw aan de Faster boor van Bosch?", "Zwaar"), False),
        (("Vertaal: ik", "I"), ("Vertaal: jij", "you"), False),
        # the same words in another order ask for something else
        (("Hoe reken je meter om naar voet?", "Delen"),
         ("Hoe reken je voet om naar meter?", "Keer"), False),
        # what differs says nothing, or is another form of the same word
        (("Wat doet de rode bloedcel in een ader?", "Zuurstof halen"),
         ("Wat doen rode bloedcellen in een ader?", "Transport"), True),
        (("Wat is de taak van de milt?", "Bloed filteren"),
         ("Wat is de taak van een milt?", "Cellen opruimen"), True),
        # one says more, and the answers are alike
        (("Welke rivier stroomt door Maastricht?", "De Maas"),
         ("Welke rivier stroomt door de stad Maastricht?", "Maas."), True),
        (("Welke rivier stroomt door Maastricht?", "De Maas"),
         ("Welke rivier stroomt ondergronds door Maastricht?", "De Jeker"), False),
        # two sums are the same when they are the same to the letter
        (("Hoe vind je massa uit volume en dichtheid?", "m = V × d"),
         ("Hoe vind je volume uit massa en dichtheid?", "V = m × d"), False),
        # another name, number or sign is another question, though its answer be the same
        (("Welke rivier stroomt door de stad Maastricht?", "De Maas"),
         ("Welke rivier stroomt door de stad Rotterdam?", "De Maas"), False),
        (("Hoeveel leden heeft een bestuur van een VZW?", "Drie leden"),
         ("Hoeveel leden heeft een bestuur van een stichting?", "Drie leden"), False),
        (("Past een bord van 3 bij 2 hier?", "Zeker wel"),
         ("Past een bord van 6 bij 2 hier?", "Zeker wel"), False),
        (("Hoe zwaar is de lasbril hier in kilo?", "Twee kilo"),
         ("Hoe zwaar is de lasbril hier in kilo na 20 jaar?", "Twee kilo"), False),
        (("Hoe reken je p(rood | groen) uit?", "Delen"),
         ("Hoe reken je p(rood - groen) uit?", "Delen"), False),
        (("Hoe reken je p(rood of groen) uit?", "Optellen of zoeken"),
         ("Hoe reken je p(rood en groen) uit?", "Keer en zoeken"), False),
        # that two numbers or sums are the same may be chance; words in another order are not
        (("Wat is het hoogste gehele getal van een byte met teken?", "255"),
         ("Wat is het hoogste gehele getal van een byte zonder teken?", "255"), False),
        (("Wat kost zoeken in een ongeordende, gelinkte lijst?", "O(n)"),
         ("Wat kost zetten in een ongeordende, gelinkte lijst?", "O(n)"), False),
        (("Welke knopen van een gewone boom bezoekt preorde eerst?", "knoop blad"),
         ("Welke knopen van een gewone boom bezoekt postorde eerst?", "blad knoop"), False),
        (("Welke knopen van een gewone boom bezoekt preorde eerst?", "knoop blad"),
         ("Welke knopen van een gewone boom bezoekt postorde eerst?", "knoop blad"), True),
        # a word that comes twice may make another thing
        (("Hoeveel bytes heeft een long dan?", "4 bytes, soms 8"),
         ("Hoeveel bytes heeft een long long dan?", "8 bytes"), False),
    ],
)  # fmt: skip
def test_the_words_that_differ(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str], *, alike: bool
) -> None:
    """They decide, with the answers."""
    (tmp_path / "media").mkdir()
    notes = [
        {"id": f"n{i}", "question": question, "answer": answer}
        for i, (question, answer) in enumerate((one, other))
    ]
    assert ("near-duplicate" in codes(tmp_path, *notes)) == alike


@pytest.mark.parametrize(
    ("themes", "alike"),
    [(("Plato", "Kant"), False), (("Plato", "Plato"), True), (("de ziel", "het lijf"), False)],
)
def test_a_theme_names_what_is_asked_about(
    tmp_path: Path, themes: tuple[str, str], *, alike: bool
) -> None:
    """Learners see it above the question."""
    notes = [
        {"id": f"n{i}", "theme": theme, "question": "Wat dacht hij van eer?", "answer": "Weinig."}
        for i, theme in enumerate(themes)
    ]
    assert ("near-duplicate" in codes(tmp_path, *notes)) == alike


def test_the_note_that_is_most_alike_is_named(tmp_path: Path) -> None:
    """Others that ask much the same may come before it."""
    asked = (
        "Welke bril past bij de ronde zaag vandaag?",
        "Welke bril past bij een ronde zaag?",
        "Welke bril past bij de ronde zaag?",
    )
    notes = [{"id": f"n{i}", "question": q, "answer": "Geen."} for i, q in enumerate(asked)]
    problems = [p for p in Author(tmp_path, notes).tries()[1] if p.code == "near-duplicate"]
    assert [problem.message.values["id"] for problem in problems] == ["n0", "n1"]
