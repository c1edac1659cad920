"""A build: all of its files or none, by one build at a time, and never half-written."""

import shutil
from pathlib import Path

import pytest
from author import Author

import faults
from deckwright.build.cards_folder import Resources
from deckwright.build.packages import build_deck
from deckwright.build.plan import BuildOptions
from deckwright.disk import folder_lock, writing
from deckwright.disk.folder_lock import hold
from deckwright.release.stamp import Clock


def test_without_a_lock_the_summary_is_told(tmp_path: Path) -> None:
    """The first build knows that there was no lock, the second that there was one."""
    author = Author(tmp_path)
    assert author.builds().first
    assert not author.builds().first


def test_locked_writes_nothing(tmp_path: Path) -> None:
    """`locked` fails on any edit, leaving lock and package as they were, and passes without."""
    author = Author(tmp_path)
    package = author.builds().package
    before = author.lock(), package.read_bytes()
    author.note("een")["answer"] = "Anders."
    made, problems = author.tries(locked=True)
    assert made is None
    assert [problem.code for problem in problems] == ["lock-stale"]
    assert (author.lock(), package.read_bytes()) == before
    author.note("een")["answer"] = "Een **getal**."
    assert author.builds(locked=True)


def test_an_error_writes_nothing(tmp_path: Path) -> None:
    """With one bad note the old lock and the old package stay, byte for byte."""
    author = Author(tmp_path)
    package = author.builds().package
    before = author.lock(), package.read_bytes()
    author.note("een")["answer"] = "Anders."
    author.note("drie")["cloze"] = "geen gat"
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["cloze-missing"]
    assert (author.lock(), package.read_bytes()) == before


def test_temporary_files_of_killed_builds_go(tmp_path: Path) -> None:
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
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.2)
    with hold(author.cards):
        made, problems = author.tries(resources=Resources(tell=said.append))
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

    options = BuildOptions(resources=Resources(tell=edit))
    made, problems = build_deck(author.cards, author.out, Clock(author.now), options)
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
    assert {call for call, _, _ in found} >= {"openat", "write", "fsync", "chmod", "rename"}
    assert {kind for _, _, kind in found} >= {"all old", "lock ahead"}


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

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write_all", die)
        with pytest.raises(KeyboardInterrupt):
            author.tries()
    assert not cleanup.exists()
    assert author.builds().cleanup is None


def test_two_builds_at_once(stage: faults.Stage, tmp_path: Path) -> None:
    """Both end well, one of them finds nothing left to do, and the result is that of one."""
    assert faults.pairs(stage, tmp_path, 3) == {"all new": 3}
