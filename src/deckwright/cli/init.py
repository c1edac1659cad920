"""`deckwright init`: a new deck."""

import sys
from pathlib import Path
from typing import Any

import click

from deckwright.cli._options import common
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import in_words, language, tell, usage_error
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import LANGUAGES, Message


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--name", default="", help="The name of the deck in Anki.")
@click.option("--language", "code", type=click.Choice(LANGUAGES), help="The language of the cards.")
@click.option("--subject", default="", help="What the deck is about; else its name.")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A deck to copy, with a new key and without its releases.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@DRY_RUN
@common
def init(folder: Path, source: Path | None, *, dry_run: bool, **wishes: Any) -> None:
    """Start a deck: a few cards to change, and everything around them.

    In DIR, or here. Nothing that is there is ever overwritten.

    \b
    Example:
      deckwright init koffie --name 'Koffie zetten' --language nl --subject koffie
    """
    with one_line_errors():
        files = _copied(folder, source, **wishes) if source else _new(folder, **wishes)
        _stop_where_taken(folder, files)
        save(files, *_done(folder), dry_run=dry_run)


def _new(
    folder: Path, *, name: str, code: str | None, subject: str, yes: bool
) -> dict[Path, bytes]:
    """Return the files of a new deck, as an author says of it here or when asked."""
    from deckwright.build.starter_files import NewDeck, starter_files

    asks = sys.stdin.isatty() and not yes
    name = _name(name, asks=asks)
    if asks and not code:
        words, known = in_words(Message("The language of the cards")), click.Choice(LANGUAGES)
        code = click.prompt(words, type=known, default=language())
    if asks and not subject:
        subject = click.prompt(in_words(Message("What the deck is about")), default=name)
    return starter_files(folder, NewDeck(name, code or language(), subject.strip() or name))


def _copied(
    folder: Path, source: Path, *, name: str, code: str | None, subject: str, yes: bool
) -> dict[Path, bytes]:
    """Return the files of a deck that begins as a copy."""
    from deckwright.build.deck_copy import copied_files

    if subject:
        raise usage_error(Message("a copy is about what its deck is about: leave out --subject"))
    name = _name(name, asks=sys.stdin.isatty() and not yes)
    return copied_files(source, folder, name, code)


def _name(name: str, *, asks: bool) -> str:
    """Return the name of the deck, asked for where it was not said."""
    if not (asks or name.strip()):
        message = Message("nobody can answer here: say --name, and --language and --subject")
        raise usage_error(message)
    return name.strip() or click.prompt(in_words(Message("The name of the deck in Anki"))).strip()


def _stop_where_taken(folder: Path, files: dict[Path, bytes]) -> None:
    """Where anything stands in the way of the files, say so and stop."""
    from deckwright.build.starter_files import in_the_way

    if taken := in_the_way(folder, files):
        head = Message("nothing was written, since this is here:")
        rows = [Message("  {path}", path=path) for path in taken]
        out = Message("move it away, or start in another folder: 'deckwright init DIR'")
        tell(head, *rows, out, err=True)
        sys.exit(1)


def _done(folder: Path) -> list[Message]:
    from deckwright.build.starter_files import CARDS

    return [
        Message("{cards}: a deck to change as you like", cards=folder / CARDS),
        Message(
            "next, in its folder: 'deckwright preview' shows the cards, "
            "'deckwright check' what is wrong"
        ),
    ]
