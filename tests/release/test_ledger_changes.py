"""A ledger in a merge request against its base: a release passes, an edit is shown at its line."""

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from author import Author
from commands import run
from test_ledger import git, signed

from deckwright.release.ledger import LEDGER_NAME

Rows = dict[str, dict[str, Any]]
CLOZE = "{{c1::Rood}} en blauw geven samen een mooi paars."


def started(folder: Path) -> Author:
    """Return an author of two releases, in git; the second retired a note and a gap."""
    author = Author(folder)
    author.releases()
    author.note("drie")["cloze"] = CLOZE
    author.retires("een", "Te makkelijk.")
    author.releases()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "cards")
    git(folder, "commit", "-qm", "release 2")
    git(folder, "checkout", "-q", "-b", "branch")
    return author


def rewritten(author: Author, change: Callable[[Rows], object]) -> None:
    """Change lines of the ledger, by "note ID", "type KIND", "release NUMBER"; sums are true."""
    rows: Rows = {}
    for line in author.ledger_text().splitlines():
        row = {name: value for name, value in json.loads(line).items() if name != "sum"}
        kind = next(iter(row))
        rows[f"{kind} {row[kind]}"] = row
    change(rows)
    head = json.dumps({}, separators=(",", ":"))
    text = "".join(signed(head, **row) for row in rows.values())
    (author.cards / LEDGER_NAME).write_text(text, "utf-8")


def checked(author: Author, base: object = "main") -> list[tuple[str, int, str]]:
    """Return code, line and message of the errors of `check --base`."""
    done = run("check", "--cards", author.cards, "--base", base, "--format", "json")
    found = [p for p in json.loads(done.stdout) if p["level"] == "error"]
    assert done.exit_code == bool(found), done.output
    return [(p["code"], p["line"], p["message"]) for p in found]


def again(rows: Rows, number: int = 3, **values: object) -> dict[str, Any]:
    """Add a release to the lines of a ledger; returns its line."""
    notes = len([name for name in rows if name[:4] == "note"])
    time = f"2020-09-{17 + number}T00:00:00Z"
    release = {"release": number, "time": time, "notes": notes, "content": "0" * 16}
    rows[f"release {number}"] = {**release, **values}
    for name in [name for name in rows if name[:4] in ("type", "note")]:
        rows[name] = rows.pop(name)
    return rows[f"release {number}"]


def swapped(rows: Rows) -> None:
    """Give each of two notes the guid of the other, in a release that says so."""
    again(rows)
    two, four = rows["note twee"], rows["note vier"]
    two["guid"], four["guid"] = four["guid"], two["guid"]
    two["changed"] = four["changed"] = 3


def swapped_later(rows: Rows) -> None:
    """Do so in the second of two releases."""
    swapped(rows)
    again(rows, 4)
    rows["note twee"]["changed"] = rows["note vier"]["changed"] = 4


def renamed(rows: Rows) -> None:
    """Let two notes go round, as by two renames."""
    again(rows)
    rows["note twee"]["note"], rows["note vier"]["note"] = "vier", "twee"


def corrected(rows: Rows) -> None:
    """Let the ledger say that learners have a correction which they do not have."""
    again(rows)
    rows["note twee"]["hash"] = rows["note twee"]["hash"][::-1]
    rows["note twee"]["fields"]["answer"] = "Anders."


def added(rows: Rows, **values: object) -> None:
    """Add a note in a release."""
    rows["note zes"] = {**rows["note twee"], "note": "zes", "guid": "abcdefghijkl", "added": 3,
                        "anki": 1_599_300_000_000, **values}  # fmt: skip
    again(rows)


def release_then(name: str, **values: object) -> Callable[[Rows], None]:
    """Return what adds a release and sets some values of one line."""

    def change(rows: Rows) -> None:
        again(rows)
        rows[name].update(values)

    return change


