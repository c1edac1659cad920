"""Changes as lines for authors, JSON for programs, and a table in Markdown."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from deckwright.cli._printing import GREEN, NORMAL, STRUCK, is_coloured, plain, show
from deckwright.cli._spoken_language import language
from deckwright.release.diff import Change, Cost, Piece
from deckwright.words.messages import Message, said

_COSTS = {
    Cost.RETIRED: Message("retired"),
    Cost.MEANING: Message("meaning"),
    Cost.CLOZE: Message("cloze"),
    Cost.REWORDED: Message("reworded"),
    Cost.RETAGGED: Message("retagged"),
    Cost.MOVED: Message("moved"),
    Cost.LOOK: Message("look"),
    Cost.NEW: Message("new"),
}
_HEADS = [Message("cost"), Message("note"), Message("what")]
_MARKS = {" ": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOUR_MARKS = {" ": ("", ""), "-": (STRUCK, NORMAL), "+": (GREEN, NORMAL)}
_MARKDOWN = {" ": ("", ""), "-": ("~~", "~~"), "+": ("**", "**")}


def show_changes(found: list[Change], form: str) -> None:
    """Print the changes in one of FORMATS, in the order given; as text, in colour on a terminal."""
    if form == "text" and is_coloured(sys.stdout):
        form = "colour"
    code = language()
    for piece in FORMATS[form](found, code):
        show(piece, marked=form == "colour")


def _shown(text: str, code: str) -> str:
    """Return a text that stays in its line and shows what hides; a message is said."""
    return plain(said(text, code) if isinstance(text, Message) else text)


def _lines(found: list[Change], marks: dict[str, tuple[str, str]], code: str) -> Iterator[str]:
    for change in found:
        about = f"{_shown(change.name, code)}: {_shown(change.opening, code)}"
        lines = [f"{said(_COSTS[change.cost], code):9} {about}\n"]
        for role, pieces in change.pieces.items():
            lines.append(f"          {role}: {_joined(pieces, marks, code)}\n")
        yield "".join(lines)
    yield f"{said(_count(found), code)}\n"


def _joined(pieces: list[Piece], marks: dict[str, tuple[str, str]], code: str) -> str:
    return " ".join(
        f"{marks[what][0]}{_shown(text, code)}{marks[what][1]}" for what, text in pieces
    )


def _count(found: list[Change]) -> Message:
    counts = Counter(change.cost for change in found)
    words = [
        Message("{count} {cost}", count=counts[cost], cost=word)
        for cost, word in _COSTS.items()
        if counts[cost]
    ]
    if not words:
        return Message("nothing that a learner would notice")
    return Message("{words}", words=words)


def _markdown(found: list[Change], code: str) -> Iterator[str]:
    heads = [said(head, code) for head in _HEADS]
    yield "| {} | {} | {} |\n|---|---|---|\n".format(*heads)
    for change in found:
        shown = [f"{role}: {_joined(p, _MARKDOWN, code)}" for role, p in change.pieces.items()]
        what = "<br>".join([_shown(change.opening, code), *shown]).replace("|", "\\|")
        yield f"| {said(_COSTS[change.cost], code)} | {_shown(change.name, code)} | {what} |\n"


def _json(found: list[Change], _code: str) -> Iterator[str]:
    """Yield what one call of `dumps` would write."""
    between = "["
    for c in found:
        row = {"cost": c.cost, "name": c.name, "opening": c.opening, "pieces": c.pieces}
        yield between + json.dumps([row], ensure_ascii=False, indent=2)[1:-2]
        between = ","
    yield "\n]\n" if found else "[]\n"


FORMATS: dict[str, Callable[[list[Change], str], Iterator[str]]] = {
    "text": lambda found, code: _lines(found, _MARKS, code),
    "colour": lambda found, code: _lines(found, _COLOUR_MARKS, code),
    "markdown": _markdown,
    "json": _json,
}
