"""`deckwright release`: what learners are to get, written into the ledger."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._extras import install_line
from deckwright.cli._loudness import is_quiet, mention
from deckwright.cli._options import CARDS, IMPORT_OPTIONS, OUT, URL, clock, common
from deckwright.cli._running import alone, at_work, fail, one_line_errors, report
from deckwright.cli._spoken_language import in_words, tell, usage_error
from deckwright.cli._steps import shown_steps
from deckwright.cli._writing import show_files
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.plan import ReadyDeck
    from deckwright.build.releasing import ReleaseFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """The options of a release."""

    cards: Path
    out: Path
    dry_run: bool
    yes: bool
    first: bool
    this_key: bool
    this_time: bool
    allow_warnings: bool
    clean_up_since: int | None
    site: Path | None
    url: str


@click.command()
@CARDS
@OUT
@click.option("--dry-run", is_flag=True, help="Show what learners would get, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--first", is_flag=True, help="Nobody has this deck yet: make release 1.")
@click.option("--this-key", is_flag=True, help="Take a key of one plain word all the same.")
@click.option("--this-time", is_flag=True, help="Take a time that seems wrong all the same.")
@click.option("--allow-warnings", is_flag=True, help="Release although check warns of something.")
@click.option(
    "--clean-up-since", type=int, metavar="N", help="Clean up all retired since release N."
)
@click.option("--site", type=click.Path(path_type=Path), help="Write the page for learners here.")
@URL
@common
def release(**wishes: object) -> None:
    """Make the release that learners get, with notes on what is new.

    Shows what they will notice, and asks; then writes package, ledger, clean-up and notes for
    learners. Send the package, and commit the cards with the ledger.

    \b
    Example:
      deckwright release --dry-run
    """
    wanted = _Wishes(**wishes)  # type: ignore[arg-type]
    if wanted.url and not wanted.site:
        raise usage_error(Message("--url needs --site: the QR code stands on that page"))
    with one_line_errors(), alone(wanted.cards):
        _release(wanted)


def _release(wanted: _Wishes) -> None:
    from deckwright.build.releasing import release_files, write_release
    from deckwright.site.learner_site import without_old_clean_up

    ready = _checked(wanted)
    if wanted.dry_run or not wanted.yes or not is_quiet():
        _announce(ready)
    with shown_steps() as tell_step:
        tell_step(Message("make the package"))
        files = release_files(ready, wanted.cards, wanted.out, clean_up_since=wanted.clean_up_since)
    site = _site(ready, files, wanted)
    if wanted.dry_run:
        show_files({**files.files, **site})
        return
    _played(ready)
    if not ready.release.is_out and not wanted.yes and not _agreed():
        mention(Message("nothing was written"))
        sys.exit(1)
    write_release(ready, files, site)
    if wanted.site:
        without_old_clean_up(ready, wanted.site, site)
    _remember(ready)
    mention(*_told(ready, files, wanted))


def _checked(wanted: _Wishes) -> "ReadyDeck":
    """Return the deck to release; where anything is wrong with that, report it and stop."""
    from deckwright.build.packages import steady_plan
    from deckwright.build.plan import BuildOptions
    from deckwright.build.release_history import history_problems
    from deckwright.build.release_time import time_problems
    from deckwright.problem import errors

    with at_work() as resources:
        now = clock()
        options = BuildOptions(spell=True, this_time=wanted.this_time, resources=resources)
        plan, problems = steady_plan(wanted.cards, wanted.out, now, options)
    if plan.ready:
        problems += history_problems(
            plan.ready, wanted.cards, wanted.out, first=wanted.first, this_key=wanted.this_key
        )
        problems += [] if wanted.this_time else time_problems(plan.ready, wanted.cards, now)
    mention(*plan.remarks, err=True)
    if plan.ready is None or errors(problems, strict=not wanted.allow_warnings):
        if not errors(problems):
            tell(Message("check warns; release all the same with --allow-warnings"), err=True)
        fail(problems)
    if problems:
        report(problems)
    return plan.ready


def _announce(ready: "ReadyDeck") -> None:
    """Print what learners will notice, the most expensive first."""
    from deckwright.build.releasing import changes
    from deckwright.cli._change_lines import show_changes

    number = ready.held.number
    if ready.release.is_out:
        tell(
            Message(
                "the cards are those of release {number}: there is nothing new to release",
                number=number,
            )
        )
    elif not number:
        count = len(ready.release.notes)
        tell(Message("release 1: {count} notes, for people who have none of them", count=count))
    else:
        tell(Message("release {number}:", number=number + 1))
        show_changes(changes(ready), "text")


def _played(ready: "ReadyDeck") -> None:
    """Play the update in the real Anki, where it is installed; stop where it harms anyone."""
    from deckwright.cli.verify import played

    if ready.release.is_out:
        return
    try:
        verdict = played(ready)
    except ImportError:
        line = install_line("verify")
        mention(Message("not tried in Anki; its engine comes with: {line}", line=line))
        return
    mention(*verdict.facts)
    if verdict.harm:
        tell(*(Message("harm: {harm}", harm=each) for each in verdict.harm), err=True)
        sys.exit(1)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        message = Message("nobody can answer here: say --yes to release, or --dry-run to look")
        raise usage_error(message)
    return click.confirm(in_words(Message("Release this?")))


def _site(ready: "ReadyDeck", files: "ReleaseFiles", wanted: _Wishes) -> dict[Path, bytes]:
    from deckwright.site.learner_site import site_files

    if wanted.site is None:
        return {}
    cleanup = files.files[files.cleanup] if files.cleanup else None
    package = files.files[files.package]
    return site_files(ready, wanted.site, package=package, url=wanted.url, cleanup=cleanup)


def _remember(ready: "ReadyDeck") -> None:
    from deckwright.build.release_history import remember

    remember(ready.deck.key.value, ready.release.ledger.number)


def _told(ready: "ReadyDeck", files: "ReleaseFiles", wanted: _Wishes) -> list[Message]:
    from deckwright.release.ledger import LEDGER_NAME

    lines = [
        Message("release {number}:", number=ready.release.ledger.number),
        Message("  {file}: send this", file=files.package),
    ]
    if files.cleanup:
        lines.append(
            Message(
                "  {file}: only for people who have the deck: after it, Tools > Empty Cards",
                file=files.cleanup,
            )
        )
    if files.notes in files.files:
        lines.append(Message("  {file}: what is new, for learners", file=files.notes))
    if wanted.site:
        lines.append(Message("  {file}: the page for learners", file=wanted.site / "index.html"))
    ledger = Message("  {file}: commit it with the cards", file=wanted.cards / LEDGER_NAME)
    return [*lines, ledger, IMPORT_OPTIONS]
