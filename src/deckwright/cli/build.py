"""`deckwright build`: the cards to a package."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, NO_CACHE, OUT, clock
from deckwright.cli._running import at_work, fail

if TYPE_CHECKING:
    from deckwright.build.packages import BuildResult


@click.command()
@CARDS
@OUT
@click.option("--released", is_flag=True, help="Fail unless the cards are the last release (CI).")
@NO_CACHE
def build(cards: Path, out: Path, *, released: bool, no_cache: bool) -> None:
    """Make the package of the last release; or a draft, where the cards are not that any more.

    Nothing is written into the folder of cards, and learners get nothing by a draft.

    \b
    Example:
      deckwright build --cards cards --out build
    """
    from deckwright.build.packages import build_deck
    from deckwright.build.plan import BuildOptions
    from deckwright.cli import _problem_lines

    started = time.perf_counter()
    with at_work(no_cache=no_cache) as resources:
        options = BuildOptions(resources=resources)
        made, problems = build_deck(cards, out, clock(), options, released=released)
    if not made:
        fail(problems)
    if problems:
        click.echo(_problem_lines.problems(problems, "text"), nl=False, err=True)
    click.echo(_summary(made, time.perf_counter() - started), nl=False)


def _summary(made: "BuildResult", seconds: float) -> str:
    """Return what a build made: notes and cards by subdeck, and what became of the notes."""
    from deckwright.cli._problem_lines import plain

    release, number = made.release, made.ready.held.number
    counts: dict[str, list[int]] = {}
    for note in (stamped.note for stamped in release.notes):
        count = counts.setdefault(note.deck, [0, 0])
        count[0] += 1
        count[1] += len(note.ordinals)
    counts["together"] = [sum(count[index] for count in counts.values()) for index in (0, 1)]
    wide = max(map(len, counts))
    rows = [
        f"  {plain(deck):{wide}} {notes:5} notes {cards:5} cards\n"
        for deck, (notes, cards) in counts.items()
    ]
    if release.is_out:
        became = f"this is release {number}"
    else:
        names = ("new", "changed", "unchanged", "retired")
        since = f"since release {number}" if number else "nothing was released yet"
        counted = ", ".join(f"{len(getattr(release.changes, name))} {name}" for name in names)
        became = f"a draft: {counted} ({since})"
    head = f"{made.package}: {made.size:,} bytes in {seconds:.2f} s\n"
    return "".join([head, *rows, f"  {became}\n"])
