"""How much an SVG draws anew: an element that is copied may itself hold copies, and so on."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from deckwright.cards import _svg_names as names

REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)", re.IGNORECASE)
# A glyph, a clip of one rectangle: to copy it costs no more than to write it, if it copies nothing.
_SMALL = 3
_FILTER = 20  # a step of a filter costs a browser as much as so many elements
_ENDLESS = 10**9
_MOST_STYLED = 200_000  # pairs of an element and what a <style> lets it refer to
_CLASS = re.compile(r"\.([\w-]+)")
_NUMBER = re.compile(r"\d+")


class Elements:
    """The elements of an SVG, as they are read: what is in them, and what they refer to."""

    def __init__(self) -> None:
        self.open: list[int] = []
        self.filters = 0  # steps of filters
        self._weights: list[int] = []
        self._within: list[list[int]] = []
        self._references: list[list[str]] = []
        self._ids: dict[str, int] = {}
        self._classes: dict[str, list[int]] = defaultdict(list)
        self._styled: list[tuple[str, str]] = []  # a class, "" for all, and what it refers to
        self._markers: set[int] = set()
        self._corners: dict[int, int] = {}  # at each, a marker is drawn

    def __len__(self) -> int:
        """Return how many elements were read."""
        return len(self._weights)

    def enter(self, local: str, attributes: Mapping[str, str]) -> None:
        """Begin an element of this name."""
        element = len(self)
        if self.open:
            self._within[self.open[-1]].append(element)
        if name := attributes.get("id"):
            self._ids.setdefault(name, element)
        for each in attributes.get("class", "").split():
            self._classes[each].append(element)
        if points := attributes.get("d") or attributes.get("points"):
            self._corners[element] = sum(1 for _ in _NUMBER.finditer(points)) // 2
        if local == "marker":
            self._markers.add(element)
        self.open.append(element)
        weight = 0 if local in names.COLOURS else 1
        self.filters += local.startswith("fe")
        self._weights.append(_FILTER if local.startswith("fe") else weight)
        self._within.append([])
        self._references.append([])

    def refer(self, name: str) -> None:
        """Note that the open element draws the one of this id, too."""
        self._references[self.open[-1]].append(unquote(name))

    def style(self, sheet: str) -> None:
        """Note what a <style> lets the elements of a class, or all, draw too."""
        for block in sheet.split("}"):
            selectors, _, rule = block.rpartition("{")
            if "(" not in rule:
                continue
            of = {
                found[1] if (found := _CLASS.fullmatch(each.strip())) else ""
                for each in selectors.split(",")
            }
            self._styled += [(key, unquote(name)) for name in REFERENCE.findall(rule) for key in of]

    def leave(self) -> None:
        """End the open element."""
        self.open.pop()

    def copies(self) -> int:
        """Return how many elements are drawn beside those that are written, small ones left out.

        An element that refers to one it stands in draws nothing by it, as in a browser.
        """
        copied = [[self._ids[n] for n in known if n in self._ids] for known in self._references]
        for pairs, (element, other) in enumerate(self._by_style()):
            copied[element].append(other)
            if pairs > _MOST_STYLED:
                return _ENDLESS
        corners = max(sum(self._corners.values()), 1)
        sizes, copying = [0] * len(self), [False] * len(self)
        entered, waiting = set[int](), [0]
        while waiting:  # not by recursion: elements may stand in each other a million deep
            element = waiting[-1]
            if element not in entered:
                entered.add(element)
                ahead = self._within[element] + copied[element]
                waiting += [other for other in ahead if other not in entered]
                continue
            waiting.pop()
            within = self._within[element]
            copying[element] = bool(copied[element]) or any(copying[other] for other in within)
            drawn = sum(sizes[other] for other in within)
            for other in copied[element]:
                # What stands in an element without corners inherits its marker.
                times = self._corners.get(element, corners) if other in self._markers else 1
                if copying[other] or times * sizes[other] > _SMALL:
                    drawn += times * sizes[other]
            sizes[element] = min(_ENDLESS, self._weights[element] + drawn)
        return sizes[0] - sum(self._weights)

    def _by_style(self) -> Iterator[tuple[int, int]]:
        for of, name in self._styled:
            other = self._ids.get(name, 0)
            if other in self._markers and not of:
                yield 0, other  # once for all corners
            elif other:
                for element in self._classes[of] if of else range(len(self)):
                    yield element, other
