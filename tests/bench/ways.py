"""What is measured of a deck, and the result."""

import math
from collections.abc import Callable
from typing import NamedTuple

from processes import FailedError, Run, median

SLOW, FAST = "usual way", "usual way, C loader"
ENGINE, LIMIT = "Anki's own engine", "rows and zip alone"
ANKCOMPILER, YAML_TOOL = "ankcompiler", "anki-yaml-tool"
COLD, WARM, SAME = "build, cold", "build, one edit", "build, nothing changed"
RELEASE, RELEASED = "release", "build, one edit after it"
CHECK, CHECK_WARM = "check, no dictionary", "  the same, one edit"
SPELL, SPELL_WARM = "check with dictionary", "  the same with it, one edit"
PREVIEW = "save to preview"
_NOTHING = Run(math.nan, math.nan, math.nan)
OTHERS = (SLOW, FAST, ANKCOMPILER, YAML_TOOL, ENGINE, LIMIT)
OURS = (COLD, WARM, SAME, CHECK, CHECK_WARM, SPELL, SPELL_WARM, RELEASE, RELEASED, PREVIEW)


class Measured(NamedTuple):
    """What each way took with one deck; a way that was not measured is not there, or says why."""

    kind: str
    notes: int
    runs: dict[str, Run]
    missing: dict[str, str]

    def took(self, way: str) -> Run:
        """Return what a way took, no numbers where there are none."""
        return self.runs.get(way, _NOTHING)

    def wall(self, one: str, other: str) -> float:
        """Return how many times the wall seconds of a way are those of another, NaN if unknown."""
        return self.took(one).wall / self.took(other).wall

    def cpu(self, one: str, other: str) -> float:
        """Return how many times the CPU seconds of a way are those of another, NaN if unknown."""
        return self.took(one).cpu / self.took(other).cpu


class Results:
    """Runs by way, round for round; of a way that fails, why it does."""

    def __init__(self) -> None:
        self._runs: dict[str, list[Run]] = {}
        self.missing: dict[str, str] = {}

    def add(self, name: str, run: Callable[[], Run]) -> None:
        """Measure a way once more."""
        try:
            self._runs.setdefault(name, []).append(run())
        except FailedError as error:
            self.missing[name] = f"failed: {error}"

    def medians(self) -> dict[str, Run]:
        """Return the medians by way."""
        return {
            name: median(found)
            for name, found in self._runs.items()
            if found and name not in self.missing
        }
