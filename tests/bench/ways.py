"""What is measured of a deck, and the result."""

from typing import NamedTuple

from processes import Run

SLOW, FAST = "usual way", "usual way, C loader"
ENGINE, LIMIT = "Anki's own engine", "rows and zip alone"
ANKCOMPILER, YAML_TOOL = "ankcompiler", "anki-yaml-tool"
COLD, WARM, SAME = "build, cold", "build, one edit", "build, nothing changed"
RELEASE, RELEASED = "release", "build, one edit after it"
CHECK, CHECK_WARM = "check, no dictionary", "  the same, one edit"
SPELL, SPELL_WARM = "check with dictionary", "  the same with it, one edit"
PREVIEW = "save to preview"
OTHERS = (SLOW, FAST, ANKCOMPILER, YAML_TOOL, ENGINE, LIMIT)
OURS = (COLD, WARM, SAME, CHECK, CHECK_WARM, SPELL, SPELL_WARM, RELEASE, RELEASED, PREVIEW)


class Measured(NamedTuple):
    """What each way took with one deck; a way that was not measured is not there, or says why."""

    kind: str
    notes: int
    runs: dict[str, Run]
    missing: dict[str, str]

    def wall(self, one: str, other: str) -> float | None:
        """Return how many times the wall seconds of a way are those of another."""
        return self._times(one, other, 0)

    def cpu(self, one: str, other: str) -> float | None:
        """Return how many times the CPU seconds of a way are those of another."""
        return self._times(one, other, 1)

    def _times(self, one: str, other: str, number: int) -> float | None:
        if one not in self.runs or other not in self.runs:
            return None
        return self.runs[one][number] / self.runs[other][number]