# By what is done: how, and a part of the message.
BREACHES: dict[str, tuple[Callable[[Rows], object], str]] = {
    "guids swapped": (swapped, "'twee' has the guid of 'vier'"),
    "guids swapped in two releases": (swapped_later, "'twee' has the guid of 'vier'"),
    "ids swapped": (renamed, "'twee' has the guid of 'vier'"),
    "another guid": (release_then("note twee", guid="abcdefghijkl"), "has another guid"),
    "another id of Anki's": (release_then("note twee", anki=1_599_300_000_000),
                             "Anki's id of 'twee'"),
    "another first release": (release_then("note twee", added=2), "Anki's id of 'twee'"),
    "newer, the same text": (release_then("note twee", changed=3), "own tags and corrections"),
    "newer without a release": (lambda r: r["note twee"].update(changed=2), "another time"),
    "another text, not newer": (corrected, "would reach nobody"),
    "tags, not newer": (release_then("note twee", tags=["x"]), "would reach nobody"),
    "a card that says it was sent": (
        lambda r: r["note twee"].update(hash="0" * 16), "changed without a release"),
    "a script for learners": (
        release_then("note twee", changed=3, fields={"question": "<script>x</script>"}),
        "something else than its card"),
    "a release of later": (lambda r: r["release 2"].update(time="2020-09-14T00:00:00Z"),
                           "release 2 is not what it was"),
    "a release that holds less": (
        lambda r: r["release 2"].update(content="0" * 16), "release 2 is not what it was"),
    "a card that is to come": (
        release_then("note twee", hash="0" * 16), "'twee' would show something else"),
    "a release of the future": (
        lambda r: again(r, time="2100-01-01T00:00:00Z", ahead=True),
        "release 3 lies in the future: 2100-01-01"),
    "another kind": (
        release_then("note twee", kind="cloze", changed=3, fields={"cloze": "{{c1::x}}"}),
        "was a question and is now"),
    "a used gap emptied": (
        release_then("note drie", used={"2": ""}), "forgets what used-up gaps hid: c2"),
    "a gap used up now that hid nothing": (
        release_then("note drie", changed=3, fields={"cloze": "Rood en {{c3::blauw}}."},
                     used={"1": "", "2": "blauw"}), "forgets what used-up gaps hid: c1"),
    "a used gap forgotten": (release_then("note drie", used={}), "gaps hid: c2"),
    "a used gap that hid more": (release_then("note drie", used={"2": "geel"}), "gaps hid: c2"),
    "a retired note comes back by itself": (
        lambda r: [again(r), r["note een"].pop("retired"), r["note een"].pop("reason")],
        "'een' says something else, but is not newer"),
    "retired earlier": (lambda r: r["note twee"].update(retired=2), "'twee' was not retired then"),
    "added earlier": (lambda r: added(r, added=2), "'zes' was not added then"),
    "a foreign guid": (added, "'zes' has a guid that no release gave it"),
    "another key": (lambda r: r["deckwright ledger 2"].update(key="ander"), "the key, or"),
    "another language": (lambda r: r["deckwright ledger 2"].update(language="en"), "the key, or"),
    "another name": (lambda r: r["deckwright ledger 2"].update(name="X"), "without a release"),
    "a look, not newer": (
        release_then("type cloze", fingerprint="0" * 16), "'cloze' changed, but is not newer"),
    "newer, the same look": (
        release_then("type cloze", changed=3), "'cloze' is newer, but is what it was"),
    "another note type": (
        release_then("type cloze", id=1), "the note type 'cloze' is not what it was"),
    "other names of fields": (
        lambda r: [again(r), r["type cloze"]["fields"].reverse()],
        "the note type 'cloze' is not what it was"),
    "a deck without a release": (
        lambda r: r["note twee"].update(deck="Proef::2 X"), "it changed without a release"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_stands_at_its_line(tmp_path: Path, name: str) -> None:
    """Each edit with true sums is a lock-rewritten, at the line that was changed."""
    change, message = BREACHES[name]
    author = started(tmp_path)
    rewritten(author, change)
    found = [each for each in checked(author) if each[0] == "lock-rewritten"]
    assert [said for _, _, said in found if message in said], found
    before = git(tmp_path, "show", "main:cards/deck.lock").splitlines()
    after = author.ledger_text().splitlines()
    for _, line, said in found:
        assert after[line - 1] not in before or "gone" in said or "without" in said, said


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "[sound:x.mp3]",
        "[latex]x[/latex]",
        "<b>x",
        "\\(\\def\\a{b}\\)",
    ],
)
def test_a_line_that_would_show_more_than_a_card(tmp_path: Path, text: str) -> None:
    """Without any base: what the ledger would send instead of the card passes the gate, too."""
    author = started(tmp_path)

    def change(rows: Rows) -> None:
        rows["note twee"]["fields"]["answer"] = text

    rewritten(author, change)
    done = run("check", "--cards", author.cards)
    assert done.exit_code == 1
    assert "error[lock-broken]: 'twee' would show learners something else" in done.output
    assert run("build", "--cards", author.cards, "--out", author.out).exit_code == 1


