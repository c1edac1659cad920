"""TODO."""

from pathlib import Path
from typing import Any

import pytest
from checking import codes, some


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
