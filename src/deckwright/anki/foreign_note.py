"""A note and its note type, whoever made them."""

from dataclasses import dataclass
from enum import StrEnum

from deckwright.release.adopted import AdoptedType


class Form(StrEnum):
    """How the fields of a note are written."""

    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class ForeignType:
    """A note type: the names of its fields in their order, and the fronts of its cards.

    `kind` is that of a note type that a deckwright made, None of all others. `number` and
    `field_ids` are Anki's ids of it and of its fields, `templates` the names and ids of its cards:
    0 where nobody knows them.
    """

    name: str
    fields: tuple[str, ...]
    is_cloze: bool = False
    fronts: tuple[str, ...] = ("",)
    kind: str | None = None
    number: int = 0
    field_ids: tuple[int, ...] = ()
    templates: tuple[tuple[str, int], ...] = ()

    def adopted(self, kind: str, roles: tuple[str, ...]) -> AdoptedType:
        """Return this as a note type that notes of a `kind` keep, with the roles of its fields."""
        return AdoptedType(
            self.number,
            kind,
            self.name,
            self.fields,
            roles,
            self.field_ids,
            tuple(name for name, _ in self.templates),
            tuple(number for _, number in self.templates),
        )


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note as its source has it: `deck` is its whole name, `cards` are ordinals.

    `place` says where it stands in its file, "" where only its text tells; `modified` when it last
    changed, in seconds since 1970, 0 where nobody knows.
    """

    type: ForeignType
    fields: tuple[str, ...]
    deck: str = ""
    guid: str = ""
    tags: tuple[str, ...] = ()
    cards: tuple[int, ...] = (0,)
    place: str = ""
    form: Form = Form.HTML
    modified: int = 0
