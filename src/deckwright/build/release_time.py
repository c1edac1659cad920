"""Whether this computer's clock can be right: a release from the future stops later updates."""

from pathlib import Path

from deckwright.build._git import git
from deckwright.build.plan import ReadyDeck
from deckwright.cards import media
from deckwright.disk.snapshot import snapshot
from deckwright.problem import Place, Problem
from deckwright.release.guards import TIME
from deckwright.release.ledger import DAY, LEDGER_NAME
from deckwright.release.next_release import Clock, day
from deckwright.words.messages import Message

_LONG = 180 * DAY
_SECOND = 10**9  # nanoseconds


def time_problems(ready: ReadyDeck, cards: Path, clock: Clock) -> list[Problem]:
    """Return a problem where the clock is half a year or more ahead of all else that is known.

    That is the last release, and the last commit; where git knows none, the last edit of a file.
    What was committed within a day counts for nothing: it is from the same clock.
    """
    if ready.release.is_out:
        return []
    newest = max(ready.held.newest, _committed(cards, clock.now - DAY) or _edited(cards))
    if not newest or clock.now < newest + _LONG:
        return []
    message = Message(
        "this computer says that it is {now}, but nothing here is newer than {newest}",
        now=day(clock.now),
        newest=day(newest),
    )
    hint = Message("set its clock right; or, if it is right, add --this-time")
    return [Problem(Place(str(cards / LEDGER_NAME)), TIME, message, hint)]


def _committed(cards: Path, before: int) -> int:
    """Return the time of the last commit, in all branches, before a time; 0 without any."""
    found = git(cards, "rev-list", "--all", "-1", f"--before={before}", "--timestamp")
    return int((found or b"0").split()[0])


def _edited(cards: Path) -> int:
    """Return when a file of the cards was last changed."""
    files = snapshot([cards], [cards / media.FOLDER])
    return max((modified // _SECOND for _, _, _, modified, _ in files), default=0)
