"""`deckwright import`: cards from the notes of another program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, clock
from deckwright.cli._running import NOT_INSTALLED, at_work, fail, one_line_errors
from deckwright.cli._spoken_language import LANG, chosen_language, in_words, tell
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
    help="What fields are, as 'Front=question,Back=answer,Extra=explanation'.",
)
@click.option(
    "--adopt",
    is_flag=True,
    help="Learners have the package: its notes stay the ones that they have.",
)
@click.option("--language", "code", default="", help="The language of a new deck.")
@LANG
def import_notes(
    files: tuple[Path, ...],
    cards: Path,
    subdeck: str,
    fields: "list[FieldNames]",
    code: str,
    *,
    adopt: bool,
) -> None:
    """Make cards of the notes in FILES: .apkg, .colpkg, .csv, .tsv, .json of CrowdAnki, or .md.

    No file is overwritten; whatever cannot be carried over is listed.

    \b
    Example:
      deckwright import spanish.apkg --fields 'Word=question,Meaning=answer'
    """
    code = code or chosen_language() or "en"
    _tell(_made(files, cards, (subdeck, tuple(fields), code, adopt)))


def _made(
    files: tuple[Path, ...], cards: Path, chosen: "tuple[str, tuple[FieldNames, ...], str, bool]"
) -> "Imported":
    """Import and write; a folder with errors, or a file that is not what it says, ends it."""
    from deckwright.disk.folder_lock import hold
    from deckwright.disk.writing import write_all

    with one_line_errors(), hold(cards), at_work() as resources:
        try:
            from deckwright.exchange.importing import ImportOptions, import_notes
        except ImportError as error:
            message = Message(
                "Error: this needs a library that reads HTML ({error}); "
                "install it with: pip install 'deckwright[import]'",
                error=error,
            )
            tell(message, err=True)
            sys.exit(NOT_INSTALLED)
        options = ImportOptions(*chosen, resources)
        made, problems = import_notes(files, cards, clock(), options)
        if made is None:
            fail(problems)
        write_all(made.files)
    return made


def _tell(made: "Imported") -> None:
    """Say what was written, then each thing that was not; without any note, exit code 1."""
    tell(*(Message("{note}: {why}", note=each.note, why=each.why) for each in made.left_out))
    looks: dict[Message, list[str]] = {}
    for note in made.notes:
        for what in sorted(note.lost):
            looks.setdefault(what, []).append(note.id)
    for what, ids in looks.items():
        more = ["…"] if len(ids) > _MOST else []
        tell(
            Message(
                "lost in {count} notes: {what} ({ids})",
                count=len(ids),
                what=what,
                ids=[*ids[:_MOST], *more],
            )
        )
    written = [path for path in made.files if path.suffix in (".yaml", ".lock")]
    tell(*(Message("{file}: written", file=path) for path in written))
    summary = Message(
        "{notes} of {count} notes are cards now, with {media} pictures and sounds; see what"
        " 'deckwright check' says of them",
        notes=len(made.notes),
        count=made.count,
        media=len(made.files) - len(written),
    )
    tell(summary)
    if made.adopted:
        tell(Message("{count} notes are adopted", count=made.adopted), *_ADOPTED)
    elif made.from_anki:
        tell(_NEW)
    if not made.notes:
        sys.exit(1)
