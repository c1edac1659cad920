"""`deckwright import`: cards from the notes of another program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.cli._extras import install_line
from deckwright.cli._options import CARDS, clock, common
from deckwright.cli._running import NOT_AVAILABLE, alone, at_work, fail, one_line_errors
from deckwright.cli._spoken_language import chosen_language, in_words, tell
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.exchange.importing import Imported
    from deckwright.exchange.roles import FieldNames

_NEW = Message(
    "to Anki, these are new notes: whoever has the old deck gets them beside it, without reviews"
)
_ADOPTED = [
    Message(
        "whoever has the old deck gets no second copy, and keeps reviews, tags and corrections;"
    ),
    Message("what you change from now on reaches them, in the look and decks that they have;"),
    Message(
        "a changed note replaces theirs as a whole: fields that it has no text for become empty;"
    ),
    Message("who added a field or card to its note type needs 'Merge note types' for the change"),
]
_MOST = 5  # notes that are named of those whose look is lost in one way


def _fields(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> "list[FieldNames]":
    from deckwright.exchange.roles import FieldsError, field_names

    try:
        return [field_names(written) for written in given]
    except FieldsError as error:
        raise click.BadParameter(in_words(error.message)) from error


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@CARDS
@click.option("--subdeck", default="", help="Put all notes into this subdeck.")
@click.option(
    "--fields",
    multiple=True,
    callback=_fields,
    help="What the fields are, as in 'Front=question,Back=answer,Extra=explanation'.",
)
@click.option(
    "--adopt",
    is_flag=True,
    help="Learners have the package: its notes stay the ones that they have.",
)
@click.option("--language", "code", default="", help="The language of a new deck.")
@DRY_RUN
@common
def import_notes(**wishes: Any) -> None:
    """Make cards of notes from Anki, tables, CrowdAnki or Markdown.

    FILES are .apkg, .colpkg, .csv, .tsv, .json of CrowdAnki, or .md. No file is overwritten;
    whatever cannot be carried over is listed.

    \b
    Example:
      deckwright import spanish.apkg --fields 'Word=question,Meaning=answer'
    """
    made = _import(**wishes)
    if not made.notes:
        sys.exit(1)


def _import(
    *,
    files: tuple[Path, ...],
    cards: Path,
    subdeck: str,
    fields: "list[FieldNames]",
    code: str,
    adopt: bool,
    dry_run: bool,
) -> "Imported":
    """Import and write; a folder with errors, or a file that is not what it says, ends it."""
    with one_line_errors(), alone(cards):
        with at_work() as resources:
            try:
                from deckwright.exchange.importing import ImportOptions, import_notes
            except ImportError as error:
                message = Message(
                    "Error: this needs a library that reads HTML ({error}); "
                    "install it with: {line}",
                    error=error,
                    line=install_line("import"),
                )
                tell(message, err=True)
                sys.exit(NOT_AVAILABLE)
            spoken = code or chosen_language() or "en"
            options = ImportOptions(subdeck, tuple(fields), spoken, adopt, resources)
            made, problems = import_notes(files, cards, clock(), options)
        if made is None:
            fail(problems)
        tell(*_lost(made))
        save(made.files, *_done(made), dry_run=dry_run)
    return made


def _lost(made: "Imported") -> list[Message]:
    """Return what is not carried over, and what of the look of notes is lost."""
    lines = [Message("{note}: {why}", note=each.note, why=each.why) for each in made.left_out]
    looks: dict[Message, list[str]] = {}
    for note in made.notes:
        for what in sorted(note.lost):
            looks.setdefault(what, []).append(note.id)
    for what, ids in looks.items():
        named = [*ids[:_MOST], *(["…"] if len(ids) > _MOST else [])]
        about = {"count": len(ids), "what": what, "ids": named}
        lines.append(Message("lost in {count} notes: {what} ({ids})", **about))
    return lines


def _done(made: "Imported") -> list[Message]:
    written = [path for path in made.files if path.suffix in (".yaml", ".lock")]
    summary = Message(
        "{notes} of {count} notes are cards now, with {media} pictures and sounds; see what"
        " 'deckwright check' says of them",
        notes=len(made.notes),
        count=made.count,
        media=len(made.files) - len(written),
    )
    files = (Message("{file}: written", file=path) for path in written)
    if made.adopted:
        after = [Message("{count} notes are adopted", count=made.adopted), *_ADOPTED]
    else:
        after = [_NEW] if made.from_anki else []
    return [*files, summary, *after]
