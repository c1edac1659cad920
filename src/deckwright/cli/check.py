"""`deckwright check`: everything that is wrong in the cards."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.cli._options import CARDS, NO_CACHE, clock, codes
from deckwright.cli._printing import show
from deckwright.cli._running import at_work, one_line_errors
from deckwright.cli._spoken_language import LANG, in_words, language, tell, usage_error
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import BuildOptions, BuildPlan
    from deckwright.check.coverage import PointCoverage
    from deckwright.problem import Problem
    from deckwright.release.ledger_changes import Base


_HEADS = [
    Message("point"),
    Message("kind"),
    Message("Q/A"),
    Message("cloze"),
    Message("case"),
    Message("missing"),
]


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
@click.option("--base", help="Compare deck.lock with that of a revision of git, or of a file.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors (for CI).")
@click.option("--hints", is_flag=True, help="Show the rules that are wrong more often, too.")
@click.option("--coverage", is_flag=True, help="Show which notes teach which points of the guide.")
@click.option("--select", multiple=True, metavar="CODE", callback=codes, help="Show only these.")
@click.option("--ignore", multiple=True, metavar="CODE", callback=codes, help="Show all but these.")
@click.option("--all", "every", is_flag=True, help="Show every problem, however many of a code.")
@click.option("--fix", "mend", is_flag=True, help="Mend what a program can mend first.")
@click.option(
    "--diff", "only_show", is_flag=True, help="Show what --fix would change, and no more."
)
@click.option("--learn", is_flag=True, help="List names that stand twice in the word list first.")
@NO_CACHE
@LANG
def check(cards: Path, form: str, *, hints: bool, **wishes: Any) -> None:
    """Report everything that is wrong in the cards, with its place and what to write instead.

    \b
    Example:
      deckwright check --format github
      deckwright check --base origin/main
    """
    from deckwright.build.plan import BuildOptions, plan_build
    from deckwright.cli import _mending

    base, problems = _base(cards, wishes.pop("base"))
    with one_line_errors(), at_work(no_cache=wishes.pop("no_cache")) as resources:
        wanted = hints or bool(wishes["select"])
        options = BuildOptions(spell=True, hints=wanted, base=base, resources=resources)
        _change(cards, options, **wishes)
        plan = plan_build(cards, clock(), options)
    plan.problems.extend(problems)
    if wishes["mend"]:
        _mending.tell_of_held(plan, _shown(plan.problems, **wishes), wishes["select"])
    _report(plan, form, **wishes)


def _base(cards: Path, name: str | None) -> "tuple[Base | None, list[Problem]]":
    from deckwright.build.base_ledger import BaseError, base_ledger

    try:
        return (None, []) if name is None else base_ledger(cards, name)
    except BaseError as error:
        raise usage_error(error.message) from error


def _change(
    cards: Path, options: "BuildOptions", *, mend: bool, only_show: bool, learn: bool, **codes: Any
) -> None:
    """Change what was asked for before the report; what is only shown is all that is reported."""
    from dataclasses import replace

    from deckwright.build.cards_folder import Resources
    from deckwright.build.fixes import mendable
    from deckwright.build.plan import plan_build
    from deckwright.cli import _mending

    # Copies of a folder leave nothing in the cache.
    alone = replace(options, resources=Resources())

    def find(copy: Path) -> "list[Problem]":
        plan = plan_build(copy, clock(), alone)
        return _shown(mendable(plan, codes["select"]), **codes)

    if mend or only_show:
        found = _mending.fix(cards, find, write=mend and not only_show)
        if only_show:
            sys.exit(1 if found else 0)
    if learn:
        _mending.learn_names(cards, plan_build(cards, clock(), replace(options, hints=True)))


def _shown(
    problems: "list[Problem]", *, select: frozenset[str], ignore: frozenset[str], **_: Any
) -> "list[Problem]":
    return [p for p in problems if (not select or p.code in select) and p.code not in ignore]


def _report(
    plan: "BuildPlan", form: str, *, strict: bool, coverage: bool, every: bool, **wishes: Any
) -> None:
    from deckwright.check.coverage import taught
    from deckwright.cli import _problem_lines
    from deckwright.problem import errors

    shown = _shown(plan.problems, **wishes)
    if coverage and plan.deck:
        show(_coverage(taught(plan.deck), form))
    else:
        show(_problem_lines.problems(shown, form, language(), every=every))
    hidden = len(errors(plan.problems)) - len(errors(shown))
    if hidden:
        tell(
            Message(
                "errors that are not shown: {count}; they stop a build all the same", count=hidden
            ),
            err=True,
        )
    tell(*plan.remarks, err=True)
    sys.exit(1 if errors(shown, strict=strict) or hidden else 0)


def _coverage(rows: "list[PointCoverage]", form: str) -> str:
    """Return points against notes as a table, or as JSON for any other form than text."""
    if form != "text":
        return json.dumps(list(map(_row, rows)), ensure_ascii=False, indent=2) + "\n"
    heads = [in_words(head) for head in _HEADS]
    lines = ["{:30} {:10} {:>5} {:>5} {:>5}  {}\n".format(*heads)]
    for row in rows:
        counts = f"{len(row.questions):5} {len(row.clozes):5} {len(row.cases):5}"
        missing = ", ".join(map(in_words, row.missing())) or "-"
        kind = row.point.kind.dutch if language() == "nl" else row.point.kind.value
        lines.append(f"{row.point.id.value:30} {kind:10} {counts}  {missing}\n")
    lacking = sum(bool(row.missing()) for row in rows)
    count = Message(
        "{count} points, {lacking} with something missing", count=len(rows), lacking=lacking
    )
    return "".join(lines) + f"{in_words(count)}\n"


def _row(row: "PointCoverage") -> dict[str, object]:
    return {
        "point": row.point.id.value,
        "kind": row.point.kind.value,
        "questions": len(row.questions),
        "clozes": len(row.clozes),
        "cases": len(row.cases),
        "notes": [note.id.value for note in row.notes],
        "missing": row.missing(),
    }
