"""`deckwright build`: the cards to a package."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, NO_CACHE, OUT, clock
from deckwright.cli._printing import plain
from deckwright.cli._running import at_work, fail, report
from deckwright.cli._spoken_language import LANG, in_words, tell
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.packages import BuildResult


@click.command()
@CARDS
@OUT
@click.option("--released", is_flag=True, help="Fail unless the cards are the last release (CI).")
@NO_CACHE
@LANG
def build(cards: Path, out: Path, *, released: bool, no_cache: bool) -> None:
    """Make the package of the last release; or a draft, where the cards are not that any more.

    Nothing is written into the folder of cards, and learners get nothing by a draft.

    \b
    Example:
      deckwright build --cards cards --out build
    """
    from deckwright.build.packages import build_deck
    from deckwright.build.plan import BuildOptions

    started = time.perf_counter()
    with at_work(no_cache=no_cache) as resources:
        options = BuildOptions(resources=resources)
        made, problems = build_deck(cards, out, clock(), options, released=released)
    if not made:
        fail(problems)
    if problems:
        report(problems)
    tell(*_summary(made, time.perf_counter() - started))


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
        size=made.size,
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
