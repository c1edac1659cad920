"""Changes as lines for authors, JSON for programs, and a table in Markdown."""

import json
from collections.abc import Callable

from deckwright.release.diff import Change, Cost, Piece

_RED, _GREEN, _PLAIN = "\x1b[31;9m", "\x1b[32m", "\x1b[0m"
_MARKS = {" ": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {" ": ("", ""), "-": (_RED, _PLAIN), "+": (_GREEN, _PLAIN)}
_MARKDOWN = {" ": ("", ""), "-": ("~~", "~~"), "+": ("**", "**")}


def changes(found: list[Change], form: str) -> str:
    """Return the changes in one of FORMATS, in the order given."""
    return FORMATS[form](found)


def _lines(found: list[Change], marks: dict[str, tuple[str, str]]) -> str:
    lines = []
    for change in found:
        lines.append(f"{change.cost:9} {change.name}: {change.opening}\n")
        for role, pieces in change.pieces.items():
            lines.append(f"          {role}: {_joined(pieces, marks)}\n")
    return "".join(lines) + _count(found)


def _joined(pieces: list[Piece], marks: dict[str, tuple[str, str]]) -> str:
    return " ".join(f"{marks[what][0]}{text}{marks[what][1]}" for what, text in pieces)


def _count(found: list[Change]) -> str:
    counts = {cost: sum(change.cost is cost for change in found) for cost in Cost}
    return ", ".join(f"{n} {cost}" for cost, n in counts.items() if n) + "\n" * bool(found) or (
        "nothing that a learner would notice\n"
    )


def _markdown(found: list[Change]) -> str:
    lines = ["| cost | note | what |\n|---|---|---|\n"]
    for change in found:
        shown = [f"{role}: {_joined(p, _MARKDOWN)}" for role, p in change.pieces.items()]
        what = "<br>".join([change.opening, *shown]).replace("|", "\\|")
        lines.append(f"| {change.cost} | {change.name} | {what} |\n")
    return "".join(lines)


def _json(found: list[Change]) -> str:
    rows = [
        {"cost": c.cost, "name": c.name, "opening": c.opening, "pieces": c.pieces} for c in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[list[Change]], str]] = {
    "text": lambda found: _lines(found, _MARKS),
    "colour": lambda found: _lines(found, _COLOURS),
    "markdown": _markdown,
    "json": _json,
}
