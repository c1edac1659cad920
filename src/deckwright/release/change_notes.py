"""What is new in a deck, in the words of its learners."""

from collections.abc import Iterable
from itertools import groupby

from deckwright.release.diff import Change, Cost
from deckwright.words.language import language


def change_notes(changes: Iterable[Change], name: str, code: str) -> str:
    """Return Markdown for the learners of the deck `name`, in the language `code`.

    `changes` are those of `diff.diff`, in its order.
    """
    words, found = language(code).change_notes, list(changes)
    lines = [f"# {words['title'].format(name=name)}\n\n"]
    if not found:
        lines.append(f"{words['none']}\n")
    for cost, group in groupby(found, key=lambda change: change.cost):
        if cost is Cost.LOOK:
            lines.append(f"## {words[cost]}\n\n")
            continue
        rows = list(group)
        lines.append(f"## {words[cost]} ({len(rows)})\n\n")
        lines += [*(f"- {row.opening}\n" for row in rows), "\n"]
    if any(change.cost is Cost.RETIRED for change in found):
        lines.append(f"{words['cleanup'].strip()}\n\n")
    return "".join([*lines, f"{words['promise'].strip()}\n"])
