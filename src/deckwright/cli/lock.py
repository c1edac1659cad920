"""`deckwright lock`: a lost deck.lock, made again."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE
from deckwright.cli._running import fail, one_line_errors


@click.command()
@click.option("--from", "package", type=PACKAGE, required=True, help="The last published package.")
@CARDS
def lock(package: Path, cards: Path) -> None:
    """Make a lost deck.lock again from a package, so that the next build harms nobody.

    \b
    Example:
      deckwright lock --from published/managerspet.apkg
    """
    from deckwright.build.lost_lock import recover_lock
    from deckwright.cli._decks import contents_of
    from deckwright.disk.folder_lock import hold
    from deckwright.release.lock import LOCK_NAME

    with one_line_errors(), hold(cards):
        made, problems = recover_lock(cards, contents_of(package))
    if made is None:
        fail(problems)
    click.echo(f"{cards / LOCK_NAME}: {len(made.notes)} notes, as {package} has them")
