"""How a command runs: what it tells while it works, and how it fails."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from deckwright.cli._printing import show, show_progress
from deckwright.cli._spoken_language import Failure, language
from deckwright.words.messages import Message, MessageError

if TYPE_CHECKING:
    from deckwright.build.cards_folder import Resources
    from deckwright.problem import Problem

NOT_INSTALLED = 3  # the exit code where something that a command needs is not there
_PATIENCE = 0.5  # seconds before a terminal shows what is being done


@contextmanager
def at_work(*, no_cache: bool = False) -> "Iterator[Resources]":
    """Yield what a build may use; meanwhile a terminal shows what is being done."""
    from deckwright.build.cards_folder import Resources
    from deckwright.disk.user_cache import user_cache_folder

    started = time.monotonic()

    def tell(doing: str) -> None:
        if sys.stderr and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            show_progress(doing)

    try:
        yield Resources(None if no_cache else user_cache_folder(), os.cpu_count() or 1, tell)
    finally:
        tell("")


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

    show(_problem_lines.problems(problems, "text", language()), err=True)
