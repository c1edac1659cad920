"""`deckwright export`: the notes for another program."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS, common
from deckwright.cli._running import one_line_errors
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import Message

_FOR_ANKI = Message(
    "Anki takes it where the package was imported before: that brings the note types and pictures"
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@CARDS
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "tsv", "crowdanki", "json"]),
    required=True,
    help="For Excel, for Anki's own text import, for CrowdAnki, or for programs.",
)
@click.option("--plain", is_flag=True, help="Write plain text, without HTML and files.")
@click.option(
    "--separator",
    type=click.Choice([",", ";"]),
    default=",",
    show_default=True,
    help="What parts the cells of CSV: a Dutch Excel wants a semicolon.",
)
@DRY_RUN
@common
def export(
    file: Path, cards: Path, form: str, separator: str, *, plain: bool, dry_run: bool
) -> None:
    """Write all notes for Excel, Anki, CrowdAnki or a program.

    They go with their ids into FILE, and their pictures into media/ beside it.

    \b
    Example:
      deckwright export --format csv --separator ';' build/notes.csv
    """
    from deckwright.cli._decks import ready_deck
    from deckwright.exchange.exporting import exported

    ready = ready_deck(cards)
    with one_line_errors():
        files = exported(ready, file, form, plain=plain, separator=separator)
        notes, others = len(ready.release.notes), len(files) - 1
        done = Message("{file}: {notes} notes, {files} files", file=file, notes=notes, files=others)
        save(files, done, *([_FOR_ANKI] if form == "tsv" else []), dry_run=dry_run)
