"""Who is who: which note of the cards is which note of learners."""

from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.source.deck import Deck, Note


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
