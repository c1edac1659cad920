"""`deckwright build`: the cards to a package."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, NO_CACHE, clock
from deckwright.cli._running import at_work, fail

if TYPE_CHECKING:
    from deckwright.build.packages import BuildResult

_NO_LOCK = (
    "There is no deck.lock, so every note counts as new. For a first build that is as it should\n"
    "be. If people already have this deck, stop: put the deck.lock of the last build back first,\n"
    "or their own tags and corrections are replaced at the next import.\n"
)
_CLEANUP = (
    "{package}: blanks {count} retired notes, only for people who already have the deck:\n"
    "  they import it and run Tools > Empty Cards. Without it, the notes stay with them.\n"
)


@click.command()
@CARDS
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder for the package.",
)
@click.option("--locked", is_flag=True, help="Fail if deck.lock would change (for CI).")
@click.option(
    "--refresh", is_flag=True, help="Send every note again: learners lose their own changes."
)
@click.option("--allow-move", is_flag=True, help="Let notes go to another deck or subdeck.")
@NO_CACHE
def build(
    cards: Path, out: Path, *, locked: bool, refresh: bool, allow_move: bool, no_cache: bool
) -> None:
    """Make the package, and write down in deck.lock what learners then hold.

    \b
    Example:
      deckwright build --cards cards --out build
    """
    from deckwright.build.packages import build_deck
    from deckwright.build.plan import BuildOptions
    from deckwright.cli import _problem_lines

    started = time.perf_counter()
    with at_work(no_cache=no_cache) as resources:
        options = BuildOptions(
            locked=locked, refresh=refresh, allow_move=allow_move, resources=resources
        )
        made, problems = build_deck(cards, out, clock(), options)
    if not made:
        fail(problems)
    if problems:
        click.echo(_problem_lines.problems(problems, "text"), nl=False, err=True)
    click.echo(_summary(made, time.perf_counter() - started), nl=False)


def _summary(made: "BuildResult", seconds: float) -> str:
    """Return what a build made: notes and cards by subdeck, and what became of the notes."""
    from deckwright.cli._problem_lines import plain

    stamped, changes = made.stamped, made.changes
    counts: dict[str, list[int]] = {}
    for note in (stamped.note for stamped in stamped.notes):
        count = counts.setdefault(note.deck, [0, 0])
        count[0] += 1
        count[1] += len(note.ordinals)
    counts["together"] = [sum(count[index] for count in counts.values()) for index in (0, 1)]
    wide = max(map(len, counts))
    rows = [
        f"  {plain(deck):{wide}} {notes:5} notes {cards:5} cards\n"
        for deck, (notes, cards) in counts.items()
    ]
    names = ("new", "changed", "unchanged", "retired")
    became = ", ".join(f"{len(getattr(changes, name))} {name}" for name in names)
    lines = [f"{made.package}: {made.size:,} bytes in {seconds:.2f} s\n", *rows, f"  {became}\n"]
    if made.cleanup:
        retired = sum(entry.retired is not None for entry in stamped.lock.notes.values())
        lines.append(_CLEANUP.format(package=made.cleanup, count=retired))
    return "".join(lines) + (_NO_LOCK if made.first else "")
