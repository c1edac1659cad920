"""What a YAML file holds, as a tree of texts, lists and mappings, each with its place."""

from typing import NamedTuple

from deckwright.notes import Text
from deckwright.problem import Place


class Scalar(NamedTuple):
    """One text; `cut` is the place of a ` #` that ended it on its line."""

    text: Text
    cut: Place | None = None

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return self.text.place


class Items(NamedTuple):
    """A YAML list."""

    place: Place
    items: "tuple[Tree, ...]"


class Pairs(NamedTuple):
    """A YAML mapping; of a key that is repeated only the first is kept."""

    place: Place
    pairs: "dict[str, tuple[Scalar, Tree]]"


class Broken(NamedTuple):
    """Something that was already reported; who meets it says nothing more."""

    place: Place


Tree = Scalar | Items | Pairs | Broken
