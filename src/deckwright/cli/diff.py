"""`deckwright diff`: what a learner will notice."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE, common
from deckwright.cli._running import one_line_errors


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
@common
def diff(old: Path | None, newer: Path | None, cards: Path, form: str) -> None:
    """Show what learners will notice, the most expensive first.

    They have the last release, or the package OLD; they get the cards as they are now, or the
    package NEW.

    \b
    Example:
      deckwright diff
      deckwright diff old/managerspet.apkg build/managerspet.apkg
    """
    from deckwright.build.releasing import held_contents, next_contents
    from deckwright.cli._change_lines import show_changes
    from deckwright.cli._decks import contents_of, ready_deck
    from deckwright.release.diff import diff as compare

    with one_line_errors():
        ready = None if old and newer else ready_deck(cards)
        before = contents_of(old) if old else held_contents(ready)  # type: ignore[arg-type]
        after = contents_of(newer) if newer else next_contents(ready)  # type: ignore[arg-type]
    show_changes(compare(before, after), form)
