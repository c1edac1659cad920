"""How much a command says: `-q` for what was asked for alone, `-v` for each step."""

from collections.abc import Callable
from enum import Enum

import click

from deckwright.cli._spoken_language import tell
from deckwright.words.messages import Message

_CHOSEN = "deckwright.loudness"


class Loudness(Enum):
    """Problems, and what was asked for, are always said."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


def chooses(loudness: Loudness) -> Callable[[click.Context, click.Parameter, bool], None]:
    """Return the callback of an option that makes a command so loud."""

    def choose(context: click.Context, _: click.Parameter, given: bool) -> None:  # noqa: FBT001
        if given:
            context.meta[_CHOSEN] = loudness

    return choose


def is_quiet() -> bool:
    """Return whether the command that runs now is to say only what was asked for."""
    return _loudness() is Loudness.QUIET


def is_verbose() -> bool:
    """Return whether the command that runs now is to say each step."""
    return _loudness() is Loudness.VERBOSE


def mention(*messages: Message, err: bool = False) -> None:
    """Print messages, each on a line, unless the command is to be quiet."""
    if not is_quiet():
        tell(*messages, err=err)


def explain(*messages: Message) -> None:
    """Print on standard error what is only wanted with `-v`."""
    if is_verbose():
        tell(*messages, err=True)


def _loudness() -> Loudness:
    context = click.get_current_context(silent=True)
    chosen: Loudness = context.meta.get(_CHOSEN, Loudness.NORMAL) if context else Loudness.NORMAL
    return chosen
