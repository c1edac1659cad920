"""The rules: their thresholds are exact. What each is for is tried by the cards of its page."""

from pathlib import Path
from typing import Any

import pytest
from author import Author
from checking import codes, gap, question, some

from deckwright.problem import LEVELS, Level


@pytest.mark.parametrize(
    ("code", "fine", "wrong"),
    [
        ("answer-long", question(answer=some(25)), question(answer=some(26))),
        ("answer-long", question(explanation=some(50)), question(explanation=some(51))),
        ("question-long", question(question=some(25) + "?"), question(question=some(26) + "?")),
        ("question-long", question(case=some(40)), question(case=some(41))),
        ("list-long", question(answer="- a1\n- b1\n- c1"), question(answer="- a\n- b\n- c\n- d")),
        ("list-long", question(explanation="- a\n- b\n- c\n- d"),
         question(answer="• a\n• b\n• c\n• d")),
        ("list-long", question(answer="1. a1\n2. b\n3. c"),
         question(answer="1. a\n2. b\n3. c\n4. d")),
        ("list-long", question(answer="jas met erg lange mouwen, helm met een brede klep, "
                               "bril van heel dik glas, schoen met een ijzeren neus"),
         question(answer="jas met lange mouwen, helm met brede klep, bril van dik glas, schoen")),
        ("list-long", question(answer="jas, helm en bril"),
         question(answer="jas, helm, bril en pas")),
        ("list-long", question(answer="man en maat; maat van groen; man van blauw en wit"),
         question(answer="man en maat; maat van groen; man van blauw; en wit")),
        ("list-long", question(answer="man en maat van rood, broer van groen en blauw"),
         question(answer="man en maat, broer van rood, groen en blauw")),
        ("several-answers", question(question="Wat is een 'lijn' voor toepassing van rode verf?"),
         question(question="Wat is een lijn voor toepassing van rode verf?")),
        ("list-long", question(answer="rood is fel, groen is fris, blauw is koel, geel is warm"),
         question(answer="kijken, vragen, wachten, luisteren")),
        ("word-long", question(answer="componentWillReceivePropsNow"),
         question(answer="componentwillreceivepropsnow")),
        ("word-long", question(answer="x" * 24), question(answer="x" * 25)),
        ("word-long", question(answer="X" * 24), question(answer="X" * 25)),
        ("word-long", question(answer="x" * 24 + "-" + "y" * 24), question(answer="y" * 25)),
        ("word-long", question(answer="漢" * 40), question(answer="й" * 25)),
        ("answer-leak", question(question="Welke code heeft rood?", answer="Rood `#f00`"),
         question(question="Welke code heeft rood?", answer="Rood")),
        ("answer-leak", question(question="Hoe volgt massa uit volume?", answer="Massa = volume"),
         question(question="Hoe volgt massa uit volume?", answer="Massa uit volume")),
        ("answer-leak", question(question="Hoe schrijf je p(rood, groen)?", answer="p(rood)"),
         question(question="Hoe schrijf je p(rood, groen)?", answer="Rood")),
        ("answer-leak", question(question="Hoe snel groeit rood maal n?", answer="n rood n"),
         question(question="Hoe snel groeit rood maal n?", answer="Snel rood")),
        ("answer-leak", question(question="Hoeveel rijen heeft een bord van 12 bij 160?",
                                 answer="12"),
         question(question="In welk jaar begon de opstand van 1568?", answer="1568")),
        ("lacks-context", question(question="Welk getal staat hieronder? 'Vijf'"),
         question(question="Wat is 'vijf' van de getallen hieronder?")),
        ("lacks-context", question(question="Kijk naar onderstaande waarde: …"),
         question(question="Noem de onderstaande waarde van x.")),
        ("negation", question(question="Welke oorlog was koud waar nooit iemand vocht?"),
         question(question="Welke oorlog was koud en daar vocht nooit iemand?")),
        ("negation", question(question="Kijken naar wat niet rood is?"),
         question(question="Kijken: wat is niet rood?")),
        ("negation", question(question="Je ziet iets, wat niet rood is …"),
         question(question="Je ziet iets, wat is niet rood?")),
        ("negation", question(question="Wat eet Jan en niet Fatima?"),
         question(question="Wat eet Jan niet en Fatima wel?")),
        ("negation", question(question="In welk land waar nooit iemand was?"),
         question(question="In welk land was nooit iemand?")),
        ("lacks-context",
         question(question="Wat vindt de schrijver van Max Havelaar het mooist?"),
         question(question="Wat vindt de schrijver het mooist?")),
        ("lacks-context", question(question="Wat doet deze methode, waarbij je telt, dan?"),
         question(question="Wat doet deze methode dan?")),
        ("lacks-context", question(question="In Max Havelaar, wat doet deze methode?"),
         question(question="Wat doet deze methode?")),
        ("lacks-context", question(question="Welk getal staat hieronder?\n\nVijf"),
         question(question="Welk getal staat hieronder?")),
        (
            "answer-leak",
            question(question="Wie ziet rood, groen?", answer="Rood, groen, blauw."),
            question(question="Wie ziet rood, groen, blauw?", answer="Rood, groen, blauw, geel."),
        ),
        (
            "cloze-many",
            gap(cloze=some(9) + " {{c1::aa}} {{c2::bb}} {{c3::cc}} {{c3::dd}}"),
            gap(cloze=some(9) + " {{c1::aa}} {{c2::bb}} {{c3::cc}} {{c4::dd}}"),
        ),
        (
            "cloze-long",
            gap(cloze=some(9) + " {{c1::" + some(5, "weg") + "}}"),
            gap(cloze=some(9) + " {{c1::" + some(6, "weg") + "}}"),
        ),
        ("cloze-context", gap(cloze=some(2) + " {{c1::aa}}"), gap(cloze=some(1) + " {{c1::aa}}")),
        ("cloze-context", gap(cloze=some(1) + " {{c1::aa}} {{c2::bb}}"),
         gap(cloze=some(1) + " {{c1::aa}} {{c1::bb}}")),
        ("cloze-context", gap(cloze="Dat is {{c1::aa}}.", theme="Rode lampen"),
         gap(cloze="Dat is {{c1::aa}}.", theme="Lampen")),
        ("cloze-context", gap(cloze=some(35) + " {{c1::a}}"), gap(cloze=some(36) + " {{c1::a}}")),
        (
            "cloze-leak",
            gap(cloze="De paardenstal is groot en ook mooi met {{c1::paard}} erin."),
            gap(cloze="De paarden zijn groot en ook mooi met een {{c1::paard}} erbij."),
        ),
        (
            "cloze-leak",
            gap(cloze="Je loopt die {{c1::100}} meter liever dan 100 kilometer op een dag."),
            gap(cloze="Je loopt die {{c1::honderd}} meter liever dan honderd mijl op een dag."),
        ),
        (
            "cloze-leak",
            gap(cloze="Voor {{c1::eerste hulp}} is er op elke dag van de week hulp."),
            gap(cloze="Voor {{c1::snelle hulp}} is er op elke dag van de week snelle hulp."),
        ),
        (
            "cloze-leak",
            gap(cloze="Het mooie {{c1::paard}} loopt heel rustig in de wei.", hint="Een dier."),
            gap(cloze="Het mooie {{c1::paard}} loopt heel rustig in de wei.", hint="Een Paard."),
        ),
        (
            "cloze-leak",
            gap(cloze="Een {{c1::paard}} en een {{c2::ezel}} lopen rustig in de wei."),
            gap(cloze="Een {{c1::paard}} en een {{c2::paard}} lopen rustig in de wei."),
        ),
        ("cloze-trivial", gap(cloze=some(9) + " {{c1::in::waar dan}}"),
         gap(cloze=some(9) + " {{c1::in}}")),
        ("cloze-trivial", gap(cloze=some(9) + " {{c1::in}}stappen"),
         gap(cloze=some(9) + " {{c1::in}} stappen")),
        ("cloze-trivial", gap(cloze=some(9) + " {{c1::in huis}}"),
         gap(cloze=some(9) + " {{c1::In de}}")),
        ("two-questions", question(case="Rook.", question="Wat doe je, en waarom?"),
         question(question="Wat doe je, en waarom?")),
        ("two-questions", question(case="Rook.", question="Wat doe je, en hoe meld je dat?"),
         question(question="Wat doe je, en hoe meld je dat?")),
        ("two-questions", question(question="Wat is een bril? Rond of vierkant."),
         question(question="Wat is een bril? Noem er twee.")),
        ("yes-no", question(answer="Nee hoor dat past er twee keer in."),
         question(answer="Nee want die past.")),
        ("yes-no", question(answer="Jazeker past die."), question(answer="Ja, die past.")),
        ("vague-reference", question(question="Welke bril past als het regent?"),
         question(question="Hoe werkt dat?")),
        ("vague-reference", question(case="Je ziet rook.", question="Waarom gebeurt dit?"),
         question(question="Waarom gebeurt dit?")),
        ("vague-reference", question(question="Wanneer helpt koffie bij dit?"),
         question(question="Wanneer helpt dit?")),
        ("vague-reference", question(question="Hoe werkt dit?", theme="De zaag"),
         question(question="Hoe werkt dit?")),
        ("vague-reference", question(question="Het regent. Hoe werkt dit?"),
         question(question="Hoe werkt dit?")),
        ("negation", question(question="Wat helpt _niet_ bij brand?"),
         question(question="Wat helpt niet bij brand?")),
        ("question-mark", question(question="Wat past **hier?**"),
         question(question="Wat past **hier**")),
        ("question-mark", question(question="Noem de vier brillen."),
         question(question="Noem de brillen.")),
        ("yes-no", question(question="Een bril.", answer="Onjuist is dat."),
         question(question="Een bril is rond.", answer="Onjuist")),
        ("question-mark", question(question="Wat past hier? (twee woorden)"),
         question(question="Wat past hier (twee woorden)")),
        ("question-mark", question(question="De rode lijn"), question(question="De lijn is rood.")),
        ("question-mark", question(question="Rode lijn door het hart van de stad"),
         question(question="Trek een lijn door het hart.")),
        ("question-mark", question(question="Vijf woorden vormen een term."),
         question(question="Zes woorden vormen nooit een term.")),
        ("question-mark", question(question="De lijnen waarmee je rood ziet"),
         question(question="Je ziet hier de lijnen van rood")),
        ("question-mark", question(question="Met lijnen die rood waren"),
         question(question="Met welke lijnen")),
        ("question-mark", question(question="ما هذا هنا الان يا رجل؟"),
         question(question="ما هذا هنا الان يا رجل.")),
        ("question-mark", question(question="Je rijdt dan met …"),
         question(question="Je rijdt dan met ons")),
    ],
)  # fmt: skip
def test_thresholds_are_exact(
    tmp_path: Path, code: str, fine: dict[str, Any], wrong: dict[str, Any]
) -> None:
    """The last card that is fine is fine, and the first that is not is caught."""
    assert codes(tmp_path / "fine", fine) == []
    assert code in codes(tmp_path / "wrong", wrong)


