"""The rules: each manual's bad card is caught and its good card is not; thresholds are exact."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from author import Author
from deckwright import build
from deckwright.check import MANUALS, manual
from deckwright.problem import LEVELS, Level
from deckwright.stamp import Clock

GIVEN = {"id": "n", "answer": "Vooral wachten."}
SHOWN = [code for code in MANUALS if "Bad:" in manual(code) and not code.startswith("cloze-")]
SHOWN += ["cloze-syntax", "cloze-misplaced", "cloze-leak", "cloze-many", "cloze-long"]
SHOWN += ["cloze-trivial", "cloze-context"]


def codes(folder: Path, *notes: dict[str, Any], **settings: Any) -> list[str]:
    """Return the codes of what is wrong with a deck of these notes."""
    author = Author(folder, list(notes))
    author.settings |= settings
    author.save()
    return [p.code for p in build.plan(author.cards, Clock(author.now)).problems]


def cards(code: str, word: str) -> list[dict[str, Any]]:
    """Return the notes of the example 'Bad' or 'Good' in the manual of a rule."""
    found = re.search(rf"^{word}:\n((?:  .*\n?)+)", manual(code), re.MULTILINE)
    assert found, f"{code} has no example '{word}'"
    note = yaml.safe_load(found[1])
    other = note.pop("other", None)
    first = note if "cloze" in note else GIVEN | note
    twin = [{"id": "twin", "question": other, "answer": "Dat."}] if other else []
    return [{"id": "n"} | first, *twin]


@pytest.mark.parametrize("code", SHOWN)
def test_the_examples_of_a_manual_are_true(tmp_path: Path, code: str) -> None:
    """What the manual calls bad has this problem and no other; what it calls good has none."""
    assert set(codes(tmp_path / "bad", *cards(code, "Bad"))) == {code}
    assert codes(tmp_path / "good", *cards(code, "Good")) == []


@pytest.mark.parametrize("code", sorted(MANUALS))
def test_every_rule_has_a_manual(code: str) -> None:
    """A manual says in one line what the rule asks, then why."""
    first, blank, *why = manual(code).split("\n")
    assert first.endswith((".", "`."))
    assert blank == ""
    assert len(" ".join(why)) > 60


def some(count: int, word: str = "woord") -> str:
    """Return a text of `count` different words."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join(f"{word}{letters[i // 26]}{letters[i % 26]}" for i in range(count))


def question(**texts: str) -> dict[str, Any]:
    """Return a note that has no problem but for these texts."""
    return {"id": "n", "question": "Welke bril past hier?", "answer": "Een dichte."} | texts


def gap(**texts: str) -> dict[str, Any]:
    """Return a cloze note."""
    return {"id": "n"} | texts


@pytest.mark.parametrize(
    ("code", "fine", "wrong"),
    [
        ("answer-long", question(answer=some(25)), question(answer=some(26))),
        ("answer-long", question(explanation=some(45)), question(explanation=some(46))),
        ("question-long", question(question=some(25) + "?"), question(question=some(26) + "?")),
        ("question-long", question(case=some(40)), question(case=some(41))),
        ("list-long", question(answer="- a1\n- b1\n- c1"), question(answer="- a\n- b\n- c\n- d")),
        ("list-long", question(answer="1. a1\n2. b\n3. c"),
         question(answer="1. a\n2. b\n3. c\n4. d")),
        ("word-long", question(answer="x" * 24), question(answer="x" * 25)),
        ("word-long", question(answer="x" * 24 + "-" + "y" * 24), question(answer="y" * 25)),
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
        ("cloze-context", gap(cloze=some(6) + " {{c1::aa}}"), gap(cloze=some(5) + " {{c1::aa}}")),
        ("cloze-context", gap(cloze=some(35) + " {{c1::a}}"), gap(cloze=some(36) + " {{c1::a}}")),
        (
            "cloze-leak",
            gap(cloze="De paardenstal is groot en ook mooi met {{c1::paar}} erin."),
            gap(cloze="De paardenstal is groot en ook mooi met {{c1::paard}} erin."),
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
        ("cloze-trivial", gap(cloze=some(9) + " {{c1::in huis}}"),
         gap(cloze=some(9) + " {{c1::In de}}")),
        ("two-questions", question(case="Rook.", question="Wat doe je, en waarom?"),
         question(question="Wat doe je, en waarom?")),
        ("yes-no", question(answer="Jazeker past die."), question(answer="Ja, die past.")),
        ("vague-reference", question(question="Welke bril past, en hoe werkt dat?"),
         question(question="Hoe werkt dat?")),
        ("vague-reference", question(case="Je ziet rook.", question="Waarom gebeurt dit?"),
         question(question="Waarom gebeurt dit?")),
        ("vague-reference", question(question="Wanneer helpt koffie bij dit?"),
         question(question="Wanneer helpt het bij dit?")),
        ("negation", question(question="Wat helpt _niet_ bij brand?"),
         question(question="Wat helpt niet bij brand?")),
        ("question-mark", question(question="Wat past **hier?**"),
         question(question="Wat past? Dit.")),
    ],
)  # fmt: skip
def test_thresholds_are_exact(
    tmp_path: Path, code: str, fine: dict[str, Any], wrong: dict[str, Any]
) -> None:
    """The last card that is fine is fine, and the first that is not is caught."""
    assert codes(tmp_path / "fine", fine) == []
    assert code in codes(tmp_path / "wrong", wrong)


def mixed(questions: int, clozes: int, kinds: int = 0) -> list[dict[str, Any]]:
    """Return that many notes, `kinds` of the questions with a kind that asks for application."""
    notes: list[dict[str, Any]] = [
        {
            "id": f"q{i}",
            "question": f"{some(i + 3)[-20:]} {some(i + 1, 'zaak')[-6:]}?",
            "answer": "Zo.",
        }
        | ({"kind": "waarom"} if i < kinds else {})
        for i in range(questions)
    ]
    return notes + [
        {"id": f"c{i}", "cloze": f"{some(9)} {{{{c1::gat{some(1)}}}}}"} for i in range(clozes)
    ]


@pytest.mark.parametrize(
    ("fine", "wrong", "code"),
    [
        (mixed(14, 6), mixed(13, 7), "cloze-share"),
        (mixed(21, 9), mixed(16, 7), "cloze-share"),
        (mixed(12, 7), mixed(13, 7), "cloze-share"),
        (mixed(20, 0, 10), mixed(20, 0, 9), "application-share"),
        (mixed(62, 0, 31), mixed(61, 0, 30), "application-share"),
        (mixed(19, 0, 9), mixed(20, 0, 9), "application-share"),
        (mixed(20, 0, 0), mixed(20, 0, 1), "application-share"),
    ],
)
def test_shares_are_exact(
    tmp_path: Path, fine: list[dict[str, Any]], wrong: list[dict[str, Any]], code: str
) -> None:
    """Shares count from 20 notes on, and one note more or less tips the balance."""
    assert code not in codes(tmp_path / "fine", *fine)
    assert code in codes(tmp_path / "wrong", *wrong)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Welke bril draag je aan de zaag?", "Welke bril draag je bij de zaag?", True),
        ("Wat is veiligheid aan de zaag?", "Waarom is veiligheid goed voor rendement?", False),
        ("Welke bril past aan de zaag?", "Welke helm past aan de kraan?", False),
        ("Wat doet Fatima morgen met de zaag?", "Wat doet Fatima morgen met die zaag nog?", True),
        ("Wat is een bril?", "Wat is een helm?", False),
        ("Wat is een bril?", "Hoe is een bril?", True),
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


def test_an_id_has_at_most_80_characters(tmp_path: Path) -> None:
    """A file name or a line of the lock must not be cut somewhere."""
    assert codes(tmp_path / "fine", question(id="a" * 80)) == []
    assert codes(tmp_path / "wrong", question(id="a" * 81)) == ["id-malformed"]


def test_an_allowance_silences_one_warning_on_one_note(tmp_path: Path) -> None:
    """With its reason a warning is gone; on the next note it stays."""
    long = question(answer=some(26))
    other = {**long, "id": "m", "question": "Wie belt straks?"}
    assert codes(tmp_path, long | {"allow": {"answer-long": "een wet"}}, other) == ["answer-long"]


@pytest.mark.parametrize(
    ("allow", "expected"),
    [
        ({"answer-long": ""}, ["answer-long", "allow-reason"]),
        ({"yes-no": "zomaar"}, ["answer-long", "allow-unneeded"]),
        ({"yes-nee": "zomaar"}, ["answer-long", "allow-unknown"]),
        ({"question-mark": "zomaar"}, ["answer-long", "allow-unknown"]),
        ({"coverage": "zomaar"}, ["answer-long", "allow-unknown"]),
    ],
)
def test_bad_allowances_are_warnings(
    tmp_path: Path, allow: dict[str, str], expected: list[str]
) -> None:
    """An allowance needs a reason, a warning that is there, and the code of one note's warning."""
    assert codes(tmp_path, question(answer=some(26)) | {"allow": allow}) == expected


GUIDE = {
    "title": "Gids",
    "parts": [
        {
            "id": "deel",
            "title": "Deel",
            "points": [
                {"id": kind, "kind": kind, "title": kind}
                for kind in ("fact", "principle", "tip", "dilemma")
            ],
        }
    ],
}


def test_coverage_says_what_each_point_lacks(tmp_path: Path) -> None:
    """Each kind of point has needs of its own, and each is named until it is met."""
    author = Author(tmp_path)
    author.parts["guide.yaml"] = GUIDE

    def lacking() -> dict[str, str]:
        author.save()
        found = build.plan(author.cards, Clock(author.now)).problems
        texts = [p.message for p in found if p.code == "coverage"]
        return {text.split("'")[1]: text.split("lacks ")[1] for text in texts}

    assert lacking() == {
        "fact": "a note",
        "principle": "a note, a cloze",
        "tip": "a note, an als-dan note",
        "dilemma": "a note, a cloze, a question after a case",
    }
    every = ["fact", "principle", "tip", "dilemma"]
    author.note("een")["covers"] = every
    author.note("twee")["covers"] = ["dilemma"]
    assert lacking() == {
        "principle": "a second note, a cloze",
        "tip": "a second note, an als-dan note",
        "dilemma": "a third note, a cloze, a question after a case",
    }
    author.note("drie")["covers"] = every
    author.note("een").update(kind="als-dan", case="Er is rook.")
    assert lacking() == {}
    author.note("een")["covers"] = ["fact"]
    author.note("vier")["covers"] = every
    assert lacking()["principle"] == "a question"


def test_warnings_do_not_stop_a_build(tmp_path: Path) -> None:
    """A warning is said, and the package is made all the same."""
    author = Author(tmp_path, [question(answer=some(26))])
    made, problems = author.tries()
    assert made
    assert [problem.code for problem in problems] == ["answer-long"]
    assert LEVELS["answer-long"] is Level.WARNING


@pytest.mark.parametrize(
    ("name", "found"), [("::".join("abcde"), []), ("::".join("abcdef"), ["deck-name"])]
)
def test_levels_of_a_deck(tmp_path: Path, name: str, found: list[str]) -> None:
    """Five levels, and five of a subdeck below them, are what Anki imports."""
    assert codes(tmp_path, {**GIVEN, "question": "Wat nu?"}, name=name) == found


def test_two_decks_that_are_one_to_anki(tmp_path: Path) -> None:
    """Names that differ in capitals, or in how an accent is written."""
    author = Author(tmp_path, [{**GIVEN, "question": "Wat nu?"}])
    for number, name in enumerate(("Café", "café", "Cafe\u0301")):
        note = {**GIVEN, "id": f"n{number}", "question": f"Wat is {name}?"}
        author.parts[f"{number + 2}-deel.yaml"] = {"subdeck": name, "notes": [note]}
    author.save()
    found = [p.code for p in build.plan(author.cards, Clock(author.now)).problems]
    assert found.count("deck-name") == 2
