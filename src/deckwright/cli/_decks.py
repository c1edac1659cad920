"""Decks that commands compare or try: of the last release, of a package, or of the cards now."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.cli._options import clock
from deckwright.cli._running import at_work, fail

if TYPE_CHECKING:
    from deckwright.build.plan import BuildPlan, ReadyDeck
    from deckwright.release.packaged import PackageContents


def ready_deck(cards: Path) -> "ReadyDeck":
    """Return the deck of a folder; where it has errors, report them and stop."""
    plan = _plan(cards)
    return plan.ready or fail(plan.problems)


def plan_with_mistakes(cards: Path) -> "BuildPlan":
    """Return the plan of a folder that may have errors, but has a deck.

    A ledger that is there and cannot be read stops, too: nobody knows then what learners hold.
    """
    from deckwright.release.ledger import LEDGER_NAME

    plan = _plan(cards)
    unread = plan.held is None and os.path.lexists(cards / LEDGER_NAME)
    return plan if plan.deck and not unread else fail(plan.problems)


def contents_of(package: Path) -> "PackageContents":
    """Return what a package holds."""
    from deckwright.anki.package_reader import read_package

    return read_package(package)


def _plan(cards: Path) -> "BuildPlan":
    """Return the plan of a folder."""
    from deckwright.build.plan import BuildOptions, plan_build

    with at_work() as resources:
        return plan_build(cards, clock(), BuildOptions(resources=resources))
