"""What the real engine of Anki makes of answers: FSRS on, no lots drawn, all else as it comes.

A program, as the engine draws lots once it was used in a process without ANKI_TEST_MODE.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Shown = list[list[Any]]  # of each button: stage, steps left, days, seconds, stability, difficulty


@dataclass(frozen=True, slots=True)
class Step:
    """One look at a card: the days since its last answer, the buttons, and what is pressed."""

    elapsed: int
    buttons: Shown
    rating: int


def histories(seed: int, count: int) -> list[list[Step]]:
    """Return what so many new cards live through."""
    made = subprocess.run(
        [sys.executable, __file__, str(seed), str(count)],
        env={**os.environ, "ANKI_TEST_MODE": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return [[Step(**step) for step in steps] for steps in json.loads(made.stdout)]


@contextmanager
def engine(folder: Path) -> Iterator[Any]:
    """Yield a collection that schedules by FSRS, far from the hour at which its day ends."""
    from anki.collection import Collection

    folder.mkdir(parents=True, exist_ok=True)
    col = Collection(str(folder / "collection.anki2"))
    col.set_config("fsrs", val=True)
    col.set_config("loadBalancerEnabled", val=False)
    col.set_config("rollover", (time.localtime().tm_hour + 12) % 24)
    yield col
    col.close()


def history(col: Any, chance: random.Random, answers: int) -> list[Step]:
    """Return what a new card lives through under random answers, early and late ones."""
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = "x"
    col.add_note(note, 1)
    number, steps, elapsed = note.cards()[0].id, [], 0
    for _ in range(answers):
        states = col._backend.get_scheduling_states(number)
        given = chance.choices((1, 2, 3, 4), (2, 2, 8, 2))[0]
        buttons = [_shown(getattr(states, name)) for name in ("again", "hard", "good", "easy")]
        steps.append(Step(elapsed, buttons, given))
        card = col.get_card(number)
        card.start_timer()
        col.sched.answerCard(card, given)
        elapsed = _pause(chance, *buttons[given - 1][:3])
        _passes(col, number, elapsed)
    return steps


def _pause(chance: random.Random, stage: str, _: int, days: int) -> int:
    if stage != "review":
        return chance.choices((0, 1, chance.randint(2, 40)), (18, 1, 1))[0]
    early = chance.choices((False, True), (9, 1))[0]
    if early:
        return chance.randint(0, days)
    return min(int(days * chance.choices((1, chance.uniform(1, 3)), (2, 1))[0]), 36_500)


def _passes(col: Any, number: int, days: int) -> None:
    """Let so many days pass for a card: its last answer and its due day lie further back."""
    card = col.get_card(number)
    card.last_review_time -= days * 86_400
    if card.type == 2:  # a review: due is a day
        card.due -= days
    col.update_card(card, skip_undo_entry=True)


def _shown(state: Any) -> list[Any]:
    normal = state.normal
    stage = normal.WhichOneof("kind")
    if stage == "review":
        review, memory = normal.review, normal.review.memory_state
        return ["review", 0, review.scheduled_days, None, memory.stability, memory.difficulty]
    learning = normal.relearning.learning if stage == "relearning" else normal.learning
    days = normal.relearning.review.scheduled_days if stage == "relearning" else 0
    name = "relearn" if stage == "relearning" else "learn"
    memory, left = learning.memory_state, learning.remaining_steps
    return [name, left, days, learning.scheduled_secs, memory.stability, memory.difficulty]


def main(seed: int, count: int) -> None:
    """Print what so many new cards live through."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with TemporaryDirectory() as folder, engine(Path(folder) / "anki") as col:
        lived = [history(col, chance, chance.randint(1, 20)) for _ in range(count)]
    json.dump([[asdict(step) for step in steps] for steps in lived], sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
