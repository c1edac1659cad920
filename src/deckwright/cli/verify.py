"""`deckwright verify`: an update in the real Anki."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._extras import install_line
from deckwright.cli._loudness import mention
from deckwright.cli._options import CARDS, IMPORT_OPTIONS, PACKAGE, common
from deckwright.cli._running import NOT_AVAILABLE, one_line_errors
from deckwright.cli._spoken_language import tell
from deckwright.cli._steps import shown_steps
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.anki.verification import Verdict
    from deckwright.build.plan import ReadyDeck


@click.command()
@click.argument("tried", metavar="[PACKAGE]", type=PACKAGE, required=False)
@click.option("--from", "old", type=PACKAGE, help="Play people who have this package.")
@CARDS
@common
def verify(tried: Path | None, old: Path | None, cards: Path) -> None:
    """Try the cards in the real Anki, on people who have the deck.

    Says what the cards would cost people who have the last release. With PACKAGE, tries that
    instead of the cards. Exit code 1 on harm, 3 without Anki's engine.

    \b
    Example:
      deckwright verify
      deckwright verify build/managerspet.apkg --from published/managerspet.apkg
    """
    try:
        with one_line_errors():
            verdict = _verdict(tried, old, cards)
    except ImportError as error:
        message = Message(
            "Error: this needs Anki's engine ({error}); install it with: {line}",
            error=error,
            line=install_line("verify"),
        )
        tell(message, err=True)
        sys.exit(NOT_AVAILABLE)
    _tell(verdict)


def _verdict(tried: Path | None, old: Path | None, cards: Path) -> "Verdict":
    from deckwright.anki.verification import verify_package
    from deckwright.cli._decks import ready_deck

    if tried:
        with shown_steps() as tell:
            return verify_package(tried, old, tell=tell)
    return played(ready_deck(cards), old)


def played(ready: "ReadyDeck", old: Path | None = None) -> "Verdict":
    """Play the update from the last release, or from the package `old`, to the cards of now."""
    from deckwright.anki.verification import verify_package
    from deckwright.build.packages import package_bytes
    from deckwright.build.releasing import held_package, meant_changes
    from deckwright.disk.writing import temporary_folder
    from deckwright.release.stamped_notes import blanked

    with temporary_folder() as folder, shown_steps() as tell:
        tell(Message("make the packages to try"))
        new, last, cleanup = (folder / name for name in ("new", "last", "clean-up"))
        new.write_bytes(package_bytes(ready))
        if ready.held.releases:
            last.write_bytes(held_package(ready))
        retired = blanked(ready.release.ledger, ready.release.ledger.number)
        plays_cleanup = retired and not ready.release.is_out and not old
        if plays_cleanup:
            cleanup.write_bytes(package_bytes(ready, retired))
        return verify_package(
            new,
            old or (last if ready.held.releases else None),
            cleanup=cleanup if plays_cleanup else None,
            meant=meant_changes(ready),
            tell=tell,
        )


def _tell(verdict: "Verdict") -> None:
    harm = [Message("harm: {harm}", harm=each) for each in verdict.harm]
    mention(*verdict.facts)
    tell(*harm)
    mention(*([] if harm else [Message("no harm")]), IMPORT_OPTIONS)
    sys.exit(1 if verdict.harm else 0)
