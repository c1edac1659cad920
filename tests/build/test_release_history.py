"""What a release asks first: that the ledger is the newest, and that the key is free."""

import json
import subprocess
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.build.release_history import history_problems, remember
from deckwright.release.ledger import LEDGER_NAME


def codes(author: Author, *, first: bool = False, this_key: bool = True) -> list[str]:
    """Return what speaks against a release."""
    ready = author.plan().ready
    assert ready
    found = history_problems(ready, author.cards, author.out, first=first, this_key=this_key)
    return [problem.code for problem in found]


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@x", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("knows", ["git", "another branch", "memory", "build"])
def test_a_ledger_never_goes_back(tmp_path: Path, knows: str) -> None:
    """A revert, an old checkout, a copy of last month: whoever knows better is named."""
    author = Author(tmp_path)
    author.releases()
    old = author.ledger_text()
    if knows in ("git", "another branch"):
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", "cards")
        git(tmp_path, "commit", "-qm", "release 1")
    if knows == "another branch":
        git(tmp_path, "checkout", "-q", "-b", "other")
    author.note("een")["answer"] = "Anders."
    number = author.releases().ledger.number
    if knows in ("git", "another branch"):
        git(tmp_path, "commit", "-qam", "release 2")
    if knows == "another branch":
        git(tmp_path, "checkout", "-q", "main")
    if knows == "memory":
        remember("proef", number)
    if knows == "build":
        author.note("een")["answer"] = "Nog anders."
        author.drafts()
    assert codes(author) == [] if knows != "another branch" else ["lock-old"]
    (author.cards / LEDGER_NAME).write_text(old, "utf-8")
    assert codes(author) == ["lock-old"]
    done = run("release", "--yes", "--cards", author.cards, "--out", author.out)
    assert done.exit_code == 1
    assert "knows release 2" in done.output
    assert author.ledger_text() == old


def test_a_first_release_is_asked_for(tmp_path: Path) -> None:
    """Without a ledger every note would be new: that must be said, and a lost one looked for."""
    author = Author(tmp_path)
    assert codes(author) == ["first-release"]
    assert codes(author, first=True) == []
    author.releases()
    (author.cards / LEDGER_NAME).unlink()
    ready = author.plan().ready
    assert ready
    (problem,) = history_problems(ready, author.cards, author.out, first=False, this_key=True)
    assert f"there is {author.out / 'proef.apkg'}" in problem.message
    assert "deckwright lock --from PACKAGE" in problem.hint


@pytest.mark.parametrize(("key", "found"), [("proef", ["key-common"]), ("proef-f295", []),
                                            ("proef2", [])])  # fmt: skip
def test_a_key_of_one_word_is_questioned(tmp_path: Path, key: str, found: list[str]) -> None:
    """Another deck may have it, and overwrite these notes; the hint's key is taken."""
    author = Author(tmp_path)
    author.settings["key"] = key
    assert codes(author, first=True, this_key=False) == found


def test_without_git_or_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without git, a folder outside of it, a memory that is broken: no problem."""
    author = Author(tmp_path)
    author.releases()
    remember("proef", 1)
    (memory,) = (tmp_path / "cache" / "deckwright").glob("released-*")
    memory.write_text("[]", "utf-8")
    monkeypatch.setenv("PATH", "/nowhere")
    assert codes(author) == []


@pytest.mark.parametrize(
    ("number", "found"), [(2, ["lock-old"]), (-5, []), (0, []), (10**30, []), ("2", [])]
)
def test_a_number_that_no_release_has_is_not_remembered(
    tmp_path: Path, number: object, found: list[str]
) -> None:
    """Whatever stands in the file: it may not forbid all releases for ever."""
    author = Author(tmp_path)
    author.releases()
    remember("proef", 1)
    (memory,) = (tmp_path / "cache" / "deckwright").glob("released-*")
    memory.write_text(json.dumps({"release": number}), "utf-8")
    assert codes(author) == found
