"""Commands for decks that people already have."""

import sys
from pathlib import Path

import click

from deckwright.cli.common import (
    CARDS,
    PACKAGE,
    as_file,
    changelog_since,
    fail,
    one_line_errors,
    sound_deck,
    unpacked,
)


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE, required=False)
@CARDS
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--changelog", is_flag=True, help="Write the notes for learners, in their language.")
def diff(old: Path, new: Path | None, cards: Path, form: str, *, changelog: bool) -> None:
    """Show what a learner who has OLD will notice of NEW, or of the cards as they are now.

    The dearest changes come first.

    \b
    Example:
      deckwright diff old/managerspet.apkg build/managerspet.apkg
    """
    from deckwright import report_changes
    from deckwright.diff import diff as compare

    with one_line_errors():
        if changelog:
            click.echo(changelog_since(old, new or cards, cards), nl=False)
            return
        found = compare(unpacked(old), unpacked(new or cards))
    colour = form == "text" and sys.stdout.isatty()
    click.echo(report_changes.changes(found, "colour" if colour else form), nl=False)


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
    from deckwright.build import LOCK_NAME
    from deckwright.rename import rename as change
    from deckwright.writes import exclusive

    with one_line_errors(), exclusive(cards):
        sound = sound_deck(cards)
        place = change(sound.deck, (cards / LOCK_NAME, sound.old), old, new)
    click.echo(f"{place}: '{old}' is now '{new}'")


@click.command()
@click.option("--from", "package", type=PACKAGE, required=True, help="The last published package.")
@CARDS
def lock(package: Path, cards: Path) -> None:
    """Make a lost deck.lock again from a package, so that the next build harms nobody.

    \b
    Example:
      deckwright lock --from published/managerspet.apkg
    """
    from deckwright import build as room
    from deckwright.writes import exclusive

    with one_line_errors(), exclusive(cards):
        made, problems = room.recover_lock(cards, unpacked(package))
    if made is None:
        fail(problems)
    click.echo(f"{cards / room.LOCK_NAME}: {len(made.notes)} notes, as {package} has them")


@click.command()
@click.argument("package", type=PACKAGE, required=False)
@click.option("--from", "old", type=PACKAGE, help="Play someone who studied this package.")
@CARDS
def verify(package: Path | None, old: Path | None, cards: Path) -> None:
    """Try a package, or the cards as they are now, in the real Anki; exit code 1 on harm.

    \b
    Example:
      deckwright verify build/managerspet.apkg --from published/managerspet.apkg
    """
    from deckwright.report import plain
    from deckwright.verify import verify as ask

    with one_line_errors(), as_file(package, cards) as file:
        verdict = ask(file, old)
    click.echo("".join(f"{plain(line)}\n" for line in verdict.facts), nl=False)
    harm = "".join(f"harm: {plain(line)}\n" for line in verdict.harm)
    click.echo(harm or "no harm\n", nl=False)
    sys.exit(1 if verdict.harm else 0)
