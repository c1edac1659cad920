"""Crashes, full disks, and releases at once: ledger and packages stay consistent. Needs strace.

Usage: faults.py kills N | faults | pairs N. Each run starts from a deck that learners have, with
an edit, a new note and a retired one that are not released yet, and releases it for real.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from author import NOTES, Author

from deckwright.release.ledger import LEDGER_NAME

ENVIRONMENT = {
    **os.environ,
    "SOURCE_DATE_EPOCH": "1601000000",
    "DECKWRIGHT_LANG": "en",
    "DICPATH": "/nowhere",
    "PYTHONDONTWRITEBYTECODE": "1",
}
FILES = (
    f"cards/{LEDGER_NAME}",
    "build/proef.apkg",
    "build/proef-opruimen.apkg",
    "build/proef-nieuw.md",
)
# Without Anki's engine, which would take most of the time.
RELEASE = "import sys; sys.modules['anki'] = None; from deckwright.cli.main import run; run()"
# The system calls by which a build reads and writes files.
CALLS = ("openat", "read", "write", "fsync", "rename", "unlink", "chmod", "newfstatat")
ERRORS = ("ENOSPC", "EACCES", "EIO")

State = tuple[bytes | None, ...]


class Stage(NamedTuple):
    """A deck in a folder, and the states that a release may leave: before it, and after it."""

    folder: Path
    old: State
    new: State

    def copy(self, to: Path) -> Path:
        """Return a copy of the deck as it was before the release."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return to


def state(folder: Path) -> State:
    """Return what lock and packages hold, None where one is not there."""
    paths = [folder / name for name in FILES]
    return tuple(path.read_bytes() if path.exists() else None for path in paths)


def release(folder: Path, *before: str) -> subprocess.Popen[bytes]:
    """Start a release of the deck in a folder, by a command that stands before it."""
    command = [*before, sys.executable, "-c", RELEASE, "release", "--yes"]
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": "/dev/null/none"}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def injected(call: str, what: str) -> list[str]:
    """Return the command that lets one system call of the program behind it go wrong.

    With a filter in the kernel, which is faster; but strace sends no signal then.
    """
    fast = [] if what.startswith("signal") else ["--seccomp-bpf"]
    trace = ["strace", "-f", *fast, "-o", "/dev/null", "-e", f"trace={call}"]
    return [*trace, "-e", f"inject={call}:{what}"]


def prepare(room: Path) -> Stage:
    """Make the deck that learners have, with changes that are not released yet."""
    author = Author(room / "deck", [*map(dict, NOTES), {**NOTES[0], "id": "weg"}])
    author.note("weg")["question"] = "Wat gaat weg?"
    author.releases()
    author.note("een")["answer"] = "Iets anders."
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een half dozijn."})
    author.retires("weg")
    author.save()
    stage = Stage(room / "deck", state(room / "deck"), ())
    whole = stage.copy(room / "whole")
    output, _ = release(whole).communicate()
    new = state(whole)
    assert all(new), output
    assert new != stage.old
    return stage._replace(new=new)


def verdict(stage: Stage, folder: Path) -> str:
    """Return what a release left, and complete it by another; fails where it is not consistent."""
    left = state(folder)
    for now, old, new in zip(left, stage.old, stage.new, strict=True):
        assert now in (old, new), "a file is neither old nor new"
    if left[0] == stage.old[0]:  # the notes for learners go first: nobody relies on them
        assert left[:3] == stage.old[:3], "a package is newer than its ledger"
    is_old, is_new = left[:3] == stage.old[:3], left == stage.new
    kind = "all old" if is_old else "all new" if is_new else "ledger ahead"
    completed = release(folder)
    output, _ = completed.communicate()
    assert completed.returncode == 0, output
    assert state(folder) == stage.new, "the next release does not complete it"
    rest = [path.name for path in folder.rglob("*.tmp")]
    assert not rest, rest
    return kind


def kills(stage: Stage, room: Path, count: int) -> Counter[str]:
    """Kill a release at random moments: half of them anywhere, half while it writes."""
    chance = random.Random(7)  # noqa: S311 - no secret
    found: Counter[str] = Counter()
    started = time.monotonic()
    release(stage.copy(room / "timed")).communicate()
    whole = time.monotonic() - started
    writes = points(stage, room)
    for number in range(count):
        folder = stage.copy(room / "killed")
        if number % 2:
            call, at = chance.choice(writes)
            process = release(folder, *injected(call, f"signal=SIGKILL:when={at}"))
        else:
            process = release(folder)
            time.sleep(chance.uniform(0, whole))
            process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL or not number % 2, "it was not killed"
        found[verdict(stage, folder)] += 1
    return found


def points(stage: Stage, room: Path, *, writing: bool = True) -> list[tuple[str, int]]:
    """Return each system call of a release on the deck's own files, by name and number.

    With `writing`, those from its first temporary file on.
    """
    folder, log = stage.copy(room / "traced"), room / "log"
    trace = ["strace", "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    release(folder, *trace).communicate()
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    begun = not writing
    lines = log.read_text("utf-8", "replace").split("\n")
    ours = lines[0].split()[0]  # strace counts the calls of each process apart; git's are not ours
    for line in lines:
        call = re.match(rf"{ours} +(\w+)\(", line)
        if call:
            seen[call[1]] += 1
            begun = begun or ".tmp" in line
            if begun and re.search(rf'"(?:cards|build)[/"]|{folder}/', line):
                found.append((call[1], seen[call[1]]))
    return found


def faults(
    stage: Stage, room: Path, errors: tuple[str, ...] = ERRORS, *, writing: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Let each system call fail once with each error; yields call, error and what was left."""
    for call, at in points(stage, room, writing=writing):
        for error in errors:
            folder = stage.copy(room / "failed")
            process = release(folder, *injected(call, f"error={error}:when={at}"))
            output, _ = process.communicate()
            lost = (call, process.returncode) == ("newfstatat", 2)  # the cards are not found
            assert process.returncode in (0, 1) or lost, (call, at, error, output)
            assert b"Traceback" not in output, (call, at, error, output)
            kind = verdict(stage, folder)
            assert process.returncode or kind == "all new", (call, at, error, output)
            yield call, error, kind


def pairs(stage: Stage, room: Path, count: int) -> Counter[str]:
    """Start two releases at once: both end well, and leave what one alone leaves."""
    found: Counter[str] = Counter()
    for _ in range(count):
        folder = stage.copy(room / "pair")
        both = [release(folder), release(folder)]
        said = [process.communicate()[0].decode() for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        first = sum("what is new, for learners" in text for text in said)
        assert first == 1, said
        found[verdict(stage, folder)] += 1
    return found


def main() -> None:
    """Run what was asked for, and print the counts."""
    what, *number = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        stage = prepare(room)
        if what == "faults":
            counts = Counter((error, kind) for _, error, kind in faults(stage, room))
            rows = {f"{error}: {kind}": n for (error, kind), n in sorted(counts.items())}
        else:
            rows = dict((kills if what == "kills" else pairs)(stage, room, int(number[0])))
    for kind, n in rows.items():
        print(f"  {kind:24} {n:5}")
    print(f"{what}: {sum(rows.values())} runs, 0 inconsistent")


if __name__ == "__main__":
    main()
