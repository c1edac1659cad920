"""A full folder for temporary files, and files that go while they are read: one line each."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from author import Author

from deckwright.build import packages
from deckwright.build.packages import build_deck
from deckwright.release.next_release import Clock


def limited(bytes_: int, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a program that may write no file of more bytes."""
    return subprocess.run(
        [sys.executable, "-m", "deckwright", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_)),
    )


@pytest.mark.parametrize("room", [0, 1_000, 20_000, 200_000])
def test_no_room_for_temporary_files(tmp_path: Path, room: int) -> None:
    """Not even a folder; no package; no collection of Anki's; not all that Anki adds to it."""
    author = Author(tmp_path)
    package = author.published()
    for words in (["verify", package], ["verify", "--cards", author.cards]):
        done = limited(room, *words)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1
        assert "None" not in done.stderr
        assert "TMPDIR" in done.stderr or "Anki" in done.stderr


@pytest.mark.parametrize("command", ["build", "release", "lock", "rename", "retire"])
def test_no_room_for_what_is_written(tmp_path: Path, command: str) -> None:
    """One problem, or one line; what was there is there still."""
    author = Author(tmp_path)
    old = author.published()
    author.note("een")["answer"] = "Anders."
    author.save()
    choices: dict[str, list[object]] = {
        "build": ["--no-cache", "--out", author.out],
        "release": ["--yes", "--allow-warnings", "--out", author.out],
        "lock": ["--from", old],
        "rename": ["een", "eerste"],
        "retire": ["een", "--why", "Te makkelijk."],
    }
    if command == "lock":
        (author.cards / "deck.lock").unlink()
    before = {path: path.read_bytes() for path in author.cards.iterdir()}
    done = limited(10, command, *choices[command], "--cards", author.cards)
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert "None" not in done.stderr
    assert {path: path.read_bytes() for path in author.cards.iterdir()} == before


def test_a_picture_that_goes_while_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was there when the cards were checked; that it is gone is said of it, not of the disk."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "![een streep](media/streep.svg)"
    author.save()
    picture = author.cards / "media" / "streep.svg"
    picture.parent.mkdir()
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    real = packages.package_bytes

    def gone(*words: object, **wishes: object) -> bytes:
        picture.unlink()
        return real(*words, **wishes)  # type: ignore[arg-type]

    monkeypatch.setattr(packages, "package_bytes", gone)
    made, problems = build_deck(author.cards, author.out, Clock(author.now))
    assert made is None
    (problem,) = [each for each in problems if each.code == "file-unreadable"]
    assert "'streep.svg' cannot be read: no such file" in problem.message
    assert not author.out.exists()
