"""The catalogue of every message: what an author writes, and exactly what check then says."""

from pathlib import Path

import pytest

import prose
from deckwright import build, report
from deckwright.problem import LEVELS
from deckwright.stamp import Clock

FOLDER = Path(__file__).parent / "cases"
CASES = {f"{path.stem}: {c.title}": c for path in FOLDER.glob("*.md") for c in prose.read(path)}

# Codes that no text in a file brings about, and the test that does.
ELSEWHERE = {
    "folder-unreadable": "test_read.py",
    "deck-missing": "test_read.py",
    "file-unreadable": "test_read.py",
    "file-encoding": "test_read.py",
    "notes-missing": "test_read.py",
    "file-unwritable": "test_cli.py",
    "file-outside": "test_read.py",
    "file-large": "test_read.py",
    "files-changing": "test_writes.py",
    "deck-large": "test_gather.py",
    "deck-busy": "test_writes.py",
    "lock-stale": "test_stamp.py",
    "lock-time": "test_stamp.py",
    "note-type-changed": "test_stamp.py",
    "id-reused": "test_stamp.py",
    "cloze-share": "test_check.py",
    "application-share": "test_check.py",
    "media-unreadable": "test_media.py",
    "media-large": "test_media.py",
    "media-heavy": "test_media.py",
    "spelling": "test_spelling.py",
    "word-reason": "test_spelling.py",
    "word-unneeded": "test_spelling.py",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(tmp_path: Path, name: str) -> None:
    """The output for these files is this text, to the letter."""
    case = CASES[name]
    for number, files in enumerate((case.before, case.files)):
        for old in tmp_path.glob("*.yaml"):
            old.unlink()
        for file, content in files.items():
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_bytes(content)
        if number == 0 and files:
            assert build.make(tmp_path, tmp_path / "out", Clock(1_799_000_000))[0]
    found = build.plan(tmp_path, Clock(1_800_000_000)).problems
    assert report.problems(found, "text").replace(f"{tmp_path}/", "") == case.expected


def test_every_code_has_a_case() -> None:
    """Each code stands in the output of a case, or in a test that says so in its own words."""
    shown = "".join(case.expected for case in CASES.values())
    assert {code for code in LEVELS if f"[{code}]" not in shown} == ELSEWHERE.keys()
    for code, file in ELSEWHERE.items():
        assert code in (FOLDER.parent / file).read_text("utf-8")
