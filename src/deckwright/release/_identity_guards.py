"""Notes that are gone, have another id, or have each other's text: who is who."""

from collections.abc import Iterator, Mapping, Sequence

from deckwright.cards.fields import RenderedNote
from deckwright.problem import Place, Problem
from deckwright.release.html_text import plain
from deckwright.release.known_notes import gone_notes, known_notes, new_notes
from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.release.meaning import copied, identical
from deckwright.release.stamped_notes import by_role
from deckwright.source.deck import Deck, Note, Text
from deckwright.source.ids import is_id
from deckwright.words.messages import Message

SWAPPED = "ids-swapped"
_ANOTHER_ID = "id-changed"
_OPENING = 60  # characters of a text that a message quotes
_FEW = 10_000  # pairs of notes; of more, only equal texts are found
_Fields = Mapping[str, Mapping[str, str]]


def identities(
    deck: Deck, rendered: Sequence[RenderedNote], ledger: Ledger, file: str, *, whole: bool
) -> Iterator[Problem]:
    """Yield a problem for each note of learners that the cards have lost, doubled or swapped.

    `rendered` belongs to `deck.notes`; `file` is the ledger's name; unless the deck is `whole`,
    notes that are not here may only be unreadable.
    """
    if not ledger.notes or ledger.key != deck.key.value:
        return
    fields = {made.id: by_role(made) for made in rendered}
    yield from _was(deck, ledger)
    yield from _retired(deck, ledger)
    gone = gone_notes(deck, ledger) if whole else {}
    for note, old in _same_texts(gone, new_notes(deck, ledger), fields):
        del gone[old]
        yield _another_id(note, old)
    yield from _moved_texts(deck, ledger, fields)
    for name, entry in gone.items():
        message = Message(
            "learners have '{name}' ({text}), and no file here has it",
            name=name,
            text=plain(entry.text)[:_OPENING],
        )
        hint = Message(
            "put it back; or run 'deckwright retire {name}'; or, where it has another id now, "
            "'deckwright rename {name} THAT-ID'",
            name=name,
        )
        yield Problem(Place(file), "note-gone", message, hint)
    yield from _swapped(deck, ledger, fields)


def _same_texts(
    gone: Mapping[str, LedgerNote], new: list[Note], fields: _Fields
) -> Iterator[tuple[Note, str]]:
    """Yield each new note that has the text of one that is gone, with the id of that."""
    exact = {identical(entry.kind, entry.fields): name for name, entry in gone.items()}
    left = dict(gone)
    few = len(gone) * len(new) <= _FEW
    for note in new:
        old = exact.get(identical(note.KIND, fields[note.id.value]))
        if old is None and few:
            old = next((name for name in left if _is_copy(left[name], note, fields)), None)
        if old in left:
            del left[old]
            yield note, old


def _is_copy(entry: LedgerNote, note: Note, fields: _Fields) -> bool:
    return entry.kind == note.KIND and copied(entry.kind, entry.fields, fields[note.id.value])


def _another_id(note: Note, old: str) -> Problem:
    name = note.id.value
    message = Message(
        "'{name}' has the text of '{old}', which is gone: learners would get it twice",
        name=name,
        old=old,
    )
    hint = Message("give it back the id '{old}'", old=old)
    if is_id(name):
        hint = Message(
            "run 'deckwright rename {old} {name}'; or give it back the id '{old}'",
            old=old,
            name=name,
        )
    return Problem(note.id.place, _ANOTHER_ID, message, hint)


def _moved_texts(deck: Deck, ledger: Ledger, fields: _Fields) -> Iterator[Problem]:
    """Yield a problem for each new note with the very text of one that is retired, or changed.

    Learners know that text by the other id: their reviews would stand under another, or be gone.
    """
    retired = {name.value for name, _ in deck.retired}
    known, left = known_notes(deck, ledger), {}
    for note in deck.notes:
        entry = known.get(note.id.value)
        if entry and entry.kind == note.KIND:
            had = identical(entry.kind, entry.fields)
            if had != identical(note.KIND, fields[note.id.value]):
                left[had] = entry.note
    left |= {
        identical(entry.kind, entry.fields): name
        for name, entry in ledger.live.items()
        if name in retired
    }
    for note in new_notes(deck, ledger):
        if old := left.get(identical(note.KIND, fields[note.id.value])):
            name = note.id.value
            message = Message(
                "'{name}' has the text that learners know as '{old}'", name=name, old=old
            )
            hint = Message(
                "give this note the id '{old}', and the other one a new id; or, where '{old}' is "
                "listed as retired, take it off that list first",
                old=old,
            )
            yield Problem(note.id.place, _ANOTHER_ID, message, hint)


def _was(deck: Deck, ledger: Ledger) -> Iterator[Problem]:
    here = {note.id.value for note in deck.notes}
    taken: dict[str, str] = {}
    for note in deck.notes:
        if note.was is None:
            continue
        name, was = note.id.value, note.was.value
        first = taken.setdefault(was, name)
        if was in here or first != name or (name in ledger.notes and was in ledger.live):
            message = Message(
                "'{name}' says that it was '{was}', but that is another note", name=name, was=was
            )
            hint = Message("remove the line")
            if was in here:
                hint = Message("give that other note a new id, or remove the line")
            yield Problem(note.was.place, "was-taken", message, hint)
        elif was not in ledger.notes:
            message = Message("no note of the last release has the id '{was}'", was=was)
            yield Problem(note.was.place, "was-unneeded", message, Message("remove the line"))


def _retired(deck: Deck, ledger: Ledger) -> Iterator[Problem]:
    here = {note.id.value for note in deck.notes} | {n.was.value for n in deck.notes if n.was}
    for name, reason in deck.retired:
        if name.value in here:
            message = Message(
                "'{name}' is listed as retired, and is a note all the same", name=name.value
            )
            hint = Message("remove it from 'retired', or remove the note")
            yield Problem(name.place, "retired-kept", message, hint)
        elif name.value not in ledger.notes:
            message = Message("learners never had a note '{name}'", name=name.value)
            yield Problem(name.place, "retired-unneeded", message, Message("remove the line"))
        elif reason is None:
            yield _no_reason(name)


def _no_reason(name: Text) -> Problem:
    message = Message("'{name}' is retired without a reason", name=name.value)
    hint = Message("write '{name}: ' and why: learners read it", name=name.value)
    return Problem(name.place, "retired-reason", message, hint)


def _swapped(deck: Deck, ledger: Ledger, fields: _Fields) -> Iterator[Problem]:
    """Yield a problem for each note whose text is that of another note, and the other way round."""
    known = known_notes(deck, ledger)
    had = {identical(entry.kind, entry.fields): name for name, entry in known.items()}
    has = {
        name: identical(note.KIND, fields[name]) for note in deck.notes if (name := note.id.value)
    }
    for note in deck.notes:
        name = note.id.value
        other = had.get(has[name], name)
        if other != name and other in has and had.get(has[other]) == name:
            message = Message(
                "'{name}' now has the text of '{other}', and '{other}' that of '{name}'",
                name=name,
                other=other,
            )
            hint = Message("give each its own id again: this is '{other}'", other=other)
            yield Problem(note.id.place, SWAPPED, message, hint)
