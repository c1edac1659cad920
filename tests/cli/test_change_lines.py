"""Changes are printed one by one."""

import tracemalloc

import pytest

from deckwright.cli._change_lines import show_changes
from deckwright.release.diff import diff
from deckwright.release.packaged import PackageContents, PackagedNote


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_long_texts_take_little_room(form: str) -> None:
    """The pieces of a text take twenty times its room: they are not kept while others are made."""
    texts = ["Dit is een zin. " * 240, "Het is een regel. " * 220]
    old, new = (
        PackagedNote("n", "g", "question", "D", 1, 1, {"question": each}, (), (0,))
        for each in texts
    )
    contents = [PackageContents({f"g{n}": note for n in range(100)}, {}) for note in (old, new)]
    tracemalloc.start()
    found = diff(*contents)
    show_changes(found, form)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 100
    assert most < 3_000_000


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_hides_is_shown(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In the name of a note, in how it begins, and in what changed."""
    notes = (
        PackagedNote("n\u202e", "g", "question", "D", 1, 1, {"question": text}, (), (0,))
        for text in ("een\u200e oud", "een\u200e nieuw")
    )
    show_changes(diff(*(PackageContents({"g": note}, {}) for note in notes)), form)
    shown = capsys.readouterr().out
    assert "n\\u202e" in shown
    assert shown.count("een\\u200e") == 2
    assert "\u202e" not in shown
