"""Whether a note still asks what learners learnt: each measure at its bound."""

import pytest

from deckwright.release.meaning import moved_gaps, renumbered

BEFORE = "Iedere maandag eten wij {{c1::kaas}} met brood erbij."


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        ("Iedere maandag eten wij {{c1::vis}} met brood erbij.", []),
        ("Iedere maandag eten wij {{c1::vis}} uit zout zeewater.", []),
        ("Op zondag zwemt hij {{c1::vis}} met brood erbij.", []),
        ("Op zondag zwemt hij {{c1::vis}} uit zout zeewater.", ["1"]),
        ("Op zondag zwemt hij {{c1::kaas}} uit zout zeewater.", []),
    ],
)
def test_a_gap_is_where_one_side_of_it_is(after: str, moved: list[str]) -> None:
    """What stands before it or what stands behind it is enough; so is what it hides."""
    assert moved_gaps(BEFORE, after) == moved


def test_a_gap_at_its_old_place_is_not_renumbered() -> None:
    """Only a number that stands where another one stood, and no longer at its own place."""
    two = "Een {{c1::appel}} is rond en een {{c2::peer}} is scheef."
    assert renumbered(two, two) == []
    assert renumbered(two, two.replace("peer", "banaan")) == []
    exchanged = "Een {{c2::appel}} is rond en een {{c1::peer}} is scheef."
    assert [(each.number, each.home) for each in renumbered(two, exchanged)] == [
        ("2", "1"),
        ("1", "2"),
    ]
