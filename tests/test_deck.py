"""The real deck: what `cards/` promises to the people who study it."""

import re

from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.release.lock import LOCK_NAME, parse
from deckwright.source.deck import Deck


def the_deck() -> Deck:
    """Return the deck, which must be sound."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready
    return planned.ready.deck


def test_it_has_no_problems_and_an_up_to_date_lock() -> None:
    """The deck is sound, and its lock is the one that the committed cards give."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready
    assert not planned.ready.lock_changes, "run make, and commit cards/deck.lock"


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


def test_no_guid_is_ever_used_twice() -> None:
    """In the committed lock each note has a guid and an id of its own."""
    lock, _ = parse((CARDS / LOCK_NAME).read_text("utf-8"), LOCK_NAME)
    assert lock
    assert len({entry.guid for entry in lock.notes.values()}) == len(lock.notes)
    assert len({entry.added for entry in lock.notes.values()}) == len(lock.notes)
