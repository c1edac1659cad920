"""`deckwright rename`: another id for a note that learners have."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import LANG
from deckwright.cli._writing import DRY_RUN, write


@click.command()
@click.argument("old")
@click.argument("new")
@CARDS
@DRY_RUN
@LANG
def rename(old: str, new: str, cards: Path, *, dry_run: bool) -> None:
    """Give the note OLD the id NEW: learners keep everything, as `was` says who it is.

    \b
    Example:
      deckwright rename laatst-kwetsbaar terugblik
    """
    from deckwright.cli._decks import plan_with_mistakes
    from deckwright.disk.folder_lock import hold
    from deckwright.release.ledger import Ledger
    from deckwright.release.rename import rename as change

    with one_line_errors(), hold(cards):
        plan = plan_with_mistakes(cards)
        if plan.deck:
            held = plan.held or Ledger(plan.deck.key.value)
            done, files = change(plan.deck, held, old, new)
            write(files, done, dry_run=dry_run)
