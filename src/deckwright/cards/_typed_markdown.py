"""Markdown as people type it: what Python-Markdown takes in another way than they mean.

A list may follow a line, may nest by two or three spaces, and may have `1)` or `•`; a table may
follow a line; a sign that calculates is no mark of emphasis; and `> 5` is no quotation.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

# A year with a full stop is no number of a list, and neither is one out of its order.
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*•◦▪●‣]|(?P<number>\d{1,3})[.)])[ \t]+(?P<rest>\S.*)"
)
_NUMBER = re.compile(r"([ \t]*\d+)([.)])(?=[ \t])")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_PLUS = re.compile(r"([ \t]*)\+(?=[ \t])")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?(?P<inside>.*)")
_MORE_THAN = re.compile(r"([ ]{0,3})>(?=[ ]?[\d=€$£~≈])")
_LITERAL = ((_NUMBER, r"\1\\\2"), (_PLUS, r"\1\\+"), (_MORE_THAN, r"\1\\>"))
_HASHES = re.compile(r"(#{1,6}[ \t].*?\S)(#+)[ \t]*$")
_STASHED = re.compile(rf"[ \t]*{STX}.*{ETX}[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CHECKED = {"[ ]": "☐", "[x]": "☑", "[X]": "☑"}
# A letter, digit or formula, and the end of a gap before a sign or its beginning after one, which
# `_marks` writes as private characters.
_BEFORE = r"[\w\U00100001\U00101000-\U0010ffff]"
_AFTER = r"[\w\U00100002-\U0010ffff]"
# A sign that stands for itself. Between two letters or digits: one star, or three; stars beside a
# digit; what encloses a space. Also `^` and `~` around what calculates, before a letter or digit;
# `~10,~20`; `x==y==z`; `2^3^4`; `^_^`; and the star of a footnote, `(*)`.
_CALCULATES = re.compile(
    rf"(?<={_BEFORE})(?P<star>\*)(?={_AFTER})|(?<=\()(?P<note>\*{{1,3}})(?=\))"
    rf"|(?<=\d)(?P<power>\*\*)(?={_AFTER})|(?<={_BEFORE})(?P<to>\*\*)(?=\d)"
    rf"|(?<={_BEFORE})(?P<twice>\*\*|==|~~|\^\^)"
    rf"(?={_AFTER}[^*=~^\n]*\s[^*=~^\n]*(?<={_BEFORE})(?P=twice){_AFTER})"
    rf"|(?<={_BEFORE})(?P<several>\*{{3,}})(?={_AFTER})"
    rf"|(?P<once>[\^~])(?=[^\s^~]*[-+=*/][^\s^~]*(?P=once){_AFTER})"
    rf"|(?<!{_BEFORE})(?P<about>~)(?=[^\s~]*[^\w\s~)]~[\w€$£])"
    r"|(?<=\b\w)(?P<equal>==)(?=\w==\w\b)"
    r"|(?<=\d)(?P<tower>\^)(?=\d+\^\d)"
    rf"|(?<!{_BEFORE})(?P<face>\^)(?=(?:[^\s\w^]+|_)\^)"
)
_FENCE = re.compile(r"^([ ]*(?:`{3,}|~{3,})(?:[ ]*[\w#+.-]+)?)[ ]+(?=[^ ])[^`~]+$")
_INDENT = 4


class _Item(NamedTuple):
    """An item of a list: its indentation, its number and that of the first, None for a bullet."""

    indent: int
    number: int | None
    first: int | None


def extensions() -> list[Any]:
    """Return the extensions of Python-Markdown that read what a card may hold."""
    return [
        *("nl2br", "tables", "def_list", "sane_lists"),
        *("pymdownx.saneheaders", "pymdownx.superfences", "pymdownx.highlight"),
        *("pymdownx.tilde", "pymdownx.caret", "pymdownx.mark"),
        *("pymdownx.magiclink", "pymdownx.betterem", _AsTyped()),
    ]


SETTINGS: dict[str, dict[str, Any]] = {
    "pymdownx.highlight": {"use_pygments": False},
    "tables": {"use_align_attribute": True},
}


class _AsTyped(markdown.Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        md.preprocessors.register(_Fences(md), "fences_as_typed", 26)  # before superfences
        md.preprocessors.register(_Lines(md), "lines_as_typed", 24)  # after code, before HTML
        md.inlinePatterns.register(_Sign(_CALCULATES.pattern, md), "signs_that_calculate", 185)
        md.parser.blockprocessors.deregister("setextheader")  # `=` below a sum is no heading
        md.inlinePatterns.register(_Backslash(r"\\(?= )", md), "backslash_before_a_space", 185)
        md.ESCAPED_CHARS += ["$", "<"]


class _Fences(Preprocessor):
    """Lets code begin by a fence that says more than the language."""

    def run(self, lines: list[str]) -> list[str]:
        return [_FENCE.sub(r"\1", line) for line in lines]


class _Sign(InlineProcessor):
    """A sign that stands for itself, as `*` in `2*3`."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        found = next(sign for sign in m.groups() if sign)
        return "".join(f"{STX}{ord(sign)}{ETX}" for sign in found), m.start(0), m.end(0)


