"""`deckwright rename`: another id for a note that learners have."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS
from deckwright.cli._running import one_line_errors


@click.command()
@click.argument("old")
@click.argument("new")
@CARDS
def rename(old: str, new: str, cards: Path) -> None:
    """Give the note OLD the id NEW: learners keep everything, as its guid stays.

    \b
    Example:
      deckwright rename laatst-kwetsbaar terugblik
    """
    from deckwright.cli._decks import ready_deck
    from deckwright.disk.folder_lock import hold
    from deckwright.release.lock import LOCK_NAME
    from deckwright.release.rename import rename as change

    with one_line_errors(), hold(cards):
        ready = ready_deck(cards)
        place = change(ready.deck, (cards / LOCK_NAME, ready.old), old, new)
    click.echo(f"{place}: '{old}' is now '{new}'")
