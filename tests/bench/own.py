"""Measures what an author waits for: builds, checks, a release and the preview of one deck."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter

import decks
import ways
from processes import PYTHON, TOOL, Run, environment, median, once

HUGE = 50_000  # from here on, only builds and checks
_LOCK = "deck.lock"
_SAVES = 3
_PATIENCE = 120  # seconds
_ADDRESS = re.compile(r"http://[\d.:]+/")


class Author:
    """Someone who works on a deck in `room`: each edit is another one."""

    def __init__(self, cards: Path, room: Path) -> None:
        """Begin with a deck in `cards`, without a release."""
        self.cards, self._room = cards, room
        self._versions = count(1)
        (cards / _LOCK).unlink(missing_ok=True)

    def edits(self) -> str:
        """Change one text; returns what it ends with."""
        return decks.edit(self.cards, next(self._versions))

    def runs(self, name: str, *options: object, cache: str, spell: bool = False) -> Run:
        """Run a command of the tool with a cache of that name."""
        command = (PYTHON, TOOL, name, "--cards", self.cards, *options)
        return once(*command, cache=self._room / cache, spell=spell)

    def builds(self, cache: str) -> Run:
        """Build."""
        return self.runs("build", "--out", self._room / "out", cache=cache)

    def a_round(self, number: int) -> dict[str, Run]:
        """Do everything once, with empty caches at first."""
        cache, plain, spelled = (f"{name}-{number}" for name in ("built", "plain", "spelled"))
        found = {ways.COLD: self.builds(cache)}
        self.edits()
        found[ways.WARM] = self.builds(cache)
        found[ways.SAME] = self.builds(cache)
        found[ways.CHECK] = self.runs("check", cache=plain)
        found[ways.SPELL] = self.runs("check", cache=spelled, spell=True)
        self.edits()
        found[ways.CHECK_WARM] = self.runs("check", cache=plain)
        found[ways.SPELL_WARM] = self.runs("check", cache=spelled, spell=True)
        return found

    def a_release(self, cache: str) -> dict[str, Run]:
        """Release the deck and go on with it, and take that back."""
        out, agreed = (
            ("--out", self._room / "out"),
            ("--yes", "--first", "--this-key", "--allow-warnings"),
        )
        found = {ways.RELEASE: self.runs("release", *out, *agreed, cache=cache, spell=True)}
        self.edits()
        found[ways.RELEASED] = self.builds(cache)
        (self.cards / _LOCK).unlink()
        return found

    def previews(self, cache: str) -> Run:
        """Save some edits while the page is open; returns what one took until the page had it."""
        with self._page(cache) as (address, process):
            version, found = int(_get(f"{address}version?0")), []
            for _ in range(_SAVES):
                before, started = _cpu(process), perf_counter()
                text = self.edits().encode()
                while text not in _get(f"{address}deck.json"):
                    version = int(_get(f"{address}version?{version}"))
                    assert perf_counter() - started < _PATIENCE
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
                yield _ADDRESS.findall(process.stdout.readline())[0], process.pid
            finally:
                process.terminate()


def measure(cards: Path, room: Path, notes: int, rounds: int) -> dict[str, Run]:
    """Measure a deck of so many notes; the package of its last build is in `room`/out."""
    author = Author(cards, room)
    steps: list[Callable[[int], dict[str, Run]]] = [author.a_round]
    if notes < HUGE:
        steps.append(lambda number: author.a_release(f"built-{number}"))
        steps.append(lambda number: {ways.PREVIEW: author.previews(f"built-{number}")})
    rows = [{k: v for step in steps for k, v in step(number).items()} for number in range(rounds)]
    return {name: median([row[name] for row in rows]) for name in rows[0]}


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
