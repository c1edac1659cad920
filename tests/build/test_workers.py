"""Worker processes, forked or spawned: what they make is what one process makes."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import decks
import pytest

import faults
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.disk.folder_lock import hold

SPAWNED = """
import multiprocessing, sys
from pathlib import Path
from deckwright.build import cards_folder
from deckwright.build.cards_folder import Resources, read_cards_folder

def main():
    multiprocessing.set_start_method(sys.argv[2])
    cards = Path(sys.argv[1])
    plain = read_cards_folder(cards, Resources())
    cards_folder.run_task = None  # this process may not render anything any more
    assert read_cards_folder(cards, Resources(workers=2)) == plain
    print("equal")

main()
"""


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_a_process(large: Path, method: str) -> None:
    """Forked as on Linux, spawned as on Windows and macOS: all files are rendered by workers."""
    command = [sys.executable, "-c", SPAWNED, str(large), method]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "equal\n", done.stderr


def test_workers_that_are_killed_cost_time_alone(large: Path) -> None:
    """Their files are read here instead."""
    plain = read_cards_folder(large, Resources())
    killed: list[int] = []

    def kill(_doing: str) -> None:
        for worker in multiprocessing.active_children() if not killed else ():
            worker.kill()
            worker.join()
            killed.append(worker.pid or 0)

    assert read_cards_folder(large, Resources(workers=2, tell=kill)) == plain
    assert len(killed) == 2


def test_one_worker_is_this_process(large: Path) -> None:
    """Where threads are at work, as in the preview, no process is started."""
    seen: list[object] = []
    read_cards_folder(
        large, Resources(tell=lambda _: seen.extend(multiprocessing.active_children()))
    )
    assert seen == []


def ended(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, which comes within a minute."""
    return subprocess.run(
        command,
        cwd=folder,
        env=faults.ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def runs(pid: int) -> bool:
    """Return whether a process runs, and is not only a name that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path(f"/proc/{os.getpid()}/task").exists(), reason="needs Linux's /proc")
def test_workers_of_a_killed_build_let_go(tmp_path: Path) -> None:
    """A large build is killed while its workers work: they end, and the next build begins."""
    cards = decks.write(tmp_path / "cards", 3_000)
    command = [sys.executable, "-m", "deckwright", "build", "--no-cache"]
    process = subprocess.Popen(command, cwd=tmp_path, env=faults.ENVIRONMENT)
    until = time.monotonic() + 20
    while not (workers := children(process.pid)) and time.monotonic() < until:
        time.sleep(0.001)
    assert workers, "no worker was started"
    process.kill()
    process.communicate()
    started = time.monotonic()
    with hold(cards):
        assert time.monotonic() - started < 5
    until = time.monotonic() + 10
    while any(map(runs, workers)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(runs, workers))


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("when", ["1", "2", "1+"])
def test_a_process_that_cannot_be_started_costs_time_alone(tmp_path: Path, when: str) -> None:
    """The system gives no first, no second, or no process at all: the build ends, and is whole."""
    cards = decks.write(tmp_path / "cards", 1_500)
    refuse = f"inject=clone,clone3,fork,vfork:error=EAGAIN:when={when}"
    build = [sys.executable, "-m", "deckwright", "build", "--no-cache", "--cards", str(cards)]
    done = ended(
        ["strace", "-o", "/dev/null", "-e", "trace=clone,clone3,fork,vfork", "-e", refuse, *build],
        tmp_path,
    )
    if "ptrace" in done.stderr.lower():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "build").glob("*.apkg"))


@pytest.mark.skipif(os.name != "posix", reason="needs ulimit")
@pytest.mark.parametrize("files", [8, 10, 12, 14, 16])
def test_too_few_files_are_no_end(tmp_path: Path, files: int) -> None:
    """With so few files open at once: a package, or one line, but an end."""
    cards = decks.write(tmp_path / "cards", 1_500)
    build = f"{sys.executable} -m deckwright build --no-cache --cards {cards}"
    done = ended(
        ["bash", "-c", f"ulimit -n {files}; exec {build}"],
        tmp_path,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
