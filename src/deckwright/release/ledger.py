"""The ledger, `cards/deck.lock`: what learners hold, since which release.

Each line is a JSON object, sorted, so that a release is a readable diff: the header, the releases,
the note types, then the notes by id. `deckwright release` writes it, and `import --adopt` the first
one. Two releases that were made apart collide in git on purpose: only one of them can be what
learners hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from deckwright.cards import cloze
from deckwright.cards.note_types import fixed_ordinals, main_role
from deckwright.release import _ledger_line
from deckwright.release.adopted import AdoptedType
from deckwright.release.packaged import PackageContents, PackagedNote, PackagedNoteType

LEDGER_NAME = "deck.lock"
VERSION, WITH_ADOPTED = 2, 3  # of a ledger without adopted notes, and of one with some
HEADER = "deckwright ledger"
MAX_SIZE = 200_000_000  # bytes; a note takes 700
DAY, WEEK = 86_400, 7 * 86_400  # seconds
# Anki takes no ids before 1970: nothing here is older than 2020, whatever SOURCE_DATE_EPOCH says.
EARLIEST = 1_577_836_800
FIRST_ANKI = 1_160_000_000  # October 2006: no package that is adopted is older


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its number, from 1, and its time in seconds since 1970.

    `content` identifies the whole package that it made: notes, order, look and description. `notes`
    is how many notes the ledger then had, so that a line that is lost is missed. `ahead` says that
    it lay in the future and was sent all the same, or came after one that did.
    """

    number: int
    time: int
    notes: int
    content: str = ""
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class LedgerType:
    """What learners hold of a note type: `fields` are their names, for ever.

    `shape` is what must never change, `fingerprint` what an update replaces, and `changed` the
    release that last did.
    """

    type: str
    id: int
    fields: tuple[str, ...]
    shape: str
    changed: int
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class LedgerNote:
    """What learners hold of a note.

    `note` is its id in the cards, `anki` Anki's id for it in milliseconds. `fields` are the HTML as
    sent, by role, the empty ones left out. `hash` is that of what the author wrote, "" where nobody
    knows it. `added`, `changed`, `new_meaning` (it asks something else since then) and `retired`
    are numbers of releases, None for never; `reason` says why it was retired. `used` maps the
    numbers of gaps that are used up to what they hid. `adopted` is the id of the note type that an
    adopted note keeps, None for one of ours.
    """

    note: str
    guid: str
    anki: int
    kind: str
    deck: str
    fields: Mapping[str, str]
    added: int
    hash: str = ""
    tags: tuple[str, ...] = ()
    changed: int | None = None
    new_meaning: int | None = None
    retired: int | None = None
    reason: str = ""
    used: Mapping[str, str] = field(default_factory=dict)
    adopted: int | None = None

    @property
    def text(self) -> str:
        """The HTML of its question or cloze text."""
        return self.fields.get(main_role(self.kind), "")

    @property
    def gaps(self) -> dict[str, str]:
        """What each gap number hides; empty for a question."""
        return cloze.hidden(self.fields.get("cloze", ""))

    @property
    def ordinals(self) -> tuple[int, ...]:
        """The ordinals of its cards, from 0."""
        return tuple(int(number) - 1 for number in self.gaps) or fixed_ordinals(self.kind)


@dataclass(frozen=True)
class Ledger:
    """A ledger: releases in order, note types by kind, notes by id, adopted note types by theirs.

    `lines` are the numbers of its lines in a file: by "note ID", "type KIND", "release NUMBER", and
    "" for the header; empty where it was not read.
    """

    key: str
    name: str = ""
    language: str = ""
    releases: tuple[Release, ...] = ()
    types: Mapping[str, LedgerType] = field(default_factory=dict)
    notes: Mapping[str, LedgerNote] = field(default_factory=dict)
    adopted: Mapping[int, AdoptedType] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def number(self) -> int:
        """The number of the last release, 0 without any."""
        return self.releases[-1].number if self.releases else 0

    @property
    def newest(self) -> int:
        """The time of the last release, 0 without any."""
        return self.releases[-1].time if self.releases else 0

    @property
    def live(self) -> dict[str, LedgerNote]:
        """The notes that are not retired, by id."""
        return {name: note for name, note in self.notes.items() if note.retired is None}

    def time(self, number: int) -> int:
        """Return the time of a release; KeyError where there is none."""
        return self._times[number]

    def modified(self, note: LedgerNote) -> int:
        """Return the time that Anki knows a note by.

        That of the release that last changed it; of one that was never sent before, a week before
        its release: nobody holds it, and no clock that runs behind can lose a tag.
        """
        if note.changed is None:
            return self.time(note.added) - WEEK
        return self.time(note.changed)

    def adopted_type(self, note: LedgerNote) -> AdoptedType | None:
        """Return the note type that an adopted note keeps, None for one of ours."""
        return None if note.adopted is None else self.adopted[note.adopted]

    @cached_property
    def _times(self) -> dict[int, int]:
        return {release.number: release.time for release in self.releases}


def accepted(ledger: Ledger) -> Ledger:
    """Return a ledger whose last release may lie in the future: people have it already."""
    if not ledger.releases:
        return ledger
    *earlier, last = ledger.releases
    return replace(ledger, releases=(*earlier, replace(last, ahead=True)))


def dump(ledger: Ledger) -> str:
    """Return the text of a ledger."""
    version = WITH_ADOPTED if ledger.adopted else VERSION
    head = {HEADER: version, "key": ledger.key, "name": ledger.name, "language": ledger.language}
    rows: list[Mapping[str, object]] = [head]
    rows += [
        {
            "release": each.number,
            "time": _ledger_line.utc(each.time),
            "notes": each.notes,
            "content": each.content,
            "ahead": each.ahead or None,
        }
        for each in ledger.releases
    ]
    rows += [_row(ledger.types[kind]) for kind in sorted(ledger.types)]
    rows += [_row(ledger.adopted[number]) for number in sorted(ledger.adopted)]
    rows += [_row(ledger.notes[name]) for name in sorted(ledger.notes)]
    return "".join(map(_ledger_line.line, rows))


def contents(
    ledger: Ledger, looks: Mapping[str, PackagedNoteType] | None = None
) -> PackageContents:
    """Return what someone holds who imported every release, without what was retired.

    The ledger knows no HTML and CSS of note types: `looks` gives them by kind.
    """
    notes = sorted(ledger.live.values(), key=lambda note: note.anki)
    packaged = {note.guid: packaged_note(ledger, note) for note in notes}
    return PackageContents(packaged, dict(looks or {}))


def packaged_note(ledger: Ledger, note: LedgerNote) -> PackagedNote:
    """Return a note as the package of the last release holds it."""
    return PackagedNote(
        id=note.note,
        guid=note.guid,
        kind=note.kind,
        deck=note.deck,
        added=note.anki // 1000,
        modified=ledger.modified(note),
        fields=dict(note.fields),
        tags=note.tags,
        ordinals=note.ordinals,
        adopted=note.adopted,
    )


def _row(entry: LedgerType | LedgerNote | AdoptedType) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}
