"""The answers in progress files: what counts is what the page asked of a card that was learnt."""

import json
from pathlib import Path
from typing import Any

import pytest
from author import Author
from pupils import progress

from deckwright.build.plan import read_ledger
from deckwright.feedback.learner_answers import ProgressError, learner_answers
from deckwright.release.answers import Answer, FileAnswers
from deckwright.release.ledger import LEDGER_NAME, Ledger

AT = 1_800_000_000_000  # milliseconds


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return the ledger of two releases."""
    author = Author(tmp_path)
    author.releases()
    author.note("een")["answer"] = "Anders."
    author.releases()
    ledger, _ = read_ledger(author.cards / LEDGER_NAME)
    assert ledger
    return ledger


def given(day: int, rating: int = 3, **more: Any) -> dict[str, Any]:
    """Return an answer as the page writes it."""
    row = {"guid": "g", "card": 1, "rating": rating, "at": AT + day, "day": day}
    return row | more


def read(folder: Path, ledger: Ledger, *answers: dict[str, Any]) -> FileAnswers:
    """Return what is read of a file with these answers."""
    return learner_answers(progress(folder / "p.json", "proef", list(answers)), ledger)


def test_what_counts(tmp_path: Path, ledger: Ledger) -> None:
    """The first answer of a day to a card that was answered on a day before, in whatever order."""
    found = read(
        tmp_path,
        ledger,
        given(3, 1),
        given(3, 3, at=AT + 99),  # a relearning step
        given(1),
        given(1, 3, at=AT + 2),
        given(7, 2),
        given(3, 1, card=2),
        given(9, 1, undone=True),
    )
    assert [(answer.ordinal, answer.at - AT, answer.again) for answer in found.counting] == [
        (0, 3, True),
        (0, 7, False),
    ]
    assert found.total == 6


def test_the_text_that_was_asked(tmp_path: Path, ledger: Ledger) -> None:
    """It is that of the release of the page; of a release that nobody knows here, of the moment."""
    found = read(tmp_path, ledger, given(1), *(given(day, release=day) for day in (2, 5)))
    seen = [answer.seen for answer in found.counting]
    assert seen == [ledger.time(2), AT // 1000]
    assert read(tmp_path, ledger, given(1), given(2)).counting == [
        Answer("g", 0, AT + 2, again=False, seen=ledger.time(1))
    ]


@pytest.mark.parametrize(
    "odd",
    [
        {"guid": 5},
        {"card": "1"},
        {"card": None},
        {"rating": 0},
        {"rating": 5},
        {"rating": 1.5},
        {"at": "now"},
        {"day": None},
        {"release": []},
    ],
)
def test_what_is_no_answer_is_left_out(tmp_path: Path, ledger: Ledger, odd: dict[str, Any]) -> None:
    """The others of the file count."""
    found = read(tmp_path, ledger, given(1), given(2) | odd, given(3))
    assert [answer.at - AT for answer in found.counting] == [3]
    assert found.total == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is not a progress file"),
        ("{}", "it is not a progress file"),
        ('{"a":' * 100_000, "it is not a progress file"),
        ('{"deckwright progress": 1, "key": "proef"}', "it is not a progress file"),
        ('{"deckwright progress": 1, "key": [1], "answers": []}', "does not know such"),
        ('{"deckwright progress": 2, "key": "proef", "answers": []}', "does not know such"),
        ('{"deckwright progress": 1, "key": "proef", "answers": {}}', "does not know such"),
        ('{"deckwright progress": 1, "key": "\u202e", "answers": []}', "its deck is '\u202e'"),
    ],
)
def test_other_files(tmp_path: Path, ledger: Ledger, text: str, why: str) -> None:
    """One line says which file, and why."""
    file = tmp_path / "p.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ProgressError) as refused:
        learner_answers(file, ledger)
    assert str(refused.value).startswith(f"{file}: ")
    assert why in str(refused.value)


def test_answers_that_are_none_at_all(tmp_path: Path, ledger: Ledger) -> None:
    """Nothing but JSON: none of it counts."""
    rows: list[Any] = [None, 5, "x", [], {}, {"undone": True}]
    text = json.dumps({"deckwright progress": 1, "key": "proef", "answers": rows})
    (tmp_path / "p.json").write_text(text)
    assert learner_answers(tmp_path / "p.json", ledger) == FileAnswers([], 0)
