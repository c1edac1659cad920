"""Runs programs, and tells what the system says of each: wall and CPU seconds, memory."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PYTHON = sys.executable
TOOL = Path(PYTHON).with_name("deckwright")
_WAITER = Path(__file__).with_name("waiter.py")


class Run(NamedTuple):
    """What one run took: wall and CPU seconds with its workers', MB of its largest process."""

    wall: float
    cpu: float
    memory: float


class FailedError(Exception):
    """A program ended with another code than 0; the text is a line of what it said."""


def environment(cache: Path | None, *, spell: bool) -> dict[str, str]:
    """Return the environment for a cache of its own, with this computer's dictionary or without."""
    found = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is installed, nothing is compiled anew
    return found if spell else {**found, "DICPATH": "/nowhere"}


def once(*command: object, cache: Path | None = None, spell: bool = False) -> Run:
    """Run a program, its absolute path first; FailedError where it fails."""
    done = subprocess.run(
        [PYTHON, "-S", "-E", _WAITER, *map(str, command)],
        env=environment(cache, spell=spell),
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )
    *printed, took = done.stdout.splitlines()
    found = json.loads(took)
    if found["code"]:
        said = done.stderr.splitlines() or printed or [f"exit code {found['code']}"]
        raise FailedError(next((line for line in said if "error[" in line), said[-1]))
    return Run(*found["took"])


def median(runs: list[Run]) -> Run:
    """Return the medians of each number."""
    return Run(*map(statistics.median, zip(*runs, strict=True)))
