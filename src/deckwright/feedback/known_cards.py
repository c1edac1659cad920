"""What a message can be about: the notes of the cards, and those that learners still have."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from deckwright.problem import Place
from deckwright.release.html_text import plain
from deckwright.release.known_notes import known_notes
from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.source.deck import Deck, Note

_GAP = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)


class KnownCard(NamedTuple):
    """A note: its id, its place, all ids that learners may know it by, and its texts.

    `changed` is the release that last changed it, 0 for none; `retired` the one that retired it,
    None for none; `reason` says why.
    """

    id: str
    place: Place
    names: tuple[str, ...]
    text: str
    changed: int = 0
    retired: int | None = None
    reason: str = ""


def known_cards(deck: Deck, ledger: Ledger, file: str) -> list[KnownCard]:
    """Return the notes of a deck in study order, then those that learners alone have.

    `file` is the name of the ledger, where these have their places.
    """
    held = known_notes(deck, ledger)
    here = {entry.guid for entry in held.values()}
    cards = [_of_note(note, held.get(note.id.value)) for note in deck.notes]
    return [*cards, *_gone(deck, ledger, here, file)]


def _of_note(note: Note, held: LedgerNote | None) -> KnownCard:
    old = [note.was.value] if note.was else []
    names = dict.fromkeys([note.id.value, *old, *([held.note] if held else [])])
    texts = (_GAP.sub(r"\1", text.value) for text in note.texts().values())
    changed = (held.changed or 0) if held else 0
    return KnownCard(note.id.value, note.id.place, tuple(names), "\n".join(texts), changed)


def _gone(deck: Deck, ledger: Ledger, here: set[str], file: str) -> Iterator[KnownCard]:
    lines = {name.value: (name.place, reason) for name, reason in deck.retired}
    for name, entry in ledger.notes.items():
        if entry.guid in here:
            continue
        ledger_line = Place(file, ledger.lines.get(f"note {name}", 1))
        place, reason = lines.get(name, (ledger_line, None))
        yield KnownCard(
            id=name,
            place=place,
            names=(name,),
            text="\n".join(_GAP.sub(r"\1", plain(html)) for html in entry.fields.values()),
            changed=entry.changed or 0,
            retired=entry.retired or ledger.number + 1,
            reason=entry.reason or (reason.value if reason else ""),
        )
