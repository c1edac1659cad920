"""What a card shows, as Anki renders it: the part of its templates that ours use.

Equal to the engine's `card.render_output()` (rslib/src/template.rs, cloze.rs), by a test over the
whole deck, but for three things that no learner sees in the same way elsewhere: the number in the
id of a hint, the attribute `data-cloze`, and `[sound:…]`, which each client plays in its own way.
"""

import re
from collections.abc import Callable, Mapping

from deckwright import cloze
from deckwright.note_types import FIELDS, NoteType
from deckwright.render import RenderedNote

_TAG = re.compile(r"\{\{([#^/]?)([^{}]+)\}\}")
_EMPTY = re.compile(r"(?:\s|</?(?:br|div)\s*/?>)*")
_HINT = """
<a class=hint href="#"
onclick="this.style.display='none';
document.getElementById('hint{number}').style.display='block';
return false;" draggable=false>
{name}</a>
<div id="hint{number}" class=hint style="display: none">{text}</div>
"""


def sides(note_type: NoteType, note: RenderedNote, number: int) -> tuple[str, str]:
    """Return the HTML of front and back of the card with ordinal `number` of a note."""
    names = dict(zip(FIELDS[note.kind], (field.name for field in note_type.fields), strict=True))
    values = {names[role]: text for role, text in zip(names, note.fields, strict=True)}
    return (
        _rendered(note_type.front, values, number + 1, answer=False),
        _rendered(note_type.back, values, number + 1, answer=True),
    )


def _rendered(template: str, values: Mapping[str, str], number: int, *, answer: bool) -> str:
    filters: dict[str, Callable[[str, str], str]] = {
        "": lambda _, text: text,
        "cloze": lambda _, text: _cloze(text, number, answer=answer),
        "hint": _hint,
    }
    shown: list[str] = []
    hidden: list[str] = []  # the sections that leave out what stands in them, from the outermost
    end = 0
    for tag in _TAG.finditer(template):
        sign, name = tag[1], tag[2]
        if not hidden:
            shown.append(template[end : tag.start()])
        if sign == "/":
            hidden = hidden[:-1] if hidden and hidden[-1] == name else hidden
        elif sign and (hidden or bool(_EMPTY.fullmatch(values[name])) == (sign == "#")):
            hidden.append(name)
        elif not sign and not hidden:
            kind, _, field = name.rpartition(":")
            shown.append(filters[kind](field, values[field]))
        end = tag.end()
    return "".join([*shown, template[end:]])


def _hint(name: str, text: str) -> str:
    return _HINT.format(name=name, text=text, number=name) if text.strip() else text


def _cloze(text: str, number: int, *, answer: bool) -> str:
    """Return a cloze text with the gaps of `number` closed (open and marked on the back)."""
    shown, end = [], 0
    for gap in sorted(cloze.gaps(text), key=lambda gap: gap.start):
        shown.append(text[end : gap.start])
        end = text.index("}}", gap.start) + 2
        if gap.number != number:
            start = f'<span class="cloze-inactive" data-ordinal="{gap.number}">'
            shown.append(f"{start}{gap.hidden}</span>")
        elif answer:
            shown.append(f'<span class="cloze" data-ordinal="{number}">{gap.hidden}</span>')
        else:
            seen = f"[{gap.hint or '...'}]"
            shown.append(f'<span class="cloze" data-ordinal="{number}">{seen}</span>')
    return "".join([*shown, text[end:]])
