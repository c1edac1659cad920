"""`deckwright lock`: a lost ledger, made again."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE
from deckwright.cli._running import fail, one_line_errors
from deckwright.cli._spoken_language import LANG, tell
from deckwright.words.messages import Message


@click.command()
@click.option("--from", "package", type=PACKAGE, required=True, help="What learners have.")
@CARDS
@LANG
def lock(package: Path, cards: Path) -> None:
    """Make a lost deck.lock again, from the last package or from what one learner exported.

    \b
    Example:
      deckwright lock --from published/managerspet.apkg
    """
    from deckwright.build.lost_ledger import recover_ledger
    from deckwright.disk.folder_lock import hold
    from deckwright.release.ledger import LEDGER_NAME

    with one_line_errors(), hold(cards):
        made, others, problems = recover_ledger(cards, package)
    if made is None:
        fail(problems)
    if others:
        tell(Message("left out, as deckwright did not make them: {notes}", notes=others))
    _tell(cards / LEDGER_NAME, len(made.notes), package)


def _tell(ledger: Path, count: int, package: Path) -> None:
    tell(
        Message(
            "{ledger}: {count} notes, as {package} has them",
            ledger=ledger,
            count=count,
            package=package,
        ),
        Message("lost: notes that were retired, and gap numbers that were used up before;"),
        Message("give a new gap a number that no learner can have had, well above the others"),
    )
