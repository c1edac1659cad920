"""Commands that make and check a deck."""

import sys
import time
from pathlib import Path

import click

from deckwright.cli.common import CARDS, NO_CACHE, at_work, clock


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
@click.option("--refresh", is_flag=True, help="Send every note again; costs learners own changes.")
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
    from deckwright import build as room
    from deckwright import report

    started = time.perf_counter()
    with at_work(no_cache=no_cache) as speed:
        options = room.Options(locked=locked, refresh=refresh, allow_move=allow_move, speed=speed)
        made, problems = room.make(cards, out, clock(), options)
    if problems:
        click.echo(report.problems(problems, "text"), nl=False, err=True)
    if not made:
        sys.exit(1)
    click.echo(report.summary(made, time.perf_counter() - started), nl=False)


@click.command()
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
@NO_CACHE
def check(cards: Path, form: str, *, strict: bool, coverage: bool, no_cache: bool) -> None:
    """Report everything that is wrong in the cards, with its place and what to write instead.

    \b
    Example:
      deckwright check --format github
    """
    from deckwright import build as room
    from deckwright import report
    from deckwright.check.coverage import taught
    from deckwright.problem import errors

    with at_work(no_cache=no_cache) as speed:
        plan = room.plan(cards, clock(), room.Options(spell=True, speed=speed))
    if coverage and plan.deck:
        click.echo(report.coverage(taught(plan.deck), form), nl=False)
    else:
        click.echo(report.problems(plan.problems, form), nl=False)
    click.echo("".join(f"{line}\n" for line in plan.remarks), nl=False, err=True)
    sys.exit(1 if errors(plan.problems, strict=strict) else 0)


@click.command()
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
