"""`deckwright retire`: a note that is to go."""

import sys
from pathlib import Path

import click

from deckwright.cli._completion import note_ids
from deckwright.cli._options import CARDS, common
from deckwright.cli._running import alone, one_line_errors
from deckwright.cli._spoken_language import in_words
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import Message


@click.command()
@click.argument("name", metavar="ID", shell_complete=note_ids)
@click.option("--why", default="", help="The reason, for learners to read.")
@CARDS
@DRY_RUN
@common
def retire(name: str, why: str, cards: Path, *, dry_run: bool) -> None:
    """Take a note out, with a reason for learners.

    The note ID goes out of its file, and deck.yaml lists it as retired.

    \b
    Example:
      deckwright retire laatst-kwetsbaar --why 'The guide has another example now.'
    """
    from deckwright.cli._decks import plan_with_mistakes
    from deckwright.release.ledger import Ledger
    from deckwright.release.retirement import retire as take_out

    with one_line_errors(), alone(cards):
        plan = plan_with_mistakes(cards)
        if not why and sys.stdin.isatty():
            why = click.prompt(in_words(Message("Why? Learners read this")))
        if plan.deck:
            held = plan.held or Ledger(plan.deck.key.value)
            done, files = take_out(plan.deck, held, name, why, cards / "deck.yaml")
            save(files, done, dry_run=dry_run)
