"""Asks the real Anki engine whether a package harms anyone, new to the deck or not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.anki._people import Update, held, losses, not_arrived, studied
from deckwright.anki.archive import measure_zip
from deckwright.anki.learner import Imported, Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.cards.note_types import main_role
from deckwright.disk.writing import temporary_folder
from deckwright.release.html_text import plain
from deckwright.release.meaning import identical, same_meaning
from deckwright.release.packaged import PackageContents, PackagedNote
from deckwright.words.messages import Message, Tell, nobody

_BEHIND = 300  # seconds that the clock of a phone may run behind
_OPENING = 40  # characters


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Anki made of a package: `facts` in words, and `harm`, empty for a good package."""

    facts: list[Message] = field(default_factory=list)
    harm: list[Message] = field(default_factory=list)


def verify_package(
    package: Path,
    old: Path | None = None,
    *,
    cleanup: Path | None = None,
    meant: frozenset[str] = frozenset(),
    tell: Tell = nobody,
) -> Verdict:
    """Import a package into throw-away collections: of a newcomer, and of those who have `old`.

    `cleanup` blanks what `old` has and `package` retires; `meant` are the guids of notes that ask
    something else on purpose. ImportError without `anki`; OSError or PackageError where a package
    cannot be read.
    """
    for each in (package, old, cleanup):
        if each:
            measure_zip(each)
    new, verdict = read_package(package), Verdict()
    count = 1 + (len(_PEOPLE) if old else 0) + (1 if old and cleanup else 0)
    people = (
        Message("play learner {number} of {count} in Anki", number=number, count=count)
        for number in range(1, count + 1)
    )
    with temporary_folder() as folder:
        tell(next(people))
        with learner(folder / "newcomer") as newcomer:
            _first_import(newcomer, package, new, verdict)
        if old:
            update = Update(old, read_package(old), package, new)
            verdict.harm.extend(_confused(update, meant))
            for name, play in _PEOPLE.items():
                tell(next(people))
                with learner(folder / name) as someone:
                    play(someone, update, verdict)
            if cleanup:
                tell(next(people))
                with learner(folder / "cleaner") as cleaner:
                    _cleans_up(cleaner, update, cleanup, verdict)
    return verdict


def _first_import(newcomer: Learner, package: Path, new: PackageContents, verdict: Verdict) -> None:
    log = newcomer.imports(package)
    cards, meant = newcomer.cards(), sum(len(note.ordinals) for note in new.notes.values())
    verdict.facts.append(
        Message("a newcomer gets {new} notes and {count} cards", new=log.new, count=len(cards))
    )
    if log != Imported(len(new.notes), 0, 0, 0):
        verdict.harm.append(
            Message("of {count} notes Anki took {new}", count=len(new.notes), new=log.new)
        )
    if len(cards) != meant or newcomer.empty_cards():
        verdict.harm.append(
            Message("of {meant} cards Anki made {count}", meant=meant, count=len(cards))
        )
    verdict.harm.extend(
        Message("Anki shows a notice: {where}", where=where) for where in newcomer.notices()
    )
    verdict.harm.extend(
        Message("media is missing: {name}", name=name) for name in newcomer.missing_media()
    )


def _confused(update: Update, meant: frozenset[str]) -> Iterator[Message]:
    """Yield notes that learners get twice, and those that ask something else than they learnt."""
    gone = {
        identical(note.kind, note.fields): note
        for guid, note in update.old.notes.items()
        if guid not in update.new.notes
    }
    for guid, note in update.new.notes.items():
        before = update.old.notes.get(guid)
        if before is None and (twin := gone.get(identical(note.kind, note.fields))):
            yield Message(
                "learners get one note twice: {gone}, and now {come}", gone=twin.id, come=note.id
            )
        if before and guid not in meant and before.kind == note.kind and not _alike(before, note):
            text = plain(note.fields[main_role(note.kind)])[:_OPENING]
            yield Message(
                "{id} asks something else under the reviews it has: '{text}'", id=note.id, text=text
            )


