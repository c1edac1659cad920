"""`--watch`: the real program runs again when a real editor's save has come to rest."""

import gc
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from author import Author

from deckwright.cli._running import run_for_hours
from deckwright.disk.snapshot import Seen, Watch, snapshot

if os.name != "posix":
    pytest.skip("Ctrl-C is sent as a signal", allow_module_level=True)


class Watcher:
    """A program that watches; what it says grows meanwhile."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self.said.append(line)

    def waits_for(self, pattern: str, count: int = 1) -> None:
        """Wait until lines like this were said so often."""
        end = time.monotonic() + 20
        while len(self.lines(pattern)) < count:
            assert time.monotonic() < end, f"{pattern} is not in {self.said}"
            time.sleep(0.02)

    def lines(self, pattern: str) -> list[str]:
        """Return the lines so far that are like this."""
        return [line for line in self.said if re.search(pattern, line)]

    def ends(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(20)


@pytest.fixture(autouse=True)
def _hears_ctrl_c() -> Iterator[None]:
    """Let new processes do so even where a shell started these tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def watching(*words: object, **environment: str) -> Iterator[Watcher]:
    """Run a command with --watch in a process of its own."""
    command = [sys.executable, "-u", "-m", "deckwright", *map(str, words), "--watch"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        try:
            yield Watcher(process)
        finally:
            process.kill()


def saves_in_place(path: Path, text: str) -> None:
    """Write the file itself."""
    path.write_text(text, "utf-8")


def saves_by_rename(path: Path, text: str) -> None:
    """Write another file and rename it, as most editors do."""
    other = path.with_name(f".{path.name}.swp")
    other.write_text(text, "utf-8")
    other.replace(path)


def saves_as_vim(path: Path, text: str) -> None:
    """Try the folder with a file, put the old one aside, write a new one in two pieces."""
    trial, backup = path.with_name("4913"), path.with_name(f"{path.name}~")
    trial.write_text("", "utf-8")
    trial.unlink()
    path.replace(backup)
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:20])
        file.flush()
        time.sleep(0.05)
        file.write(text[20:])
    backup.unlink()


