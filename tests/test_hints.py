"""Hints lead out: who does what a hint says has one problem less, and no new error.

Each case of the catalogue is obeyed, code by code, as an author would: word for word. Words that a
hint gives are taken from the hint.
"""

import re
import shutil
from pathlib import Path

import pytest
from author import Author
from hints import (
    BY_HAND,
    DRAWINGS,
    ELSEWHERE,
    FILES,
    LINES,
    NOT_OBEYED,
    NOTES,
    SETTINGS,
    WORD_FOR_WORD,
)
from messages import hints, templates
from real_deck import START

from deckwright.build.plan import BuildOptions, plan_build
from deckwright.build.releasing import release_files, write_release
from deckwright.cards.media import scan
from deckwright.problem import Level, Problem
from deckwright.release.next_release import Clock
from test_cases import CASES

OBEYED = [name for name, case in CASES.items() if "hint: " in case.expected]


def problems_of(cards: Path) -> list[Problem]:
    """Return what check finds."""
    return list(
        dict.fromkeys(plan_build(cards, Clock(START + 1), BuildOptions(hints=True)).problems)
    )


def write(cards: Path, name: str) -> None:
    """Write the files of a case, and release what was before them."""
    case = CASES[name]
    for number, files in enumerate((case.before, case.files)):
        for old in cards.glob("*.yaml"):
            old.unlink()
        for file, content in files.items():
            (cards / file).parent.mkdir(parents=True, exist_ok=True)
            (cards / file).write_bytes(content)
        if number == 0 and files:
            plan = plan_build(cards, Clock(START))
            assert plan.ready
            write_release(plan.ready, release_files(plan.ready, cards, cards / "out"), {})


def obey(problem: Problem, cards: Path) -> None:
    """Do what a hint says, in the file that the problem names."""
    template, path = problem.hint.template, Path(problem.place.file)
    if template in BY_HAND:
        BY_HAND[template](problem, cards)
        return
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    begin = sum(len(line) + 1 for line in lines[: problem.place.line - 1])
    values = {**problem.message.values, **problem.hint.values}
    table = WORD_FOR_WORD[template]
    for start in (begin + problem.place.col - 1, begin):
        ways = [(text.find(old.format_map(values), start), old, new) for old, new in table]
        if found := [way for way in ways if way[0] >= 0]:
            at, old, new = min(found, key=lambda way: way[0])
            after = text[at + len(old.format_map(values)) :]
            path.write_bytes(f"{text[:at]}{new.format_map(values)}{after}".encode())
            return
    pytest.fail(f"nobody says how to obey '{problem.hint}' at {problem.place}")


@pytest.mark.parametrize("name", OBEYED)
def test_obeyed_hints_lead_out(tmp_path: Path, name: str) -> None:
    """For each code of the case: none of it is left, and no error came in its place."""
    cards = tmp_path / "cards"
    cards.mkdir()
    write(cards, name)
    found = problems_of(cards)
    kept = tmp_path / "kept"
    shutil.copytree(cards, kept)
    for code in dict.fromkeys(problem.code for problem in found):
        shutil.rmtree(cards)
        shutil.copytree(kept, cards)
        for problem in sorted(found, reverse=True):
            if problem.code == code and problem.hint.template not in ELSEWHERE:
                obey(problem, cards)
        left = problems_of(cards)
        elsewhere = {p.code for p in found if p.hint.template in ELSEWHERE}
        remains = [problem for problem in left if problem.code == code and code not in elsewhere]
        assert remains == []
        known = {problem.code for problem in found}
        came = [p for p in left if p.level is Level.ERROR and p.code not in known]
        assert came == [], f"who obeys {code} meets others"


def test_a_ledger_comes_back(tmp_path: Path) -> None:
    """A ledger that was broken, changed by hand, or written by another deckwright."""
    author = Author(tmp_path)
    author.releases()
    ledger = author.cards / "deck.lock"
    good = ledger.read_text("utf-8")
    for code, broken in {
        "lock-broken": "een: twee\n",
        "lock-edited": good.replace("Proef", "Prooi", 1),
        "lock-version": good.replace('"deckwright ledger":2', '"deckwright ledger":9', 1),
    }.items():
        ledger.write_text(broken, "utf-8")
        assert code in {problem.code for problem in author.plan().problems}
        ledger.write_text(good, "utf-8")
        assert author.plan().problems == []


@pytest.mark.parametrize("hint", DRAWINGS)
def test_a_drawing_that_was_fixed_is_fine(tmp_path: Path, hint: str) -> None:
    """It had just that wrong with it, and now has nothing."""
    (tmp_path / "media").mkdir()
    for drawing, expected in zip(DRAWINGS[hint], ([hint], []), strict=True):
        (tmp_path / "media" / "x.svg").write_bytes(drawing.encode())
        assert [problem.hint.template for problem in scan(tmp_path)[1]] == expected


@pytest.mark.parametrize("hint", LINES)
def test_a_line_that_was_fixed_is_fine(tmp_path: Path, hint: str) -> None:
    """It had that wrong with it, and now has not."""
    found = []
    for line in LINES[hint]:
        question = "" if line.startswith("cloze") else "question: Wat nu?\n    "
        note = f"subdeck: A\nnotes:\n  - id: a\n    {question}{line}\n"
        (tmp_path / "1-a.yaml").write_text(note, "utf-8")
        (tmp_path / "deck.yaml").write_text(SETTINGS, "utf-8")
        found.append({problem.hint.template for problem in problems_of(tmp_path)})
    assert hint in found[0]
    assert hint not in found[1]
    assert not [p for p in problems_of(tmp_path) if p.level is Level.ERROR]


@pytest.mark.parametrize("hint", FILES)
def test_files_that_were_fixed_are_fine(tmp_path: Path, hint: str) -> None:
    """They had that wrong with them; the first of them, fixed, has nothing."""
    wrong, fixed = FILES[hint]
    for name, text in {"deck.yaml": SETTINGS, "1-a.yaml": NOTES, **wrong}.items():
        if text:
            (tmp_path / name).write_text(text, "utf-8")
    assert hint in {problem.hint.template for problem in problems_of(tmp_path)}
    (tmp_path / next(iter(wrong))).write_text(fixed, "utf-8")
    assert problems_of(tmp_path) == []


def test_every_hint_is_obeyed_here_or_elsewhere() -> None:
    """Each hint of the code is in one of the tables; what is obeyed elsewhere says where."""
    tests = Path(__file__).parent
    for place in ELSEWHERE.values():
        file, _, function = place.partition("::")
        assert f"def {function}(" in (tests / file).read_text("utf-8")
    known = {*WORD_FOR_WORD, *BY_HAND, *ELSEWHERE, *DRAWINGS, *LINES, *FILES}
    assert known <= templates().keys()
    assert hints().keys() - known == NOT_OBEYED


def test_each_way_to_obey_is_used() -> None:
    """Nothing of the tables is left over: each hint stands in the output of a case."""
    shown = "".join(case.expected for case in CASES.values())
    for template in {*WORD_FOR_WORD, *BY_HAND}:
        words = max(re.split(r"\{\w*\}|\{\{|\}\}", template), key=len)
        assert words.strip("'") in shown, template
