"""Measures what an author waits for: builds, checks, a release and the preview of one deck."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter

import decks
import ways
from processes import PYTHON, TOOL, FailedError, Run, environment, median, once

HUGE = 50_000  # notes; from here on, only builds
_LOCK = "deck.lock"
_AGREED = ("--yes", "--first", "--this-key", "--allow-warnings")
_SAVES = 3
_PATIENCE = 120  # seconds
_ADDRESS = re.compile(r"http://[\d.:]+/")


class Author:
    """Someone who works on a deck in `room`: each edit is another one."""

    def __init__(self, cards: Path, room: Path) -> None:
        """Begin with a deck in `cards`, without a release."""
        self.cards, self._room = cards, room
        self._versions = count(1)
        self.results = ways.Results()
        (cards / _LOCK).unlink(missing_ok=True)

    def edits(self) -> str:
        """Change one text; returns what it ends with."""
        return decks.edit(self.cards, next(self._versions))

    def runs(self, way: str, name: str, *options: object, cache: str, spell: bool = False) -> None:
        """Run a command of the tool with a cache of that name."""
        command = (PYTHON, TOOL, name, "--cards", self.cards, *options)
        self.results.add(way, lambda: once(*command, cache=self._room / cache, spell=spell))

    def builds(self, way: str, cache: str) -> None:
        """Build."""
        self.runs(way, "build", "--out", self._room / "out", cache=cache)

    def builds_again(self, number: int) -> None:
        """Build, with an empty cache at first."""
        cache = f"built-{number}"
        self.builds(ways.COLD, cache)
        self.edits()
        self.builds(ways.WARM, cache)
        self.builds(ways.SAME, cache)

    def checks(self, number: int) -> None:
        """Check without a dictionary and with it, with empty caches at first."""
        plain, spelled = f"plain-{number}", f"spelled-{number}"
        self.runs(ways.CHECK, "check", cache=plain)
        self.runs(ways.SPELL, "check", cache=spelled, spell=True)
        self.edits()
        self.runs(ways.CHECK_WARM, "check", cache=plain)
        self.runs(ways.SPELL_WARM, "check", cache=spelled, spell=True)

    def releases(self, cache: str) -> None:
        """Release the deck and go on with it, and take that back."""
        options = ("--out", self._room / "out", *_AGREED)
        self.runs(ways.RELEASE, "release", *options, cache=cache, spell=True)
        self.edits()
        self.builds(ways.RELEASED, cache)
        (self.cards / _LOCK).unlink(missing_ok=True)

    def previews(self, cache: str) -> None:
        """Save some edits while the page is open."""
        self.results.add(ways.PREVIEW, lambda: self._saves(cache))

    def _saves(self, cache: str) -> Run:
        """Return what one save took until the page had it."""
        with self._page(cache) as (address, process):
            version, found = int(_get(f"{address}version?0")), []
            for _ in range(_SAVES):
                before, started = _cpu(process), perf_counter()
                text = self.edits().encode()
                while text not in _get(f"{address}deck.json"):
                    version = int(_get(f"{address}version?{version}"))
                    if perf_counter() - started > _PATIENCE:
                        raise FailedError(f"the page is not there after {_PATIENCE} s")
                found.append(
                    Run(perf_counter() - started, _cpu(process) - before, _memory(process))
                )
        return median(found)

    @contextmanager
    def _page(self, cache: str) -> Iterator[tuple[str, int]]:
        command = [PYTHON, TOOL, "--lang", "en", "preview", "--no-browser", "--cards", self.cards]
        with subprocess.Popen(
            [*map(str, command)],
            env=environment(self._room / cache, spell=False),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            try:
                assert process.stdout
                address = _ADDRESS.search(process.stdout.readline())
                if not address:
                    raise FailedError("no page")
                yield address[0], process.pid
            finally:
                process.terminate()


def measure(cards: Path, room: Path, notes: int, rounds: int) -> ways.Results:
    """Measure a deck of so many notes; the package of its last build is in `room`/out."""
    author = Author(cards, room)
    for number in range(rounds):
        author.builds_again(number)
        if notes < HUGE:
            author.checks(number)
    if notes < HUGE:
        author.releases("built-0")
        author.previews("built-0")
    return author.results


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - http, ours
        content: bytes = answer.read()
        return content


def _cpu(process: int) -> float:
    """Return the CPU seconds of a process until now."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
