"""A note and its note type, whoever made them."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How the fields of a note are written."""

    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class ForeignType:
    """A note type: the names of its fields in their order, and the fronts of its cards.

    `kind` is that of a note type that a deckwright made, None of all others.
    """

    name: str
    fields: tuple[str, ...]
    is_cloze: bool = False
    fronts: tuple[str, ...] = ("",)
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note as its source has it: `deck` is its whole name, `cards` are ordinals.

    `place` says where it stands in its file, "" where only its text tells.
    """

    type: ForeignType
    fields: tuple[str, ...]
    deck: str = ""
    guid: str = ""
    tags: tuple[str, ...] = ()
    cards: tuple[int, ...] = (0,)
    place: str = ""
    form: Form = Form.HTML
