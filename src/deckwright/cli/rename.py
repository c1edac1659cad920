"""`deckwright rename`: another id for a note that learners have."""

from pathlib import Path

import click

from deckwright.cli._completion import note_ids
from deckwright.cli._options import CARDS, common
from deckwright.cli._running import alone, one_line_errors
from deckwright.cli._writing import DRY_RUN, save


@click.command()
@click.argument("old", shell_complete=note_ids)
@click.argument("new")
@CARDS
@DRY_RUN
@common
def rename(old: str, new: str, cards: Path, *, dry_run: bool) -> None:
    """Give a note another id: learners keep everything.

    The note OLD gets the id NEW; where learners have it, `was` says which note it is.

    \b
    Example:
      deckwright rename laatst-kwetsbaar terugblik
    """
    from deckwright.cli._decks import plan_with_mistakes
    from deckwright.release.ledger import Ledger
    from deckwright.release.rename import rename as change

    with one_line_errors(), alone(cards):
        plan = plan_with_mistakes(cards)
        if plan.deck:
            held = plan.held or Ledger(plan.deck.key.value)
            done, files = change(plan.deck, held, old, new)
            save(files, done, dry_run=dry_run)