@pytest.mark.parametrize(
    ("code", "fine", "wrong"),
    [
        ("question-mark", "Alexander I of Russia", "I like Alexander of Russia"),
        ("question-mark", "On free will", "The city with a palace is"),
        ("question-mark", "Name for such a saw", "Name such saws."),
        ("question-mark", "Saw", "What"),
        ("question-mark", "Saw.", "What now."),
        ("question-mark", "Problem he tries to solve", "He tries to solve it"),
        ("question-mark", "Only agency backed by full credit of the U.S.",
         "Only agency backed by full credit of the States."),
        ("vague-reference", "What does it mean to yield?", "What does it mean?"),
        ("vague-reference", "Why is it wise to wait?", "Why is it used to wait?"),
        ("lacks-context", 'What is right of the following? "Two" or "six"',
         "What is right of the following numbers?"),
        ("lacks-context", "Use the saw with the following care …", "List the following care …"),
        ("lacks-context", "Which of the following: two, three, six?",
         "Which: two, three or six of the following?"),
    ],
)  # fmt: skip
def test_what_an_english_question_points_to(
    tmp_path: Path, code: str, fine: str, wrong: str
) -> None:
    """A pronoun may point to nothing, and 'the following' to what follows."""
    assert codes(tmp_path / "fine", question(question=fine), language="en") == []
    assert codes(tmp_path / "wrong", question(question=wrong), language="en") == [code]


