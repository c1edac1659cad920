"""What `check` may change: slips that a program can fix, and the names in the word list."""

from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.cli._loudness import mention
from deckwright.cli._running import alone, fail
from deckwright.cli._writing import show_difference
from deckwright.problem import Problem
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import BuildPlan


def fix(
    cards: Path,
    find: Callable[[Path], Sequence[Problem]],
    is_named: Callable[[Path], bool],
    *,
    write: bool,
) -> bool:
    """Fix those files of a folder that are named, or show what would change.

    Returns whether anything can be fixed.
    """
    from deckwright.build.fixes import fixed_files, write_fixed

    with alone(cards):
        found = fixed_files(cards, find)
        fixed = {path: contents for path, contents in found.items() if is_named(path)}
        if write and (problems := write_fixed(cards, fixed)):
            fail(problems)
    for path, (old, new) in fixed.items():
        if write:
            mention(Message("fixed: {file}", file=path), err=True)
        else:
            show_difference(path, old, new)
    if not fixed:
        mention(Message("nothing that a program can fix"), err=True)
    return bool(fixed)


def tell_of_held(plan: "BuildPlan", shown: Sequence[Problem], selected: Container[str]) -> None:
    """Say how many of the problems `shown` were not fixed, since learners hold the notes."""
    from deckwright.build.fixes import fixable

    free = fixable(plan, selected)
    left = [problem for problem in shown if problem.fix and problem not in free]
    if left:
        kept = Message(
            "not fixed, since learners hold the note: {count}; a change would go over their own"
            " corrections (--select {code} fixes it all the same)",
            count=len(left),
            code=left[0].code,
        )
        mention(kept, err=True)


def learn_names(cards: Path, plan: "BuildPlan") -> None:
    """Add the names that stand in two places to the word list of a deck."""
    from deckwright.check.word_list import learn, names_to_learn
    from deckwright.words.language import language

    names = names_to_learn(plan.problems)
    if not (names and plan.deck):
        mention(Message("no name that the dictionary does not know stands in two places"), err=True)
        return
    with alone(cards):
        file = learn(cards, language(plan.deck.language.value), names)
    mention(Message("{count} names were added to {file}", count=len(names), file=file), err=True)
