"""`deckwright build`: the cards to a package."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.cli._loudness import mention
from deckwright.cli._options import CARDS, NO_CACHE, OUT, clock, common
from deckwright.cli._printing import plain
from deckwright.cli._running import at_work, fail, report
from deckwright.cli._spoken_language import in_words
from deckwright.cli._watching import WATCH, run_again
from deckwright.cli._writing import DRY_RUN, show_files
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.packages import BuildResult


@click.command()
@CARDS
@OUT
@click.option("--released", is_flag=True, help="Fail unless the cards are the last release (CI).")
@WATCH
@DRY_RUN
@NO_CACHE
@common
def build(cards: Path, *, watch: bool, **wishes: Any) -> None:
    """Make the package of the last release, or a draft of the next.

    A draft is made where the cards are not the last release any more: learners get nothing by it.
    Nothing is written into the folder of cards.

    \b
    Example:
      deckwright build --cards cards --out build
    """
    if watch:
        run_again(cards, partial(_build, cards, **wishes))
    _build(cards, **wishes)


def _build(cards: Path, *, out: Path, released: bool, dry_run: bool, no_cache: bool) -> None:
    from deckwright.build.packages import build_deck
    from deckwright.build.plan import BuildOptions

    started = time.perf_counter()
    with at_work(no_cache=no_cache) as resources:
        options = BuildOptions(dry_run=dry_run, resources=resources)
        made, problems = build_deck(cards, out, clock(), options, released=released)
    if not made:
        fail(problems)
    if problems:
        report(problems)
    mention(*_summary(made, time.perf_counter() - started))
    if dry_run:
        show_files(made.files)


def _summary(made: "BuildResult", seconds: float) -> list[Message]:
    """Return what a build made: notes and cards by subdeck, and what became of the notes."""
    release = made.release
    counts: dict[str, list[int]] = {}
    for note in (stamped.note for stamped in release.notes):
        count = counts.setdefault(note.deck, [0, 0])
        count[0] += 1
        count[1] += len(note.ordinals)
    counts[in_words(Message("together"))] = [
        sum(count[index] for count in counts.values()) for index in (0, 1)
    ]
    wide = max(map(len, counts))
    rows = [
        Message(
            "  {deck} {notes:5} notes {cards:5} cards",
            deck=f"{plain(deck):{wide}}",
            notes=notes,
            cards=cards,
        )
        for deck, (notes, cards) in counts.items()
    ]
    head = Message(
        "{package}: {size:,} bytes in {seconds:.2f} s",
        package=made.package,
        size=len(made.files[made.package]),
        seconds=seconds,
    )
    return [head, *rows, Message("  {became}", became=became(made))]


def became(made: "BuildResult") -> Message:
    """Return what became of the notes since the last release."""
    release, number = made.release, made.ready.held.number
    if release.is_out:
        return Message("this is release {number}", number=number)
    names = ("new", "changed", "unchanged", "retired")
    counts = {name: len(getattr(release.changes, name)) for name in names}
    if number:
        return Message(
            "a draft: {new} new, {changed} changed, {unchanged} unchanged, {retired} retired "
            "(since release {number})",
            **counts,
            number=number,
        )
    return Message(
        "a draft: {new} new, {changed} changed, {unchanged} unchanged, {retired} retired "
        "(nothing was released yet)",
        **counts,
    )
