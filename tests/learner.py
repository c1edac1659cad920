"""A learner with a real Anki collection: imports packages, studies, tags and corrects."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import Scheduler
from anki.scheduler_pb2 import CardAnswer

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.notes import Note


@dataclass(frozen=True)
class Imported:
    """What Anki says of an import: how many notes it added, replaced, left alone, refused."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


class Learner:
    """Someone with an empty collection in `folder`; close it when done."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))

    def __enter__(self) -> Self:
        """Open nothing: the collection is open since __init__."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the collection."""
        self.col.close()

    def imports(self, package: Path) -> Imported:
        """Import a package as everyone does, with the options that Anki offers."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions()
        )
        log = self.col.import_anki_package(request).log
        self.col.models._clear_cache()
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def notes(self) -> "dict[str, Note]":
        """Return all notes by their key, the first field."""
        found = [self.col.get_note(note_id) for note_id in self.col.find_notes("")]
        assert len({note.fields[0] for note in found}) == len(found), "a note stands there twice"
        return {note.fields[0]: note for note in found}

    def cards(self, name: str) -> "list[Card]":
        """Return the cards of a note, in the order of their ordinals."""
        return sorted(self.notes()[name].cards(), key=lambda card: card.ord)

    def studies_everything(self, rounds: int = 1) -> None:
        """Answer every card `rounds` times, with 'good', whatever is due."""
        scheduler = self.col.sched
        assert isinstance(scheduler, Scheduler)
        for _ in range(rounds):
            for card_id in self.col.find_cards(""):
                card = self.col.get_card(card_id)
                card.start_timer()
                states = self.col._backend.get_scheduling_states(card.id)
                answer = scheduler.build_answer(card=card, states=states, rating=CardAnswer.GOOD)
                scheduler.answer_card(answer)

    def progress(self) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Return what a review changed of each card, by note key and ordinal, and its reviews."""
        rows = self.col.db.all(  # type: ignore[union-attr]
            "select n.flds, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses,"
            " c.did, (select count() from revlog r where r.cid = c.id)"
            " from cards c, notes n where n.id = c.nid"
        )
        return {(row[0].split("\x1f")[0], row[1]): tuple(row[2:]) for row in rows}

    def tags(self, tag: str, *, at: int) -> None:
        """Put a tag of the learner's own on every note, `at` a time in seconds since 1970."""
        self.col.tags.bulk_add(self.col.find_notes(""), tag)
        self._date("", at)

    def corrects(self, name: str, field: str, text: str, *, at: int) -> None:
        """Write another text in a field of a note, `at` a time in seconds since 1970."""
        note = self.notes()[name]
        note[field] = text
        self.col.update_note(note)
        self._date(f"nid:{note.id}", at)

    def _date(self, search: str, at: int) -> None:
        """Say when the learner did something: Anki would write the time of the test run."""
        for note_id in self.col.find_notes(search):
            self.col.db.execute("update notes set mod = ? where id = ?", at, note_id)  # type: ignore[union-attr]

    def note_types(self) -> set[str]:
        """Return the names of the note types that notes use."""
        ids = {note.mid for note in self.notes().values()}
        return {entry.name for entry in self.col.models.all_names_and_ids() if entry.id in ids}
