"""A learner with a real Anki collection, of any Anki from 2.1.54 on: the extra `verify`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckwright.anki.archive import PackageError
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.notes import Note

# What a card shows where Anki has something to say of its template (rslib/src/template.rs).
_NOTICE = "docs.ankiweb.net/templates/errors"

# What Anki keeps of a card's progress, and how many reviews it has.
_PROGRESS = """
    select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.did,
        (select count() from revlog r where r.cid = c.id)
    from cards c join notes n on n.id = c.nid
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What Anki says of an import: how many notes it added, replaced, left alone, refused."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


class Learner:
    """Someone who starts with an empty collection."""

    def __init__(self, folder: Path) -> None:
        """Make the collection in `folder`; ImportError without the package `anki`."""
        from anki.collection import Collection

        folder.mkdir(parents=True, exist_ok=True)
        self.col: Any = Collection(str(folder / "collection.anki2"))

    def can_merge(self) -> bool:
        """Return whether this Anki can merge note types while it imports: 24.06 can, 23.10 not."""
        from anki import collection as api

        return hasattr(api, "ImportAnkiPackageOptions")

    def imports(self, package: Path, *, merge: bool = False) -> Imported:
        """Import a package as everyone does, or with *Merge note types*.

        PackageError where Anki refuses it.
        """
        from anki import collection as api
        from anki import errors

        request: Any = str(package.resolve())
        if hasattr(api, "ImportAnkiPackageRequest"):  # Anki 2.1.54 takes the path alone
            options: Any = getattr(api, "ImportAnkiPackageOptions", lambda: None)()
            if merge:
                options.merge_notetypes = True
            request = api.ImportAnkiPackageRequest(package_path=request, options=options)
        try:
            log = self.col.import_anki_package(request).log
        except getattr(errors, "AnkiException", Exception) as error:  # Anki 2.1.54 has no such base
            raise PackageError(Message("Anki cannot import it: {error}", error=error)) from error
        self.col.models._clear_cache()  # noqa: SLF001 - stale after an import
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def notes(self) -> "dict[str, Note]":
        """Return all notes by guid."""
        return {
            note.guid: note
            for note in (self.col.get_note(number) for number in self.col.find_notes(""))
        }

    def note(self, name: str) -> "Note":
        """Return the note whose first field, its key, is `name`; ValueError unless there is one."""
        (found,) = (note for note in self.notes().values() if note.fields[0] == name)
        return found

    def cards(self) -> "list[Card]":
        """Return all cards."""
        return [self.col.get_card(number) for number in self.col.find_cards("")]

    def studies(self, rounds: int = 1) -> None:
        """Answer every card with 'good', `rounds` times, whatever is due."""
        if type(self.col.sched).__module__.endswith("v2"):  # before Anki 23.10
            self.col.sched.reset()
        for _ in range(rounds):
            for card in self.cards():
                card.start_timer()
                self.col.sched.answerCard(card, 3)

    def progress(self) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Return what reviews made of each card, by guid and ordinal."""
        return {(row[0], row[1]): tuple(row[2:]) for row in self.col.db.all(_PROGRESS)}

    def tags(self, tag: str, *, at: int) -> None:
        """Put a tag of the learner's on every note, `at` a time in seconds since 1970."""
        numbers = self.col.find_notes("")
        self.col.tags.bulk_add(numbers, tag)
        self._date(numbers, at)

    def corrects(self, name: str, field: str, text: str, *, at: int) -> None:
        """Write another text in a field of a note, `at` a time in seconds since 1970."""
        self.corrects_guid(self.note(name).guid, field, text, at=at)

    def corrects_guid(self, guid: str, field: str, text: str, *, at: int) -> None:
        """Write another text in a field of the note with a guid, as `corrects`."""
        note = self.notes()[guid]
        note[field] = text
        self.col.update_note(note)
        self._date([note.id], at)

    def adds_field(self, name: str, *, at: int) -> None:
        """Add a field to every note type that notes use, `at` a time in seconds since 1970."""
        for each in self.note_types():
            model = self.col.models.by_name(each)
            self.col.models.add_field(model, self.col.models.new_field(name))
            self.col.models.update_dict(model)
        self._date(list(self.col.find_notes("")), at)

    def adds_template(self, name: str, *, at: int) -> None:
        """Add a card, its front and back turned round, to each note type that is not a cloze.

        `at` is a time in seconds since 1970.
        """
        for each in self.note_types():
            model = self.col.models.by_name(each)
            if model["type"] == 0:
                template = self.col.models.new_template(name)
                template["qfmt"], template["afmt"] = (
                    model["tmpls"][0][s] for s in ("afmt", "qfmt")
                )
                self.col.models.add_template(model, template)
                self.col.models.update_dict(model)
        self._date(list(self.col.find_notes("")), at)

    def moves_all(self, deck: str) -> None:
        """Move every card into one deck."""
        cards = [card.id for card in self.cards()]
        self.col.set_deck(cards, self.col.decks.id(deck))

    def decks(self) -> dict[tuple[str, int], str]:
        """Return the deck of each card, by guid and ordinal."""
        return {
            (note.guid, card.ord): self.col.decks.name(card.did)
            for note in self.notes().values()
            for card in note.cards()
        }

    def note_types(self) -> set[str]:
        """Return the names of the note types that notes use."""
        used = {note.mid for note in self.notes().values()}
        return {entry.name for entry in self.col.models.all_names_and_ids() if entry.id in used}

    def empty_cards(self) -> set[int]:
        """Return the numbers of the cards that *Empty Cards* would delete."""
        return {number for note in self.col.get_empty_cards().notes for number in note.card_ids}

    def removes_empty_cards(self) -> None:
        """Do what *Empty Cards* does."""
        for note in self.col.get_empty_cards().notes:
            self.col.remove_cards_and_orphaned_notes(note.card_ids)

    def notices(self) -> list[str]:
        """Return each card that Anki shows a notice of its own on, as 'key, card n'."""
        return [
            f"{card.note().fields[0]}, card {card.ord + 1}"
            for card in self.cards()
            if _NOTICE in card.question() + card.answer()
        ]

    def missing_media(self) -> list[str]:
        """Return the names of files that cards refer to and the collection lacks."""
        return list(self.col.media.check().missing)

    def _date(self, numbers: list[int], at: int) -> None:
        """Say when the learner did something: Anki writes the time of this computer's clock."""
        for number in numbers:
            self.col.db.execute("update notes set mod = ? where id = ?", at, number)


@contextmanager
def learner(folder: Path) -> Iterator[Learner]:
    """Yield a learner whose collection is closed afterwards; PackageError where Anki stops."""
    import anki.errors

    errors: Any = anki.errors  # Anki 2.1.54 has no base of all of them
    known = getattr(errors, "AnkiException", None) or (errors.LocalizedError, errors.DBError)
    try:
        someone = Learner(folder)
        try:
            yield someone
        finally:
            someone.col.close()
    except known as error:
        raise PackageError(Message("Anki stopped: {error}", error=error)) from error
