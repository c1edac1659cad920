"""Options that several commands have, and what they take from the environment."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from deckwright.cli._completion import some_codes
from deckwright.cli._found_cards import cards_of, found_cards, part_of
from deckwright.cli._loudness import Loudness, chooses
from deckwright.cli._spoken_language import LANG, in_words, usage_error
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.release.next_release import Clock

PACKAGE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _cards(context: click.Context, _: click.Parameter, given: Path | None) -> Path | None:
    """Return the folder of cards; where packages stand in for it, there need not be one."""
    found = given or cards_of(context.params.get("paths") or ()) or found_cards()
    if found or any(context.params.get(name) for name in _INSTEAD_OF_CARDS):
        return found
    message = Message(
        "no folder cards/ here or above: 'deckwright init' starts a deck, --cards names one"
    )
    raise usage_error(message)


def _out(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    """Return the folder for packages: beside the cards that were found, else here."""
    if given:
        return given
    is_named = context.get_parameter_source("cards") is ParameterSource.COMMANDLINE
    cards = None if is_named else context.params.get("cards")
    return cards.parent / "build" if cards else Path("build")


def parts_of(cards: Path, paths: tuple[Path, ...]) -> frozenset[Path]:
    """Return some paths as they are seen from the cards; UsageError for one that is elsewhere."""
    parts = {path: part_of(path, cards) for path in paths}
    for path, part in parts.items():
        if not os.path.lexists(path):
            raise usage_error(Message("there is no {path}", path=path))
        if part is None:
            message = Message("{path} is not in the deck of {cards}", path=path, cards=cards)
            raise usage_error(message)
    return frozenset(part for part in parts.values() if part is not None)


def _url(_: click.Context, __: click.Parameter, given: str) -> str:
    """Return an address that a phone can open."""
    if len(given) > _LONGEST_URL:
        raise usage_error(Message("--url has more than {most:,} characters", most=_LONGEST_URL))
    if given and not re.fullmatch(r"https?://\S+", given):
        raise usage_error(Message("--url begins with https:// and has no spaces"))
    return given


# Arguments of commands that then need no cards.
_INSTEAD_OF_CARDS = ("newer", "tried")
CARDS = click.option(
    "--cards",
    type=click.Path(path_type=Path),
    callback=_cards,
    help="The folder with deck.yaml; else cards/, here or in a folder above.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=_out,
    help="The folder for packages; else build/, beside the cards.",
)
_LONGEST_URL = 1_000  # characters; a QR code holds three times that
URL = click.option(
    "--url", default="", callback=_url, help="Where the page will stand: makes a QR code."
)
NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="Make everything anew, and remember nothing."
)
_QUIET = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    callback=chooses(Loudness.QUIET),
    expose_value=False,
    is_eager=True,
    help="Show only problems and what was asked for.",
)
_VERBOSE = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    callback=chooses(Loudness.VERBOSE),
    expose_value=False,
    is_eager=True,
    help="Show each step: what is read, from where, and how long it takes.",
)
IMPORT_OPTIONS = Message(
    "learners keep the import options 'Update notes' and 'Update note types' at 'If newer'"
)
_DIGITS = 11  # of a time in seconds, up to the year 5138


def clock() -> "Clock":
    """Return the time, with SOURCE_DATE_EPOCH; UsageError where that is not a number."""
    from deckwright.release.next_release import Clock

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and (not epoch.isdecimal() or len(epoch) > _DIGITS):
        message = Message("SOURCE_DATE_EPOCH is '{epoch}'; write seconds since 1970", epoch=epoch)
        raise usage_error(message)
    return Clock(int(time.time()), int(epoch) if epoch else None)


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that all have: its language, and how much it says."""
    return LANG(_QUIET(_VERBOSE(command)))


def no_code(name: str, close: list[str]) -> Message:
    """Return that there is no such code, and which one may be meant."""
    if close:
        return Message(
            "there is no code '{name}'; did you mean '{close}'?", name=name, close=close[0]
        )
    return Message("there is no code '{name}'; 'deckwright rule' lists them", name=name)


def codes_option(name: str, about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return an option that takes codes, again and again or with commas between them."""
    return click.option(
        name,
        multiple=True,
        metavar="CODE",
        callback=_codes,
        shell_complete=some_codes,
        help=about,
    )


def _codes(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that are meant: `cloze` stands for all of `cloze-…`, commas part several."""
    from difflib import get_close_matches

    from deckwright.problem import LEVELS

    found: set[str] = set()
    for name in (name.strip() for names in given for name in names.split(",")):
        meant = {code for code in LEVELS if code == name or code.startswith(f"{name}-")}
        if not meant:
            close = get_close_matches(name, LEVELS, n=1)
            raise click.BadParameter(in_words(no_code(name, close)))
        found |= meant
    return frozenset(found)
