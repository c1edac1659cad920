"""Which cards fail: bad ones are found, good ones are left alone, and little is said of little."""

from collections import Counter

import pytest
from pupils import class_of, planted, tallied

from deckwright.feedback.failing_cards import CardFigures, Verdict, failing_cards
from deckwright.release.answers import Card, Tally

CARDS = [Card(f"n-{number}", 1) for number in range(84)]
NAMES = [card.note for card in CARDS]
X = Card("x", 1)


def figures_of(size: int, bad: set[str], seed: int, days: int = 90) -> list[CardFigures]:
    """Return the figures of a class after so many days, the worst first."""
    return failing_cards(tallied(class_of(size, bad, seed), CARDS, days))


def area(figures: list[CardFigures], bad: set[str]) -> float:
    """Return how often a bad card stands before a good one (AUC)."""
    before = right = 0
    for each in figures:
        is_bad = each.card.note in bad
        right += 0 if is_bad else before
        before += is_bad
    return right / before / (len(figures) - before)


def one(figures: list[CardFigures], card: Card = X) -> CardFigures:
    """Return the figures of a card."""
    return next(each for each in figures if each.card == card)


@pytest.mark.parametrize(
    ("size", "least_area", "least_found"), [(1, 0.6, 0), (5, 0.95, 0.4), (20, 0.99, 0.9)]
)
def test_classes_with_a_tenth_of_bad_cards(
    size: int, least_area: float, least_found: float
) -> None:
    """A bad card stands before good ones; of those called bad, one in twenty is good at most."""
    called: Counter[bool] = Counter()
    areas, passed = [], 0
    for seed in range(6):
        bad = planted(NAMES, seed)
        figures = figures_of(size, bad, seed)
        areas.append(area(figures, bad))
        verdicts = {each.card.note: each.verdict for each in figures}
        called.update(note in bad for note in verdicts if verdicts[note] is Verdict.FAILS)
        passed += sum(verdicts[note] is Verdict.FINE for note in bad)
        if size == 1:
            assert set(verdicts.values()) == {Verdict.EARLY}
    assert sum(areas) / len(areas) >= least_area
    assert called[True] >= least_found * 6 * 8
    assert called[False] * 20 <= called.total()
    assert passed <= 6 * 8 / 20


def test_a_class_without_bad_cards() -> None:
    """Some card is the worst by chance: it is not called bad for that."""
    figures = [each for seed in range(8) for each in figures_of(10, set(), seed)]
    assert sum(each.verdict is Verdict.FAILS for each in figures) <= 1
    assert sum(each.verdict is Verdict.FINE for each in figures) > len(figures) / 2


def test_early_days_are_too_early() -> None:
    """After five days, nobody can tell of most cards; what is said of others is right."""
    for seed in range(3):
        bad = planted(NAMES, seed)
        verdicts = Counter(
            (each.verdict, each.card.note in bad) for each in figures_of(5, bad, seed, days=5)
        )
        assert verdicts[Verdict.EARLY, True] >= len(bad) - 1
        assert verdicts[Verdict.EARLY, False] > 50
        assert verdicts[Verdict.FAILS, False] == verdicts[Verdict.FINE, True] == 0


def test_who_presses_again_a_lot_makes_no_card_bad() -> None:
    """Three of ten forget everything; what they alone have seen is no worse than the rest."""
    cards = {card: {who: Tally(10, 1) for who in range(7)} for card in CARDS[10:]}
    for card in CARDS:
        cards.setdefault(card, {}).update({who: Tally(10, 6) for who in (7, 8, 9)})
    figures = failing_cards(cards)
    theirs = one(figures, CARDS[0])
    assert theirs.rate == pytest.approx(0.6)
    assert theirs.expected == pytest.approx(0.6, abs=0.02)
    assert Verdict.FAILS not in {each.verdict for each in figures}
    assert {each.verdict for each in figures if each.learners > 3} == {Verdict.FINE}


def test_the_trouble_of_one_learner_makes_no_card_bad() -> None:
    """However often it is the same one; the same trouble of all five does."""
    cards = {card: {who: Tally(8, 1) for who in range(5)} for card in CARDS}
    one_alone = {0: Tally(40, 40)} | {who: Tally(8, 0) for who in range(1, 5)}
    assert one(failing_cards(cards | {X: one_alone})).verdict is not Verdict.FAILS
    of_all = {who: Tally(8, 5) for who in range(5)}
    assert one(failing_cards(cards | {X: of_all})).verdict is Verdict.FAILS
    assert failing_cards(cards | {X: of_all})[0].card == X


def test_the_hardest_comes_first() -> None:
    """After those that fail: not the one with the most lapses, and not one that few have seen."""
    cards = {card: {who: Tally(8, 1) for who in range(5)} for card in CARDS}
    often, seldom = Card("often", 1), Card("seldom", 1)
    cards[often] = {who: Tally(60, 9) for who in range(5)}
    cards[seldom] = {who: Tally(9, 9) for who in range(2)}
    cards[X] = {who: Tally(8, 5) for who in range(5)}
    figures = failing_cards(cards)
    assert [each.card for each in figures][:2] == [X, seldom]
    assert one(figures, seldom).harder > one(figures).harder
    assert one(figures, often).lapses > one(figures).lapses
    assert [each.harder for each in figures[1:]] == sorted(
        (each.harder for each in figures[1:]), reverse=True
    )


@pytest.mark.parametrize(("learners", "verdict"), [(2, Verdict.EARLY), (3, Verdict.FAILS)])
def test_two_learners_are_too_few(learners: int, verdict: Verdict) -> None:
    """Whatever they forget."""
    cards = {card: {who: Tally(8, 1) for who in range(learners)} for card in CARDS}
    cards[X] = {who: Tally(20, 19) for who in range(learners)}
    assert one(failing_cards(cards)).verdict is verdict
    assert one(failing_cards(cards), CARDS[0]).verdict is not Verdict.FAILS


def test_the_answers_of_one_weigh_less_than_those_of_many() -> None:
    """The same ten of forty, by forty learners or by two, leave another range."""
    by_many = {who: Tally(1, int(who < 10)) for who in range(40)}
    by_two = {0: Tally(20, 5), 1: Tally(20, 5)}
    many, two = (one(failing_cards({X: each})) for each in (by_many, by_two))
    assert (many.reviews, many.lapses, many.learners) == (40, 10, 40)
    assert (two.reviews, two.lapses, two.learners) == (40, 10, 2)
    assert many.rate == two.rate == 0.25
    # Wilson's interval of 10 of 40 (Newcombe 1998, method 3).
    assert (round(many.low, 3), round(many.high, 3)) == (0.142, 0.402)
    assert two.low < many.low < many.high < two.high


def test_nothing_is_said_of_nothing() -> None:
    """A card without answers has no share; a deck without cards has no figures."""
    assert failing_cards({}) == []
    nothing = one(failing_cards({X: {}, CARDS[0]: {0: Tally(5, 0)}}))
    assert (nothing.reviews, nothing.low, nothing.high, nothing.rate) == (0, 0, 1, 0)
    assert nothing.verdict is Verdict.EARLY