SAVES = [saves_in_place, saves_by_rename, saves_as_vim]


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author whose deck is here."""
    author = Author(tmp_path)
    author.save()
    monkeypatch.chdir(tmp_path)
    return author


@pytest.mark.parametrize("save", SAVES)
def test_check_runs_again_after_each_save(
    author: Author, save: Callable[[Path, str], None]
) -> None:
    """It says when and what changed, goes on after errors, and ends with 0."""
    path = author.cards / "1-deel.yaml"
    good = path.read_text("utf-8")
    with watching("check") as watcher:
        watcher.waits_for("^no problems$")
        assert watcher.said[0] == "watching cards (end with Ctrl-C)\n"
        save(path, good.replace("id: een", "id: Een"))
        watcher.waits_for(r"error\[id-malformed\]")
        watcher.waits_for("^1 error$")
        save(path, good)
        watcher.waits_for("^no problems$", 2)
        said = watcher.lines("changed")
        assert watcher.ends() == 0
    times = [re.fullmatch(r"\d\d:\d\d:\d\d, changed: cards/1-deel.yaml\n", each) for each in said]
    assert len(times) >= 2  # more, where this computer is so busy that a save takes long
    assert all(times), said
    assert not watcher.lines("Abort|Error|Traceback|Interrupt")


def test_one_save_is_one_run(author: Author) -> None:
    """All files that come at once count as one change; those in a folder of pictures, too."""
    pictures = author.cards.parent / "pictures" / "a"
    pictures.mkdir(parents=True)
    for number in range(4):
        (pictures / f"{number}.txt").write_text("x", "utf-8")
    with watching("check") as watcher:
        watcher.waits_for("^no problems$")
        pictures.parent.rename(author.cards / "media")
        watcher.waits_for("changed: cards/media/a/0.txt, ")
        watcher.waits_for("^4 ")
        time.sleep(0.5)
        assert len(watcher.lines("changed")) == 1
        (author.cards / "media").rename(pictures.parent)
        watcher.waits_for("^no problems$", 2)
        for number in range(4, 6):
            (pictures / f"{number}.txt").write_text("x", "utf-8")
        pictures.parent.rename(author.cards / "media")
        watcher.waits_for("changed: .*/4.txt, …$")
        assert watcher.ends() == 0


@pytest.mark.parametrize("save", SAVES)
def test_build_makes_the_package_again(author: Author, save: Callable[[Path, str], None]) -> None:
    """Each draft is that of the files as they are; a deck with errors leaves the last one."""
    path, package = author.cards / "1-deel.yaml", author.out / "proef-concept.apkg"
    good = path.read_text("utf-8")
    with watching("build") as watcher:
        watcher.waits_for("a draft: 4 new")
        first = package.read_bytes()
        save(path, good.replace("id: een", "id: Een"))
        watcher.waits_for(r"error\[id-malformed\]")
        assert package.read_bytes() == first
        save(path, f"{good}- {{id: vijf, question: Wat is vijf?, answer: Een hand.}}\n")
        watcher.waits_for("a draft: 5 new")
        assert package.read_bytes() != first
        assert watcher.ends() == 0


def test_packages_among_the_cards_do_not_run_it_again(author: Author) -> None:
    """What it writes itself is no change."""
    with watching("build", "--out", author.cards) as watcher:
        watcher.waits_for("a draft")
        time.sleep(1)
        assert len(watcher.lines("a draft")) == 1
        assert watcher.ends() == 0


def test_a_folder_that_goes_and_comes_back(author: Author) -> None:
    """It is a problem like any other; the language stays that of the command."""
    away = author.cards.parent / "away"
    with watching("check", "--lang", "nl", "--cards", "cards") as watcher:
        watcher.waits_for("^geen problemen$")
        author.cards.rename(away)
        watcher.waits_for(r"error\[folder-unreadable\]")
        away.rename(author.cards)
        watcher.waits_for("^geen problemen$", 2)
        assert len(watcher.lines("veranderd: ")) == 2
        assert watcher.ends() == 0


def test_wrong_usage_ends_it(author: Author) -> None:
    """Nothing that an author saves would fix that."""
    assert author.cards.exists()
    with watching("check", "README.md") as watcher:
        assert watcher._process.wait(20) == 2


def test_ctrl_c_while_it_reads_is_quiet(large: Path) -> None:
    """With workers under way, in a terminal that sends it to all of them."""
    command = [sys.executable, "-m", "deckwright", "check", "--no-cache", "--watch"]
    with subprocess.Popen(
        [*command, "--cards", str(large)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr
        assert "watching" in process.stderr.readline()
        time.sleep(0.4)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def looks(folder: Path, *edits: Callable[[Path], object]) -> Callable[[], list[Seen]]:
    """Return what takes snapshots of a folder, with an edit of a file before each."""
    left = iter(edits)

    def look() -> list[Seen]:
        next(left)(folder / "file")
        return snapshot([folder])

    return look


def comes(file: Path) -> None:
    """Write the file."""
    file.write_text("x", "utf-8")


def grows(file: Path) -> None:
    """Write more of it."""
    file.write_text(f"{file.read_text('utf-8')}x", "utf-8")


def stays(_: Path) -> None:
    """Leave the file alone."""


def test_a_save_is_waited_for(tmp_path: Path) -> None:
    """Until two looks see the same; then nothing has changed any more."""
    watch = Watch(looks(tmp_path, stays, comes, grows, grows, stays, stays, grows, stays))
    assert watch.changed() == [tmp_path / "file"]
    assert watch.changed() == []
    assert watch.changed() == [tmp_path / "file"]


def test_what_came_and_went_is_no_change(tmp_path: Path) -> None:
    """An editor tries the folder with a file, and takes it away."""
    assert Watch(looks(tmp_path, stays, comes, Path.unlink, stays)).changed() == []


def test_what_never_rests_is_seen_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that some program writes all the time holds back no other."""
    monkeypatch.setattr("deckwright.disk.snapshot._REST", 0.001)
    assert Watch(looks(tmp_path, comes, *[grows] * 100)).changed() == [tmp_path / "file"]


def test_what_runs_for_hours_collects_garbage() -> None:
    """Commands switch that off, as they end soon; and seldom, as a large deck is all objects."""
    was, first = gc.isenabled(), gc.get_threshold()
    try:
        gc.disable()
        run_for_hours()
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= 100_000
    finally:
        gc.set_threshold(*first)
        (gc.enable if was else gc.disable)()
