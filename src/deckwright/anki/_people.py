"""People who have the last release, what they did with it, and what an update costs them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckwright.anki.learner import Imported, Learner
from deckwright.release.packaged import PackageContents, PackagedNote
from deckwright.words.messages import Message

TAG = "van-de-leerling"
CORRECTION = "Verbeterd door de leerling."
SPARE = -1  # the last field is a spare: no card changes by the correction


@dataclass(frozen=True, slots=True)
class Update:
    """The package that people have, and the one that they import, with the contents of both."""

    old_file: Path
    old: PackageContents
    new_file: Path
    new: PackageContents

    @property
    def same(self) -> set[str]:
        """The guids of the notes that did not change, and of those that are in `old` alone."""
        return {
            guid
            for guid, note in self.old.notes.items()
            if guid not in self.new.notes or content(note) == content(self.new.notes[guid])
        }


@dataclass
class Held:
    """What someone has of each note and card before an update."""

    progress: dict[tuple[str, int], tuple[Any, ...]]
    notes: dict[str, tuple[list[str], set[str]]]
    decks: dict[tuple[str, int], str]


def content(note: PackagedNote) -> tuple[dict[str, str], set[str]]:
    """Return what a learner sees of a note: its id is not for them."""
    return {role: text for role, text in note.fields.items() if role != "key"}, set(note.tags)


def studied(who: Learner, update: Update, *, at: int | None = None) -> None:
    """Import the old package, study all of it, tag all, and correct a note that will not change.

    `at` is when, in seconds since 1970; by default a second after the newest note.
    """
    who.imports(update.old_file)
    who.studies(rounds=2)
    then = at or max(note.modified for note in update.old.notes.values()) + 1
    who.tags(TAG, at=then)
    if guid := next((each for each in update.old.notes if each in update.same), None):
        spare = list(who.notes()[guid].keys())[SPARE]
        who.corrects_guid(guid, spare, CORRECTION, at=then)


def held(who: Learner) -> Held:
    """Return what someone has now."""
    notes = {guid: (list(note.fields), set(note.tags)) for guid, note in who.notes().items()}
    return Held(who.progress(), notes, who.decks())


def losses(who: Learner, before: Held, update: Update, log: Imported) -> Iterator[Message]:
    """Yield what an update took from someone, by guid."""
    now, notes = who.progress(), who.notes()
    for (guid, number), card in before.progress.items():
        if now.get((guid, number)) != card:
            yield Message(
                "reviews are lost: {name}, card {number}",
                name=_name(notes, guid),
                number=number + 1,
            )
    for guid in sorted(update.same & before.notes.keys()):
        fields, tags = before.notes[guid]
        if guid not in notes:
            continue
        if not tags <= set(notes[guid].tags):
            yield Message("own tags are lost: {name}", name=_name(notes, guid))
        if fields != list(notes[guid].fields):
            yield Message("own corrections are lost: {name}", name=_name(notes, guid))
    moved = {card: deck for card, deck in who.decks().items() if card in before.decks}
    if moved != before.decks:
        yield Message("cards went to another deck")
    if log.conflicting:
        yield Message("{count} notes can never be updated again", count=log.conflicting)


def not_arrived(who: Learner, update: Update) -> Iterator[Message]:
    """Yield what did not arrive, and what stands there twice."""
    notes = who.notes()
    for guid, note in update.new.notes.items():
        before = update.old.notes.get(guid)
        wanted = before is None or content(before) != content(note)
        if wanted and (guid not in notes or not _has(notes[guid], note)):
            yield Message("the change did not arrive: {id}", id=note.id)
    known = {**update.old.notes, **update.new.notes}  # an adopted note has no field with its id
    names = Counter(known[g].id if g in known else n.fields[0] for g, n in notes.items())
    if twice := sorted(name for name, count in names.items() if count > 1):
        yield Message("notes that stand there twice: {names}", names=twice)


def _has(note: Any, packaged: PackagedNote) -> bool:
    """Return whether someone's note has the texts of a package's note, but for its key."""
    texts = [text for text in packaged.fields.values() if text and text != packaged.id]
    return all(text in note.fields for text in texts)


def _name(notes: dict[str, Any], guid: str) -> str:
    return str(notes[guid].fields[0]) if guid in notes else f"guid {guid}"
