"""How a command runs: what it tells while it works, and how it fails."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from deckwright.build.cards_folder import Resources
    from deckwright.problem import Problem

NOT_INSTALLED = 3  # the exit code where something that a command needs is not installed
_PATIENCE = 0.5  # seconds before a terminal shows what is being done


@contextmanager
def at_work(*, no_cache: bool = False) -> "Iterator[Resources]":
    """Yield what a build may use; meanwhile a terminal shows what is being done."""
    from deckwright.build.cards_folder import Resources
    from deckwright.disk.user_cache import user_cache_folder

    started = time.monotonic()

    def tell(doing: str) -> None:
        if sys.stderr and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            click.echo(f"\r\x1b[K{doing}", err=True, nl=False)

    try:
        yield Resources(None if no_cache else user_cache_folder(), os.cpu_count() or 1, tell)
    finally:
        tell("")


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what a command could not read or do into one line and exit code 1."""
    from deckwright.anki.archive import PackageError
    from deckwright.disk.folder_lock import BusyError
    from deckwright.release.recovery import RecoveryError
    from deckwright.release.rename import RenameError
    from deckwright.release.retirement import RetirementError

    try:
        yield
    except OSError as error:
        raise click.ClickException(in_one_line(error)) from error
    except (PackageError, BusyError, RecoveryError, RenameError, RetirementError) as error:
        raise click.ClickException(str(error)) from error


def in_one_line(error: OSError) -> str:
    """Return which file the system refused, and why."""
    return f"{error.filename or 'the system'}: {error.strerror or error}"


def fail(problems: "list[Problem]") -> NoReturn:
    """Report problems on standard error and end with exit code 1."""
    from deckwright.cli import _problem_lines

    click.echo(_problem_lines.problems(problems, "text"), nl=False, err=True)
    sys.exit(1)
