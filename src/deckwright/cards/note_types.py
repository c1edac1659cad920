"""The promise to learners: three note types whose ids, fields and order never change.

Anki matches a note type by id, and takes an update only while its fields and templates stay the
same in number, order and id. Add, drop or move a field, and no learner's note is ever updated
again. Names, HTML and CSS may change: Anki replaces them when the note type's time is newer.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import NamedTuple

from deckwright.source.deck import ClozeNote, QuestionNote, ReverseNote
from deckwright.words.language import language

KINDS = QUESTION, CLOZE, REVERSE = QuestionNote.KIND, ClozeNote.KIND, ReverseNote.KIND
# Every package has these, since the first release of any deck; others come when notes need them.
_FROM_THE_START = (QUESTION, CLOZE)

# Ids of our fields, templates and note types: see `stable_id`. A learner may rename a note type and
# add a card to it, so only its id says that it is a reverse: that lies below the others.
_IDS = range(2**39, 2**40)
_REVERSE_IDS = range(2**38, 2**39)
# Frozen since the first release: the order is an API. A new text for learners takes a spare: its
# role goes where that spare stands, last in ROLES, and keeps the id made of the spare's name.
_SPARES = ("spare1", "spare2")
FIELDS = {
    QUESTION: ("key", *QuestionNote.ROLES, *_SPARES),
    CLOZE: ("key", *ClozeNote.ROLES, *_SPARES),
    REVERSE: ("key", *ReverseNote.ROLES, *_SPARES),
}


class _Plan(NamedTuple):
    """A template: its file, the role that its front asks about, and one that its back shows."""

    file: str
    front: str
    back: str


# Frozen like the fields, in number and order.
_PLANS = {
    QUESTION: (_Plan("question", "question", "answer"),),
    CLOZE: (_Plan("cloze", "cloze", "explanation"),),
    REVERSE: (_Plan("question", "question", "answer"), _Plan("reverse", "answer", "question")),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its role here, its fixed id, and the name learners see."""

    role: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """A template, with its fixed id; `browser` is the row that Anki's browser shows of a card."""

    id: int
    name: str
    front: str
    back: str
    browser: tuple[str, str]


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: each template makes a card of a note; that of a cloze, one for each gap."""

    kind: str
    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    css: str

    @property
    def sort_field(self) -> int:
        """The index of the field that Anki's browser sorts by: the question or the cloze text."""
        return FIELDS[self.kind].index(main_role(self.kind))

    @property
    def look(self) -> tuple[str, ...]:
        """What a learner sees of it: front and back of each template, then the CSS."""
        return (*(side for each in self.templates for side in (each.front, each.back)), self.css)

    @property
    def shape(self) -> str:
        """What must never change: the ids of type, fields and templates, in their order."""
        ids = (self.id, *(f.id for f in self.fields), *(t.id for t in self.templates))
        return hashlib.sha256(json.dumps(ids).encode()).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """A hash of everything of the note type that an update would replace."""
        content: list[object] = [
            self.id,
            self.name,
            [(field.id, field.name) for field in self.fields],
        ]
        for each in self.templates:
            content += [(each.id, each.name), (each.front, each.back, each.browser, self.css)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def main_role(kind: str) -> str:
    """Return the role of the text that a note of this kind asks: its question or cloze text."""
    return _PLANS[kind][0].front


def fixed_ordinals(kind: str) -> tuple[int, ...]:
    """Return the ordinals of the cards of a note without gaps, from 0: one for each template."""
    return tuple(range(len(_PLANS[kind])))


def needed_kinds(used: Collection[str]) -> tuple[str, ...]:
    """Return the kinds of note type that a package holds whose notes are, or were, of those kinds.

    The other ones stay away: a package without them is what it was before there were any.
    """
    return tuple(kind for kind in KINDS if kind in _FROM_THE_START or kind in used)


def kind_of(type_id: int, *, cloze: bool) -> str | None:
    """Return the kind of the note type with an id; None where no deckwright made it."""
    if type_id in _REVERSE_IDS and not cloze:
        return REVERSE
    return (CLOZE if cloze else QUESTION) if type_id in _IDS else None


def note_types(  # noqa: PLR0913 - all that they follow from
    key: str,
    language_code: str,
    kinds: Collection[str] = KINDS,
    *,
    names_language: str = "",
    held: Mapping[str, Sequence[str]] | None = None,
    foot: bool = False,
) -> dict[str, NoteType]:
    """Return the note types of a deck of these kinds, by kind.

    `key` is the deck's key: all ids derive from it, so two decks never share a note type. The
    language chooses the texts of the templates; the names of fields, template and type are those
    that learners hold (`held`, by kind), else those of `names_language`: an Anki before 23.10 takes
    a type with other names for another type. With a `foot`, each back ends with the id of its note.

    The templates show their main field outside all sections: if it stood in one, an Anki from 23.10
    to 25.9 that takes over a new field name would add the first field, the id, to the front.
    """
    named = language(names_language or language_code).labels
    return {
        kind: _note_type(key, language_code, kind, named, (held or {}).get(kind, ()), foot=foot)
        for kind in kinds
    }


def _note_type(  # noqa: PLR0913 - all that it follows from
    key: str,
    language_code: str,
    kind: str,
    named: Mapping[str, str],
    held: Sequence[str],
    *,
    foot: bool,
) -> NoteType:
    names = dict(zip(FIELDS[kind], held, strict=True)) if held else {}
    labels = {**language(language_code).labels, **{r: named[r] for r in FIELDS[kind]}, **names}
    labels["foot"] = Template(_file("foot.html")).substitute(labels) if foot else ""
    own = stable_id(key, kind)
    return NoteType(
        kind=kind,
        id=own // 2 if kind == REVERSE else own,
        name=f"{key} · {named[f'{kind}_type']}",
        fields=tuple(Field(r, stable_id(key, kind, "field", r), labels[r]) for r in FIELDS[kind]),
        templates=tuple(
            _template(key, kind, number, named, {**labels, "language": language_code})
            for number in fixed_ordinals(kind)
        ),
        css=_file("card.css") + (_file("foot.css") if foot else ""),
    )


def _template(
    key: str, kind: str, number: int, named: Mapping[str, str], labels: Mapping[str, str]
) -> CardTemplate:
    plan = _PLANS[kind][number]
    html = Template(_file(f"{plan.file}.html")).substitute(labels)
    before, _, rest = html.partition("<!-- back -->\n")
    answer, _, after = rest.partition("<!-- /back -->\n")
    asked = f"cloze:{labels[plan.front]}" if kind == CLOZE else labels[plan.front]
    return CardTemplate(
        id=stable_id(key, kind, "template", *([plan.file] if number else ())),
        name=named[f"{plan.file}_card" if number else "card"],
        front=before + after,
        back=before + answer + after,
        browser=(f"{{{{{asked}}}}}", f"{{{{{labels[plan.back]}}}}}"),
    )


def stable_id(*names: str) -> int:
    """Return an id for these names: positive, the same on every machine, exact in JavaScript.

    It lies between 2**39 and 2**40. Anki's own ids are times in milliseconds; read as such, ours
    lie between 1987 and 2004 (a reverse note type's: since 1978), so none is one of Anki's, and
    none is in the future.
    """
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return _IDS.start + int.from_bytes(digest[:8]) % len(_IDS)


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
