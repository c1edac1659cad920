"""`deckwright push`: the cards into the Anki that runs on this computer."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._loudness import mention
from deckwright.cli._options import CARDS, OUT, clock, common
from deckwright.cli._running import NOT_AVAILABLE, at_work, fail, report
from deckwright.cli._spoken_language import tell, usage_error
from deckwright.cli._writing import DRY_RUN, show_files
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.anki.desktop import Desktop
    from deckwright.build.packages import BuildResult
    from deckwright.build.pushing import Pushed

_MOST_NAMES = 5  # of notes that Anki kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """The options of a push."""

    cards: Path
    out: Path
    released: bool
    sync: bool
    url: str
    api_key: str
    dry_run: bool


@click.command()
@CARDS
@OUT
@click.option("--released", is_flag=True, help="Push the last release; fail on other cards.")
@click.option("--sync", is_flag=True, help="Let Anki sync afterwards.")
@click.option(
    "--url",
    default="http://127.0.0.1:8765",
    show_default=True,
    help="Where AnkiConnect answers.",
)
@click.option(
    "--api-key",
    envvar="DECKWRIGHT_ANKICONNECT_KEY",
    show_envvar=True,
    default="",
    help="The key of AnkiConnect, if you gave it one.",
)
@DRY_RUN
@common
def push(**wishes: object) -> None:
    """Import the cards into the Anki on this computer.

    Then Anki's browser shows what changed. Anki needs the add-on AnkiConnect. A draft goes into the
    deck that learners have: reviews stay, and a note that changed loses your own tags and
    corrections. If you study the deck yourself, try drafts in another profile; if you added fields
    to its notes, with Anki 26.09 or later. Exit code 3 where Anki does not take it.

    \b
    Example:
      deckwright push
    """
    _push(_Wishes(**wishes))  # type: ignore[arg-type]


def _push(wanted: _Wishes) -> None:
    from deckwright.build.packages import build_deck
    from deckwright.build.plan import BuildOptions
    from deckwright.build.pushing import push as push_package

    desktop = _desktop(wanted)
    with at_work() as resources:
        options = BuildOptions(
            over_drafts=not wanted.released, dry_run=wanted.dry_run, resources=resources
        )
        made, problems = build_deck(
            wanted.cards, wanted.out, clock(), options, released=wanted.released
        )
        if not made:
            fail(problems)
        if wanted.dry_run:
            show_files(made.files)
            return
        pushed, refused = push_package(made, desktop, resources.tell)
    if problems or refused:
        report(problems + refused)
    if not pushed:
        sys.exit(NOT_AVAILABLE)
    mention(*_told(made, pushed))
    _show(desktop, pushed)
    if wanted.sync:
        _sync(desktop)


def _desktop(wanted: _Wishes) -> "Desktop":
    from deckwright.anki.desktop import Desktop

    try:
        return Desktop(wanted.url, wanted.api_key)
    except ValueError as error:
        message = Message(
            "--url is '{url}'; write an address such as http://127.0.0.1:8765", url=wanted.url
        )
        raise usage_error(message) from error


def _told(made: "BuildResult", pushed: "Pushed") -> list[Message]:
    from deckwright.cli.build import became

    head = Message(
        "{package}: notes new in Anki: {new}, changed: {changed}, the same: {same}",
        package=made.package,
        new=pushed.new,
        changed=pushed.changed,
        same=pushed.same,
    )
    lines = [head, Message("  {became}", became=became(made))]
    if pushed.kept:
        more = ["…"] if len(pushed.kept) > _MOST_NAMES else []
        kept = Message(
            "  not taken, since Anki's are newer or you changed their note type: {count} ({names})",
            count=len(pushed.kept),
            names=[*pushed.kept[:_MOST_NAMES], *more],
        )
        way_out = Message(
            "  to get those anew, delete them there with their reviews, and push again"
        )
        lines += [kept, way_out]
    return lines


def _show(desktop: "Desktop", pushed: "Pushed") -> None:
    """Open Anki's browser at what changed; the cards are there without that, too."""
    from deckwright.anki.desktop import DesktopError

    if not pushed.search:
        return
    try:
        desktop.browses(pushed.search)
    except DesktopError as error:
        tell(Message("Anki's browser did not open: {why}", why=error.message), err=True)


def _sync(desktop: "Desktop") -> None:
    from deckwright.anki.desktop import DesktopError

    try:
        desktop.syncs()
    except DesktopError as error:
        tell(Message("Anki did not sync: {why}", why=error.message), err=True)
        sys.exit(NOT_AVAILABLE)
    mention(Message("Anki begins to sync; it asks there if it needs to know something"))
