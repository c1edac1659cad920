"""`deckwright site`: the page for learners, of the last release."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._loudness import mention
from deckwright.cli._options import CARDS, URL, common
from deckwright.cli._running import alone, fail, one_line_errors
from deckwright.cli._writing import DRY_RUN, show_files
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import ReadyDeck


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@CARDS
@URL
@DRY_RUN
@common
def site(folder: Path, cards: Path, url: str, *, dry_run: bool) -> None:
    """Write the page on which learners study the last release.

    It goes into DIR, with the package. Put DIR on any web server with https: the page then works
    without a network, too.

    \b
    Example:
      deckwright site site --url https://example.org/cards
    """
    with one_line_errors(), alone(cards):
        ready = _released(cards)
        files = _files(ready, folder, url)
        if dry_run:
            show_files(files)
        else:
            _write(ready, folder, files)


def _released(cards: Path) -> "ReadyDeck":
    """Return the deck of the last release; where the cards are not that, report it and stop."""
    from deckwright.build.packages import not_released
    from deckwright.cli._decks import ready_deck

    ready = ready_deck(cards)
    return ready if ready.release.is_out else fail([not_released(cards, ready)])


def _files(ready: "ReadyDeck", folder: Path, url: str) -> dict[Path, bytes]:
    from deckwright.build.packages import package_bytes
    from deckwright.build.releasing import clean_up
    from deckwright.site.learner_site import site_files

    package = package_bytes(ready)
    return site_files(ready, folder, package=package, url=url, cleanup=clean_up(ready))


def _write(ready: "ReadyDeck", folder: Path, files: dict[Path, bytes]) -> None:
    from deckwright.disk.writing import write_all
    from deckwright.site.learner_site import without_old_clean_up

    write_all(files)
    without_old_clean_up(ready, folder, files)
    page, number = folder / "index.html", ready.held.number
    mention(Message("{file}: the page of release {number}", file=page, number=number))
