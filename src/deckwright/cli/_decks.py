"""Decks that commands compare or try: of a package, or of the cards as they are now."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.cli._options import clock
from deckwright.cli._running import at_work, fail

if TYPE_CHECKING:
    from deckwright.build.plan import BuildPlan, ReadyDeck
    from deckwright.release.packaged import PackageContents


def ready_deck(cards: Path) -> "ReadyDeck":
    """Return the deck of a folder; where it has errors, report them and stop."""
    return ready_plan(cards)[1]


def ready_plan(cards: Path) -> "tuple[BuildPlan, ReadyDeck]":
    """Return the plan of a folder and its deck; where it has errors, report them and stop."""
    from deckwright.build.plan import BuildOptions, plan_build

    with at_work() as resources:
        plan = plan_build(cards, clock(), BuildOptions(resources=resources))
    return plan, plan.ready or fail(plan.problems)


def published_plan(cards: Path) -> "tuple[BuildPlan, ReadyDeck]":
    """Return plan and deck as the last build left them; where the lock is stale, stop."""
    from deckwright.build.packages import stale_lock

    plan, ready = ready_plan(cards)
    return (plan, ready) if not ready.lock_changes else fail([stale_lock(cards)])


def contents_of(source: Path) -> "PackageContents":
    """Return what a package holds, or what the cards in a folder would give."""
    from deckwright.anki.archive import PackageError
    from deckwright.anki.package_reader import read_package
    from deckwright.build.packages import package_bytes

    if source.is_dir():
        return read_package(io.BytesIO(package_bytes(ready_deck(source))))
    try:
        return read_package(source)
    except PackageError as error:
        raise PackageError(f"{source}: {error}") from error


@contextmanager
def package_file(package: Path | None, cards: Path) -> Iterator[Path]:
    """Yield the file of a package; without one, that of the cards as they are now."""
    from deckwright.build.packages import package_bytes

    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder, "current.apkg")
        if package is None:
            current.write_bytes(package_bytes(ready_deck(cards)))
        yield package or current


def change_notes_since(old: Path, new: Path, cards: Path) -> str:
    """Return the notes for learners who have the package `old` and get `new`, as Markdown.

    `cards` is the folder of the deck: it gives the name and the language.
    """
    from deckwright.release.change_notes import change_notes
    from deckwright.release.diff import diff

    deck = ready_deck(cards).deck
    changes = diff(contents_of(old), contents_of(new))
    return change_notes(changes, deck.name.value, deck.language.value)
