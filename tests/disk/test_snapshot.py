"""What the files of a folder looked like: any change is seen."""

from pathlib import Path

from deckwright.disk.snapshot import snapshot


def test_a_link_to_nowhere_hides_no_change(tmp_path: Path) -> None:
    """Whatever stands in the folder, a file that changes is seen."""
    (tmp_path / "a").symlink_to("nowhere")
    for name in "bcd":
        (tmp_path / name).write_text("x")
    before = snapshot([tmp_path])
    for name in "bcd":
        (tmp_path / name).write_text("yy")
        now = snapshot([tmp_path])
        assert now != before
        before = now
