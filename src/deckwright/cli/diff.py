"""`deckwright diff`: what a learner will notice."""

import sys
from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE
from deckwright.cli._printing import show
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import LANG, language


@click.command()
@click.argument("old", type=PACKAGE, required=False)
@click.argument("newer", metavar="[NEW]", type=PACKAGE, required=False)
@CARDS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as a table.",
)
@LANG
def diff(old: Path | None, newer: Path | None, cards: Path, form: str) -> None:
    """Show what a learner will notice who has the last release, or the package OLD.

    They get the cards as they are now, or the package NEW. The most expensive changes come first.

    \b
    Example:
      deckwright diff
      deckwright diff old/managerspet.apkg build/managerspet.apkg
    """
    from deckwright.build.releasing import held_contents, next_contents
    from deckwright.cli import _change_lines
    from deckwright.cli._decks import contents_of, ready_deck
    from deckwright.release.diff import diff as compare

    with one_line_errors():
        ready = None if old and newer else ready_deck(cards)
        before = contents_of(old) if old else held_contents(ready)  # type: ignore[arg-type]
        after = contents_of(newer) if newer else next_contents(ready)  # type: ignore[arg-type]
    colour = form == "text" and sys.stdout.isatty()
    lines = _change_lines.changes(compare(before, after), "colour" if colour else form, language())
    show(lines, colours=_change_lines.COLOURS if colour else None)
