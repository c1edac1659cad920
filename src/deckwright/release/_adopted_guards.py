"""What learners would not see of an adopted note: their note type has no field for it."""

from collections.abc import Iterator

from deckwright.problem import Problem
from deckwright.release.known_notes import known_notes
from deckwright.release.ledger import Ledger
from deckwright.source.deck import Deck
from deckwright.words.messages import Message


def unshown_texts(deck: Deck, ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each text of an adopted note that its note type has no field for."""
    known = known_notes(deck, ledger)
    for note in deck.notes:
        entry = known.get(note.id.value)
        adopted = ledger.adopted_type(entry) if entry and entry.kind == note.KIND else None
        if adopted is None:
            continue
        for role, text in note.texts().items():
            if role not in adopted.roles and text.value:
                message = Message(
                    "learners' note type '{name}' has no field for '{role}'",
                    name=adopted.name,
                    role=role,
                )
                hint = Message(
                    "write it into {roles}; or give the note a new id and retire the old one, "
                    "which begins anew for them",
                    roles=[each for each in adopted.roles if each],
                )
                yield Problem(text.place, "adopted-field", message, hint)
