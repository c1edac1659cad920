"""What the author tried out since the last release: which note got which time in a draft.

An author imports drafts, too. A note keeps its time from draft to draft until its content changes,
so that a draft costs the author no tag. The memory lies beside the drafts; it is not committed, and
safe to delete.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from deckwright.disk.reading import UnreadableFileError, read_bytes
from deckwright.release.ledger import MAX_SIZE, WEEK
from deckwright.release.stamped_notes import StampedNote

_LATEST = 2**33  # seconds: no time is later


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts after the release `number`: a digest of the content and a time for each guid."""

    number: int = 0
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        """The latest time of a note in a draft, 0 without any."""
        return max((time for _, time in self.notes.values()), default=0)

    def times(
        self, notes: Iterable[StampedNote], number: int, time: int
    ) -> tuple[StampedNote, ...]:
        """Return the notes of a draft made at `time`, each with the time that fits the last draft.

        A note that has not changed since keeps its time; one that did, be it back to how it was
        released, is newer than in that draft. `number` is that of the last release: drafts of
        earlier releases do not count.
        """
        known = self.notes if number == self.number else {}
        found = []
        for note in notes:
            digest, before = known.get(note.guid, ("", 0))
            if digest == _digest(note) and before >= note.modified - WEEK:
                note = replace(note, modified=before)  # noqa: PLW2901
            elif before > note.modified:
                note = replace(note, modified=time)  # noqa: PLW2901
            found.append(note)
        return tuple(found)

    def over(self, notes: Iterable[StampedNote], number: int, time: int) -> tuple[StampedNote, ...]:
        """Return the notes for an Anki that holds this draft: those it has otherwise are newer.

        A new note is dated a week back, for learners whose clock runs behind; whoever tagged the
        draft of it yesterday would keep that. `number` is that of the last release: of a draft
        before it, only notes count that are newer than in the release.
        """
        found = []
        for note in notes:
            digest, before = self.notes.get(note.guid, ("", 0))
            is_other = digest not in ("", _digest(note))
            if is_other and (self.number == number or before >= note.modified):
                note = replace(note, modified=time)  # noqa: PLW2901
            found.append(note)
        return tuple(found)


def remember(notes: Iterable[StampedNote], number: int) -> Drafts:
    """Return the memory of a draft of these notes after the release `number`."""
    return Drafts(number, {note.guid: (_digest(note), note.modified) for note in notes})


def dump(drafts: Drafts) -> str:
    """Return the text of a memory."""
    return json.dumps({"release": drafts.number, "notes": drafts.notes}) + "\n"


def load(path: Path, latest: int = _LATEST) -> Drafts:
    """Return the memory in a file; whatever is not as we write it counts as nothing.

    Nor does a draft after `latest`, of a clock that was ahead: it would take each release with it.
    """
    try:
        content = json.loads(read_bytes(path, MAX_SIZE))
        notes = {
            str(guid): (str(digest), int(time)) for guid, (digest, time) in content["notes"].items()
        }
        drafts = Drafts(int(content["release"]), notes)
    except (
        UnreadableFileError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ):
        return Drafts()
    return drafts if 0 <= drafts.newest < latest else Drafts()


def _digest(note: StampedNote) -> str:
    content = json.dumps([note.note.fields[1:], note.note.tags])  # but for the key
    return hashlib.sha256(content.encode()).hexdigest()[:16]
