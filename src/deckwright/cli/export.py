"""`deckwright export`: the notes for another program."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, common
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import usage_error
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.source.deck import Deck

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
    help="What separates the cells of CSV: a Dutch Excel wants a semicolon.",
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

    if file.resolve().is_relative_to(cards.resolve()):
        raise usage_error(
            Message("{file} lies among the cards: export to another folder", file=file)
        )
    ready = ready_deck(cards)
    with one_line_errors():
        files = exported(ready, file, form, plain=plain, separator=separator)
        notes, others = len(ready.release.notes), len(files) - 1
        done = Message("{file}: {notes} notes, {files} files", file=file, notes=notes, files=others)
        after = [*([_FOR_ANKI] if form == "tsv" else []), *_not_exported(ready.deck)]
        save(files, done, *after, dry_run=dry_run)


def _not_exported(deck: "Deck") -> list[Message]:
    """Return what of the notes stands in no format: nothing of it is on a card."""
    values = {
        "covers": any(note.covers for note in deck.notes),
        "kind": any(getattr(note, "kind", None) for note in deck.notes),
        "allow": any(note.allow for note in deck.notes),
        "retired": bool(deck.retired),
    }
    keys = [key for key, is_there in values.items() if is_there]
    return [Message("not in it, as no learner sees it: {keys}", keys=keys)] if keys else []
