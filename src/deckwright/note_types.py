"""The promise to learners: two note types whose ids, fields and order never change.

Anki matches a note type by id, and takes an update only while its fields and templates stay the
same in number, order and id. Add, drop or move a field, and no learner's note is ever updated
again. Names, HTML and CSS may change: Anki replaces them when the note type's time is newer.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Template
from typing import NamedTuple

KINDS = QUESTION, CLOZE = "question", "cloze"

# Frozen since the first release: the order is an API. The spares are for what we do not foresee.
FIELDS = {
    QUESTION: (
        "key",
        "theme",
        "case",
        "question",
        "hint",
        "answer",
        "explanation",
        "source",
        "spare1",
        "spare2",
    ),
    CLOZE: ("key", "theme", "cloze", "hint", "explanation", "source", "spare1", "spare2"),
}

# What learners see in Anki's browser and editor, by the deck's language.
LABELS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "key": "Sleutel",
        "theme": "Thema",
        "case": "Situatie",
        "question": "Vraag",
        "cloze": "Tekst",
        "hint": "Hint",
        "answer": "Antwoord",
        "explanation": "Toelichting",
        "source": "Bron",
        "spare1": "Reserve 1",
        "spare2": "Reserve 2",
        "type question": "vraag",
        "type cloze": "invulzin",
        "card": "Kaart",
        "cleanup": "opruimen",
        "gone": "Deze kaart is vervallen. Je kunt haar weghalen met: Extra, Lege kaarten.",
    },
    "en": {
        "key": "Key",
        "theme": "Theme",
        "case": "Case",
        "question": "Question",
        "cloze": "Text",
        "hint": "Hint",
        "answer": "Answer",
        "explanation": "Explanation",
        "source": "Source",
        "spare1": "Spare 1",
        "spare2": "Spare 2",
        "type question": "question",
        "type cloze": "cloze",
        "card": "Card",
        "cleanup": "cleanup",
        "gone": "This card was retired. You can remove it with: Tools, Empty Cards.",
    },
}


class Field(NamedTuple):
    """A field: its role here, its fixed id, and the name learners see."""

    role: str
    id: int
    name: str


class NoteType(NamedTuple):
    """A note type with one template; `browser` holds the browser's question and answer."""

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


def note_types(key: str, language: str) -> dict[str, NoteType]:
    """Return the note types of a deck, by kind.

    `key` is the deck's key: all ids derive from it, so two decks never share a note type.
    `language` is one of LABELS and chooses the names of fields and templates, not their ids.
    The templates show their main field outside of all sections: where it stands in one, an Anki
    from 23.10 to 25.9 that takes over a new field name adds the first field, the id, to the front.
    """
    return {kind: _note_type(key, language, kind) for kind in (QUESTION, CLOZE)}


def _note_type(key: str, language: str, kind: str) -> NoteType:
    labels = LABELS[language]
    back = Template(_file(f"{kind}.html")).substitute(labels, language=language)
    before, _, rest = back.partition("<!-- back -->\n")
    answer, _, after = rest.partition("<!-- /back -->\n")
    main, behind = ("question", "answer") if kind == QUESTION else ("cloze", "explanation")
    shown = f"{{{{cloze:{labels[main]}}}}}" if kind == CLOZE else f"{{{{{labels[main]}}}}}"
    return NoteType(
        kind=kind,
        id=stable_id(key, kind),
        name=f"{key} · {labels[f'type {kind}']}",
        fields=tuple(Field(r, stable_id(key, kind, "field", r), labels[r]) for r in FIELDS[kind]),
        template_id=stable_id(key, kind, "template"),
        template_name=labels["card"],
        front=before + after,
        back=before + answer + after,
        browser=(shown, f"{{{{{labels[behind]}}}}}"),
        css=_file("card.css"),
    )


def stable_id(*names: str) -> int:
    """Return an id for these names: positive, the same on every machine, exact in JavaScript.

    Between 2**39 and 2**40: read as the millisecond times that Anki gives its own ids, they lie
    between 1987 and 2004, so they meet none of Anki's and are never in the future.
    """
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return 2**39 + int.from_bytes(digest[:8]) % 2**39


@cache
def _file(name: str) -> str:
    return resources.files("deckwright").joinpath("templates", name).read_text("utf-8")
