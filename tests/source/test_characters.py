"""Characters that no text of a card may hold, and those that look like them."""

import pytest

from deckwright.source.characters import HIDDEN


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
