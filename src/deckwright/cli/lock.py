"""`deckwright lock`: a lost ledger, made again."""

from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE, common
from deckwright.cli._running import alone, at_work, fail, one_line_errors
from deckwright.cli._spoken_language import tell
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.messages import Message


@click.command()
@click.option("--from", "package", type=PACKAGE, required=True, help="What learners have.")
@CARDS
@DRY_RUN
@common
def lock(package: Path, cards: Path, *, dry_run: bool) -> None:
    """Make a lost deck.lock again, from what learners have.

    That is the last package, or what one learner exported.

    \b
    Example:
      deckwright lock --from published/managerspet.apkg
    """
    from deckwright.build.lost_ledger import recover_ledger
    from deckwright.release.ledger import LEDGER_NAME, dump

    with one_line_errors(), alone(cards):
        with at_work() as resources:
            made, others, problems = recover_ledger(cards, package, resources)
        if made is None:
            fail(problems)
        if others:
            tell(Message("left out, as deckwright did not make them: {notes}", notes=others))
        file = cards / LEDGER_NAME
        done = _done(file, len(made.notes), package)
        save({file: dump(made).encode()}, *done, dry_run=dry_run)


def _done(ledger: Path, count: int, package: Path) -> list[Message]:
    return [
        Message(
            "{ledger}: {count} notes, as {package} has them",
            ledger=ledger,
            count=count,
            package=package,
        ),
        Message("lost: notes that were retired, and gap numbers that were used up before;"),
        Message("give a new gap a number that no learner can have had, well above the others"),
    ]
