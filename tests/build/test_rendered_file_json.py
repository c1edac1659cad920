"""A rendered file as JSON: it comes back whole."""

from pathlib import Path

from mistakes import MISTAKES
from real_deck import CARDS

from deckwright.build import _rendered_file_json
from deckwright.build.rendered_file import render_file


def test_a_rendered_file_comes_back_whole(large: Path) -> None:
    """Each text, place, problem and hash is the same after JSON, and the file may have moved."""
    files = [*CARDS.glob("[1-9]*.yaml"), *large.glob("1-*.yaml")]
    for raw in [MISTAKES.encode(), b"", *(path.read_bytes() for path in files)]:
        text = _rendered_file_json.dump(render_file(raw, "x.yaml", "nl"))
        assert _rendered_file_json.load(text, "x.yaml") == render_file(raw, "x.yaml", "nl")
        assert _rendered_file_json.load(text, "y.yaml") == render_file(raw, "y.yaml", "nl")


def test_words_are_those_of_the_decks_language() -> None:
    """Which words say nothing differs: 'what' and 'is' in English, 'wat' in Dutch."""
    raw = b"subdeck: S\nnotes:\n- {id: n, question: What wat is tea?, answer: A drink.}\n"
    (dutch,), (english,) = (render_file(raw, "x", code).notes for code in ("nl", "en"))
    assert dutch.words.compared == "tea what"
    assert english.words.compared == "tea wat"
