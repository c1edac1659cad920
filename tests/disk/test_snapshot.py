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


def test_folders_below_are_looked_through_where_that_is_asked(tmp_path: Path) -> None:
    """A picture in a folder of a folder counts; what hides, and what a link leads to, does not."""
    for name in ("media/a/b/x", "media/.git/x", "other/a/x", "elsewhere/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "media" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "media" / "round").symlink_to(tmp_path / "media")

    def seen() -> object:
        return snapshot([tmp_path / "other"], [tmp_path / "media"])

    before = seen()
    for name in ("media/.git/x", "other/a/x", "elsewhere/x"):
        (tmp_path / name).write_text("yy")
        assert seen() == before
    (tmp_path / "media/a/b/x").write_text("yy")
    assert seen() != before
    before = seen()
    (tmp_path / "media/a/b/y").write_text("new")
    assert seen() != before
