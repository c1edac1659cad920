"""The text of a ledger to a ledger, or to what is wrong with it.

Nothing is repaired in silence: a ledger that is only half right would cost learners their reviews.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deckwright.cards.fields import RenderedNote
from deckwright.cards.gate import shows_a_card
from deckwright.cards.note_types import needed_kinds
from deckwright.problem import Place, Problem
from deckwright.release import _ledger_line
from deckwright.release._ledger_rows import entry_of, release_of, row_of, text
from deckwright.release.adopted import AdoptedType
from deckwright.release.ledger import (
    HEADER,
    VERSION,
    WITH_ADOPTED,
    Ledger,
    LedgerNote,
    LedgerType,
    Release,
)
from deckwright.release.stamped_notes import StampedNote
from deckwright.words.messages import Message

_MOST = 100  # problems; a file of garbage has millions
_RESTORE = Message("take the file from version control again")
_BROKEN = "lock-broken"
# The keys of `Ledger.lines`, but for the header's.
_NOTE, _TYPE, _RELEASE, _ADOPTED = "note {}", "type {}", "release {}", "adopted {}"
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def parse(content: str, file: str) -> tuple[Ledger | None, list[Problem]]:
    """Read the text of a ledger; returns it, or None and the problems.

    `file` is its name for places.
    """
    reading = _Reading(file)
    for number, line in enumerate(content.rstrip("\n").split("\n"), 1):
        if line.startswith(_MARKS):
            return None, [_conflict(file, number)]
        reading.line(number, line)
        if reading.newer or len(reading.problems) > _MOST:
            break
    if not reading.problems:
        reading.finish(cut=not content.endswith("\n"))
    return (None if reading.problems else reading.ledger()), reading.problems


def _conflict(file: str, line: int) -> Problem:
    message = Message("two releases were made apart; git left marks of a conflict")
    hint = Message(
        "keep the ledger of the release that was sent: 'git checkout --ours' or '--theirs', "
        "then this file; the next release then sends what the other one changed"
    )
    return Problem(Place(file, line), "lock-conflict", message, hint)


def odd_texts(
    ledger: Ledger, sent: Iterable[StampedNote], made: Iterable[RenderedNote], file: str
) -> list[Problem]:
    """Return a problem for each note that the ledger of `file` lets a package show as no card.

    A note that did not change is sent as the ledger has it (`sent`), not as it was `made` now.
    """
    rendered = {note.id: note.fields for note in made}
    return [
        Problem(
            Place(file, ledger.lines.get(_NOTE.format(each.note.id), 1)),
            _BROKEN,
            Message("'{name}' would show learners something else than a card", name=each.note.id),
            _RESTORE,
        )
        for each in sent
        if each.note.fields != rendered[each.note.id]
        and not shows_a_card(each.note, ledger.language)
    ]


@dataclass
class _Reading:
    """Gathers a ledger line by line."""

    file: str
    head: dict[str, dict[str, str]] = field(default_factory=dict)  # by ""
    releases: list[Release] = field(default_factory=list)
    types: dict[str, LedgerType] = field(default_factory=dict)
    notes: dict[str, LedgerNote] = field(default_factory=dict)
    adopted: dict[int, AdoptedType] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False

    def ledger(self) -> Ledger:
        """Return what was read."""
        return Ledger(
            **self.head[""],
            releases=tuple(self.releases),
            types=self.types,
            notes=self.notes,
            adopted=self.adopted,
            lines=self.lines,
        )

    def line(self, number: int, line: str) -> None:
        """Read one line."""
        try:
            row = row_of(line)
        except (ValueError, TypeError, RecursionError):
            message = Message("this is not a line of a ledger")
            self._problem(number, _BROKEN, message, _RESTORE)
            return
        if row.get(HEADER, VERSION) not in (VERSION, WITH_ADOPTED):
            self.newer = True
            message = Message(
                "the ledger has version {found}; this deckwright reads {version}",
                found=row[HEADER],
                version=WITH_ADOPTED,
            )
            hint = Message("install the deckwright that wrote it")
            self._problem(number, "lock-version", message, hint)
        elif not _ledger_line.is_unchanged(line):
            self._problem(number, "lock-edited", Message("this line was changed by hand"), _RESTORE)
        else:
            self._row(number, {name: row[name] for name in row if name != _ledger_line.SUM})

    def finish(self, *, cut: bool) -> None:
        """Report what no line shows: what is missing, and numbers that lead nowhere."""
        if found := next(self._wrong(cut=cut), None):
            message, line = found
            message = Message("the ledger is not whole: {why}", why=message)
            self._problem(line, _BROKEN, message, _RESTORE)

    def _wrong(self, *, cut: bool) -> Iterator[tuple[Message, int]]:
        """Yield what is wrong with the whole, and at which line, the first thing first."""
        entries = (*self.types.values(), *self.notes.values())
        names = ("added", "changed", "new_meaning", "retired")
        named = {getattr(entry, name, None) for entry in entries for name in names}
        numbers = [release.number for release in self.releases]
        times = [release.time for release in self.releases]
        notes = self.notes.values()
        if not self.head:
            yield Message("it has no header"), 1
        if not numbers:
            yield Message("it has no release"), 1
        if numbers != [*range(1, len(numbers) + 1)] or times != sorted(set(times)):
            yield Message("its releases are not in order, or one is missing"), 1
        if not named <= {None, *numbers}:
            yield Message("it names a release that is not here"), 1
        if not self._has_all_types():
            yield Message("notes have no note type here"), 1
        for what, key in (
            (Message("two notes have one guid"), {n.note: n.guid for n in notes}),
            (Message("two notes have one id of Anki's"), {n.note: n.anki // 1000 for n in notes}),
        ):
            if twice := _repeated(key):
                yield what, self.lines[_NOTE.format(twice)]
        if self.releases[-1].notes != len(notes):
            yield Message("a line of a note is missing"), max(self.lines.values())
        if cut:
            yield Message("its last line has no end"), max(self.lines.values())

    def _has_all_types(self) -> bool:
        notes = self.notes.values()
        adopted = {(each.adopted, each.kind) for each in self.adopted.values()}
        return self.types.keys() >= set(
            needed_kinds({each.kind for each in notes})
        ) and adopted >= {(each.adopted, each.kind) for each in notes if each.adopted is not None}

    def _row(self, number: int, row: dict[str, Any]) -> None:
        try:
            if HEADER in row:
                head = {name: text(row[name]) for name in ("key", "name", "language")}
                self._put(self.head, "", "", head, number)
            elif "release" in row:
                self.releases.append(release_of(row))
                self.lines[_RELEASE.format(self.releases[-1].number)] = number
            elif "type" in row:
                self._put(self.types, _TYPE, row["type"], entry_of(LedgerType, row), number)
            elif "note" not in row and "adopted" in row:
                entry = entry_of(AdoptedType, row)
                self._put(self.adopted, _ADOPTED, entry.adopted, entry, number)
            else:
                self._put(self.notes, _NOTE, row["note"], entry_of(LedgerNote, row), number)
        except (ValueError, TypeError, KeyError, AttributeError):
            message = Message("this is not a line of a ledger")
            self._problem(number, _BROKEN, message, _RESTORE)

    def _put(self, known: dict[Any, Any], key: str, name: object, entry: Any, number: int) -> None:
        if name in known:
            raise ValueError("two lines for one thing")
        known[name] = entry
        self.lines[key.format(name)] = number

    def _problem(self, line: int, code: str, message: Message, hint: Message) -> None:
        self.problems.append(Problem(Place(self.file, line), code, message, hint))


def _repeated(values: Mapping[str, object]) -> str:
    """Return the first name with a value that an earlier one has; "" without any."""
    seen = set()
    for name, value in values.items():
        if value in seen:
            return name
        seen.add(value)
    return ""