def _alike(before: PackagedNote, after: PackagedNote) -> bool:
    return same_meaning(after.kind, before.fields, after.fields)


def _student(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who studied all, tagged all and corrected a note."""
    studied(who, update)
    before, empty, types = held(who), who.empty_cards(), who.note_types()
    log = who.imports(update.new_file)
    verdict.facts.append(
        Message(
            "someone who studied the last one gets {new} new and {updated} changed notes",
            new=log.new,
            updated=log.updated,
        )
    )
    verdict.harm.extend(losses(who, before, update, log))
    verdict.harm.extend(not_arrived(who, update))
    if stray := who.note_types() - types - {each.name for each in update.new.types.values()}:
        verdict.harm.append(Message("stray note types: {names}", names=sorted(stray)))
    if gone := who.empty_cards() - empty:
        verdict.facts.append(
            Message("cards that are empty now: {count}; Empty Cards removes them", count=len(gone))
        )


def _mover(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who moved all cards into a deck with another name: they stay there."""
    studied(who, update)
    who.moves_all("Mijn stapel")
    before = held(who)
    log = who.imports(update.new_file)
    verdict.harm.extend(
        Message("who moved the deck: {harm}", harm=loss)
        for loss in losses(who, before, update, log)
    )


def _two_in_one_evening(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who imports both at once, on a phone that runs five minutes behind."""
    newest = max(note.modified for note in update.new.notes.values())
    studied(who, update, at=newest - _BEHIND)
    before = held(who)
    log = who.imports(update.new_file)
    found = [
        loss for loss in losses(who, before, update, log) if not loss.template.startswith("own ")
    ]
    verdict.harm.extend(Message("who updates at once: {harm}", harm=loss) for loss in found)
    again = who.imports(update.new_file)
    if again.updated or again.new:
        verdict.harm.append(
            Message("who imports twice gets {updated} notes again", updated=again.updated)
        )


def _with_own_field_and_card(who: Learner, update: Update, verdict: Verdict) -> None:
    """Play someone who added both: Anki updates such notes only with *Merge note types*."""
    studied(who, update)
    if not who.can_merge():
        return
    then = max(note.modified for note in update.old.notes.values()) + 1
    who.adds_field("Eigen veld", at=then)
    who.adds_template("Eigen kaart", at=then)
    before = held(who)
    log = who.imports(update.new_file, merge=True)
    found = [
        loss
        for loss in losses(who, before, update, log)
        if not loss.template.endswith("never be updated again")
    ]
    found += not_arrived(who, update)
    verdict.harm.extend(
        Message("who added a field and a card: {harm}", harm=each) for each in found
    )
    if not found:
        fact = Message(
            "someone who added a field or card type needs 'Merge note types' for what changed"
        )
        verdict.facts.append(fact)


def _cleans_up(who: Learner, update: Update, cleanup: Path, verdict: Verdict) -> None:
    """Play someone who imports the clean-up and empties cards: only what is retired goes."""
    studied(who, update)
    who.imports(update.new_file)
    before = held(who)
    who.imports(cleanup)
    who.removes_empty_cards()
    left = who.notes()
    retired = update.old.notes.keys() - update.new.notes.keys()
    if lost := before.notes.keys() - left.keys() - retired:
        verdict.harm.append(
            Message("the clean-up takes {count} notes that are not retired", count=len(lost))
        )
    who.imports(update.new_file)
    if back := who.notes().keys() & retired:
        verdict.harm.append(Message("{count} retired notes come back", count=len(back)))
    verdict.facts.append(
        Message(
            "the clean-up takes {count} retired notes away", count=len(before.notes) - len(left)
        )
    )


_PEOPLE: dict[str, Callable[[Learner, Update, Verdict], None]] = {
    "student": _student,
    "mover": _mover,
    "two-in-one-evening": _two_in_one_evening,
    "own-field-and-card": _with_own_field_and_card,
}
