"""The ledger: its text, what is wrong with it, and what git makes of two."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from author import Author
from commands import run

from deckwright.build.cards_folder import MAX_CARDS
from deckwright.problem import errors
from deckwright.release import _ledger_line
from deckwright.release.ledger import LEDGER_NAME, MAX_SIZE, Ledger, dump
from deckwright.release.ledger_reader import parse


def written(author: Author) -> Ledger:
    """Return the ledger as it stands in the file."""
    ledger, problems = parse(author.ledger_text(), LEDGER_NAME)
    assert problems == []
    assert ledger
    return ledger


def full(folder: Path) -> Author:
    """Return an author whose ledger has everything that a ledger can have."""
    author = Author(folder)
    author.releases()
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
    author.retires("een", 'Te "makkelijk" — écht.')
    author.releases()
    return author


def test_each_note_has_one_line_sorted(tmp_path: Path) -> None:
    """A release is a readable diff: header, releases, note types, then the notes by id."""
    author = full(tmp_path)
    kinds = [next(iter(json.loads(line))) for line in author.ledger_text().splitlines()]
    assert kinds == ["deckwright ledger", "release", "release", "type", "type", *["note"] * 4]
    names = re.findall(r'^\{"note":"(\w+)"', author.ledger_text(), re.MULTILINE)
    assert names == ["drie", "een", "twee", "vier"]


def test_a_ledger_reads_back_as_it_was(tmp_path: Path) -> None:
    """Reading and writing gives the same text, with all that there is."""
    author = full(tmp_path)
    assert dump(written(author)) == author.ledger_text()
    row = author.rows()["een"]
    assert (row["added"], row["retired"], row["reason"]) == (1, 2, 'Te "makkelijk" — écht.')
    assert author.rows()["drie"]["used"] == {"2": "blauw"}
    assert author.rows()["twee"]["fields"]["question"] == "Wat is twee?"


def test_crlf_changes_nothing(tmp_path: Path) -> None:
    """An editor or git on Windows may have turned the ends of the lines: the same ledger."""
    author = full(tmp_path)
    text = author.ledger_text()
    (author.cards / LEDGER_NAME).write_bytes(text.replace("\n", "\r\n").encode())
    assert author.codes() == []
    ready = author.plan().ready
    assert ready
    assert ready.release.is_out
    author.releases()
    assert author.ledger_text() == text


def changed_lines(author: Author) -> list[tuple[str, str]]:
    """Return names and texts of ledgers in which one line is changed, doubled or dropped."""
    lines = author.ledger_text().splitlines(keepends=True)
    found = []
    for index, line in enumerate(lines):
        rest = lines[:index], lines[index + 1 :]
        digit = re.sub(
            r'":(\d|")',
            lambda m: f'":{"9" if m[1] != "9" else "8"}' if m[1].isdigit() else m[0],
            line,
            count=1,
        )
        found.append(
            (f"edited {index}", "".join([*rest[0], line.replace('":"', '":"x', 1), *rest[1]]))
        )
        found.append((f"number {index}", "".join([*rest[0], digit, *rest[1]])))
        found.append((f"doubled {index}", "".join([*rest[0], line, line, *rest[1]])))
        found.append((f"dropped {index}", "".join([*rest[0], *rest[1]])))
    return [(name, text) for name, text in found if text != author.ledger_text()]


def test_every_line_changed_doubled_or_dropped_is_a_problem(tmp_path: Path) -> None:
    """Nothing is repaired in silence; a build then writes nothing."""
    author = full(tmp_path)
    cases = changed_lines(author)
    assert len(cases) > 25
    for name, text in cases:
        ledger, problems = parse(text, LEDGER_NAME)
        assert ledger is None, name
        assert {problem.code for problem in problems} <= {
            "lock-edited",
            "lock-broken",
            "lock-version",
        }, name
        assert all(problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("note", {"kind": "foo"}),
        ("note", {"guid": "\ud800"}),
        ("note", {"used": {"x": "y"}}),
        ("note", {"fields": {"nothing": "x"}}),
        ("note", {"added": 9}),
        ("note", {"added": 1.5}),
        ("note", {"changed": -1}),
        ("note", {"more": "x"}),
        ("note", {"note": "A b"}),
        ("note", {"guid": ""}),
        ("note", {"guid": "x" * 100_000}),
        ("note", {"guid": "<script>abcd"}),
        ("note", {"guid": "E020E5d2p1T"}),
        ("note", {"anki": 1}),
        ("note", {"anki": 2**52}),
        ("note", {"changed": 1, "added": 2}),
        ("note", {"retired": 1, "added": 2}),
        ("note", {"reason": "x"}),
        ("note", {"new_meaning": 1}),
        ("note", {"new_meaning": 2, "changed": None}),
        ("note", {"new_meaning": "2"}),
        ("note", {"fields": {}}),
        ("note", {"fields": {"cloze\ud800": "x"}}),
        ("release", {"time": "2006-10-04T22:13:19Z"}),
        ("release", {"time": "2106-02-07T06:28:16Z"}),
        ("release", {"ahead": 1}),
        ("release", {"ahead": False}),
        ("note", {"tags": "rij"}),
        ("type", {"fields": ["a", 3]}),
        ("type", {"type": "other"}),
        ("release", {"time": "0001-01-01T00:00:00Z"}),
        ("release", {"release": 0}),
        ("release", {"time": "morgen"}),
        ("deckwright ledger", {"key": 3}),
    ],
)
def test_a_signed_line_of_nonsense_is_refused(
    tmp_path: Path, line: str, change: dict[str, Any]
) -> None:
    """A true checksum does not make sense of what there is not."""
    author = full(tmp_path)
    lines = author.ledger_text().splitlines(keepends=True)
    index = next(i for i, text in enumerate(lines) if f'{{"{line}"' in text)
    row = {name: value for name, value in json.loads(lines[index]).items() if name != "sum"}
    body = json.dumps({**row, **change}, ensure_ascii=True, separators=(",", ":"))
    lines[index] = f'{body[:-1]},"sum":"{_ledger_line.checksum(body)}"}}\n'
    ledger, problems = parse("".join(lines), LEDGER_NAME)
    assert ledger is None
    assert {problem.code for problem in problems} == {"lock-broken"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lock-broken"),
        ("geen ledger\n", "lock-broken"),
        ('{"deckwright ledger":4,"key":"k"}\n', "lock-version"),
        ('{"deckwright lock":1,"key":"k"}\n', "lock-edited"),
        ("[" * 100_000, "lock-broken"),
        ("[]\n", "lock-broken"),
    ],
)
def test_what_is_not_a_ledger(tmp_path: Path, text: str, code: str) -> None:
    """Empty, garbage, a newer one, an older one: a problem, and no release."""
    author = Author(tmp_path)
    author.save()
    (author.cards / LEDGER_NAME).write_text(text, "utf-8")
    assert code in author.codes()
    assert author.tries()[0] is None


def signed(line: str, **changed: object) -> str:
    """Return a line of a ledger with other values, and a true checksum."""
    row = {name: value for name, value in json.loads(line).items() if name != "sum"} | changed
    return _ledger_line.line(row)


def test_a_ledger_that_was_cut_is_a_problem_at_its_end(tmp_path: Path) -> None:
    """At the end of a line, or within one, or within its end: never a release anew."""
    author = full(tmp_path)
    text = author.ledger_text()
    ends = [0, *(found.end() for found in re.finditer("\n", text))]
    for end in {*ends, *(end - 1 for end in ends[1:]), *(end - 20 for end in ends[1:])} - {
        ends[-1]
    }:
        ledger, problems = parse(text[:end], LEDGER_NAME)
        assert ledger is None, end
        assert {problem.code for problem in problems} <= {"lock-broken", "lock-edited"}
        assert problems[0].place.line <= max(text[:end].rstrip("\n").count("\n") + 1, 1)
    (author.cards / LEDGER_NAME).write_text(text[: ends[-2]], "utf-8")
    said = run("build", "--cards", author.cards, "--out", author.out)
    assert said.exit_code == 1
    assert f"deck.lock:{len(ends) - 2}:1: error[lock-broken]" in said.output
    assert "a line of a note is missing" in said.output
    (author.cards / LEDGER_NAME).write_text(text[:-1], "utf-8")
    assert "its last line has no end" in run("check", "--cards", author.cards).output


@pytest.mark.parametrize(
    ("value", "message"),
    [("guid", "two notes have one guid"), ("anki", "two notes have one id of Anki's")],
)
def test_two_notes_that_are_one_for_anki(tmp_path: Path, value: str, message: str) -> None:
    """Named at the line of the second: Anki would take only one of them."""
    author = full(tmp_path)
    lines = author.ledger_text().splitlines(keepends=True)
    first, second = lines[-3:-1]
    same = json.loads(first)[value] + (999 if value == "anki" else "")
    lines[-2] = signed(second, **{value: same})
    _, problems = parse("".join(lines), LEDGER_NAME)
    assert [(p.code, p.place.line) for p in problems] == [("lock-broken", len(lines) - 1)]
    assert message in problems[0].message


def test_a_value_twice_or_a_lost_release_is_a_problem(tmp_path: Path) -> None:
    """JSON takes the last of two values, and nothing may name the release that is gone."""
    author = full(tmp_path)
    text = author.ledger_text()
    *rest, last = text.splitlines(keepends=True)
    body = last[: last.index(',"sum"')].replace('{"note"', '{"note":"een","note"') + "}"
    twice = f'{body[:-1]},"sum":"{_ledger_line.checksum(body)}"}}\n'
    assert parse("".join([*rest, twice]), LEDGER_NAME)[1][0].code == "lock-broken"
    author.note("twee")["answer"] = "Anders."
    author.releases()
    author.note("twee")["answer"] = "Weer anders."
    author.releases()
    lines = author.ledger_text().splitlines(keepends=True)
    gone = "".join(line for line in lines if not line.startswith('{"release":3'))
    (problem,) = parse(gone, LEDGER_NAME)[1]
    assert "one is missing" in problem.message


def test_a_release_that_nobody_can_have_made_is_none(tmp_path: Path) -> None:
    """A note that comes back by an edit of the ledger is a draft, and no traceback."""
    author = Author(tmp_path)
    author.releases()
    lines = author.ledger_text().splitlines(keepends=True)
    lines[-1] = signed(lines[-1], retired=1)
    (author.cards / LEDGER_NAME).write_text("".join(lines), "utf-8")
    assert not author.drafts().release.is_out


def test_a_ledger_that_is_a_link_to_nowhere_is_not_a_first_release(tmp_path: Path) -> None:
    """All notes would be sent anew: a problem instead."""
    author = Author(tmp_path)
    author.releases()
    (author.cards / LEDGER_NAME).unlink()
    (author.cards / LEDGER_NAME).symlink_to("gone")
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["file-unreadable"]


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git in a folder."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@x", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done.stdout


def test_two_releases_apart_collide_and_the_way_out(tmp_path: Path) -> None:
    """Two clones release, then merge: git stops, check says what to do, and that leads out."""
    ours = Author(tmp_path / "a")
    ours.releases()
    git(tmp_path / "a", "init", "-q", "-b", "main")
    git(tmp_path / "a", "add", "cards")
    git(tmp_path / "a", "commit", "-qm", "release 1")
    git(tmp_path, "clone", "-q", "a", "b")
    theirs = Author(tmp_path / "b")
    theirs.now = ours.now
    for author, name in ((ours, "een"), (theirs, "twee")):
        author.note(name)["answer"] = f"Van {author.cards.parent.name}."
        author.releases()
        git(author.cards.parent, "commit", "-qam", "release 2")
    git(ours.cards.parent, "pull", "-q", "--no-rebase", "../b", "main", check=False)
    said = run("check", "--cards", ours.cards)
    assert said.exit_code == 1
    assert "error[lock-conflict]" in said.stdout
    assert "git checkout --ours" in said.stdout
    git(ours.cards.parent, "checkout", "--ours", "cards/deck.lock")
    git(ours.cards.parent, "add", "-A")
    git(ours.cards.parent, "commit", "-qm", "merged")
    ours.note("twee")["answer"] = "Van b."
    made = ours.releases()
    assert made.changes.changed == ["twee"]
    assert made.ledger.number == 3
    assert errors(ours.plan().problems) == []


@pytest.mark.parametrize(
    "name", ["}}<img src=x onerror=alert(1)>{{", "<b>", "a:b", 'a"b', "R&amp;D"]
)
def test_a_field_name_that_would_write_a_template(tmp_path: Path, name: str) -> None:
    """The templates of cards hold the names of the ledger: a merge request may not write them."""
    author = Author(tmp_path)
    author.releases()
    lines = author.ledger_text().splitlines()
    row = next(json.loads(line) for line in lines if '"type":' in line)
    number = next(index for index, line in enumerate(lines) if '"type":' in line)
    del row[_ledger_line.SUM]
    row["fields"][2] = name
    lines[number] = _ledger_line.line(row).strip()
    ledger, problems = parse("\n".join(lines), LEDGER_NAME)
    assert ledger is None
    assert [problem.code for problem in problems] == ["lock-broken"]


def test_the_largest_deck_can_read_its_ledger(tmp_path: Path) -> None:
    """The limits of a deck and of its ledger belong together."""
    author = Author(tmp_path)
    author.releases()
    assert len(author.ledger_text()) / len(author.notes) * MAX_CARDS < MAX_SIZE
