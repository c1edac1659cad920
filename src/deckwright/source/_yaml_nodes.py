"""What a YAML file holds, as a tree of texts, lists and mappings, each with its place."""

from dataclasses import dataclass

from deckwright.problem import Place
from deckwright.source.deck import Text


@dataclass(frozen=True, slots=True)
class TextNode:
    """A text; `cut` is the place of a ` #` that ended it on its line, None without one.

    `joined` says that YAML put the items of a list, or the rows of a table, on one line.
    """

    text: Text
    cut: Place | None = None
    joined: bool = False

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return self.text.place


@dataclass(frozen=True, slots=True)
class ListNode:
    """A YAML list."""

    place: Place
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A YAML mapping: each key's text and value, by key; of a repeated key only the first stays."""

    place: Place
    pairs: "dict[str, tuple[TextNode, Node]]"


@dataclass(frozen=True, slots=True)
class BrokenNode:
    """What was already reported; whoever meets it reports nothing more."""

    place: Place


Node = TextNode | ListNode | MappingNode | BrokenNode
