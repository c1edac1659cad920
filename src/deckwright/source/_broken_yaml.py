"""A YAML file of which one list item is broken: the other items are read all the same."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from deckwright.problem import Place, Problem
from deckwright.source import _yaml_hints
from deckwright.source._line_slips import plain_spaces, slip_on
from deckwright.source._text_lines import text_lines
from deckwright.source._yaml_nodes import ListNode, MappingNode, Node
from deckwright.source._yaml_parser import parse, syntax_problem
from deckwright.source.text_files import MOST_PROBLEMS

# Items read one by one, and empty lines before them that keep their line numbers; a file with more
# is reported, not read to its end.
MOST_ITEMS, _MOST_LINES = 1_000, 20_000_000


def parse_leniently(source: str, file: str) -> tuple[Node | None, list[Problem]]:
    r"""Read one YAML document, so that one run shows every problem; never raises.

    `source` is the text of a file (lines end in `\n`), `file` its name for places. Returns its tree
    (None where there is nothing to read) and the problems met. Where the syntax of an item of the
    top list is broken, the tree holds the other items.
    """
    if directive := re.search(r"^%TAG\b", source, re.MULTILINE):  # libyaml's time: their square
        place = Place(file, source.count("\n", 0, directive.start()) + 1)
        return None, [Problem(place, *_yaml_hints.DIRECTIVE)]
    source, slips = plain_spaces(source)
    found = [slip.problem(_yaml_hints.SYNTAX, file) for slip in slips]
    try:
        node, problems = parse(source, file)
    except yaml.MarkedYAMLError as broken:
        node, problems = _item_by_item(source, file, broken)
    return node, found + problems


def _item_by_item(
    source: str, file: str, broken: yaml.MarkedYAMLError
) -> tuple[Node | None, list[Problem]]:
    (_, head), *chunks = islice(_split(source), MOST_ITEMS)
    problems: list[Problem] = []
    nodes: list[Node] = []
    for above, item in chunks:
        chunk = "\n" * above + item
        try:
            node, found = parse(chunk, file)
        except yaml.MarkedYAMLError as error:
            problems += _all_slips(syntax_problem(error, chunk, file), above, item)
        else:
            problems += found
            nodes += node.items if isinstance(node, ListNode) else ()
    try:
        top, found = parse(head, file)
    except yaml.MarkedYAMLError as error:
        return None, [syntax_problem(error, head, file), *problems]
    if not problems or not isinstance(top, MappingNode) or not top.pairs:
        return None, [syntax_problem(broken, source, file), *problems]
    last = next(reversed(top.pairs))
    key, value = top.pairs[last]
    items = ListNode(value.place, tuple(nodes))
    return MappingNode(top.place, top.pairs | {last: (key, items)}), found + problems


def _all_slips(first: Problem, above: int, item: str) -> list[Problem]:
    """Return the problem that the parser met, and the slips on other lines, which it never saw."""
    found = [first]
    lines = item.split("\n")
    texts = text_lines(lines)
    for number in range(len(lines)):
        looked = number not in texts and len(found) <= MOST_PROBLEMS
        slip = slip_on(lines, number) if looked else None
        if slip and above + number + 1 != first.place.line:
            slip = slip._replace(line=above + number)
            found.append(slip.problem(_yaml_hints.SYNTAX, first.place.file))
    return found


def _split(source: str) -> Iterator[tuple[int, str]]:
    """Yield the head, then each item of the first list, each with the number of lines above it."""
    first = re.search(r"^( *)- ", source, re.MULTILINE)
    if first is None:
        yield 0, source
        return
    starts = [m.start() for m in re.finditer(rf"^{first[1]}- ", source, re.MULTILINE)]
    yield 0, source[: starts[0]]
    above, left = source.count("\n", 0, starts[0]), _MOST_LINES
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        left -= above
        if left < 0:
            return
        yield above, source[start:end]
        above += source.count("\n", start, end)
