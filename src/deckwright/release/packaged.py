"""What a package gives a learner, as plain values: notes and note types."""

import re
from dataclasses import dataclass, field

from deckwright.release.adopted import AdoptedType

# Twelve characters of base64 (`next_release`); those that Anki gives a note of its own have ten.
_OUR_GUID = re.compile(r"[A-Za-z0-9_-]{12}")
_LONGEST_GUID = 100  # characters


def is_our_guid(guid: str) -> bool:
    """Return whether deckwright made this guid, and not Anki for a note that a learner added."""
    return _OUR_GUID.fullmatch(guid) is not None


def is_guid(guid: str) -> bool:
    """Return whether a text can be the guid of a note. Anki's own have ten characters."""
    return 0 < len(guid) <= _LONGEST_GUID and guid.isprintable()


@dataclass(frozen=True, slots=True)
class PackagedNote:
    """A note in a package: `fields` as HTML by role, times in seconds since 1970.

    `adopted` is the id of the note type that an adopted note keeps, None for one of ours.
    """

    id: str
    guid: str
    kind: str
    deck: str
    added: int
    modified: int
    fields: dict[str, str]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    adopted: int | None = None


@dataclass(frozen=True, slots=True)
class PackagedNoteType:
    """A note type in a package: `look` as in `NoteType`; `more` counts templates of others."""

    id: int
    kind: str
    name: str
    modified: int
    look: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class PackageContents:
    """A package: notes by guid in study order, and note types by kind.

    `about` are the descriptions of its decks, None where nobody knows them; `others` counts notes
    of other note types. `adopted` are the note types that adopted notes keep, by their ids.
    """

    notes: dict[str, PackagedNote]
    types: dict[str, PackagedNoteType]
    about: str | None = None
    others: int = 0
    adopted: dict[int, AdoptedType] = field(default_factory=dict)
