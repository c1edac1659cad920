"""Clocks that are wrong: what they would cost learners, and the ways out."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.anki.learner import learner
from deckwright.build.plan import BuildOptions, plan_build
from deckwright.build.release_time import time_problems
from deckwright.build.releasing import release_files, write_release
from deckwright.release.ledger import DAY
from deckwright.release.next_release import Clock

YEAR = 365 * DAY


def committed(folder: Path, at: int) -> None:
    """Commit all cards, by a clock that says `at`."""
    when = {**os.environ, "GIT_AUTHOR_DATE": f"{at} +0000", "GIT_COMMITTER_DATE": f"{at} +0000"}
    user = ["-c", "user.name=x", "-c", "user.email=x@x"]
    for words in (["init", "-q"], ["add", "cards"], [*user, "commit", "-qm", "x", "--allow-empty"]):
        subprocess.run(["git", "-C", folder, *words], check=True, env=when, capture_output=True)


def edited(author: Author, at: int) -> None:
    """Let all files have been edited by a clock that says `at`."""
    author.save()
    for file in author.cards.iterdir():
        os.utime(file, (at, at))


def codes(author: Author, now: int) -> list[str]:
    """Return what a release at this time has against the clock."""
    ready = plan_build(author.cards, Clock(now)).ready
    assert ready
    return [problem.code for problem in time_problems(ready, author.cards, Clock(now))]


@pytest.mark.parametrize("knows", ["git", "the ledger", "the files"])
def test_a_clock_far_ahead_of_all_is_refused(tmp_path: Path, knows: str) -> None:
    """By half a year; not by a day less, not where a commit or an edit shows that it is right."""
    author = Author(tmp_path)
    if knows == "the ledger":
        author.releases()
        author.note("een")["answer"] = "Anders."
    else:
        author.now -= YEAR
    edited(author, author.now)
    if knows == "git":
        committed(tmp_path, author.now)
        edited(author, author.now + YEAR)  # by the same wrong clock
    assert codes(author, author.now + 179 * DAY) == []
    assert codes(author, author.now + 180 * DAY) == ["lock-time"]
    assert codes(author, author.now + YEAR) == ["lock-time"]
    if knows == "git":
        committed(tmp_path, author.now + YEAR)  # that, too
        assert codes(author, author.now + YEAR + 60) == ["lock-time"]
        assert codes(author, author.now + YEAR + 2 * DAY) == []


def test_a_release_says_so_and_can_be_meant(tmp_path: Path) -> None:
    """Nothing is written until --this-time; a release that is out asks nothing."""
    author = Author(tmp_path)
    author.save()
    committed(tmp_path, int(time.time()) - YEAR)
    release = ["release", "--yes", "--first", "--this-key", "--cards", author.cards]
    release += ["--out", author.out]
    refused = run(*release)
    assert refused.exit_code == 1
    assert "error[lock-time]: this computer says that it is" in refused.output
    assert not author.out.exists()
    assert run(*release, "--this-time").exit_code == 0
    assert run(*release).exit_code == 0


def later(author: Author, now: int, *, this_time: bool) -> list[str]:
    """Release by a clock that says `now`; returns the codes of what is wrong."""
    author.save()
    plan = plan_build(author.cards, Clock(now), BuildOptions(this_time=this_time))
    if plan.ready:
        write_release(plan.ready, release_files(plan.ready, author.cards, author.out), {})
    return [problem.code for problem in plan.problems]


def test_a_release_from_the_future_has_a_way_out(tmp_path: Path) -> None:
    """It was sent: with --this-time all that follows is newer, and reaches who has it, in Anki."""
    author = Author(tmp_path)
    today = author.now
    author.now += YEAR
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        for number, answer in enumerate(("Een.", "Eén.", "1."), 1):
            author.note("een")["answer"] = answer
            assert later(author, today + number, this_time=False) == ["lock-time"] * (number == 1)
            if number == 1:
                assert later(author, today + number, this_time=True) == []
            assert author.ledger_text().count('"ahead":true') == number + 1
            log = anki.imports(author.out / "proef.apkg")
            assert (log.new, log.updated) == (0, 1)
            assert answer in str(list(anki.note("een").values()))
        author.note("een")["answer"] = "Twee."
        assert later(author, today + 2 * YEAR, this_time=False) == []
        assert '"ahead"' not in author.ledger_text().splitlines()[5]
        assert later(author, today, this_time=False) == ["lock-time"]


def test_the_way_out_needs_no_change_of_a_card(tmp_path: Path) -> None:
    """The mark alone is written: check and build are content from then on."""
    author = Author(tmp_path)
    author.now += YEAR
    package = author.releases().package.read_bytes()
    assert later(author, author.now - YEAR, this_time=True) == []
    author.now -= YEAR
    assert author.codes() == []
    assert author.drafts(released=True).package.read_bytes() == package


@pytest.mark.parametrize(("ahead", "found"), [(DAY, []), (DAY + 1, ["lock-time"])])
def test_a_day_ahead_is_no_future(tmp_path: Path, ahead: int, found: list[str]) -> None:
    """Computers of two time zones that are set wrong: one day is let through, not a second more."""
    author = Author(tmp_path)
    author.releases()
    author.now -= ahead
    problems = author.plan().problems
    assert [problem.code for problem in problems] == found
    assert not found or problems[0].place.line == 2
    assert not found or "lies in the future: 2020-09-13" in problems[0].message


def test_a_time_of_the_environment_is_past(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH may not lie in the future either; --this-time changes nothing of that."""
    author = Author(tmp_path)
    author.save()
    clock = Clock(author.now, author.now + DAY + 1)
    for options in (BuildOptions(), BuildOptions(this_time=True)):
        (problem,) = plan_build(author.cards, clock, options).problems
        assert problem.code == "lock-time"
        assert problem.hint == "write a time that has passed, or leave it out"
    assert plan_build(author.cards, Clock(author.now, author.now)).problems == []


def test_a_draft_from_the_future_takes_no_release_with_it(tmp_path: Path) -> None:
    """Only its author has it; all others would wait for that day."""
    author = Author(tmp_path)
    now = author.now
    author.releases()
    author.note("een")["answer"] = "Anders."
    author.now += YEAR
    author.drafts()
    author.now = now + 2 * DAY
    done = author.drafts()
    assert done.release.ledger.newest <= author.now
