"""Who is who: which note of the cards is which note of learners."""

from deckwright.cards.note_types import CLOZE, QUESTION, REVERSE
from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.source.deck import Deck, Note
from deckwright.words.messages import Message

_KINDS = {
    QUESTION: Message("a question"),
    REVERSE: Message("a question with a second card"),
    CLOZE: Message("a cloze text"),
}


def known_notes(deck: Deck, ledger: Ledger) -> dict[str, LedgerNote]:
    """Return what learners hold of each note, by its id in the cards.

    A note is known by its id, else by the id that its `was` says.
    """
    found = {}
    for note in deck.notes:
        was = note.was.value if note.was else ""
        if before := ledger.notes.get(note.id.value) or ledger.notes.get(was):
            found[note.id.value] = before
    return found


def other_kind(name: str, before: str, now: str) -> Message:
    """Return what to say of a note that became one of another kind."""
    return Message(
        "'{id}' was {kind} and is now {now}", id=name, kind=_KINDS[before], now=_KINDS[now]
    )


def gone_notes(deck: Deck, ledger: Ledger) -> dict[str, LedgerNote]:
    """Return the notes that learners have and the cards neither hold nor retire, by id."""
    here = {entry.guid for entry in known_notes(deck, ledger).values()}
    retired = {name.value for name, _ in deck.retired}
    return {
        name: entry
        for name, entry in ledger.live.items()
        if entry.guid not in here and name not in retired
    }


def new_notes(deck: Deck, ledger: Ledger) -> list[Note]:
    """Return the notes that no learner has, in study order."""
    known = known_notes(deck, ledger)
    return [note for note in deck.notes if note.id.value not in known]
