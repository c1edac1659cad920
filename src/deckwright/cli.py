"""The doors of deckwright: options, and exit codes (0 fine, 1 problems, 2 wrong usage).

Commands import late: `--help` then needs click alone, and `check` no genanki.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from deckwright.stamp import Clock

CARDS = click.option(
    "--cards",
    type=click.Path(path_type=Path),
    default=Path("cards"),
    show_default=True,
    help="The folder with deck.yaml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="deckwright", prog_name="deckwright")
def main() -> None:
    """Build Anki decks from YAML, and never cost a learner a review.

    \b
    Example:
      deckwright build
    """


@main.command()
@CARDS
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder for the package.",
)
@click.option("--locked", is_flag=True, help="Fail if deck.lock would change (for CI).")
@click.option("--refresh", is_flag=True, help="Send every note again; costs learners own changes.")
def build(cards: Path, out: Path, *, locked: bool, refresh: bool) -> None:
    """Make the package, and write down in deck.lock what learners then hold.

    \b
    Example:
      deckwright build --cards cards --out build
    """
    from deckwright import build as room
    from deckwright import report

    started = time.perf_counter()
    made, problems = room.make(cards, out, _clock(), locked=locked, refresh=refresh)
    if problems:
        click.echo(report.problems(problems, "text"), nl=False, err=True)
    if not made:
        sys.exit(1)
    click.echo(report.summary(made, time.perf_counter() - started), nl=False)


@main.command()
@CARDS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on GitHub.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors (for CI).")
@click.option("--coverage", is_flag=True, help="Show which notes teach which points of the guide.")
def check(cards: Path, form: str, *, strict: bool, coverage: bool) -> None:
    """Report everything that is wrong in the cards, with its place and what to write instead.

    \b
    Example:
      deckwright check --format github
    """
    from deckwright import build as room
    from deckwright import report
    from deckwright.check.coverage import taught
    from deckwright.problem import errors

    plan = room.plan(cards, _clock(), spell=True)
    if coverage and plan.deck:
        click.echo(report.coverage(taught(plan.deck), form), nl=False)
    else:
        click.echo(report.problems(plan.problems, form), nl=False)
    click.echo("".join(f"{line}\n" for line in plan.remarks), nl=False, err=True)
    sys.exit(1 if errors(plan.problems, strict=strict) else 0)


@main.command()
@click.argument("code", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True
)
def rule(code: str | None, form: str) -> None:
    """Print the manual of a rule: what it asks, why, and a bad and a good card; or list all rules.

    \b
    Example:
      deckwright rule answer-long
    """
    from deckwright import report
    from deckwright.check import MANUALS, manual

    if code and code not in MANUALS:
        raise click.BadParameter(f"no rule '{code}'; 'deckwright rule' lists them")
    if code:
        click.echo(manual(code))
    else:
        click.echo(report.rules({name: manual(name) for name in MANUALS}, form), nl=False)


def _clock() -> "Clock":
    from deckwright.stamp import Clock

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch}'; write seconds since 1970")
    return Clock(int(time.time()), int(epoch) if epoch else None)