def test_an_order_in_german(tmp_path: Path) -> None:
    """One for so many, or to calculate, leaves nothing open, in the polite form either."""
    closed = question(question="Nennen Sie drei Farben."), question(question="Berechnen Sie das.")
    assert (
        codes(
            tmp_path / "fine", *(n | {"id": f"n{i}"} for i, n in enumerate(closed)), language="de"
        )
        == []
    )
    wrong = question(question="Nennen Sie Farben.")
    assert codes(tmp_path / "wrong", wrong, language="de") == ["question-mark"]


def test_a_statement_to_judge_has_one_problem(tmp_path: Path) -> None:
    """It needs no question mark; that a guess is half right is what is wrong with it."""
    assert codes(tmp_path, question(question="Een bril is rond.", answer="Onjuist")) == ["yes-no"]


def test_an_answer_that_begins_with_yes_has_one_problem(tmp_path: Path) -> None:
    """That the question says the rest of it is how one answers yes."""
    note = question(question="Is rood een kleur?", answer="Ja, rood is een kleur.")
    assert codes(tmp_path, note) == ["yes-no"]


def test_english_has_limits_of_its_own(tmp_path: Path) -> None:
    """Unless the deck sets another."""
    long = question(question="Which goggles fit?", answer=some(30))
    assert codes(tmp_path / "1", long, language="en") == []
    assert codes(tmp_path / "2", long | {"answer": some(31)}, language="en") == ["answer-long"]
    rules = {"answer-long": 29}
    assert codes(tmp_path / "3", long, language="en", rules=rules) == ["answer-long"]


def test_warnings_do_not_stop_a_build(tmp_path: Path) -> None:
    """A warning is said, and the package is made all the same."""
    author = Author(tmp_path, [question(answer=some(26))])
    made, problems = author.tries()
    assert made
    assert [problem.code for problem in problems] == ["answer-long"]
    assert LEVELS["answer-long"] is Level.WARNING


@pytest.mark.parametrize(
    "word", ["niet", "geen", "behalve", "Nooit", "niemand", "niets", "nergens"]
)
def test_each_negation_counts(tmp_path: Path, word: str) -> None:
    """Those of the page, and all others of the language."""
    note = {"id": "n", "question": f"Wat past {word} bij de zaag?", "answer": "Een sjaal."}
    assert codes(tmp_path, note) == ["negation"]
