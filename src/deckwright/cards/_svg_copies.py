"""How much an SVG draws anew: an element that is copied may itself hold copies, and so on."""

# A glyph, a clip of one rectangle: to copy it costs no more than to write it, if it copies nothing.
_SMALL = 3
_ENDLESS = 10**9


class Elements:
    """The elements of an SVG, as they are read: what is in them, and what they refer to."""

    def __init__(self) -> None:
        self.open: list[int] = []
        self._weights: list[int] = []
        self._within: list[list[int]] = []
        self._references: list[list[str]] = []
        self._ids: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how many elements were read."""
        return len(self._weights)

    def enter(self, name: str | None, *, drawn: bool) -> None:
        """Begin an element; `name` is its id, and not `drawn` are the colours of a gradient."""
        element = len(self)
        if self.open:
            self._within[self.open[-1]].append(element)
        if name:
            self._ids.setdefault(name, element)
        self.open.append(element)
        self._weights.append(int(drawn))
        self._within.append([])
        self._references.append([])

    def refer(self, name: str) -> None:
        """Note that the open element draws the one of this id, too."""
        self._references[self.open[-1]].append(name)

    def leave(self) -> None:
        """End the open element."""
        self.open.pop()

    def copies(self) -> int:
        """Return how many elements are drawn beside those that are written, small ones left out.

        An element that refers to one it stands in draws nothing by it, as in a browser.
        """
        copied = [[self._ids[n] for n in names if n in self._ids] for names in self._references]
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
            anew = [each for each in copied[element] if copying[each] or sizes[each] > _SMALL]
            drawn = sum(sizes[other] for other in within + anew)
            sizes[element] = min(_ENDLESS, self._weights[element] + drawn)
        return sizes[0] - sum(self._weights)
