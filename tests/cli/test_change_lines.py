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
