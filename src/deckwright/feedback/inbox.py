"""Messages of learners to the places of the cards that they are about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from deckwright.feedback._mentions import Mention, Name, mentions, names_of
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


def inbox(
    cards: Sequence[KnownCard], messages: Iterable[Received], plain: Collection[str]
) -> Inbox:
    """Return the messages at their cards, these in the order of the files.

    `plain` words tell nothing of a card: the stop words of its language.
    """
    names = names_of([(card.names, card.text) for card in cards])
    wording = Wording([card.text for card in cards], plain)
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    empty = unread = 0
    for message in messages:
        unread += message.unread
        if not message.text:
            empty += 1
            continue
        found = _placed(message, cards, names, wording)
        placed += found if isinstance(found, list) else []
        unplaced += [] if isinstance(found, list) else [found]
    placed.sort(key=lambda each: each.card.place)
    return Inbox(placed, unplaced, empty, unread)


def _placed(
    message: Received, cards: Sequence[KnownCard], names: Sequence[Name], wording: Wording
) -> list[Placed] | Unplaced:
    for text in filter(None, (message.filled_in, message.text)):
        found = mentions(text, names)
        if sure := {each.card: each for each in reversed(found) if each.is_sure}:
            return [_at(cards[card], message, text, each) for card, each in sure.items()]
    scores = wording.scores(f"{message.said}\n{message.quoted}")
    best = meant(scores)
    if best is not None:
        return [Placed(cards[best], message.said)]
    likely = [*(each.card for each in found), *(number for number, _ in scores)]
    near = list(dict.fromkeys(likely))[:_MOST_NEAR]
    return Unplaced(message.said or message.text, tuple(cards[each] for each in near))


def _at(card: KnownCard, message: Received, text: str, found: Mention) -> Placed:
    wrote = " ".join(text[found.start : found.end].split())
    return Placed(card, message.said, found.name, wrote, found.release)
