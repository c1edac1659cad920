"""Messages of learners to the places of the cards that they are about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from deckwright.feedback._mentions import Mention, mentions, names_of
from deckwright.feedback._quoted_words import Wording, meant
from deckwright.feedback.known_cards import KnownCard
from deckwright.feedback.message import Received

_MOST_NEAR = 3  # cards that may be meant by a message that has no place


@dataclass(frozen=True, slots=True)
class Placed:
    """A message at a card: `name` is the id that was meant, `wrote` what stands there for it.

    Both are "" where the words of the card are all that says which one is meant. `release` is the
    one that the writer had, None where nobody knows.
    """

    card: KnownCard
    said: str
    name: str = ""
    wrote: str = ""
    release: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A message that may be about any card; `near` are those that it is likeliest about."""

    said: str
    near: tuple[KnownCard, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """All messages; `empty` counts those without a word, `unread` the attachments of all."""

    placed: list[Placed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    empty: int = 0
    unread: int = 0


class Desk:
    """Knows the cards, and takes each message to its place."""

    def __init__(self, cards: Sequence[KnownCard], plain: Collection[str]) -> None:
        """`plain` words tell nothing of a card: the stop words of its language."""
        self._cards = cards
        self._names = names_of([(card.names, card.text) for card in cards])
        self._wording = Wording([card.text for card in cards], plain)

    def place(self, message: Received) -> list[Placed] | Unplaced:
        """Return a message at the cards that it names, else at the one that it quotes."""
        found: list[Mention] = []
        for text in filter(None, (message.filled_in, message.text)):
            found = mentions(text, self._names)
            if sure := {each.card: each for each in reversed(found) if each.is_sure}:
                return [_at(self._cards[n], message, text, each) for n, each in sure.items()]
        scores = self._wording.scores(f"{message.said}\n{message.quoted}")
        best = meant(scores)
        if best is not None:
            return [Placed(self._cards[best], message.said)]
        likely = [*(each.card for each in found), *(number for number, _ in scores)]
        near = list(dict.fromkeys(likely))[:_MOST_NEAR]
        said = " ".join(filter(None, (message.said, message.filled_in)))
        return Unplaced(said, tuple(self._cards[each] for each in near))


def inbox(desk: Desk, messages: Iterable[Received]) -> Inbox:
    """Return the messages at their cards, these in the order of the files."""
    found = Inbox()
    empty = unread = 0
    for message in messages:
        unread += message.unread
        at = desk.place(message) if message.text else []
        empty += not message.text
        if isinstance(at, Unplaced):
            found.unplaced.append(at)
        else:
            found.placed.extend(at)
    found.placed.sort(key=lambda each: each.card.place)
    return replace(found, empty=empty, unread=unread)


def _at(card: KnownCard, message: Received, text: str, found: Mention) -> Placed:
    wrote = " ".join(text[found.start : found.end].split())
    return Placed(card, message.said, found.name, wrote, found.release)
