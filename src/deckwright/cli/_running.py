"""How a command runs: what it tells while it works, and how it fails."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deckwright.cli._loudness import explain, is_quiet
from deckwright.cli._printing import show
from deckwright.cli._spoken_language import Failure, language
from deckwright.cli._steps import shown_steps
from deckwright.words.messages import Message, MessageError

if TYPE_CHECKING:
    from deckwright.build.cards_folder import Resources
    from deckwright.problem import Problem

_GARBAGE = 200_000  # objects; Python's own threshold is 700
NOT_AVAILABLE = 3  # the exit code where what a command needs is not there, or refuses


@contextmanager
def at_work(*, no_cache: bool = False) -> "Iterator[Resources]":
    """Yield what a build may use; meanwhile a terminal shows what is being done."""
    from deckwright.build.cards_folder import Resources
    from deckwright.disk.user_cache import user_cache_folder

    cache = None if no_cache else user_cache_folder()
    explain(Message("cache: {folder}", folder=cache) if cache else Message("no cache"))
    with shown_steps() as tell:
        yield Resources(cache, os.cpu_count() or 1, tell)


def run_for_hours() -> None:
    """Collect garbage from now on, as `main.run` switched that off for commands that end soon.

    By Python's own threshold, it would go on all the time while a large deck is read.
    """
    gc.set_threshold(_GARBAGE)
    gc.enable()


@contextmanager
def alone(cards: Path) -> Iterator[None]:
    """Keep other deckwrights from a folder of cards; a terminal shows that one is waited for."""
    from deckwright.disk.folder_lock import hold

    with ExitStack() as stack:
        with shown_steps() as tell:
            stack.enter_context(hold(cards, tell))
        yield


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what a command could not read or do into one line and exit code 1."""
    try:
        yield
    except OSError as error:
        raise Failure(in_one_line(error)) from error
    except MessageError as error:
        raise Failure(error.message) from error


def in_one_line(error: OSError) -> Message:
    """Return which file the system refused, and why."""
    from deckwright.disk.reading import reason

    if not error.filename:
        return reason(error)
    return Message("{file}: {why}", file=error.filename, why=reason(error))


def fail(problems: "list[Problem]") -> NoReturn:
    """Report problems on standard error and end with exit code 1."""
    report(problems)
    sys.exit(1)


def report(problems: "list[Problem]") -> None:
    """Print problems on standard error."""
    from deckwright.cli import _problem_lines

    lines = _problem_lines.problems(problems, "text", language(), counted=not is_quiet())
    show(lines, err=True, marked=True)
