"""Which cards learners forget more often than the rest of the deck, and whether that is sure.

Each card is compared with what the same learners forget of the rest of the deck, so that neither a
weak class nor somebody who likes to press 'again' makes a card bad. How much harder it is, as odds,
may be anything on a grid; before any answer, most cards are like the deck. What the answers make of
that says how sure it is that a card is forgotten at least twice as often. Where it is neither sure
nor as good as excluded, it is too early to say.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deckwright.release.answers import Card, Tally

TWICE = math.log(2)  # the odds from which a card fails
SURE = 0.95  # of a hundred cards that are said to fail, five at most do not
FEW = 3  # learners; the trouble of fewer may be their own
# The answers of one learner to one card resemble each other: ten of one weigh as seven of seven.
_ALIKE = 0.05
_OF_THE_DECK = 20  # answers that a learner is thought to have given as the others do
_SPREAD = 0.8  # of the odds of cards before any answer: one in five is twice as hard as the deck
_GRID = [step / 10 for step in range(-20, 31)]  # how much harder a card may be, as log odds
_WEIGHTS = [math.exp(-((each / _SPREAD) ** 2) / 2) for each in _GRID]
_Z = 1.96  # of an interval that holds 95 of 100


class Verdict(StrEnum):
    """What can be said of a card."""

    FAILS = "fails"
    FINE = "fine"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class CardFigures:
    """The figures of a card: of its `reviews` by `learners`, `lapses` were 'again'.

    `rate` is their share, and lies from `low` to `high` (Wilson's interval, 95%); the answers of
    one learner weigh less the more they are. `expected` is the share that the same learners have of
    the rest of the deck. `harder` ranks the card: the odds that it adds to that, as a logarithm.
    """

    card: Card
    reviews: int
    lapses: int
    learners: int
    rate: float
    low: float
    high: float
    expected: float
    harder: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Learner:
    """How often a learner forgets the rest of the deck.

    `again` and `known` are how likely the learner then forgets or knows a card, for each of _GRID,
    as logarithms.
    """

    rate: float
    again: list[float]
    known: list[float]


def failing_cards(cards: Mapping[Card, Mapping[int, Tally]]) -> list[CardFigures]:
    """Return the figures of each card, of the tallies of each learner.

    Those that fail come first, then the others, the hardest first. The worst cards are asked so
    often that they would be much of what a learner forgets: they are found first, and then all are
    compared with the others.
    """
    worst = {each.card for each in _compared(cards, cards) if each.harder >= TWICE}
    rest = {card: of for card, of in cards.items() if card not in worst}
    return sorted(_compared(cards, rest), key=_rank)


def _rank(figures: CardFigures) -> tuple[bool, float, Card]:
    return figures.verdict is not Verdict.FAILS, -figures.harder, figures.card


def _compared(
    cards: Mapping[Card, Mapping[int, Tally]], rest: Mapping[Card, Mapping[int, Tally]]
) -> list[CardFigures]:
    """Return the figures of cards, compared with the rest of the deck."""
    reviews = {who: 0 for of in cards.values() for who in of}
    lapses = dict(reviews)
    for who, tally in (each for of in rest.values() for each in of.items()):
        reviews[who] += tally.reviews
        lapses[who] += tally.lapses
    of_all = (sum(lapses.values()) + 0.5) / (sum(reviews.values()) + 1)
    learners = {
        who: _learner((lapses[who] + _OF_THE_DECK * of_all) / (reviews[who] + _OF_THE_DECK))
        for who in reviews
    }
    return [
        _figures(card, [(learners[who], tally) for who, tally in of.items()])
        for card, of in cards.items()
    ]


def _learner(rate: float) -> _Learner:
    odds = [rate / (1 - rate) * math.exp(harder) for harder in _GRID]
    again = [math.log(each / (1 + each)) for each in odds]
    return _Learner(rate, again, [-math.log(1 + each) for each in odds])


def _figures(card: Card, tallies: Sequence[tuple[_Learner, Tally]]) -> CardFigures:
    reviews = lapses = expected = 0.0
    likely = list(map(math.log, _WEIGHTS))
    for who, tally in tallies:
        weight = 1 / (1 + _ALIKE * (tally.reviews - 1))
        again, known = weight * tally.lapses, weight * (tally.reviews - tally.lapses)
        reviews, lapses = reviews + again + known, lapses + again
        expected += (again + known) * who.rate
        likely = [
            before + again * one + known * other
            for before, one, other in zip(likely, who.again, who.known, strict=True)
        ]
    harder, bad = _belief(likely)
    low, high = _wilson(lapses, reviews)
    return CardFigures(
        card=card,
        reviews=sum(tally.reviews for _, tally in tallies),
        lapses=sum(tally.lapses for _, tally in tallies),
        learners=len(tallies),
        rate=lapses / reviews if reviews else 0,
        low=low,
        high=high,
        expected=expected / reviews if reviews else 0,
        harder=harder,
        verdict=_verdict(bad, tallies),
    )


def _belief(likely: Sequence[float]) -> tuple[float, float]:
    """Return how much harder a card is on average, and how sure it is that it fails."""
    most = max(likely)
    shares = [math.exp(each - most) for each in likely]
    whole = sum(shares)
    harder = sum(share * each for share, each in zip(shares, _GRID, strict=True)) / whole
    bad = sum(share for share, each in zip(shares, _GRID, strict=True) if each >= TWICE)
    return harder, bad / whole


def _verdict(bad: float, tallies: Sequence[tuple[_Learner, Tally]]) -> Verdict:
    forgot = sum(tally.lapses > 0 for _, tally in tallies)
    if len(tallies) < FEW:
        return Verdict.EARLY
    if bad >= SURE and forgot > 1:
        return Verdict.FAILS
    return Verdict.FINE if bad <= 1 - SURE else Verdict.EARLY


def _wilson(lapses: float, reviews: float) -> tuple[float, float]:
    """Return the interval of a share by Wilson's score; from 0 to 1 where nothing is known."""
    if not reviews:
        return 0, 1
    share, whole = lapses / reviews, 1 + _Z**2 / reviews
    middle = (share + _Z**2 / (2 * reviews)) / whole
    half = _Z / whole * math.sqrt(share * (1 - share) / reviews + (_Z / reviews / 2) ** 2)
    return max(0, middle - half), min(1, middle + half)
