"""One YAML document to a tree of texts with places; `a: no` stays the text "no".

Built from libyaml's events, not from its nodes: events show anchors and tags before they vanish,
and a loop with a depth limit cannot overflow the stack, as libyaml's composer does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeGuard

import yaml
from yaml import events

from deckwright.problem import Fix, Place, Problem
from deckwright.source import _yaml_hints
from deckwright.source._yaml_nodes import BrokenNode, ListNode, MappingNode, Node, TextNode
from deckwright.source.deck import Text
from deckwright.source.text_files import MOST_PROBLEMS
from deckwright.words.messages import Message

MADE_WITH = f"pyyaml {yaml.__version__}"
MAX_DEPTH = 20
_REPEATED = "key-repeated"
_COMMENT = re.compile(r"\s*#")
_ITEM_OR_ROW = re.compile(r"^[ \t]*(?:[-*•|]|\d{1,2}[.)])[ \t]", re.MULTILINE)
_UNKNOWN = (0, 0)
# PyYAML has libyaml's parser in all its wheels; where it was compiled without, its own is slow.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(source: str, file: str) -> tuple[Node | None, list[Problem]]:
    r"""Read one YAML document.

    `source` is the text of a file (lines end in `\n`), `file` its name for places. Returns its tree
    (None where there is nothing to read) and the problems met. yaml.MarkedYAMLError where its
    syntax is broken; `syntax_problem` puts that into words.
    """
    builder = _Builder(file, source)
    return builder.document(), builder.problems


def syntax_problem(error: yaml.MarkedYAMLError, source: str, file: str) -> Problem:
    """Return the problem for a syntax error that `parse` raised for this source and file."""
    if isinstance(error, _TooDeepError):
        return Problem(error.place, *_yaml_hints.too_deep(MAX_DEPTH))
    said = f"{error.context or ''}: {error.problem or ''}"
    at = _place(file, error.problem_mark)
    return _yaml_hints.syntax_problem(said, at, _place(file, error.context_mark), source)


@dataclass
class _Builder:
    """Turns the events of one document into a tree."""

    file: str
    source: str
    problems: list[Problem] = field(default_factory=list)
    depth: int = 0

    def document(self) -> Node | None:
        self.lines = [*self.source.split("\n"), ""]
        stream = yaml.parse(self.source, Loader=_LOADER)
        event = next(stream)
        while not isinstance(event, events.NodeEvent):
            if isinstance(event, events.StreamEndEvent):
                return None
            event = next(stream)
        tree = self._node(event, stream)
        next(stream)  # the end of the document
        if isinstance(more := next(stream), events.DocumentStartEvent):
            place = _place(self.file, more.start_mark)
            self._problem(place, *_yaml_hints.SECOND_DOCUMENT)
        return tree

    def _problem(
        self, place: Place, code: str, message: Message, hint: Message, fix: Fix | None = None
    ) -> None:
        if len(self.problems) <= MOST_PROBLEMS:
            self.problems.append(Problem(place, code, message, hint, fix))

    def _node(self, event: events.Event, stream: Iterator[events.Event]) -> Node:
        place = _place(self.file, event.start_mark)
        if _is_plain(event) and self.depth < MAX_DEPTH:  # nearly all events, so take a short cut
            return self._scalar(event, place)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeepError(place)
        tree: Node
        if isinstance(event, events.SequenceStartEvent):
            tree = self._items(place, stream)
        elif isinstance(event, events.MappingStartEvent):
            tree = self._pairs(place, stream)
        elif isinstance(event, events.ScalarEvent):
            tree = self._scalar(event, place)
        else:
            tree = BrokenNode(place)
        self.depth -= 1
        if refused := _yaml_hints.refused(
            getattr(event, "anchor", None),
            getattr(event, "tag", None),
            alias=isinstance(event, events.AliasEvent),
        ):
            self._problem(place, *refused)
            return BrokenNode(place)
        return tree

    def _items(self, place: Place, stream: Iterator[events.Event]) -> Node:
        items = []
        while not isinstance(event := next(stream), events.SequenceEndEvent):
            items.append(self._node(event, stream))
        return ListNode(place, tuple(items))

    def _pairs(self, place: Place, stream: Iterator[events.Event]) -> Node:
        pairs: dict[str, tuple[TextNode, Node]] = {}
        broken = again = False
        while not isinstance(event := next(stream), events.MappingEndEvent):
            key = self._node(event, stream)
            value = self._node(next(stream), stream)
            if not isinstance(key, TextNode):
                broken = True
            elif again or len(self.problems) > MOST_PROBLEMS:
                pass  # belongs to the note whose hyphen is missing, or nobody reads on
            elif key.text.value == "id" and "id" in pairs:
                again = True
                at = key.place._replace(col=max(key.place.col - 2, 1))
                fix = Fix(at, "  id", "- id")
                self._problem(key.place, _REPEATED, *_yaml_hints.FORGOTTEN_HYPHEN, fix)
            elif key.text.value in pairs:
                first = pairs[key.text.value][0].place.line
                message = Message(
                    "the key '{text}' stands here twice (first on line {first})",
                    text=key.text.value,
                    first=first,
                )
                self._problem(
                    key.place, _REPEATED, message, Message("keep one and remove the other")
                )
            else:
                pairs[key.text.value] = (key, value)
        if broken:  # as in `a: {{c1::x}}`, which YAML takes for a mapping in a mapping
            self._problem(place, *_yaml_hints.BRACES)
            return BrokenNode(place)
        return MappingNode(place, pairs)

    def _scalar(self, event: events.ScalarEvent, place: Place) -> Node:
        if event.style in ("|", ">") and not event.value.strip():
            header = self.lines[place.line - 1][place.col - 1 :].strip()
            if header not in ("|", ">"):
                self._problem(place, *_yaml_hints.lost_block(header))
                return BrokenNode(place)
        value = event.value.rstrip()
        line, col = self._body(event, place, value)
        text = Text(self.file, value, place.line, place.col, line, col)
        cut = self._cut(event) if not event.style and value else None
        return TextNode(text, cut, self._joins(event, value))

    def _joins(self, event: events.ScalarEvent, value: str) -> bool:
        """Return whether items of a list, or rows of a table, no longer stand on their own lines.

        So it is in every text over several lines, unless it stands behind a `|`.
        """
        start, end = event.start_mark, event.end_mark
        if not (start and end) or end.line == start.line:
            return False
        first = self.lines[start.line][start.column + len(event.style or "") :]
        last = self.lines[end.line][: end.column]
        typed = "\n".join([first, *self.lines[start.line + 1 : end.line], last])
        return len(_ITEM_OR_ROW.findall(typed)) > len(_ITEM_OR_ROW.findall(value))

    def _cut(self, event: events.ScalarEvent) -> Place | None:
        end = event.end_mark
        comment = _COMMENT.match(self.lines[end.line], end.column) if end else None
        return Place(self.file, end.line + 1, comment.end()) if end and comment else None

    def _body(self, event: events.ScalarEvent, place: Place, value: str) -> tuple[int, int]:
        """Return line and column of the first character; (0, 0) where others can't be counted."""
        if event.style == "|":
            for number, wanted in enumerate(value.split("\n"), place.line):
                if wanted.strip() and number < len(self.lines):
                    indent = self.lines[number].find(wanted)
                    return (place.line + 1, indent + 1) if indent >= 0 else _UNKNOWN
        column = place.col - 1 + (event.style in ("'", '"'))
        if self.lines[place.line - 1].startswith(value, column):
            return place.line, column + 1
        return _UNKNOWN


def _is_plain(event: events.Event) -> TypeGuard[events.ScalarEvent]:
    return type(event) is events.ScalarEvent and event.anchor is event.tag is None


class _TooDeepError(yaml.MarkedYAMLError):
    """Ends the reading early: libyaml's time grows with the square of the depth."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Mark(Protocol):
    """What the marks of libyaml and of PyYAML have in common; both count from 0."""

    line: int
    column: int


def _place(file: str, mark: _Mark | None) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
