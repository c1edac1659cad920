"""The learner's page asks a card when Anki would: its engine is the judge of every button."""

import sys
from typing import Any

import pytest
from engine_schedule import Step, histories
from learner_scripts import scripts
from playwright.sync_api import Browser

# What the page makes of the same answers.
OURS = """histories => histories.map(answers => {
  let card = NEW_CARD;
  return answers.map(([elapsed, rating]) => {
    const states = choices(card, elapsed);
    card = states[rating - 1];
    return states.map(({stage, left, days, seconds, memory}) =>
      [stage, left, days, seconds, memory.stability, memory.difficulty]);
  });
})"""


def differences(browser: Browser, lived: list[list[Step]]) -> list[str]:
    """Return where the buttons of the page differ from those of the engine."""
    answers = [[[step.elapsed, step.rating] for step in steps] for steps in lived]
    with scripts(browser, "memory", "schedule") as page:
        ours = page.evaluate(OURS, answers)
    found = []
    for steps, made in zip(lived, ours, strict=True):
        for number, (step, buttons) in enumerate(zip(steps, made, strict=True)):
            if not all(map(_same, step.buttons, buttons)):
                before = [(each.elapsed, each.rating) for each in steps[: number + 1]]
                found.append(f"{before}: {step.buttons} is {buttons}")
    return found


def _same(theirs: list[Any], ours: list[Any]) -> bool:
    """Return whether a button does the same; of the memory, ours is as Anki writes it down.

    The engine's power and exponential may differ from the browser's in the last bit. So an interval
    that lies between two days may be rounded either way: 2 of 419,824 buttons, and one day.
    """
    stability, difficulty = (abs(t - o) for t, o in zip(theirs[4:], ours[4:], strict=True))
    near = stability <= max(2e-4, 1e-5 * theirs[4]) and difficulty <= 6e-4
    between = abs(theirs[4] % 1 - 0.5) <= 1e-6 * theirs[4] and abs(theirs[2] - ours[2]) == 1
    equal = theirs[:4] == ours[:4] or (between and theirs[:2] == ours[:2])
    return bool(equal and near)


def test_every_button_does_what_it_does_in_anki(browser: Browser) -> None:
    """Steps left, days and seconds are equal, and the memory but for the last digits kept."""
    pytest.importorskip("anki.scheduler_pb2")
    lived = histories(19, 250)
    stages = [button[0] for steps in lived for step in steps for button in step.buttons]
    assert min(stages.count(name) for name in ("learn", "review", "relearn")) > 100
    assert differences(browser, lived) == []


# Answers (days since the one before, rating), and then the seconds or days on the buttons.
KNOWN = {
    "a card that nobody has seen": ([], [60, 330, 600, 8]),
    "good, then the last step": ([(0, 3)], [60, 600, 2, 4]),
    "known for years: a century at most": ([(0, 4), *[(9000, 4)] * 9], [600, 36500, 36500, 36500]),
}


@pytest.mark.parametrize("what", KNOWN)
def test_what_a_learner_reads_on_the_buttons(browser: Browser, what: str) -> None:
    """The steps of a new card, the days after the last one, and the most that Anki waits."""
    answers, waits = KNOWN[what]
    with scripts(browser, "memory", "schedule") as page:
        made = page.evaluate(
            """answers => {
              let card = NEW_CARD;
              for (const [elapsed, rating] of answers) card = choices(card, elapsed)[rating - 1];
              return choices(card, 0).map(state => state.seconds ?? state.days);
            }""",
            answers,
        )
    assert made == waits


def main(count: int, seed: int) -> int:
    """Compare so many histories, and print what differs: a quarter of an hour for 10,000."""
    from browser import chromium

    lived = histories(seed, count)
    with chromium() as found:
        different = differences(found, lived)
    buttons = 4 * sum(map(len, lived))
    print(f"{count} histories, {buttons} buttons: {len(different)} differ", *different, sep="\n")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
