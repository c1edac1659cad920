"""200 messages of all kinds about the deck: hardly any lands at a note that is not meant."""

from collections import Counter

import pytest
from garbled import Garbled, garbled
from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.feedback.inbox import Desk, Placed, Unplaced, inbox
from deckwright.feedback.known_cards import KnownCard, known_cards
from deckwright.feedback.mails import messages_in
from deckwright.words.language import language

COUNT, SEED = 200, 20_261_127
PLAIN = language("nl").stop_words
# Not at their place: few of these say which note is meant.
HARD = {"quoted", "described", "shortened"}
WRITERS = ("Joke", "Maria van Dam", "Teamleider Inpak", "Peter de Wit", "06-", "@", "iPhone")


def deck() -> list[KnownCard]:
    """Return what messages about the deck of this repository can be about."""
    plan = plan_build(CARDS, clock_after(CARDS))
    assert plan.deck
    assert plan.held
    return known_cards(plan.deck, plan.held, "deck.lock")


def placed(desk: Desk, message: Garbled) -> list[Placed | Unplaced]:
    """Return what becomes of a message that comes by itself."""
    made = [desk.place(each) for each in messages_in(message.raw)]
    return [found for each in made for found in (each if isinstance(each, list) else [each])]


def answer(message: Garbled, found: list[Placed | Unplaced]) -> str:
    """Return how a message fared: right, wrong, near (the note is named as likely), or not."""
    at = {each.card.id for each in found if isinstance(each, Placed)}
    if at:
        return "right" if at == message.about else "wrong"
    near = {card.id for each in found if isinstance(each, Unplaced) for card in each.near}
    return "near" if message.about & near else "not" if message.about else "right"


def test_each_by_itself() -> None:
    """Under 2% wrong; nine of ten at their place, and every one that has the id, however spelt."""
    cards = deck()
    desk = Desk(cards, PLAIN)
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for message in garbled(cards, COUNT, SEED):
        found = answer(message, placed(desk, message))
        counts[found] += 1
        kinds.setdefault(message.kind, Counter())[found] += 1
    print(dict(counts), {kind: dict(each) for kind, each in kinds.items()})  # noqa: T201
    assert counts["wrong"] < COUNT * 0.02
    assert counts["right"] >= COUNT * 0.9
    for kind in kinds.keys() - HARD:
        assert kinds[kind]["right"] >= kinds[kind].total() - 1, kind


@pytest.mark.parametrize(
    "between",
    ["\n-----\n", "\nVan: Jan <jan@voorbeeld.nl>\nAan: ons\nOnderwerp: kaarten\n\n", "\n\n\n"],
    ids=["rules", "heads", "blank lines"],
)
def test_pasted_one_after_the_other(between: str) -> None:
    """All of them are at the places of before, but for a few where nothing parts them; no names."""
    cards = deck()
    desk = Desk(cards, PLAIN)
    alone = [m for m in garbled(cards, COUNT, SEED) if m.kind not in ("a mail", "quoted-printable")]
    found = inbox(desk, messages_in(between.encode().join(m.raw for m in alone)))
    each = [one for message in alone for one in placed(desk, message) if isinstance(one, Placed)]
    lost = Counter(one.card.id for one in each) - Counter(one.card.id for one in found.placed)
    assert lost.total() <= (0 if between.strip() else COUNT * 0.02)
    said = [m.said for m in found.placed] + [m.said for m in found.unplaced]
    assert [(name, text) for text in said for name in WRITERS if name in text] == []
