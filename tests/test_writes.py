"""Files are written whole or not at all, all of a build or none, by one build at a time."""

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import decks
import pytest

import faults
from author import Author
from deckwright import build, writes
from deckwright.build import Options
from deckwright.gather import Speed
from deckwright.stamp import Clock


def test_write_says_whether_it_wrote(tmp_path: Path) -> None:
    """Equal bytes leave the file alone; the folder is made where it lacks."""
    target = tmp_path / "new" / "file"
    assert writes.write(target, b"one")
    inode = target.stat().st_ino
    assert not writes.write(target, b"one")
    assert target.stat().st_ino == inode
    assert writes.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


FULL_DISK = """
import resource, sys
from pathlib import Path
from deckwright import writes
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
writes.write(Path(sys.argv[1]), b"new" * 100)
"""


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the system takes no more bytes, the old ones stay and no temporary file does."""
    target = tmp_path / "file"
    writes.write(target, b"old")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, target], capture_output=True, text=True, check=False
    )
    assert "OSError" in run.stderr
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    """The file has the permissions that the umask gives, not the 0600 of a temporary file."""
    target = tmp_path / "file"
    old = os.umask(0o022)
    try:
        writes.write(target, b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def test_all_files_or_none(tmp_path: Path) -> None:
    """Where the second file cannot be written, the first one keeps its old content too."""
    first, second = tmp_path / "a" / "first", tmp_path / "b" / "second"
    writes.write(first, b"old")
    (tmp_path / "b").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="b"):
        writes.write_all({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old"
    assert list(first.parent.iterdir()) == [first]


def test_a_link_or_pipe_is_replaced_not_followed(tmp_path: Path) -> None:
    """The file that a link leads to keeps its content, and a pipe does not block."""
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "link").symlink_to("other")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        assert writes.write(tmp_path / name, b"new")
        assert (tmp_path / name).read_bytes() == b"new"
    assert (tmp_path / "other").read_bytes() == b"other"


def test_temporary_files_of_the_dead_go(tmp_path: Path) -> None:
    """The next build removes what a killed one left beside its files, and nothing else."""
    author = Author(tmp_path)
    author.builds()
    left = [author.cards / ".deck.lock.x1.tmp", author.out / ".proef.apkg.x2.tmp"]
    other = author.out / ".another.apkg.x3.tmp"
    for path in (*left, other):
        path.write_bytes(b"half")
    author.builds()
    assert not any(path.exists() for path in left)
    assert other.exists()


def test_a_second_build_waits_or_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another one is at work: told on the way, and refused when it does not end."""
    author = Author(tmp_path)
    author.save()
    said: list[str] = []
    monkeypatch.setattr(writes, "PATIENCE", 0.2)
    with writes.exclusive(author.cards):
        made, problems = author.tries(speed=Speed(progress=said.append))
    assert made is None
    assert [problem.code for problem in problems] == ["deck-busy"]
    assert set(said) == {"another deckwright is at work here; waiting"}
    assert author.tries()[0]


@pytest.mark.parametrize("count", [1, 2, 100])
def test_edits_while_the_cards_are_read(tmp_path: Path, count: int) -> None:
    """All is read again, so the build is of one moment; edits without end are refused."""
    author = Author(tmp_path)
    author.save()
    file = author.cards / "1-deel.yaml"
    text = file.read_text("utf-8")
    edits = iter(range(count))

    def edit(doing: str) -> None:
        if doing.startswith("read") and (number := next(edits, None)) is not None:
            file.write_text(text.replace("**getal**", f"{number} keer"), "utf-8")

    options = Options(speed=Speed(progress=edit))
    made, problems = build.make(author.cards, author.out, Clock(author.now), options)
    if made:
        assert made.stamped.notes[0].note.fields[5] == f"Een {count - 1} keer."
    else:
        assert [problem.code for problem in problems] == ["files-changing"]
        assert not author.out.exists()
        assert not (author.cards / "deck.lock").exists()
    assert bool(made) == (count < 3)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> faults.Stage:
    """Return a deck with changes to build; skips where the system has no strace."""
    if not shutil.which("strace"):
        pytest.skip("no strace here (on Debian: apt install strace)")
    return faults.prepare(tmp_path_factory.mktemp("stage"))


def test_kills_leave_old_or_new(stage: faults.Stage, tmp_path: Path) -> None:
    """Killed anywhere, also between two renames: consistent, and the next build mends it."""
    assert faults.kills(stage, tmp_path, 6).total() == 6


def test_every_write_may_fail(stage: faults.Stage, tmp_path: Path) -> None:
    """Each system call of the writing fails once, as on a full disk: one line, old or new."""
    found = list(faults.faults(stage, tmp_path, ("ENOSPC",), writing=True))
    assert len(found) > 25
    assert {kind for _, kind in found} >= {"all old", "lock ahead"}


def test_workers_of_a_killed_build_let_go(tmp_path: Path) -> None:
    """A large build is killed while its workers work: they end, and the next build begins."""
    cards = decks.write(tmp_path / "cards", 3_000)
    command = [sys.executable, "-m", "deckwright", "build", "--no-cache"]
    process = subprocess.Popen(command, cwd=tmp_path, env=faults.ENVIRONMENT)
    time.sleep(0.6)
    process.kill()
    process.communicate()
    started = time.monotonic()
    with writes.exclusive(cards):
        assert time.monotonic() - started < 5


def test_a_link_to_nowhere_hides_no_change(tmp_path: Path) -> None:
    """Whatever stands in the folder, a file that changes is seen."""
    (tmp_path / "a").symlink_to("nowhere")
    for name in "bcd":
        (tmp_path / name).write_text("x")
    before = writes.snapshot([tmp_path])
    for name in "bcd":
        (tmp_path / name).write_text("yy")
        now = writes.snapshot([tmp_path])
        assert now != before
        before = now


def test_a_package_of_another_deck_stays(tmp_path: Path) -> None:
    """Its name may be that of our clean-up; without retired notes we have made none."""
    author = Author(tmp_path)
    author.out.mkdir()
    (author.out / "proef-opruimen.apkg").write_bytes(b"of another deck")
    author.builds()
    assert (author.out / "proef-opruimen.apkg").read_bytes() == b"of another deck"


def test_no_clean_up_outlives_the_return_of_its_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note comes back and the build dies over it: no package is left that would blank it."""
    author = Author(tmp_path)
    author.builds()
    gone = author.notes.pop()
    cleanup = author.builds().cleanup
    assert cleanup
    author.notes.append(gone)
    real = writes.write_all
    monkeypatch.setattr(writes, "write_all", None)  # as good as a kill: nothing is written
    with pytest.raises(TypeError):
        author.tries()
    monkeypatch.setattr(writes, "write_all", real)
    assert not cleanup.exists()
    assert author.builds().cleanup is None


def test_two_builds_at_once(stage: faults.Stage, tmp_path: Path) -> None:
    """Both end well, one of them finds nothing left to do, and the result is that of one."""
    assert faults.pairs(stage, tmp_path, 3) == {"all new": 3}