class _Backslash(InlineProcessor):
    r"""A backslash before a space stands for itself, but in `x^a\ b^` and `x~a\ b~`."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        within = re.search(r"[\^~](?:[^\s^~]|\\ )*$", data[: m.start()])
        return (None, None, None) if within else (f"{STX}92{ETX}", m.start(0), m.end(0))


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return list(_as_meant(lines))


def _as_meant(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a text with lists, tables and quotations as Python-Markdown wants them."""
    quoted: list[str] = []
    body: list[str] = []
    for line in [*lines, None]:
        inside = _QUOTE.match(line) if line is not None and not _MORE_THAN.match(line) else None
        if inside:
            quoted.append(inside["inside"])
            continue
        if quoted:
            yield from _paragraphs(body)
            yield ""
            yield from (f"> {each}" for each in _as_meant(quoted))
            yield ""
            quoted, body = [], []
        if line is not None:
            body.append(line)
    yield from _paragraphs(body)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    items: list[_Item] = []  # the list items that are open, from the outermost
    blank, in_table, in_code, loose = True, False, False, False
    signed = _with_a_plus(lines)
    for number, line in enumerate(lines):
        indent = len(line.expandtabs(_INDENT)) - len(line.expandtabs(_INDENT).lstrip())
        in_code = not items and indent >= _INDENT and (blank or in_code)
        item = None if in_code or number in signed or _RULE.match(line) else _ITEM.match(line)
        if not line.strip():
            yield ""
        elif item and (opened := _opened(items, item, indent)):
            if (not items and not blank) or loose:
                yield ""
            items, loose = opened, False
            yield " " * _INDENT * (len(items) - 1) + _written(item)
        elif items and (not blank or indent > items[0].indent):
            loose = loose or blank or bool(_STASHED.match(line))
            if _STASHED.match(line):
                yield ""
            yield (" " * _INDENT * len(items) if loose else "") + _literal(line.strip())
            if _STASHED.match(line):
                yield ""
        else:
            items, loose = [], False
            begins = not in_table and _begins_table(lines, number)
            ends = in_table and "|" not in line
            if (begins and not blank) or ends:
                yield ""
            in_table = begins or (in_table and not ends)
            yield line if in_code else _literal(line, signed=number in signed)
        blank = not line.strip()


def _with_a_plus(lines: list[str]) -> set[int]:
    """Return the lines of paragraphs in which a line begins with a plus: there, a minus is one."""
    found: set[int] = set()
    paragraph: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            paragraph.append(number)
            continue
        if any(_PLUS.match(lines[each]) for each in paragraph):
            found.update(paragraph)
        paragraph = []
    return found


def _opened(items: list[_Item], item: re.Match[str], indent: int) -> list[_Item]:
    """Return the open items with this one; none where its number does not follow from the last."""
    number = int(item["number"]) if item["number"] else None
    outer = [each for each in items if each.indent < indent]
    beside = items[len(outer)] if len(outer) < len(items) else None
    if outer and indent == outer[-1].indent + 1:  # one space is a slip
        beside = outer.pop()
    first = number
    if beside and beside.number is not None and number is not None:
        if number not in (beside.number + 1, beside.first):
            return []
        first = beside.first
    return [*outer, _Item(indent, number, first)]


def _begins_table(lines: list[str], number: int) -> bool:
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return "|" in lines[number] and "|" in below and bool(_TABLE_RULE.match(below))


def _written(item: re.Match[str]) -> str:
    mark = f"{item['number']}." if item["number"] else "-"
    rest = item["rest"]
    return f"{mark} {_CHECKED.get(rest[:3], rest[:3])}{rest[3:]}"


def _literal(line: str, *, signed: bool = False) -> str:
    """Return a line in which a sign that stands for itself at its start or end is escaped."""
    for pattern, written in _LITERAL:
        line = pattern.sub(written, line, count=1) if pattern.match(line) else line
    if signed:
        line = re.sub(r"^(\s*)([-*])(?=\s)", r"\1\\\2", line)
    heading = _HASHES.match(line)
    return f"{heading[1]}{chr(92)}{chr(92).join(heading[2])}" if heading else line
