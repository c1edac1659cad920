"""YAML to a tree of texts with places. Nothing is guessed: `a: no` stays the text "no".

Built from libyaml's events, not from its nodes: events show anchors and tags before they vanish,
and a loop with a depth limit cannot overflow the stack, as libyaml's composer does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol, TypeGuard

import yaml
from yaml import events

from deckwright import yaml_hints
from deckwright.notes import Text
from deckwright.problem import Place, Problem
from deckwright.tree import Broken, Items, Pairs, Scalar, Tree

MADE_WITH = f"pyyaml {yaml.__version__}"
MAX_DEPTH = 20
MOST_ITEMS = 1_000  # that are read one by one where one of them is broken
_UNKNOWN = (0, 0)


def parse(source: str, file: str) -> tuple[Tree | None, list[Problem]]:
    r"""Read one YAML document.

    `source` is the text of a file (line ends `\n`), `file` its name for places. Returns its tree
    (None when there is nothing to read) and the problems met; never raises. When the syntax of a
    list item of the top level is broken, the other items are read all the same, so that one run
    shows every problem.
    """
    if directive := re.search(r"^%TAG\b", source, re.MULTILINE):  # libyaml takes its square
        place = Place(file, source.count("\n", 0, directive.start()) + 1)
        return None, [Problem(place, "yaml-syntax", *yaml_hints.DIRECTIVE)]
    try:
        builder = _Builder(file, source)
        return builder.document(), builder.problems
    except yaml.MarkedYAMLError as broken:
        return _read_item_by_item(source, file, broken)


def _read_item_by_item(
    source: str, file: str, broken: yaml.MarkedYAMLError
) -> tuple[Tree | None, list[Problem]]:
    head, *chunks = islice(_split_items(source), MOST_ITEMS)
    problems: list[Problem] = []
    trees: list[Tree] = []
    for chunk in chunks:
        builder = _Builder(file, chunk)
        try:
            tree = builder.document()
        except yaml.MarkedYAMLError as error:
            problems.append(_syntax_problem(error, chunk, file))
        else:
            problems += builder.problems
            trees += tree.items if isinstance(tree, Items) else ()
    try:
        builder = _Builder(file, head)
        top = builder.document()
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, head, file), *problems]
    if not problems or not isinstance(top, Pairs) or not top.pairs:
        return None, [_syntax_problem(broken, source, file), *problems]
    last = next(reversed(top.pairs))
    key, value = top.pairs[last]
    whole = Pairs(top.place, top.pairs | {last: (key, Items(value.place, tuple(trees)))})
    return whole, builder.problems + problems


def _split_items(source: str) -> Iterator[str]:
    """Yield the head, then each item of the first list, each padded to keep its line numbers."""
    first = re.search(r"^( *)- ", source, re.MULTILINE)
    if first is None:
        yield source
        return
    starts = [m.start() for m in re.finditer(rf"^{first[1]}- ", source, re.MULTILINE)]
    yield source[: starts[0]]
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        yield "\n" * source.count("\n", 0, start) + source[start:end]


@dataclass
class _Builder:
    """Turns the events of one document into a tree."""

    file: str
    source: str
    problems: list[Problem] = field(default_factory=list)
    depth: int = 0

    def document(self) -> Tree | None:
        self.lines = [*self.source.split("\n"), ""]
        stream = yaml.parse(self.source, Loader=yaml.CSafeLoader)
        event = next(stream)
        while not isinstance(event, events.NodeEvent):
            if isinstance(event, events.StreamEndEvent):
                return None
            event = next(stream)
        tree = self._node(event, stream)
        next(stream)  # the end of the document
        if isinstance(more := next(stream), events.DocumentStartEvent):
            place = _place(self.file, more.start_mark)
            self.problems.append(Problem(place, "yaml-syntax", *yaml_hints.SECOND_DOCUMENT))
        return tree

    def _node(self, event: events.Event, stream: Iterator[events.Event]) -> Tree:
        place = _place(self.file, event.start_mark)
        if _is_plain(event) and self.depth < MAX_DEPTH:  # nearly all there is: the short way
            return self._scalar(event, place)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeepError(place)
        tree: Tree
        if isinstance(event, events.SequenceStartEvent):
            tree = self._items(place, stream)
        elif isinstance(event, events.MappingStartEvent):
            tree = self._pairs(place, stream)
        elif isinstance(event, events.ScalarEvent):
            tree = self._scalar(event, place)
        else:
            tree = Broken(place)
        self.depth -= 1
        if refused := yaml_hints.refused(
            getattr(event, "anchor", None),
            getattr(event, "tag", None),
            alias=isinstance(event, events.AliasEvent),
        ):
            self.problems.append(Problem(place, *refused))
            return Broken(place)
        return tree

    def _items(self, place: Place, stream: Iterator[events.Event]) -> Tree:
        items = []
        while not isinstance(event := next(stream), events.SequenceEndEvent):
            items.append(self._node(event, stream))
        return Items(place, tuple(items))

    def _pairs(self, place: Place, stream: Iterator[events.Event]) -> Tree:
        pairs: dict[str, tuple[Scalar, Tree]] = {}
        broken = False
        while not isinstance(event := next(stream), events.MappingEndEvent):
            key = self._node(event, stream)
            value = self._node(next(stream), stream)
            if not isinstance(key, Scalar):
                broken = True
            elif key.text.value in pairs:
                first = pairs[key.text.value][0].place.line
                message = f"the key '{key.text.value}' stands here twice (first on line {first})"
                self.problems.append(
                    Problem(key.place, "key-repeated", message, "keep one of the two")
                )
            else:
                pairs[key.text.value] = (key, value)
        if broken:  # as in `a: {{c1::x}}`, which YAML takes for a mapping in a mapping
            self.problems.append(Problem(place, "yaml-quotes", *yaml_hints.BRACES))
            return Broken(place)
        return Pairs(place, pairs)

    def _scalar(self, event: events.ScalarEvent, place: Place) -> Tree:
        if event.style in ("|", ">") and not event.value.strip():
            header = self.lines[place.line - 1][place.col - 1 :].strip()
            if header not in ("|", ">"):
                self.problems.append(Problem(place, "yaml-block", *yaml_hints.lost_block(header)))
                return Broken(place)
        value = event.value.rstrip()
        if not event.style and value in ("~", "null", "Null", "NULL"):
            value = ""
        line, col = self._body(event, place, value)
        text = Text(self.file, value, place.line, place.col, line, col)
        return Scalar(text, self._cut(event) if not event.style and value else None)

    def _cut(self, event: events.ScalarEvent) -> Place | None:
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end else ""
        if not end or not rest.lstrip().startswith("#"):
            return None
        return Place(self.file, end.line + 1, end.column + 1 + rest.index("#"))

    def _body(self, event: events.ScalarEvent, place: Place, value: str) -> tuple[int, int]:
        """Return line and column of the first character, 0 where others cannot be counted on."""
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
    """Ends the reading: libyaml's time grows with the square of the depth."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


def _syntax_problem(error: yaml.MarkedYAMLError, source: str, file: str) -> Problem:
    said = f"{error.context or ''}: {error.problem or ''}"
    if isinstance(error, _TooDeepError):
        return Problem(error.place, "yaml-depth", *yaml_hints.too_deep(MAX_DEPTH))
    at = _place(file, error.problem_mark)
    return yaml_hints.syntax_problem(said, at, _place(file, error.context_mark), source)


class _Mark(Protocol):
    """What libyaml's marks and PyYAML's own have in common; both count from 0."""

    line: int
    column: int


def _place(file: str, mark: _Mark | None) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
