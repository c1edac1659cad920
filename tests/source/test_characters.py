"""Characters that no text of a card may hold, and those that look like them."""

import pytest

from deckwright.source.characters import HIDDEN, is_blank, is_visible


@pytest.mark.parametrize(
    "text", ["a\u200bb", "a\u200b\u200bb", "ab\u200b", "\u200bab", "é\u200b \u200bx"]
)
def test_a_break_that_hides_between_latin_letters(text: str) -> None:
    """A search, a spelling check and a hidden word would not find what looks like one."""
    assert HIDDEN.search(text)


@pytest.mark.parametrize("text", ["ไทย\u200bไทย", " \u200b\u200bअल", "ह\u200b a", "ខ្មែរ\u200bខ្មែរ"])
def test_a_break_of_a_script_without_spaces(text: str) -> None:
    """Thai, Khmer and others break a line there."""
    assert not HIDDEN.search(text)


@pytest.mark.parametrize(
    "text", ["", " \u3164", "\u2800", "\u115f\u1160", "\uffa0", "\u00ad\ufe0f"]
)
def test_a_text_of_which_nothing_is_seen(text: str) -> None:
    """As the answer of a card, or the name of a deck, it would be empty to a learner."""
    assert is_blank(text)
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["a", "가", "\u3164a", "\u0301", "👩‍👩‍👧", "-"])
def test_a_text_of_which_something_is_seen(text: str) -> None:
    """A letter beside one that nobody sees is enough."""
    assert not is_blank(text)
