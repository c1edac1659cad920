"""Answers are pooled by the cards of now: nobody counts twice, and earlier texts not at all."""

from pathlib import Path

import pytest
from author import Author

from deckwright.build.plan import BuildPlan
from deckwright.release.answers import Answer, Card, FileAnswers, Pool, Tally, pooled

LATE = 2_000_000_000  # seconds: after every release here


def pool(plan: BuildPlan, *files: list[Answer], with_earlier: bool = False) -> Pool:
    """Return the pool of some files."""
    assert plan.deck
    assert plan.held
    read = [FileAnswers(answers, len(answers)) for answers in files]
    return pooled(read, plan.deck, plan.held, with_earlier=with_earlier)


def answer(guid: str, at: int = 1, *, ordinal: int = 0, again: bool = False) -> Answer:
    """Return an answer to a card as it is now."""
    return Answer(guid, ordinal, at, again, LATE)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author who released."""
    author = Author(tmp_path)
    author.releases()
    return author


def guid(author: Author, name: str) -> str:
    """Return the guid of a note."""
    found: str = author.rows()[name]["guid"]
    return found


def test_only_cards_of_this_deck_count(author: Author) -> None:
    """Notes of other decks, gaps that are gone and cards that a learner added are passed over."""
    two, three = guid(author, "twee"), guid(author, "drie")
    found = pool(
        author.plan(),
        [answer("other-deck"), answer(two), answer(two, 2, again=True), answer(two, ordinal=1)],
        [answer(three, ordinal=1, again=True), answer(three, ordinal=2)],
        [answer("other-deck", 5)],
    )
    assert {card: of for card, of in found.cards.items() if of} == {
        Card("twee", 1): {0: Tally(2, 1)},
        Card("drie", 2): {1: Tally(1, 1)},
    }
    assert found.cards.keys() >= {Card("een", 1), Card("drie", 1)}
    assert (found.learners, found.answers, found.reviews) == (2, 7, 3)


def test_a_new_id_follows(author: Author) -> None:
    """Before the release that tells learners, and after it; what was retired is gone."""
    one, two = guid(author, "een"), guid(author, "twee")
    author.note("een").update(id="eerste", was="een")
    assert Card("eerste", 1) in pool(author.plan(), [answer(one)]).cards
    author.retires("twee")
    author.releases()
    del author.note("eerste")["was"]
    found = pool(author.plan(), [answer(one), answer(two)])
    assert found.cards[Card("eerste", 1)] == {0: Tally(1, 0)}
    assert not {card for card in found.cards if card.note in ("een", "twee")}


def test_files_that_share_an_answer_are_of_one_learner(author: Author) -> None:
    """In whatever order they come; and what stands in several counts once."""
    one = guid(author, "een")
    first, second, third = ([answer(one, at) for at in range(n, n + 3)] for n in (1, 3, 5))
    other = [answer(one, 100)]
    for files in ([first, second, third, other], [other, third, first, second]):
        found = pool(author.plan(), *files)
        tallies = sorted(found.cards[Card("een", 1)].values())
        assert (found.learners, tallies) == (2, [Tally(1, 0), Tally(7, 0)])


def test_answers_to_an_earlier_text_are_left_out(author: Author) -> None:
    """Of the note that changed alone; a release that changes another note costs nothing."""
    before = author.now + 60
    author.note("een")["answer"] = "Het eerste **getal**."
    author.releases()
    after = author.now + 60
    answers = [
        Answer(guid(author, name), 0, number, again=False, seen=seen)
        for name in ("een", "twee")
        for number, seen in enumerate((before, after))
    ]
    found = pool(author.plan(), answers)
    assert found.cards[Card("een", 1)] == {0: Tally(1, 0)}
    assert found.cards[Card("twee", 1)] == {0: Tally(2, 0)}
    assert (found.reviews, found.earlier) == (3, 1)
    found = pool(author.plan(), answers, with_earlier=True)
    assert found.cards[Card("een", 1)] == {0: Tally(2, 0)}
    assert (found.reviews, found.earlier) == (4, 0)
