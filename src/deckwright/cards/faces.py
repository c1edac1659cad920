"""Front and back of a card as Anki renders them: the part of its templates that ours use.

Equal to the engine's `card.render_output()` (rslib/src/template.rs, cloze.rs), by a test over the
whole deck, but for three things that learners see in the same way: the number in the id of a hint,
the attribute `data-cloze`, and `[sound:…]`, which each client plays in its own way.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deckwright.cards import cloze
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import CLOZE, FIELDS, NoteType

_TAG = re.compile(r"\{\{([#^/]?)([^{}]+)\}\}")
_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.ASCII | re.IGNORECASE)
# Anki writes a hint so, with a script of its own.
HINT = """
<a class=hint href="#"
onclick="this.style.display='none';
document.getElementById('hint{number}').style.display='block';
return false;" draggable=false>
{name}</a>
<div id="hint{number}" class=hint style="display: none">{text}</div>
"""


@dataclass(frozen=True, slots=True)
class Faces:
    """The HTML of a card's front and back."""

    front: str
    back: str


def faces(note_type: NoteType, note: RenderedNote, number: int) -> Faces:
    """Return front and back of the card with ordinal `number` (from 0) of a note."""
    names = dict(zip(FIELDS[note.kind], (field.name for field in note_type.fields), strict=True))
    values = {names[role]: text for role, text in zip(names, note.fields, strict=True)}
    template = note_type.templates[0 if note.kind == CLOZE else number]
    return Faces(
        _rendered(template.front, values, number + 1, answer=False),
        _rendered(template.back, values, number + 1, answer=True),
    )


def _rendered(template: str, values: Mapping[str, str], number: int, *, answer: bool) -> str:
    filters: dict[str, Callable[[str, str], str]] = {
        "": lambda _, text: text,
        "cloze": lambda _, text: cloze.shown(text, number, answer=answer),
        "hint": _hint,
    }
    shown: list[str] = []
    skipped: list[str] = []  # the open sections that are left out, from the outermost
    end = 0
    for tag in _TAG.finditer(template):
        sign, name = tag[1], tag[2]
        if not skipped:
            shown.append(template[end : tag.start()])
        if sign == "/":
            skipped = skipped[:-1] if skipped and skipped[-1] == name else skipped
        elif sign and (skipped or bool(_EMPTY.fullmatch(values[name])) == (sign == "#")):
            skipped.append(name)
        elif not sign and not skipped:
            filter_name, _, field = name.rpartition(":")
            shown.append(filters[filter_name](field, values[field]))
        end = tag.end()
    return "".join([*shown, template[end:]])


def _hint(name: str, text: str) -> str:
    return HINT.format(name=name, text=text, number=name) if text.strip() else text
