"""The labelled cards: what the set is made of, and that no rule drops below its figures."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import lint_set
import pytest
import second
from lint_set import FOLDER, Card, Score, found_in, kappa, own_cards, scores, unread, wilson
from second import HIDDEN

from deckwright.check.pages import LANGUAGES, figures, read_by_hand
from deckwright.problem import LEVELS, Level

# The rules for how well one learns from a card; the others are about what Anki shows of it.
DIDACTIC = [
    *("question-mark", "cloze-leak", "cloze-many", "cloze-long", "cloze-trivial", "cloze-context"),
    *("answer-long", "question-long", "two-questions", "list-long", "yes-no", "vague-reference"),
    *("lacks-context", "several-answers", "answer-leak", "sibling-leak", "near-duplicate"),
    *("negation", "word-long"),
]
LEAST, RIGHT, FOUND = 12, 0.8, 0.5
ENOUGH = 5  # warnings read on real decks, from which on they say something
PROGRAM = Path(lint_set.__file__).parents[1] / "lint"


@cache
def measured() -> list[tuple[Card, set[str]]]:
    """Return each card with what the rules find in it."""
    return [(card, found_in(card)) for card in own_cards()]


def score(code: str, language: str, half: str) -> Score:
    """Return how a rule does on a half of the cards in a language."""
    pairs = [each for each in measured() if (each[0].language, each[0].half) == (language, half)]
    return scores(pairs).get(code, Score(0, 0, 0, 0))


@pytest.mark.parametrize("half", ["tune", "judge"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", DIDACTIC)
def test_no_rule_drops_below_its_figures(code: str, language: str, half: str) -> None:
    """Neither in what it flags nor in what it finds; the figures are those of these very cards."""
    published = figures(code, "" if half == "judge" else "_tune")[language]
    now = score(code, language, half)
    assert published.bad == now.bad, "the cards have changed: make lint-bench PUBLISH=1"
    assert now.precision >= published.right / max(published.flagged, 1)
    assert now.found >= published.found
    assert now.precision >= RIGHT
    assert now.recall >= FOUND


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", ["tune", "judge"])
def test_all_rules_together(language: str, half: str) -> None:
    """Nine warnings of ten are on a bad card, and seven bad cards of ten get one."""
    own = [each for each in measured() if (each[0].language, each[0].half) == (language, half)]
    pairs = [(card, {c for c in found if LEVELS[c] is Level.WARNING}) for card, found in own]
    flagged = [card for card, found in pairs if found]
    bad = [found for card, found in pairs if not card.good]
    assert sum(not card.good for card in flagged) >= 0.9 * len(flagged)
    assert sum(map(bool, bad)) >= 0.7 * len(bad)


def test_a_rule_that_is_not_sure_is_a_hint() -> None:
    """On real cards, four in five of its warnings are right, or nobody sees it unasked."""
    for code, level in LEVELS.items():
        read, right = read_by_hand(code)
        assert right <= read
        if level is Level.WARNING and read >= ENOUGH:
            assert right >= RIGHT * read, code
    assert {code for code in LEVELS if figures(code)} == set(DIDACTIC)


@pytest.mark.parametrize(("language", "least"), [("nl", 300), ("en", 150)])
def test_what_the_set_is_made_of(language: str, least: int) -> None:
    """Half of it is good, a third of that are traps, and each rule has a dozen cards of its own."""
    own = [card for card in own_cards() if card.language == language]
    good = [card for card in own if card.good]
    assert len(own) >= least
    assert 0.45 <= len(good) / len(own) <= 0.55
    traps = [card for card in good if card.row["hard"]]
    assert len(traps) >= len(good) / 3
    untempted = {"question-long", "cloze-many", "cloze-long"}
    assert {card.row["tempts"] for card in traps} >= {*DIDACTIC} - untempted
    of = Counter(code for card in own for code in (card.flaw, *card.row.get("also", ())))
    assert {code: of[code] for code in DIDACTIC if of[code] < LEAST} == {}
    assert set(of) <= {*DIDACTIC, "none"}
    assert 0.4 <= sum(card.half == "tune" for card in own) / len(own) <= 0.6
    assert len({card.id for card in own}) == len(own)
    shown = ("question", "cloze", "case", "beside")
    texts = Counter(json.dumps([card.row.get(name) for name in shown]) for card in own)
    assert max(texts.values()) == 1


def test_a_half_is_that_of_an_id() -> None:
    """So that a card that is added moves no other from one half to the other."""
    halves = {card.id: card.half for card in own_cards()}
    some = [halves[name] for name in ("nl-001", "nl-002", "en-001")]
    assert some == ["tune", "judge", "judge"]


def test_a_second_reader_sees_no_label() -> None:
    """The sheet has each card that has no second label, its texts alone, in an order of its own."""
    command = [sys.executable, str(PROGRAM / "second.py"), "nl"]
    done = subprocess.run(command, capture_output=True, check=True, env=_environment())
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    left = {json.dumps(_texts(card.row)) for card in unread(own_cards()) if card.language == "nl"}
    assert {json.dumps(_texts(row)) for row in rows} == left
    assert all(not HIDDEN & row.keys() for row in rows)
    names = [row["card"] for row in rows]
    assert names == sorted(set(names))


def test_labels_are_taken_by_the_name_on_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each goes to its own card; all other lines stay as they are."""
    for code in ("nl", "en"):
        shutil.copy(FOLDER / f"cards-{code}.jsonl", tmp_path)
    monkeypatch.setattr(second, "FOLDER", tmp_path)
    (row, *_) = second.sheet("nl", 1)
    second.take({str(row["card"]): "negation"})
    before, after = (
        (folder / "cards-nl.jsonl").read_text("utf-8").splitlines() for folder in (FOLDER, tmp_path)
    )
    (changed,) = [new for old, new in zip(before, after, strict=True) if new != old]
    assert json.loads(changed)["second"] == "negation"
    assert _texts(json.loads(changed)) == _texts(row)


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {*HIDDEN, "card"}}


