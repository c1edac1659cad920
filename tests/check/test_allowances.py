"""TODO."""

from pathlib import Path

import pytest
from checking import codes, question, some


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
        ({"html-not-allowed": "zomaar"}, ["answer-long", "allow-unknown"]),
        ({"coverage": "zomaar"}, ["answer-long", "allow-unknown"]),
    ],
)
def test_bad_allowances_are_warnings(
    tmp_path: Path, allow: dict[str, str], expected: list[str]
) -> None:
    """An allowance needs a reason, a warning that is there, and the code of one note's warning."""
    assert codes(tmp_path, question(answer=some(26)) | {"allow": allow}) == expected
