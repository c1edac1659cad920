"""The deck in `cards/`, and a clock for decks that were released before."""

from pathlib import Path

from deckwright.build.plan import read_ledger
from deckwright.release.ledger import LEDGER_NAME
from deckwright.release.next_release import Clock

CARDS = Path(__file__).parent.parent.parent / "cards"
START = 1_600_000_000  # September 2020: before the first release of any deck


def clock_after(cards: Path) -> Clock:
    """Return a clock that stands a minute after the last release of a folder."""
    ledger, _ = read_ledger(cards / LEDGER_NAME)
    return Clock(max(ledger.newest if ledger else 0, START) + 60)
