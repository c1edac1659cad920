"""`deckwright diff`: what a learner will notice of a new package."""

import sys
from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE
from deckwright.cli._running import one_line_errors


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE, required=False)
@CARDS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as a table.",
)
@click.option("--changelog", is_flag=True, help="Write the notes for learners, in their language.")
def diff(old: Path, new: Path | None, cards: Path, form: str, *, changelog: bool) -> None:
    """Show what a learner who has OLD will notice of NEW, or of the cards as they are now.

    The most expensive changes come first.

    \b
    Example:
      deckwright diff old/managerspet.apkg build/managerspet.apkg
    """
    from deckwright.cli import _change_lines
    from deckwright.cli._decks import change_notes_since, contents_of
    from deckwright.release.diff import diff as compare

    with one_line_errors():
        if changelog:
            click.echo(change_notes_since(old, new or cards, cards), nl=False)
            return
        found = compare(contents_of(old), contents_of(new or cards))
    colour = form == "text" and sys.stdout.isatty()
    click.echo(_change_lines.changes(found, "colour" if colour else form), nl=False)
