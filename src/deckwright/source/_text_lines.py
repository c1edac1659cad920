"""Which lines of a file belong to a text that begins above them, though they may look like keys.

Told from the indentation alone, so that it can be told of broken YAML.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_DASHES = "-\u2010\u2013-\u2015\u2212•*"
_SPACE = " \u00a0\u2007\u202f\u3000"
_INDENT = re.compile(f"[{_SPACE}]*")
# What follows a key may be an odd colon, and a hyphen before it odd or tight: see _line_slips.
_KEY = re.compile(
    rf"(?P<before>[{_SPACE}]*(?:[{_DASHES}][{_SPACE}]*)*)[\w-]+[{_SPACE}]*[:\uff1a;=](?P<value>.*)"
)
_ITEM = re.compile(rf"(?P<before>[{_SPACE}]*(?:-[{_SPACE}]+)*)-[{_SPACE}]+(?P<value>\S.*)")
_NOTE = re.compile(rf"[{_SPACE}]*[{_DASHES}][{_SPACE}]*id[{_SPACE}]*[:\uff1a;=]")


class _Open(NamedTuple):
    """A text: all lines below it that stand further in than `column` are a part of it."""

    column: int
    is_block: bool
    quote: str = ""


def text_lines(lines: Sequence[str]) -> dict[int, bool]:
    """Return the numbers (from 0) of lines that go on with a text, and whether of a block."""
    found: dict[int, bool] = {}
    opened: _Open | None = None
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        if opened and opened.quote and not _NOTE.match(line):
            found[number] = False
            opened = opened._replace(quote=_still_open(line, opened.quote))
            continue
        indent = _INDENT.match(line)
        column = indent.end() if indent else 0
        if opened and column > opened.column:
            found[number] = opened.is_block
        elif not line.startswith("#", column):
            opened = _opened(line)
    return found


def _opened(line: str) -> _Open | None:
    """Return the text that begins on a line, None where none does."""
    at = _KEY.match(line) or _ITEM.match(line)
    value = at["value"].strip(_SPACE) if at else ""
    if not at or not value or value.startswith("#"):
        return None
    quote = value[0] if value[0] in "'\"" else ""
    left = _still_open(value[1:], quote) if quote else ""
    return _Open(len(at["before"]), value[0] in "|>", left)


def _still_open(text: str, quote: str) -> str:
    """Return the quote that the rest of a quoted text leaves open, "" where it is closed."""
    text = re.sub(r"\\.", "", text) if quote == '"' else text.replace("''", "")
    return "" if quote in text else quote
