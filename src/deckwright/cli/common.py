"""What several commands share: options, the clock, and how a command fails."""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from deckwright.build import Plan, Sound
    from deckwright.gather import Speed
    from deckwright.problem import Problem
    from deckwright.stamp import Clock
    from deckwright.unpack import Unpacked

PACKAGE = click.Path(exists=True, dir_okay=False, path_type=Path)
CARDS = click.option(
    "--cards",
    type=click.Path(path_type=Path),
    default=Path("cards"),
    show_default=True,
    help="The folder with deck.yaml.",
)


NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="Make everything anew, and remember nothing."
)
_PATIENCE = 0.5  # seconds before a terminal shows what is being done


@contextmanager
def at_work(*, no_cache: bool = False) -> "Iterator[Speed]":
    """Yield how to plan or build fast; meanwhile a terminal shows what is being done."""
    from deckwright.cache import folder
    from deckwright.gather import Speed

    started = time.monotonic()

    def tell(doing: str) -> None:
        if sys.stderr and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            click.echo(f"\r\x1b[K{doing}", err=True, nl=False)

    try:
        yield Speed(None if no_cache else folder(), os.cpu_count() or 1, tell)
    finally:
        tell("")


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what a command could not read or do into one line and exit code 1."""
    from deckwright.archive import ArchiveError
    from deckwright.recover import RecoverError
    from deckwright.rename import RenameError
    from deckwright.writes import BusyError

    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except ImportError as error:
        hint = "install it with: pip install 'deckwright[verify]'"
        raise click.ClickException(f"this needs Anki's engine ({error}); {hint}") from error
    except (ArchiveError, BusyError, RecoverError, RenameError) as error:
        raise click.ClickException(str(error)) from error


def unpacked(source: Path) -> "Unpacked":
    """Return what a package holds, or what the cards in a folder would give."""
    from deckwright import build as room
    from deckwright.archive import ArchiveError
    from deckwright.unpack import unpack

    if source.is_dir():
        return unpack(io.BytesIO(room.package(sound_deck(source))))
    try:
        return unpack(source)
    except ArchiveError as error:
        raise ArchiveError(f"{source}: {error}") from error


@contextmanager
def as_file(package: Path | None, cards: Path) -> Iterator[Path]:
    """Yield a package's file; without one, that of the cards as they are now."""
    from deckwright import build as room

    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder, "current.apkg")
        if package is None:
            current.write_bytes(room.package(sound_deck(cards)))
        yield package or current


def sound_deck(cards: Path) -> "Sound":
    """Return the deck of a folder; where it has errors, report them and stop."""
    return sound_plan(cards)[1]


def sound_plan(cards: Path) -> "tuple[Plan, Sound]":
    """Return the plan of a folder and its deck; where it has errors, report them and stop."""
    from deckwright import build as room

    with at_work() as speed:
        plan = room.plan(cards, clock(), room.Options(speed=speed))
    return plan, plan.sound or fail(plan.problems)


def published_plan(cards: Path) -> "tuple[Plan, Sound]":
    """Return the plan and the deck as the last build left them; stop where the lock is stale."""
    from deckwright import build as room

    plan, sound = sound_plan(cards)
    return (plan, sound) if not sound.lock_changes else fail([room.stale(cards)])


def changelog_since(old: Path, new: Path, cards: Path) -> str:
    """Return the notes for learners who have the package `old` and get `new`, as Markdown.

    `cards` is the folder of the deck: it gives the name and the language.
    """
    from deckwright import report_changes
    from deckwright.diff import diff

    deck = sound_deck(cards).deck
    found = diff(unpacked(old), unpacked(new))
    return report_changes.changelog(found, deck.name.value, deck.language.value)


def fail(problems: "list[Problem]") -> NoReturn:
    """Report problems on standard error and end with exit code 1."""
    from deckwright import report

    click.echo(report.problems(problems, "text"), nl=False, err=True)
    sys.exit(1)


def clock() -> "Clock":
    """Return the time, with SOURCE_DATE_EPOCH; UsageError where that is no number."""
    from deckwright.stamp import Clock

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and (not epoch.isdecimal() or len(epoch) > 11):  # noqa: PLR2004 - year 5138
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch}'; write seconds since 1970")
    return Clock(int(time.time()), int(epoch) if epoch else None)
