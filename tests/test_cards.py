"""The real deck: what `cards/` promises to the people who study it."""

import re
from collections import Counter
from pathlib import Path

from deckwright import build
from deckwright.lock import parse
from deckwright.notes import ClozeNote, Deck
from deckwright.stamp import Clock

CARDS = Path(__file__).parent.parent / "cards"


def the_deck() -> Deck:
    """Return the deck, which must be sound."""
    plan = build.plan(CARDS, Clock(2_000_000_000))
    assert plan.problems == []
    assert plan.sound
    return plan.sound.deck


def test_it_has_no_problems_and_an_up_to_date_lock() -> None:
    """The deck is sound, and its lock is the one that the committed cards give."""
    plan = build.plan(CARDS, Clock(2_000_000_000))
    assert plan.problems == []
    assert plan.sound
    assert not plan.sound.lock_changes, "run make, and commit cards/deck.lock"


def test_every_point_of_the_guide_has_a_note() -> None:
    """No point of the outline is forgotten; all four parts and the close have notes."""
    deck = the_deck()
    assert deck.guide
    covered = {text.value for note in deck.notes for text in note.covers}
    assert {point.id.value for point in deck.guide.points()} - covered == set()
    assert len(deck.guide.parts) == 5
    assert 75 <= len(deck.notes) <= 110


def test_tags_tell_part_and_kind() -> None:
    """Each note has one tag for its part and one for its kind, so learners can filter."""
    for note in the_deck().notes:
        tags = " ".join(tag.value for tag in note.tags)
        assert re.fullmatch(
            r"managerspet::(deel-\d|slot) managerspet::(principe|dilemma|tip|feit|reflectie)", tags
        ), note.id.value


def test_cloze_stays_a_spice() -> None:
    """At most 30% of the notes are cloze: open recall is what transfers (card-writing)."""
    kinds = Counter(isinstance(note, ClozeNote) for note in the_deck().notes)
    assert kinds[True] / kinds.total() <= 0.3


def test_no_guid_is_ever_used_twice() -> None:
    """In the committed lock each note has a guid and an id of its own."""
    lock, _ = parse((CARDS / build.LOCK_NAME).read_text("utf-8"), build.LOCK_NAME)
    assert lock
    assert len({entry.guid for entry in lock.notes.values()}) == len(lock.notes)
    assert len({entry.added for entry in lock.notes.values()}) == len(lock.notes)
