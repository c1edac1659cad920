"""Options that several commands have, and what they take from the environment."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._spoken_language import in_words, usage_error
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.release.next_release import Clock

PACKAGE = click.Path(exists=True, dir_okay=False, path_type=Path)
CARDS = click.option(
    "--cards",
    type=click.Path(path_type=Path),
    default=Path("cards"),
    show_default=True,
    help="The folder with deck.yaml.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder for packages.",
)
NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="Make everything anew, and remember nothing."
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


def no_code(name: str, close: list[str]) -> Message:
    """Return that there is no such code, and which one may be meant."""
    if close:
        return Message(
            "there is no code '{name}'; did you mean '{close}'?", name=name, close=close[0]
        )
    return Message("there is no code '{name}'; 'deckwright rule' lists them", name=name)


def codes(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> frozenset[str]:
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
