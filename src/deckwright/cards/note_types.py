"""The promise to learners: two note types whose ids, fields and order never change.

Anki matches a note type by id, and takes an update only while its fields and templates stay the
same in number, order and id. Add, drop or move a field, and no learner's note is ever updated
again. Names, HTML and CSS may change: Anki replaces them when the note type's time is newer.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

from deckwright.source.deck import ClozeNote, QuestionNote
from deckwright.words.language import language

KINDS = QUESTION, CLOZE = QuestionNote.KIND, ClozeNote.KIND

# Ids of our note types, fields and templates: see `stable_id`.
IDS = range(2**39, 2**40)
# Frozen since the first release: the order is an API. A new text for learners takes a spare: its
# role goes where that spare stands, last in ROLES, and keeps the id made of the spare's name.
_SPARES = ("spare1", "spare2")
FIELDS = {
    QUESTION: ("key", *QuestionNote.ROLES, *_SPARES),
    CLOZE: ("key", *ClozeNote.ROLES, *_SPARES),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its role here, its fixed id, and the name learners see."""

    role: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type with one template; `browser` is the row that Anki's browser shows of a note."""

    kind: str
    id: int
    name: str
    fields: tuple[Field, ...]
    template_id: int
    template_name: str
    front: str
    back: str
    browser: tuple[str, str]
    css: str

    @property
    def sort_field(self) -> int:
        """The index of the field that Anki's browser sorts by: the question or the cloze text."""
        return FIELDS[self.kind].index(self.kind)

    @property
    def shape(self) -> str:
        """What must never change: the ids of type, fields and template, in their order."""
        ids = (self.id, *(field.id for field in self.fields), self.template_id)
        return hashlib.sha256(json.dumps(ids).encode()).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """A hash of everything of the note type that an update would replace."""
        content = [
            self.id,
            self.name,
            [(field.id, field.name) for field in self.fields],
            (self.template_id, self.template_name),
            (self.front, self.back, self.browser, self.css),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def note_types(
    key: str,
    language_code: str,
    *,
    names_language: str = "",
    held: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, NoteType]:
    """Return the note types of a deck, by kind.

    `key` is the deck's key: all ids derive from it, so two decks never share a note type. The
    language chooses the texts of the templates; the names of fields, template and type are those
    that learners hold (`held`, by kind), else those of `names_language`: an Anki before 23.10 takes
    a type with other names for another type.

    The templates show their main field outside all sections: if it stood in one, an Anki from 23.10
    to 25.9 that takes over a new field name would add the first field, the id, to the front.
    """
    named = language(names_language or language_code).labels
    return {
        kind: _note_type(key, language_code, kind, named, (held or {}).get(kind, ()))
        for kind in KINDS
    }


def _note_type(
    key: str, language_code: str, kind: str, named: Mapping[str, str], held: Sequence[str]
) -> NoteType:
    names = dict(zip(FIELDS[kind], held, strict=True)) if held else {}
    labels = {**language(language_code).labels, **{r: named[r] for r in FIELDS[kind]}, **names}
    back = Template(_file(f"{kind}.html")).substitute(labels, language=language_code)
    before, _, rest = back.partition("<!-- back -->\n")
    answer, _, after = rest.partition("<!-- /back -->\n")
    main, behind = ("question", "answer") if kind == QUESTION else ("cloze", "explanation")
    shown = f"{{{{cloze:{labels[main]}}}}}" if kind == CLOZE else f"{{{{{labels[main]}}}}}"
    return NoteType(
        kind=kind,
        id=stable_id(key, kind),
        name=f"{key} · {named[f'{kind}_type']}",
        fields=tuple(Field(r, stable_id(key, kind, "field", r), labels[r]) for r in FIELDS[kind]),
        template_id=stable_id(key, kind, "template"),
        template_name=named["card"],
        front=before + after,
        back=before + answer + after,
        browser=(shown, f"{{{{{labels[behind]}}}}}"),
        css=_file("card.css"),
    )


def stable_id(*names: str) -> int:
    """Return an id for these names: positive, the same on every machine, exact in JavaScript.

    It lies between 2**39 and 2**40. Anki's own ids are times in milliseconds; read as such, ours
    lie between 1987 and 2004, so none is one of Anki's, and none is in the future.
    """
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return IDS.start + int.from_bytes(digest[:8]) % len(IDS)


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
