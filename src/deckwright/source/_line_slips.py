"""Lines that look right to an author, and that YAML reads in another way."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from deckwright.problem import Fix, Place, Problem
from deckwright.source._text_lines import text_lines
from deckwright.source.keys import ALL
from deckwright.source.text_files import MOST_PROBLEMS
from deckwright.words.messages import Message

_KEYS = "|".join(dict.fromkeys(key.name for key in ALL))
_BEGIN = r"^[ ]*(?:-[ ]+)*"
_ODD_SPACES = "\u00a0\u2007\u202f\u3000"
_ODD_SPACE = re.compile(
    rf"^[ {_ODD_SPACES}]*(?:-[ {_ODD_SPACES}]+)*(?:{_KEYS})[ ]*:[ {_ODD_SPACES}]*"
)
_ODD_HYPHEN = re.compile(
    rf"^[ ]*(?P<dash>[\u2010\u2013-\u2015\u2212•*])(?P<space>[ ]*)(?:{_KEYS})[ ]*:"
)
_TIGHT_HYPHEN = re.compile(rf"^[ ]*-(?P<key>{_KEYS})[ ]*:")
_ODD_COLON = re.compile(
    rf"{_BEGIN}(?P<key>{_KEYS})[ ]*(?P<colon>[\uff1a;=])(?P<space>[ ]*)(?P<text>.*)"
)
_TIGHT_COLON = re.compile(rf"{_BEGIN}(?P<key>{_KEYS}):(?P<text>[^\s].*)")
_KEY = re.compile(rf"^(?P<indent>[ ]*)(?P<key>{_KEYS}):(?:\s|$)")
_ITEM = re.compile(rf"^(?P<indent>[ ]*-[ ]+)(?:{_KEYS}):")
_BLOCK = re.compile(r"^(?P<indent>[ ]*(?:-[ ]+)*)[\w-]+:[ ]*[|>][-+\d]*[ ]*$")
_KEY_LINE = re.compile(rf"{_BEGIN}[\w-]+:(?:\s|$)|^[ ]*-(?:\s|$)")
_ABOVE = 3  # lines; a parser often complains of a line too low
_NEAR = 1_000  # lines of a note, or of a text with its empty lines


class Slip(NamedTuple):
    """A slip at a line and column (from 0), and what to write there instead of what."""

    line: int
    column: int
    message: Message
    hint: Message
    old: str = ""
    new: str = ""

    def problem(self, code: str, file: str) -> Problem:
        """Return the problem that the slip is in a file."""
        place = Place(file, self.line + 1, self.column + 1)
        fix = Fix(place, self.old, self.new) if self.new else None
        return Problem(place, code, self.message, self.hint, fix)


def slip(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip on line `number` (from 0), or the nearest one above; None without one."""
    texts = text_lines(lines[: number + 1])
    for at in range(number, max(number - _ABOVE, 0) - 1, -1):
        found = slip_on(lines, at) if at not in texts else None
        if found:
            return found
    blocks = {at for at, is_block in texts.items() if is_block}
    return _not_indented(lines, number) or _beside_the_others(lines, number, blocks)


def slip_on(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip on just this line (from 0), None without one."""
    return next(_slips(lines[number], number), None)


def plain_spaces(source: str) -> tuple[str, list[Slip]]:
    """Return a text with plain spaces around its keys, and where there were others."""
    if not any(space in source for space in _ODD_SPACES):
        return source, []
    lines = source.split("\n")
    slips: list[Slip] = []
    texts = text_lines(lines)
    for number, line in enumerate(lines):
        found = _ODD_SPACE.match(line) if number not in texts else None
        odd = re.search(f"[{_ODD_SPACES}]+", found[0]) if found else None
        if found and odd:
            message = Message("a space from Word or a website, which YAML does not take for one")
            if len(slips) <= MOST_PROBLEMS:
                hint = Message("type a space over it")
                slips.append(Slip(number, odd.start(), message, hint, odd[0], " " * len(odd[0])))
            plain = re.sub(f"[{_ODD_SPACES}]", " ", found[0])
            lines[number] = plain + line[found.end() :]
    return "\n".join(lines), slips


def _slips(line: str, number: int) -> Iterator[Slip]:
    if found := _ODD_HYPHEN.match(line):
        message = Message("'{dash}' begins no note", dash=found["dash"])
        hint = Message("write a hyphen and a space: '- '")
        old = found["dash"] + found["space"]
        yield Slip(number, found.start("dash"), message, hint, old, f"-{found['space'] or ' '}")
    if found := _TIGHT_HYPHEN.match(line):
        message = Message("a space is missing after the hyphen")
        hint = Message("write '- {key}: …'", key=found["key"])
        key = found["key"]
        yield Slip(number, found.start("key"), message, hint, key, f" {key}")
    if found := _ODD_COLON.match(line):
        message = Message("'{colon}' is no colon to YAML", colon=found["colon"])
        hint = Message("write '{key}: {text}'", key=found["key"], text=found["text"][:40])
        old = found["colon"] + found["space"]
        yield Slip(number, found.start("colon"), message, hint, old, ": ")
    if found := _TIGHT_COLON.match(line):
        message = Message("a space is missing after '{key}:'", key=found["key"])
        hint = Message("write '{key}: {text}'", key=found["key"], text=found["text"][:40])
        first = found["text"][0]
        yield Slip(number, found.start("text"), message, hint, first, f" {first}")


def _not_indented(lines: Sequence[str], number: int) -> Slip | None:
    """Return the first line of a `|` block that does not stand further in than its key."""
    for at in range(number, max(number - _ABOVE, 0) - 1, -1):
        block = _BLOCK.match(lines[at])
        if not block:
            continue
        below = next(
            (n for n in range(at + 1, min(at + _NEAR, len(lines))) if lines[n].strip()), None
        )
        if below is None:
            return None
        column = len(lines[below]) - len(lines[below].lstrip(" "))
        is_text = lines[below].lstrip().startswith("- ") and column >= len(block["indent"])
        if _KEY_LINE.match(lines[below]) and not is_text:
            return None
        wanted = len(lines[at]) - len(lines[at].lstrip(" -")) + 2
        if column < wanted - 1:  # one further in than the key is enough
            message = Message("a text below a | stands further in than its key")
            hint = Message("begin the line with {wanted} spaces", wanted=wanted)
            return Slip(below, column, message, hint)
    return None


def _beside_the_others(lines: Sequence[str], number: int, blocks: Container[int]) -> Slip | None:
    """Return the first of two lines whose key does not stand below those of its note.

    `blocks` are the numbers of lines in blocks: what looks like a key there is text.
    """
    for at in (each for each in (number, number - 1) if each not in blocks):
        key = _KEY.match(lines[at]) if at >= 0 else None
        above = (_ITEM.match(lines[n]) for n in range(at - 1, max(at - _NEAR, 0) - 1, -1))
        item = next((found for found in above if found), None) if key else None
        if key and item and len(key["indent"]) != len(item["indent"]):
            column, wanted = len(key["indent"]), len(item["indent"])
            message = Message(
                "'{key}' stands {column} spaces in, and the first key of its note {wanted}",
                key=key["key"],
                column=column,
                wanted=wanted,
            )
            hint = Message("begin the line with {wanted} spaces", wanted=wanted)
            return Slip(at, column, message, hint)
    return None
