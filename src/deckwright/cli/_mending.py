"""What `check` may change: slips that a program can mend, and the names in the word list."""

import difflib
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.cli._printing import show
from deckwright.cli._running import fail
from deckwright.cli._spoken_language import tell
from deckwright.problem import Problem
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import BuildPlan


def fix(cards: Path, find: Callable[[Path], Sequence[Problem]], *, write: bool) -> bool:
    """Mend the files of a folder, or show what would change; return whether anything can be."""
    from deckwright.build.fixes import mended_files, write_mended
    from deckwright.disk.folder_lock import hold

    with hold(cards):
        mended = mended_files(cards, find)
        if write and (problems := write_mended(cards, mended)):
            fail(problems)
    for path, (old, new) in mended.items():
        if write:
            tell(Message("mended: {file}", file=path), err=True)
        else:
            show(_difference(path, old, new))
    if not mended:
        tell(Message("nothing that a program can mend"), err=True)
    return bool(mended)


def tell_of_held(plan: "BuildPlan", shown: Sequence[Problem], selected: Container[str]) -> None:
    """Say how many of the problems `shown` were not mended, since learners hold the notes."""
    from deckwright.build.fixes import mendable

    free = mendable(plan, selected)
    left = [problem for problem in shown if problem.fix and problem not in free]
    if left:
        kept = Message(
            "not mended, since learners hold the note: {count}; a change would go over their own"
            " corrections (--select {code} mends it all the same)",
            count=len(left),
            code=left[0].code,
        )
        tell(kept, err=True)


def learn_names(cards: Path, plan: "BuildPlan") -> None:
    """Add the names that stand in two places to the word list of a deck."""
    from deckwright.check.word_list import learn, names_to_learn
    from deckwright.disk.folder_lock import hold
    from deckwright.words.language import language

    names = names_to_learn(plan.problems)
    if not (names and plan.deck):
        tell(Message("no name that the dictionary does not know stands in two places"), err=True)
        return
    with hold(cards):
        file = learn(cards, language(plan.deck.language.value), names)
    tell(Message("{count} names were added to {file}", count=len(names), file=file), err=True)


def _difference(path: Path, old: bytes, new: bytes) -> str:
    before, after = (content.decode(errors="replace").splitlines() for content in (old, new))
    lines = difflib.unified_diff(before, after, str(path), str(path), lineterm="")
    return "".join(f"{line}\n" for line in lines)
