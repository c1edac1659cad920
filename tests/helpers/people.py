"""People who have a deck: what they do between two releases, and what they must not lose."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from author import Released

from deckwright.anki.learner import Learner

TAG = "van-mij"
CORRECTION = "Van mij."


@dataclass
class Memory:
    """What someone has of each card and note."""

    progress: dict[tuple[str, int], tuple[Any, ...]]
    notes: dict[str, tuple[list[str], set[str]]]
    decks: dict[tuple[str, int], str]
    types: set[str]


class Person:
    """Studied all twice, tagged all, corrected a note."""

    needs_merge = False
    behind = 0  # seconds that the clock runs behind

    def __init__(self, anki: Learner, now: int) -> None:
        self.anki, self.now = anki, now
        self.cleaned: set[str] = set()

    def imports(self, made: Released) -> None:
        """Import the package of a release."""
        log = self.anki.imports(made.package, merge=self.needs_merge)
        assert self.needs_merge or log.conflicting == 0
        # An Anki up to 24.06 dates a replaced note at the import: that is half a minute after the
        # release here, and not today.
        now = made.ledger.newest + 30 - self.behind
        self.anki.col.db.execute(
            "update notes set mod = ? where mod > ?", now, max(now, made.ledger.newest)
        )

    def lives(self) -> None:
        """Do what this person does with a deck."""
        self.anki.studies(rounds=2)
        self.tags_again(self.now + 60)

    def tags_again(self, at: int) -> None:
        """Tag all notes, and correct one, at a time."""
        self.anki.tags(TAG, at=at - self.behind)
        self.anki.corrects("vier", "Bron", CORRECTION, at=at - self.behind)

    def remembers(self) -> Memory:
        """Return what this person has now."""
        notes = {guid: (list(n.fields), set(n.tags)) for guid, n in self.anki.notes().items()}
        return Memory(self.anki.progress(), notes, self.anki.decks(), self.anki.note_types())

    def losses(self, before: Memory, touched: set[str]) -> list[str]:
        """Return what an update took; `touched` are the ids of notes that it changed."""
        now, found = self.remembers(), []
        alive = {card: old for card, old in before.progress.items() if card[0] not in self.cleaned}
        if {card: now.progress.get(card) for card in alive} != alive:
            found.append("reviews lost")
        if {card: now.decks.get(card) for card in alive} != {c: before.decks[c] for c in alive}:
            found.append("cards moved")
        if now.types - before.types:
            found.append("stray note type")
        for guid, (fields, tags) in before.notes.items():
            if fields[0] in touched or guid in self.cleaned:
                continue
            mine = now.notes.get(guid)
            if mine is None:
                found.append(f"{fields[0]} is gone")
            elif not tags <= mine[1]:
                found.append(f"tags lost on {fields[0]}")
            elif fields != mine[0]:
                found.append(f"correction lost on {fields[0]}")
        return found


class Behind(Person):
    """Has a phone of which the clock runs five minutes behind, and tags at once."""

    behind = 360


class Mover(Person):
    """Moved all cards into a deck with another name."""

    def lives(self) -> None:
        """Move them after studying."""
        super().lives()
        self.anki.moves_all("Mijn stapel")


class FieldAdder(Person):
    """Added a field, and imports with *Merge note types*, as the notes for learners say."""

    needs_merge = True

    def lives(self) -> None:
        """Add it after studying."""
        super().lives()
        self.anki.adds_field("Eigen veld", at=self.now + 60)


class TemplateAdder(Person):
    """Added a second card to questions, and imports with *Merge note types*."""

    needs_merge = True

    def lives(self) -> None:
        """Add it after studying."""
        super().lives()
        self.anki.adds_template("Mijn kaart", at=self.now + 60)
        self.anki.studies()


class Cleaner(Person):
    """Imports every clean-up, and runs *Empty Cards*."""

    def imports(self, made: Released) -> None:
        """Import the package, then the clean-up."""
        super().imports(made)
        if made.cleanup:
            here = set(self.anki.notes())
            super().imports(Released(made.ready, made.cleanup, None, made.news))
            self.anki.removes_empty_cards()
            self.cleaned |= here - set(self.anki.notes())


EVERYONE = (Person, Behind, Mover, FieldAdder, TemplateAdder, Cleaner)


def exported(anki: Learner, target: Path, *, legacy: bool) -> Path:
    """Export all decks of someone, as Anki's dialogue does."""
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
    )
    anki.col.export_anki_package(out_path=str(target), options=options, limit=None)
    return target
