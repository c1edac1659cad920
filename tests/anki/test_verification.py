"""TODO."""

import sqlite3
import zipfile
from pathlib import Path

import pytest
from author import Author
from commands import run


def test_verify_finds_no_harm_in_an_update(tmp_path: Path) -> None:
    """A newcomer and someone who studied: facts in words, exit code 0."""
    author = Author(tmp_path)
    old = author.edits_of_each_kind()
    result = run("verify", "--from", old, "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "a newcomer gets 4 notes and 4 cards\n"
        "someone who studied the old one gets 1 new and 2 changed notes\n"
        "1 cards are empty now: Empty Cards removes them\n"
        "no harm\n"
    )


def rewritten(package: Path, statement: str) -> Path:
    """Return a copy of a package whose collection a careless tool changed."""
    with zipfile.ZipFile(package) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    database.execute(statement)
    database.commit()
    target = package.with_name("careless.apkg")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("collection.anki2", database.serialize())
        archive.writestr("media", "{}")
    database.close()
    return target


@pytest.mark.parametrize(
    ("statement", "harm"),
    [
        ("update notes set mod = mod + 9", "harm: own tags are lost: twee"),
        ("update notes set mod = mod + 9", "harm: an own correction is lost: een"),
        (
            "update notes set guid = guid || 'x'",
            "harm: notes that stand there twice: drie, een, twee, vier",
        ),
        ("update notes set flds = replace(flds, 'Een', 'Twee')", "the change did not arrive: een"),
        ("update cards set ord = 5 where ord = 1", "Anki made"),
        ("update col set models = replace(models, '{{Antwoord}}', '{{Kwijt}}')", "shows a notice"),
        ("update notes set flds = replace(flds, 'Meer.', '<img src=\"x.png\">')", "missing: x.png"),
    ],
)
def test_verify_finds_harm(tmp_path: Path, statement: str, harm: str) -> None:
    """What careless tools do to learners: each is named, exit code 1."""
    old = Author(tmp_path).published()
    result = run("verify", rewritten(old, statement), "--from", old)
    assert result.exit_code == 1, result.output
    assert harm in result.output
