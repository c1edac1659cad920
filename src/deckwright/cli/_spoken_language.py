"""The language in which a command speaks: `--lang`, else that of the deck, else of the system."""

import locale
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from deckwright.cli._found_cards import found_cards
from deckwright.cli._printing import plain, show
from deckwright.words.messages import LANGUAGES, Message, said

_VARIABLE = "DECKWRIGHT_LANG"
_CHOSEN = "deckwright.language"
_OF_DECK = re.compile(rb"^language\s*:\s*[\"']?([A-Za-z]+)", re.MULTILINE)
_FIRST_BYTES = 10_000  # of deck.yaml


def _choose(context: click.Context, _: click.Parameter, code: str | None) -> None:
    if code:
        context.meta[_CHOSEN] = code


LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar=_VARIABLE,
    callback=_choose,
    expose_value=False,
    is_eager=True,
    help="Speak English or Dutch; else the deck's language, else the system's.",
)


def chosen_language() -> str:
    """Return the code that `--lang` or the environment gives the command; "" without one."""
    context = click.get_current_context(silent=True)
    chosen: str = context.meta.get(_CHOSEN, "") if context else ""
    return chosen


def language() -> str:
    """Return the code of the language in which the command that runs now speaks."""
    context = click.get_current_context(silent=True)
    chosen: str | None = chosen_language()
    cards = context.params.get("cards") if context else None
    chosen = chosen or _known(os.environ.get(_VARIABLE, ""))
    return chosen or _of_deck(cards or found_cards()) or _of_system()


def in_words(message: Message) -> str:
    """Return a message in the language of the command."""
    return said(message, language())


def tell(*messages: Message, err: bool = False) -> None:
    """Print messages, each on a line."""
    show("".join(f"{plain(in_words(each))}\n" for each in messages), err=err)


class Failure(click.ClickException):
    """What a command cannot do: one line, and exit code 1."""

    def __init__(self, message: Message) -> None:
        super().__init__(in_words(Message("Error: {message}", message=message)))

    def show(self, _file: Any = None) -> None:
        """Print the line on standard error."""
        show(f"{plain(self.message)}\n", err=True)


def usage_error(message: Message) -> click.UsageError:
    """Return the error of a command that is used in a wrong way: exit code 2."""
    return click.UsageError(in_words(message))


def _of_deck(cards: Path | None) -> str:
    from deckwright.disk.reading import UnreadableFileError, read_bytes

    with suppress(UnreadableFileError):
        if cards and (found := _OF_DECK.search(read_bytes(cards / "deck.yaml")[:_FIRST_BYTES])):
            return _known(found[1].decode())
    return ""


def _of_system() -> str:
    names: list[Any] = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0])  # on Windows 'Dutch_Netherlands'
    name = next((name for name in names if name), "")
    return "nl" if name.startswith("Dutch") else _known(name) or LANGUAGES[0]


def _known(name: str) -> str:
    code = re.split("[-_.]", name.lower())[0]
    return code if code in LANGUAGES else ""
