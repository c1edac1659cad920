"""Which field of another program is which text of a note: by its name, or as the author says."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from deckwright.anki.foreign_note import ForeignNote, ForeignType
from deckwright.cards.note_types import CLOZE, KINDS, QUESTION
from deckwright.exchange.columns import ABOUT, ROLES
from deckwright.source.keys import meant
from deckwright.words.language import language, languages
from deckwright.words.messages import Message, MessageError

# What Anki calls fields of its own note types, in English.
_OF_ANKI = {"back extra": "explanation", "header": "case"}
_TARGETS = {*ROLES, *ABOUT, "tags"} - {"guid", "kind"}
_BOTH_WAYS = {"basic (and reversed card)"}
_GAP = re.compile(r"\{\{c\d+::")
FieldNames = Mapping[str, str]


class FieldsError(MessageError):
    """Names of fields that nobody can read; the text says how to write them."""


@cache
def role_of(name: str) -> str:
    """Return the text or column that a name stands for, in any language; "" for none."""
    word = name.strip().casefold()
    if word in _OF_ANKI:
        return _OF_ANKI[word]
    if word in (*ROLES, *ABOUT, "tags"):
        return word
    for code in languages():
        for role, label in language(code).labels.items():
            if role in (*ROLES, "key") and label.casefold() == word:
                return "id" if role == "key" else role
    found = meant(word, (*ROLES, *ABOUT, "tags", "key"))
    return {"key": "id"}.get(found, found)


@cache
def own_kind(name: str) -> str | None:
    """Return the kind of a note type that has the name of one of ours, such as `koffie · vraag`."""
    _, parted, label = name.rpartition(" · ")
    kinds = (
        kind
        for code in languages()
        for kind in KINDS
        if parted and language(code).labels[f"{kind}_type"] == label
    )
    return next(kinds, None)


def field_names(written: str) -> FieldNames:
    """Return the roles of fields by their names, as in `Front=question,Back=answer`; FieldsError.

    A name may hold an equals sign: the last one counts.
    """
    found = {}
    for pair in written.split(","):
        name, sign, role = (part.strip() for part in pair.rpartition("="))
        if not sign or role not in _TARGETS:
            known = ", ".join(sorted(_TARGETS))
            raise FieldsError(
                Message(
                    "'{pair}' names no field; write Name=role, and for the role one of {known}",
                    pair=pair,
                    known=known,
                )
            )
        found[name] = role
    return found


def texts_by_role(
    note: ForeignNote, wanted: Sequence[FieldNames]
) -> tuple[dict[str, str], list[str]]:
    """Return the fields of a note that are not empty, by role, and the names of all others.

    Of what the author `wanted`, the first counts whose names the note type all has.
    """
    by_name = dict(zip(note.type.fields, note.fields, strict=False))
    roles = roles_of(note, wanted)
    found: dict[str, str] = {}
    lost = []
    for name, text in by_name.items():
        role = roles.get(name, "")
        if not text.strip():
            continue
        if role and role not in found:
            found[role] = text
        else:
            lost.append(name)
    return found, lost


def named_by(each: ForeignType, wanted: Sequence[FieldNames]) -> FieldNames | None:
    """Return what the author says of the fields of a note type, None for nothing."""
    return next((names for names in wanted if names.keys() <= {*each.fields}), None)


def is_known(each: ForeignType, wanted: Sequence[FieldNames]) -> bool:
    """Return whether the fields of a note type can make a note."""
    if each.kind or _is_numbered(each):
        return True
    names = named_by(each, wanted)
    roles = {*names.values()} if names else set(map(role_of, each.fields))
    if each.is_cloze:
        return CLOZE in roles
    return CLOZE in roles or {QUESTION, "answer"} <= roles


def lacking_role(texts: Mapping[str, str], each: ForeignType) -> str:
    """Return the text without which this is no note; "" where it is one."""
    if CLOZE in texts or each.is_cloze or each.kind == CLOZE:
        return "" if CLOZE in texts else CLOZE
    return next((role for role in (QUESTION, "answer") if role not in texts), "")


def is_reversed(each: ForeignType) -> bool:
    """Return whether the name of a note type, in a table that lists no cards, says both ways."""
    return each.name.casefold() in _BOTH_WAYS


def roles_of(note: ForeignNote, wanted: Sequence[FieldNames]) -> FieldNames:
    """Return the roles of the fields of a note, by their names."""
    each = note.type
    if names := named_by(each, wanted):
        return names
    if each.kind:
        return {role: "id" if role == "key" else role for role in each.fields}
    if _is_numbered(each):
        return _by_number(note)
    return {name: role_of(name) for name in each.fields}


def _is_numbered(each: ForeignType) -> bool:
    return each.fields[:1] == ("1",)


def _by_number(note: ForeignNote) -> FieldNames:
    """Return the roles of columns without names, which are those of Anki's own note types."""
    main = CLOZE if _GAP.search(note.fields[0]) else QUESTION
    return {"1": main, "2": "explanation" if main == CLOZE else "answer"}
