"""How much a command says: `-q` for what was asked for alone, `-v` for each step."""

from collections.abc import Callable
from enum import IntEnum

import click

from deckwright.cli._spoken_language import tell
from deckwright.words.messages import Message

_CHOSEN = "deckwright.loudness"


class Loudness(IntEnum):
    """Problems, and what was asked for, are always said."""

    QUIET = -1
    NORMAL = 0
    VERBOSE = 1


def chooses(loudness: Loudness) -> Callable[[click.Context, click.Parameter, bool], None]:
    """Return the callback of an option that makes a command so loud."""

    def choose(context: click.Context, _: click.Parameter, given: bool) -> None:  # noqa: FBT001
        if given:
            context.meta[_CHOSEN] = loudness

    return choose


def loudness() -> Loudness:
    """Return how loud the command is that runs now."""
    context = click.get_current_context(silent=True)
    chosen: Loudness = context.meta.get(_CHOSEN, Loudness.NORMAL) if context else Loudness.NORMAL
    return chosen


def mention(*messages: Message, err: bool = False) -> None:
    """Print messages, each on a line, unless the command is to be quiet."""
    if loudness() > Loudness.QUIET:
        tell(*messages, err=err)


def explain(*messages: Message) -> None:
    """Print on standard error what is only wanted with `-v`."""
    if loudness() is Loudness.VERBOSE:
        tell(*messages, err=True)