@pytest.mark.parametrize("line", range(1, 9))
def test_no_line_may_go(tmp_path: Path, line: int) -> None:
    """Not even that of a retired note, whose going the release's own count covers up."""
    author = started(tmp_path)
    lines = author.ledger_text().splitlines(keepends=True)
    gone = json.loads(lines.pop(line - 1))
    if "note" in gone:
        lines[2] = signed(lines[2], notes=3)
    (author.cards / LEDGER_NAME).write_text("".join(lines), "utf-8")
    found = checked(author)
    assert {code for code, _, _ in found} & {"lock-rewritten", "lock-broken"}
    if "note" in gone:
        assert f"the line of '{gone['note']}' is gone" in str(found)
    (author.cards / LEDGER_NAME).unlink()
    assert ("lock-rewritten", 1, "the ledger is gone") in checked(author)


def test_a_counter_only_goes_up(tmp_path: Path) -> None:
    """The ledger of the release before is not that of the last one."""
    author = started(tmp_path)
    old = author.ledger_text()
    author.note("twee")["answer"] = "Anders."
    author.releases()
    git(tmp_path, "commit", "-qam", "release 3")
    (author.cards / LEDGER_NAME).write_text(old, "utf-8")
    assert "release 3 is gone" in str(checked(author, "HEAD"))


def edits(author: Author) -> None:
    """Edit as authors do: each kind of change once."""
    author.note("twee").update(answer="Een stel.", tags=["x"])
    author.note("drie")["cloze"] = "{{c1::Rood}} en {{c3::blauw}} geven samen een mooi paars."
    author.note("vier").update(id="kookpunt", was="vier")
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
    author.notes.append({"id": "zes", "question": "Wat is zes?", "answer": "Een half dozijn."})


@pytest.mark.parametrize("base", ["main", "file"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_releases_pass(tmp_path: Path, times: int, base: str) -> None:
    """One with everything; a second that takes back what the first did; an old id used anew."""
    author = started(tmp_path)
    kept = tmp_path / "kept.lock"
    kept.write_text(author.ledger_text(), "utf-8")
    before = author.note("twee")["answer"]
    steps: list[Callable[[], object]] = [
        lambda: edits(author),
        lambda: (author.note("twee").update(answer=before, tags=[]), author.retires("vijf"),
                 author.note("kookpunt").pop("was"), author.note("zes").update(id="6", was="zes"),
                 author.note("drie").update(cloze=CLOZE)),
        lambda: author.notes.append({"id": "vier", "question": "Wat is vier?", "answer": "2 × 2."}),
    ]  # fmt: skip
    for step in steps[:times]:
        step()
        author.releases()
    assert checked(author, kept if base == "file" else "main") == []


def twice(rows: Rows) -> None:
    """Send all notes again by the second of two releases."""
    again(rows)
    again(rows, 4)
    for name, row in rows.items():
        if name.startswith(("note", "type")) and "retired" not in row:
            row["changed"] = 4


def retired(rows: Rows) -> None:
    """Retire a note that the cards still have: the next release would send it anew."""
    again(rows)
    rows["note twee"] |= {"retired": 3, "reason": "weg"}


def asked_else(author: Author) -> None:
    """Release another question under an id, and swap two gaps, as the author allows."""
    author.note("twee").update(question="Hoe heet de koning van Noorwegen?", answer="Harald.",
                               allow={"meaning-changed": "zo bedoeld"})  # fmt: skip
    author.releases()
    author.note("twee").pop("allow")
    author.save()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda author: rewritten(author, twice), "'twee' is sent again, and says the same"),
        (lambda author: rewritten(author, twice), "'cloze' is sent again, and says the same"),
        (
            lambda author: rewritten(author, retired),
            "'twee' was retired, and is a note of the cards all the same",
        ),
        (asked_else, "learners' note 'twee' asks something else: 'Wat is twee?'"),
    ],
)
def test_what_several_releases_hide_is_shown(
    tmp_path: Path, change: Callable[[Author], object], said: str
) -> None:
    """As warnings: releases may do so, and whoever reads the change decides."""
    author = started(tmp_path)
    assert warned(author) == []
    author.settings["rules"] = {"since-base": "off"}
    author.save()
    change(author)
    assert ("since-base", f"since main: {said}") in warned(author)
    assert [each for each in checked(author) if "type" not in each[2]] == []


