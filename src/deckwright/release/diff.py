"""What a learner will notice of a new package, sorted by what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.distance import Indel

from deckwright.cards import cloze
from deckwright.cards.note_types import FIELDS, main_role
from deckwright.release.edition import without_edition
from deckwright.release.html_text import plain, with_pictures
from deckwright.release.meaning import same_meaning
from deckwright.release.packaged import PackageContents, PackagedNote
from deckwright.words.messages import Message

_MOST_COMPARED = 1_000_000  # words of one text times words of the other
_OPENING = 300  # characters


class Cost(StrEnum):
    """Kinds of change, the most expensive first: from reviews that are lost to nothing at all."""

    RETIRED = "retired"
    MEANING = "meaning"
    CLOZE = "cloze"
    REWORDED = "reworded"
    RETAGGED = "retagged"
    MOVED = "moved"
    LOOK = "look"
    NEW = "new"


# A piece of a text and what became of it: " " kept, "-" removed, "+" added. A message is no text of
# a note, but says what changed.
Piece = tuple[str, str]
_DECK = Message("the deck")
_FORMATTING = Message("(other formatting)")
_SIDES = [
    Message("front"),
    Message("back"),
    Message("front of card 2"),
    Message("back of card 2"),
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: which note (or note type), how it begins, and what changed.

    `texts` are a field before and after, by role, `words` pieces of anything else by its name.
    """

    cost: Cost
    name: str
    opening: str
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    words: dict[str, list[Piece]] = field(default_factory=dict)

    @property
    def pieces(self) -> dict[str, list[Piece]]:
        """The pieces by what changed; not kept, as they take twenty times as much as the texts."""
        return {role: _compared(*both) for role, both in self.texts.items()} | self.words


def diff(old: PackageContents, new: PackageContents) -> list[Change]:
    """Return what changes for someone who has `old` and imports `new`."""
    found = list(_looks(old, new))
    for guid, before in old.notes.items():
        if guid in new.notes:
            found += _note(before, new.notes[guid])
        else:
            found.append(Change(Cost.RETIRED, before.id, opening(before)))
    found += (
        Change(Cost.NEW, note.id, opening(note))
        for guid, note in new.notes.items()
        if guid not in old.notes
    )
    if new.others:
        what = Message("notes that deckwright did not make: {count}", count=new.others)
        found.append(Change(Cost.NEW, _DECK, what))
    order = list(Cost)
    return sorted(found, key=lambda change: order.index(change.cost))


def opening(note: PackagedNote) -> str:
    """Return how the question or the cloze text of a note begins, as plain text."""
    return plain(cloze.replace_gaps(note.fields[main_role(note.kind)], shown=lambda _: "[…]"))[
        :_OPENING
    ]


def pieces(before: str, after: str) -> list[Piece]:
    """Compare two texts word by word; returns the pieces that were kept, removed and added.

    Texts longer than any card are not compared: that takes the square of their length.
    """
    one, other = before.split(), after.split()
    if len(one) * len(other) > _MOST_COMPARED:
        return [("-", before), ("+", after)]
    found: list[Piece] = []
    a = c = 0
    for same in Indel.opcodes(one, other).as_matching_blocks():  # the last one is empty, at the end
        kept = one[same.a : same.a + same.size]
        parts = (("-", one[a : same.a]), ("+", other[c : same.b]), (" ", kept))
        found += [(mark, " ".join(words)) for mark, words in parts if words]
        a, c = same.a + same.size, same.b + same.size
    return found


def _compared(before: str, after: str) -> list[Piece]:
    """Compare two fields of which the HTML differs, their pictures included."""
    texts = [with_pictures(text) for text in (before, after)]
    found = pieces(*texts)
    return found if texts[0] != texts[1] else [*found, ("+", _FORMATTING)]


def _note(before: PackagedNote, after: PackagedNote) -> Iterator[Change]:
    name, start = after.id, opening(after)
    roles = [role for role in FIELDS[after.kind] if role != "key"]
    texts = {role: (before.fields.get(role, ""), after.fields.get(role, "")) for role in roles}
    shown = {role: both for role, both in texts.items() if both[0] != both[1]}
    hides = [cloze.hidden(note.fields.get("cloze", "")) for note in (before, after)]
    same_kind = before.kind == after.kind
    if same_kind and shown and not same_meaning(after.kind, before.fields, after.fields):
        yield Change(Cost.MEANING, name, start, shown)
    elif before.ordinals != after.ordinals or hides[0] != hides[1]:
        yield Change(Cost.CLOZE, name, start, shown)
    elif shown:
        yield Change(Cost.REWORDED, name, start, shown)
    if set(before.tags) != set(after.tags):
        gone, come = set(before.tags) - set(after.tags), set(after.tags) - set(before.tags)
        tags = [("-", tag) for tag in sorted(gone)] + [("+", tag) for tag in sorted(come)]
        yield Change(Cost.RETAGGED, name, start, words={"tags": tags})
    if before.deck != after.deck:
        decks = [("-", before.deck), ("+", after.deck)]
        yield Change(Cost.MOVED, name, start, words={"deck": decks})


def _looks(old: PackageContents, new: PackageContents) -> Iterator[Change]:
    """Yield a change for each note type that looks different: once, not for each of its notes."""
    for kind, before in old.types.items():
        after = new.types.get(kind)
        if after and before.look != after.look:
            had = _parts(before.look)
            differ = [name for name, part in _parts(after.look).items() if had.get(name) != part]
            parts = Message("{words}", words=differ)
            yield Change(Cost.LOOK, after.name, parts)
        if after and after.more != before.more:
            more = Message("templates that deckwright did not make: {count}", count=after.more)
            yield Change(Cost.LOOK, after.name, more)
    if old.about is not None and new.about is not None:
        about = [without_edition(each) for each in (old.about, new.about)]
        if about[0] != about[1]:
            what = Message("another description")
            yield Change(Cost.LOOK, _DECK, what, words={"description": pieces(*about)})


def _parts(look: tuple[str, ...]) -> dict[Message, str]:
    """Return the parts of the look of a note type, by what an author calls them."""
    *sides, css = look
    return {**dict(zip(_SIDES, sides, strict=False)), Message("css"): css}
