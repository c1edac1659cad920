"""What is new in a deck, in the words of its learners."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from deckwright.release.diff import Change, Cost
from deckwright.words.language import language

# What Markdown or HTML would make something of, in the middle of a line and where it begins.
_MEANS = re.compile(r"[\\`*_~^=$<]|\](?=\s?[(\[:])|&(?=#?\w+;)|^[-+>#:|\[]|^\d+(?=[.)])")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "[": "&#91;", "]": "&#93;"}  # \\[ begins a formula
_CHANGED = {Cost.MEANING, Cost.CLOZE, Cost.REWORDED, Cost.RETAGGED}


def change_notes(  # noqa: PLR0913 - all that learners may ask
    changes: Iterable[Change],
    name: str,
    code: str,
    *,
    first: bool = False,
    reasons: Mapping[str, str] | None = None,
    key_field: str = "",
    searches: Mapping[str, str] | None = None,
) -> str:
    """Return Markdown for the learners of the deck `name`, in the language `code`.

    `changes` are those of `diff.diff`, in its order; `first` says that nobody has the deck yet.
    `reasons` say why notes were retired, by id; `key_field` is the field that holds the id, by
    which learners find a card. `searches` find notes that have no such field, by id.
    """
    words, found = language(code).change_notes, list(changes)
    lines = [f"# {words['title'].format(name=_literal(name))}\n\n"]
    if first:
        return "".join([*lines, f"{words['first'].strip()}\n\n{words['options'].strip()}\n"])
    if not found:
        lines.append(f"{words['none']}\n\n")
    for cost, group in groupby(found, key=lambda change: change.cost):
        rows = list(group)
        if cost is Cost.LOOK:
            lines.append(f"## {words[cost]}\n\n")
            continue
        lines.append(f"## {words[cost]} ({len(rows)})\n\n")
        lines += [f"- {_row(row, reasons or {})}\n" for row in rows]
        lines.append("\n")
        if cost in (Cost.MEANING, Cost.MOVED):
            by_key = {row.name: _on_a_line(f'"{key_field}:{row.name}"') for row in rows}
            search = " OR ".join({**by_key, **(searches or {})}[row.name] for row in rows)
            lines.append(f"{words[f'{cost}_how'].strip()}\n\n    {search}\n\n")
    if any(change.cost is Cost.RETIRED for change in found):
        lines.append(f"{words['cleanup'].strip()}\n\n")
    if _CHANGED & {change.cost for change in found}:
        lines.append(f"{words['changed'].strip()}\n\n")
    return "".join([*lines, f"{words['promise'].strip()}\n\n{words['options'].strip()}\n"])


def _row(change: Change, reasons: Mapping[str, str]) -> str:
    reason = reasons.get(change.name, "") if change.cost is Cost.RETIRED else ""
    moved = [text for mark, text in change.pieces.get("deck", ()) if mark == "+"]
    tail = reason or (moved[0] if change.cost is Cost.MOVED and moved else "")
    return _literal(f"{change.opening} ({tail})" if tail else change.opening)


def _literal(text: str) -> str:
    """Return Markdown that shows a text as it stands: it may be of a card about HTML, or a trap."""
    return _MEANS.sub(_escaped, _on_a_line(text))


def _escaped(found: re.Match[str]) -> str:
    if found[0][0].isdigit():
        return f"{found[0]}\\"
    return _ENTITIES.get(found[0], f"\\{found[0]}")


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