def test_two_readers() -> None:
    """Kappa by the textbook: of 100, 45 are yes to both and 15 no, 25 and 15 are told apart."""
    pairs = [("y", "y")] * 45 + [("n", "n")] * 15 + [("y", "n")] * 25 + [("n", "y")] * 15
    assert kappa(pairs) == pytest.approx(0.1304, abs=0.0001)
    assert kappa([("y", "y")]) == 1


def test_the_interval_of_a_share() -> None:
    """Wilson by the textbook, and at the ends."""
    assert wilson(9, 10) == pytest.approx((0.596, 0.982), abs=0.001)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1
    assert wilson(0, 0) == (0, 1)


def test_the_table(tmp_path: Path) -> None:
    """`make lint-bench` prints each rule; of other cards, as they call their flaws."""
    card = {"id": "x", "kind": "question", "question": "Is X groot?", "answer": "Ja"}
    rows = [card | {"flaw": "yes-no"}, card | {"flaw": "circular", "answer": "Vrij groot"}]
    (tmp_path / "cards-nl.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    english = {"label": "good", "flaw": "wordy", "question": "What is a yak?", "answer": "An ox"}
    (tmp_path / "english-pairs.jsonl").write_text(json.dumps(english) + "\n", "utf-8")
    command = [sys.executable, str(PROGRAM / "bench.py"), "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True, env=_environment())
    lines = done.stdout.decode().splitlines()
    table = [line.split() for line in lines]
    assert ["yes-no", "1", "2", "1", "0.50", "0.09", "to", "0.91", "1.00"] in table
    assert ["all", "but", "hints", "2", "2", "2", "1.00", "0.34", "to", "1.00", "1.00"] in table
    assert "english-pairs.jsonl: 1 cards, 1 of them good" in lines
    assert any(line.startswith("  circular: ") for line in lines)


def _environment() -> dict[str, str]:
    import deckwright

    source = Path(deckwright.__file__).parents[1]
    return {"PYTHONPATH": f"{source}:{Path(lint_set.__file__).parent}"}
