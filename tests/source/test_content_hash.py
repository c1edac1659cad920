"""What counts as a change of a note, and what does not."""

import unicodedata

import pytest

from deckwright.source.content_hash import content_hash
from deckwright.source.reader import read_notes

NOTE = "subdeck: D\nnotes:\n- id: a\n  question: Één?\n  answer: Jà.\n  tags: [één, twee]\n"


def hashed(text: str, *media: str) -> str:
    """Return the hash of the only note in a file."""
    ((note,), _, _) = read_notes(text.encode(), "1.yaml")
    return content_hash(note, media)


@pytest.mark.parametrize(
    "same",
    [
        unicodedata.normalize("NFD", NOTE),
        NOTE.replace("[één, twee]", "[twee, één]"),
        NOTE.replace("- id: a", "- id: b"),
        NOTE.replace("subdeck: D", "subdeck: E"),
    ],
)
def test_what_a_learner_does_not_see_is_no_change(same: str) -> None:
    """How signs are composed, on a Mac, in texts and tags; the order of tags; id and subdeck."""
    assert hashed(same) == hashed(NOTE)


@pytest.mark.parametrize(
    "other",
    [
        NOTE.replace("Één?", "Een?"),
        NOTE.replace("[één, twee]", "[één]"),
        NOTE.replace("question: Één?\n  answer: Jà.", "question: Jà.\n  answer: Één?"),
    ],
)
def test_what_a_learner_sees_is_one(other: str) -> None:
    """A text, the role that it stands in, a tag, a picture."""
    assert hashed(other) != hashed(NOTE)
    assert hashed(NOTE, "a-1.png") != hashed(NOTE) != hashed(NOTE, "a-2.png")
