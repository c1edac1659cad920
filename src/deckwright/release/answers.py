"""Answers of learners, pooled by card of the deck: how many there are, and how many said 'again'.

An answer counts where its learner had learnt the card before and was asked it after a day or more.
Learning and relearning steps say how a card is learnt, not whether it stays; what is studied ahead
in a filtered deck is easier than it should be; and a card whose due date is set by hand was not
asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from deckwright.release.known_notes import known_notes
from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.source.deck import Deck

AGAIN, EASY = 1, 4  # the first and the last button, as Anki numbers them


class Answer(NamedTuple):
    """An answer that counts: to which card, `at` when in milliseconds since 1970.

    `seen` is the latest time, in seconds since 1970, that the text which was asked can have.
    """

    guid: str
    ordinal: int
    at: int
    again: bool
    seen: int


class FileAnswers(NamedTuple):
    """What a file holds of a deck: the answers that count, and how many there are in all."""

    counting: list[Answer]
    total: int


class Card(NamedTuple):
    """A card: the id of its note, and its number, from 1."""

    note: str
    number: int


class Tally(NamedTuple):
    """The answers of one learner to one card, and how many of them were 'again'."""

    reviews: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The tallies of each card, by a number that a learner has here alone: who it is, is forgotten.

    `learners` is how many there are. Of the `answers` that were read, `reviews` count; `earlier`
    more would, were they not to an earlier text.
    """

    cards: dict[Card, dict[int, Tally]]
    learners: int
    answers: int
    reviews: int
    earlier: int


def pooled(
    files: Iterable[FileAnswers], deck: Deck, ledger: Ledger, *, with_earlier: bool = False
) -> Pool:
    """Pool answers by the cards that `deck` has and learners hold.

    Files that share an answer are of one learner, and what stands in both counts once. Answers to
    what a note said before the release that last changed it are left out, unless `with_earlier`.
    """
    files = list(files)
    cards = {
        (entry.guid, ordinal): (Card(name, ordinal + 1), entry)
        for name, entry in known_notes(deck, ledger).items()
        for ordinal in entry.ordinals
    }
    tallies: dict[Card, dict[int, Tally]] = {card: {} for card, _ in cards.values()}
    learners, earlier = 0, 0
    for answers in _by_learner(files):
        counting = [each for each in answers if each[:2] in cards]
        now = [each for each in counting if _is_of_now(each, cards[each[:2]][1], ledger)]
        earlier += len(counting) - len(now)
        for answer in counting if with_earlier else now:
            of = tallies[cards[answer[:2]][0]]
            reviews, lapses = of.get(learners, (0, 0))
            of[learners] = Tally(reviews + 1, lapses + answer.again)
        learners += bool(counting)
    reviews = sum(each.reviews for of in tallies.values() for each in of.values())
    answered = sum(each.total for each in files)
    return Pool(tallies, learners, answered, reviews, 0 if with_earlier else earlier)


def _by_learner(files: Iterable[FileAnswers]) -> Iterable[Iterable[Answer]]:
    """Return the answers of each learner, each once."""
    found: dict[int, dict[tuple[str, int, int], Answer]] = {}
    owners: dict[tuple[str, int, int], int] = {}
    for number, file in enumerate(files):
        mine = {each[:3]: each for each in file.counting}
        for other in {owners[key] for key in mine.keys() & owners.keys()}:
            mine |= found.pop(other)
        found[number] = mine
        owners |= dict.fromkeys(mine, number)
    return [each.values() for each in found.values()]


def _is_of_now(answer: Answer, entry: LedgerNote, ledger: Ledger) -> bool:
    return entry.changed is None or answer.seen >= ledger.time(entry.changed)