def test_a_note_that_comes_back_is_no_riddle(tmp_path: Path) -> None:
    """It was retired before the base."""
    author = started(tmp_path)
    author.brings_back({"id": "een", "question": "Wat is een?", "answer": "Een **getal**."})
    author.save()
    assert warned(author) == []


def warned(author: Author) -> list[tuple[str, str]]:
    """Return code and message of the warnings of `check --base`."""
    done = run("check", "--cards", author.cards, "--base", "main", "--format", "json")
    found = [p for p in json.loads(done.stdout) if p["level"] == "warning"]
    return [(p["code"], p["message"]) for p in found]


def test_edits_without_a_release_pass(tmp_path: Path) -> None:
    """A branch that only edits cards does not touch the ledger; nor does a rename or retirement."""
    author = started(tmp_path)
    edits(author)
    author.retires("twee")
    author.save()
    assert checked(author) == []


def test_merges_pass_and_two_releases_do_not(tmp_path: Path) -> None:
    """Main releases meanwhile: the branch is compared with where it left, then with the merge."""
    author = started(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    author.note("twee")["answer"] = "Van main."
    author.releases()
    git(tmp_path, "commit", "-qam", "release 3")
    git(tmp_path, "checkout", "-q", "branch")
    (author.cards / "2-meer.yaml").write_text(
        "subdeck: 2 Meer\nnotes:\n- id: zes\n  question: Wat is zes?\n  answer: Een half dozijn.\n"
    )
    git(tmp_path, "add", "cards")
    git(tmp_path, "commit", "-qm", "more")
    assert checked_here(author) == []
    git(tmp_path, "merge", "-q", "--no-edit", "main")
    assert checked_here(author) == []
    git(tmp_path, "checkout", "-q", "branch~1")
    assert checked_here(author) == []


def checked_here(author: Author) -> list[tuple[str, int, str]]:
    """Return what check says of the files as they are."""
    return checked(author)


def test_two_releases_apart(tmp_path: Path) -> None:
    """Who keeps the branch's ledger has forgotten the release of main, and is told so."""
    author = started(tmp_path)
    author.note("twee")["answer"] = "Van de tak."
    author.releases()
    git(tmp_path, "commit", "-qam", "release 3 of the branch")
    git(tmp_path, "checkout", "-q", "main")
    author.note("twee")["answer"] = "Van main."
    author.releases()
    git(tmp_path, "commit", "-qam", "release 3 of main")
    git(tmp_path, "merge", "-q", "branch", check=False)
    git(tmp_path, "checkout", "--theirs", "cards")
    git(tmp_path, "commit", "-qam", "merged")
    assert "release 3 is not what it was" in str(checked(author, "HEAD^1"))
    assert checked(author, "HEAD^2") == []


def test_the_way_out(tmp_path: Path) -> None:
    """Who takes the ledger of the base again, and releases, has no problem left."""
    author = started(tmp_path)
    rewritten(author, swapped)
    done = run("check", "--cards", author.cards, "--base", "main")
    assert "take the ledger of main again, and run 'deckwright release'" in done.stdout
    git(tmp_path, "checkout", "-q", "main", "--", "cards/deck.lock")
    author.note("twee")["answer"] = "Een stel."
    author.releases()
    assert checked(author) == []


def test_bases_that_are_none(tmp_path: Path) -> None:
    """A typing error is wrong usage; before the first ledger there is nothing to compare."""
    author = started(tmp_path)
    for name in ("mian", "--all", "-n1", "", "main:cards", "a\0b"):
        done = run("check", "--cards", author.cards, "--base", name)
        assert done.exit_code == 2, name
        assert "no file and no revision" in done.output
    plain = Author(tmp_path / "plain")
    plain.save()
    done = run("check", "--cards", plain.cards, "--base", "main")
    assert done.exit_code == 0, done.output
    (tmp_path / "broken").write_text("x\n")
    done = run("check", "--cards", author.cards, "--base", tmp_path / "broken")
    assert f"{tmp_path}/broken:1:1: error[lock-broken]" in done.output


def test_git_runs_no_program_of_the_folder(tmp_path: Path) -> None:
    """Not to check a signature, not to convert a text, not to fetch what is missing."""
    author = started(tmp_path)
    evil, ran = tmp_path / "evil.sh", tmp_path / "ran"
    evil.write_text(f"#!/bin/sh\necho x >> {ran}\n")
    evil.chmod(0o755)
    commit = git(tmp_path, "cat-file", "commit", "HEAD")
    head, _, rest = commit.partition("\ncommitter")
    line, _, message = rest.partition("\n")
    seal = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----"
    old = str(int(time.time()) - 200_000)  # what was committed within a day counts for nothing
    line = re.sub(r"\d{9,}", old, line)
    (tmp_path / "signed").write_text(f"{head}\ncommitter{line}\n{seal}\n{message}")
    new = git(tmp_path, "hash-object", "-t", "commit", "-w", str(tmp_path / "signed")).strip()
    git(tmp_path, "update-ref", "HEAD", new)
    (tmp_path / ".gitattributes").write_text("deck.lock diff=evil\n")
    for name, value in {
        "log.showSignature": "true", "gpg.program": str(evil), "diff.evil.textconv": str(evil),
        "core.fsmonitor": str(evil), "extensions.partialClone": "origin",
        "remote.origin.promisor": "true", "remote.origin.url": f"ext::{evil} %S",
        "protocol.ext.allow": "always", "core.repositoryformatversion": "1",
    }.items():  # fmt: skip
        git(tmp_path, "config", name, value)
    author.note("twee")["answer"] = "Anders."
    author.save()
    blob = git(tmp_path, "rev-parse", "main:cards/deck.lock").strip()
    options = ("--cards", author.cards, "--out", author.out)
    assert run("release", "--dry-run", *options).exit_code == 0
    assert run("check", "--cards", author.cards, "--base", "main").exit_code == 0
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    done = run("check", "--cards", author.cards, "--base", "main")
    assert (done.exit_code, "git cannot read the ledger of 'main' here" in done.output) == (2, True)
    run("release", "--dry-run", *options)
    assert not ran.exists()


def test_without_git(tmp_path: Path) -> None:
    """A folder that is not in git can be compared with a file alone."""
    author = Author(tmp_path)
    author.releases()
    assert run("check", "--cards", author.cards, "--base", "main").exit_code == 2
    assert checked(author, author.cards / LEDGER_NAME) == []


def test_what_ci_runs_compares_with_the_base() -> None:
    """The script that CI runs hands on the base that the workflow names."""
    root = Path(__file__).parent.parent.parent
    script = (root / ".ci" / "run").read_text("utf-8")
    assert '--base "$BASE"' in script
    assert subprocess.run(["bash", "-n", root / ".ci" / "run"], check=False).returncode == 0
    workflow = (root / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert "BASE:" in workflow
    assert "fetch-depth: 0" in workflow
