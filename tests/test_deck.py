"""The real deck: what `cards/` promises to the people who study it."""

import re

from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.release.next_release import NextRelease
from deckwright.source.deck import Deck


def the_deck() -> Deck:
    """Return the deck, which must be sound."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready
    return planned.ready.deck


def the_release() -> NextRelease:
    """Return the release that the cards would be."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.ready
    return planned.ready.release


def test_it_has_no_problems() -> None:
    """The deck is sound, and could be released as it is."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready


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
    """Each note has a guid and an id of its own."""
    notes = the_release().notes
    assert len({note.guid for note in notes}) == len(notes)
    assert len({note.added for note in notes}) == len(notes)
