"""`deckwright check`: everything that is wrong in the cards."""

import os
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from deckwright.cli._loudness import is_quiet, mention
from deckwright.cli._options import CARDS, NO_CACHE, clock, codes_option, common, parts_of
from deckwright.cli._printing import show
from deckwright.cli._running import at_work, one_line_errors
from deckwright.cli._spoken_language import language, tell, usage_error
from deckwright.cli._watching import WATCH, run_again
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import BuildOptions, BuildPlan
    from deckwright.problem import Problem
    from deckwright.release.ledger_changes import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """The options of a check; `parts` are the files and folders to look at, from the cards."""

    cards: Path
    parts: frozenset[Path]
    form: str
    base: str | None
    strict: bool
    hints: bool
    coverage: bool
    select: frozenset[str]
    ignore: frozenset[str]
    every: bool
    fix: bool
    only_show: bool
    learn: bool
    no_cache: bool
    watch: bool

    @classmethod
    def of(cls, *, cards: Path, paths: tuple[Path, ...], **others: object) -> Self:
        """Return the wishes as click gives them; UsageError for a path outside the cards."""
        return cls(cards=cards, parts=parts_of(cards, paths), **others)  # type: ignore[arg-type]

    def names(self, path: Path, folder: Path) -> bool:
        """Return whether a file of `folder` was asked for; without any path, all are."""
        if self.parts <= {Path()}:
            return True
        here = path.relative_to(folder) if path.is_relative_to(folder) else Path()
        return not self.parts.isdisjoint([here, *here.parents])

    def chooses(self, code: str) -> bool:
        """Return whether the problems of a code were asked for."""
        return (not self.select or code in self.select) and code not in self.ignore


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@CARDS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on GitHub.",
)
@click.option("--base", help="Compare deck.lock with that of a revision of git, or of a file.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors (for CI).")
@click.option("--hints", is_flag=True, help="Show the rules that are wrong more often, too.")
@click.option("--coverage", is_flag=True, help="Show which notes teach which points of the guide.")
@codes_option("--select", "Show only these.")
@codes_option("--ignore", "Show all but these.")
@click.option("--all", "every", is_flag=True, help="Show every problem, however many of a code.")
@click.option("--fix", "fix", is_flag=True, help="First fix what a program can fix.")
@click.option(
    "--diff", "only_show", is_flag=True, help="Show what --fix would change, and no more."
)
@click.option(
    "--learn", is_flag=True, help="First add names that stand in two places to the word list."
)
@WATCH
@NO_CACHE
@common
def check(**wishes: object) -> None:
    """Report what is wrong in the cards, and what to write instead.

    With PATH, only what is wrong in these files and folders; the whole deck is read all the same.

    \b
    Example:
      deckwright check --format github
      deckwright check --base origin/main
    """
    wanted = _Wishes.of(**wishes)  # type: ignore[arg-type]
    if wanted.watch:
        run_again(wanted.cards, partial(_check, wanted))
    _check(wanted)


def _check(wishes: _Wishes) -> None:
    from deckwright.build.plan import BuildOptions, plan_build
    from deckwright.cli import _fixing

    base, problems = _base(wishes)
    with one_line_errors(), at_work(no_cache=wishes.no_cache) as resources:
        wanted = wishes.hints or bool(wishes.select)
        options = BuildOptions(spell=True, hints=wanted, base=base, resources=resources)
        _change(wishes, options)
        plan = plan_build(wishes.cards, clock(), options)
    plan.problems.extend(problems)
    if wishes.fix:
        shown = _shown(plan.problems, wishes, wishes.cards)
        _fixing.tell_of_held(plan, shown, wishes.select)
    _report(plan, wishes)


def _base(wishes: _Wishes) -> "tuple[Base | None, list[Problem]]":
    from deckwright.build.base_ledger import BaseError, base_ledger

    try:
        return (None, []) if wishes.base is None else base_ledger(wishes.cards, wishes.base)
    except BaseError as error:
        raise usage_error(error.message) from error


def _change(wishes: _Wishes, options: "BuildOptions") -> None:
    """Change what was asked for before the report; what is only shown is all that is reported."""
    from deckwright.build.cards_folder import Resources
    from deckwright.build.fixes import fixable
    from deckwright.build.plan import plan_build
    from deckwright.cli import _fixing

    cards = wishes.cards
    # Copies of a folder leave nothing in the cache.
    alone = replace(options, resources=Resources(tell=options.resources.tell))

    def find(copy: Path) -> "list[Problem]":
        return _shown(fixable(plan_build(copy, clock(), alone), wishes.select), wishes, copy)

    if wishes.fix or wishes.only_show:
        is_named = partial(wishes.names, folder=cards)
        found = _fixing.fix(cards, find, is_named, write=not wishes.only_show)
        if wishes.only_show:
            sys.exit(1 if found else 0)
    if wishes.learn:
        _fixing.learn_names(cards, plan_build(cards, clock(), replace(options, hints=True)))


def _shown(problems: "list[Problem]", wishes: _Wishes, folder: Path) -> "list[Problem]":
    """Return the problems in `folder` that were asked for."""
    chosen = [each for each in problems if wishes.chooses(each.code)]
    return [each for each in chosen if wishes.names(Path(each.place.file), folder)]


def _report(plan: "BuildPlan", wishes: _Wishes) -> None:
    """Show what is wrong, or the coverage, and end with the exit code.

    Where anything counts as wrong, it is shown beside the coverage, too.
    """
    from deckwright.cli import _problem_lines
    from deckwright.problem import errors

    shown = _shown(plan.problems, wishes, wishes.cards)
    wrong, told = errors(plan.problems), errors(shown)
    here = [each for each in wrong if wishes.names(Path(each.place.file), wishes.cards)]
    failed = bool(errors(shown, strict=wishes.strict)) or len(here) > len(told)
    covers = wishes.coverage and plan.deck is not None
    if covers:
        _show_coverage(plan, wishes.form)
    if failed or not covers:
        aside = covers and wishes.form != "text"  # standard output is one thing for a program
        form = "text" if aside else wishes.form
        lines = _problem_lines.problems(
            shown, form, language(), every=wishes.every, counted=not is_quiet()
        )
        show(lines, err=aside, marked=form == "text")
    if count := len(wrong) - len(told):
        hidden = Message(
            "errors that are not shown: {count}; they stop a build all the same", count=count
        )
        tell(hidden, err=True)
    mention(*plan.remarks, err=True)
    sys.exit(1 if failed else 0)


def _show_coverage(plan: "BuildPlan", form: str) -> None:
    from deckwright.check.coverage import taught
    from deckwright.cli import _coverage_table

    has_guide = os.path.lexists(plan.folder / "guide.yaml")
    if plan.deck and (has_guide or form != "text"):
        show(_coverage_table.table(taught(plan.deck), form, language()))
    if not has_guide:
        tell(Message("there is no guide.yaml, which lists the points to teach"), err=True)
