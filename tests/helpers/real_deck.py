"""The deck in `cards/`, and a clock for decks that were built before."""

from pathlib import Path

from deckwright.release.lock import LOCK_NAME, parse
from deckwright.release.stamp import Clock

CARDS = Path(__file__).parent.parent.parent / "cards"
START = 1_600_000_000  # September 2020: before the first release of any deck


def clock_after(cards: Path) -> Clock:
    """Return a clock that stands a minute after the last build of a folder."""
    file = cards / LOCK_NAME
    lock = parse(file.read_text("utf-8"), str(file))[0] if file.exists() else None
    return Clock(max(lock.newest if lock else 0, START) + 60)
