"""Note types of another program that learners hold already, and that some notes of a deck keep.

Anki updates a note only while it keeps its note type. So a note that is adopted stays one of the
note type that it came with: ids, names, number and order of its fields and templates are those that
learners have. How they look there is theirs: the package's note type is never newer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deckwright.cards.note_types import (
    CLOZE,
    FIELDS,
    KINDS,
    QUESTION,
    REVERSE,
    fixed_ordinals,
    kind_of,
)

# The texts without which there is no note.
_NEEDED = {
    QUESTION: {"question", "answer"},
    CLOZE: {"cloze"},
    REVERSE: {"question", "answer"},
}
MARK = "deckwright"  # the name under which a package says what an adopted note type is to us
_LARGEST = 2**63  # Anki's ids of fields and templates have 64 bits
_LARGEST_TYPE = 2**53  # the largest number that JSON keeps exactly
_LONGEST = 200  # characters
_MARKUP = re.compile(r'<[^>]*>|&#?\w+;|\\[()\[\]]|[":*\\]|[^\S ]')
_FIELD = re.compile(r'[^\s{}<>&":#^/](?:[^\r\n\t{}<>&":]*[^\s{}<>&":])?')  # it stands in templates


@dataclass(frozen=True, slots=True)
class AdoptedType:
    """A note type that learners hold: Anki's id of it, and what it is to Anki, for ever.

    `roles` says which text goes into which field, "" for none: that field stays empty. The ids of
    fields and templates are 0 where the package had none: an Anki then goes by the names.
    """

    adopted: int
    kind: str
    name: str
    fields: tuple[str, ...]
    roles: tuple[str, ...]
    field_ids: tuple[int, ...]
    templates: tuple[str, ...]
    template_ids: tuple[int, ...]

    def placed(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Return the fields of a note of this type, from its texts by role."""
        return tuple(texts.get(role, "") for role in self.roles)

    @property
    def main(self) -> int:
        """The index of the field that asks: the question or the cloze text."""
        return next(self.roles.index(role) for role in ("cloze", "question") if role in self.roles)

    def search(self, text: str) -> str:
        """Return what Anki's browser finds a note by that asks this text.

        Learners may have it in the HTML that it came in: so all that is no plain text is left open.
        """
        name, asked = self.fields[self.main], re.sub(r"[ *]*\*[ *]*", "*", _MARKUP.sub("*", text))
        return '"{}:{}"'.format(*(re.sub("_", r"\\_", part) for part in (name, asked)))


def is_usable(each: AdoptedType) -> bool:
    """Return whether notes of this type can be adopted: it shows what its kind shows, and no more.

    It has as many templates as that kind has cards, and one field for each text that makes a note.
    """
    used = [role for role in each.roles if role]
    return (
        each.kind in KINDS
        and 0 < each.adopted < _LARGEST_TYPE
        and kind_of(each.adopted, cloze=each.kind == CLOZE) is None  # that of a deckwright
        and set(used) >= _NEEDED[each.kind]
        and len(used) == len(set(used))
        and set(used) <= set(FIELDS[each.kind])
        and len(each.fields) == len(each.roles) == len(each.field_ids)
        and len(each.templates) == len(each.template_ids) == len(fixed_ordinals(each.kind))
        and all(_in_bounds(number) for number in (*each.field_ids, *each.template_ids))
        and all(0 < len(n) <= _LONGEST and n.isprintable() for n in (each.name, *each.templates))
        and all(0 < len(n) <= _LONGEST and _FIELD.fullmatch(n) for n in each.fields)
        and len({name.casefold() for name in each.fields}) == len(each.fields)
    )


def _in_bounds(number: int) -> bool:
    return -_LARGEST <= number < _LARGEST
