"""Renames: one word of the file changes, and `was` tells the next release who it is."""

from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.anki.package_reader import read_package
from deckwright.release.ledger import LEDGER_NAME

YAML = """\
# Mijn kaarten.
subdeck:   1 Deel
notes:
- id:  "een"   # de eerste
  question: "Wat is een?"
  answer: een
-   id: twee
    question: |
        Wat is twee, of een?
    answer: 'een'
- {id: drie, question: "Wat is drie, of een?", answer: een}
"""


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author of these three notes, released."""
    author = Author(tmp_path)
    author.notes[:] = [
        {"id": "een", "question": "Wat is een?", "answer": "een"},
        {"id": "twee", "question": "Wat is twee, of een?\n", "answer": "een"},
        {"id": "drie", "question": "Wat is drie, of een?", "answer": "een"},
    ]
    author.releases()
    (author.cards / "1-deel.yaml").write_text(YAML, "utf-8")
    return author


@pytest.mark.parametrize(
    ("old", "before", "after"),
    [
        ("een", '- id:  "een"   # de eerste\n', '- id:  "nul"   # de eerste\n  was: een\n'),
        ("twee", "-   id: twee\n", "-   id: nul\n    was: twee\n"),
        ("drie", "{id: drie, question", "{id: nul, was: drie, question"),
    ],
)
def test_rename_changes_one_word_of_the_file(
    author: Author, old: str, before: str, after: str
) -> None:
    """Comments, quotes, spaces and every other 'een' stay; learners notice nothing."""
    file, ledger = author.cards / "1-deel.yaml", author.ledger_text()
    guids = set(read_package(author.out / "proef.apkg").notes)
    result = run("rename", old, "nul", "--cards", author.cards)
    assert result.output.endswith(f"'{old}' is now 'nul', and says that it was '{old}'\n")
    assert file.read_text("utf-8") == YAML.replace(before, after)
    assert author.ledger_text() == ledger
    assert run("diff", "--cards", author.cards).output == "nothing that a learner would notice\n"
    done = run(
        "release", "--yes", "--cards", author.cards, "--out", author.out, SOURCE_DATE_EPOCH=""
    )
    assert done.exit_code == 0, done.output
    assert set(read_package(author.out / "proef.apkg").notes) == guids


def test_a_second_rename_and_the_way_back(author: Author) -> None:
    """What it was stays what learners know; back at its own id, nothing is left."""
    file = author.cards / "1-deel.yaml"
    run("rename", "een", "nul", "--cards", author.cards)
    run("rename", "nul", "niets", "--cards", author.cards)
    assert 'id:  "niets"   # de eerste\n  was: een\n' in file.read_text("utf-8")
    run("rename", "niets", "een", "--cards", author.cards)
    assert file.read_text("utf-8") == YAML


def test_the_way_back_inside_braces(author: Author) -> None:
    """A note on one line is as it was, too."""
    for old, new in (("drie", "nul"), ("nul", "drie")):
        assert run("rename", old, new, "--cards", author.cards).exit_code == 0
    assert (author.cards / "1-deel.yaml").read_text("utf-8") == YAML


def test_what_a_command_cannot_rename_is_left_to_its_author(author: Author) -> None:
    """An id written as YAML seldom is: one line says what to do, and nothing changes."""
    file = author.cards / "1-deel.yaml"
    odd = YAML.replace('- id:  "een"   # de eerste\n', "- ? id\n  : een\n")
    file.write_text(odd, "utf-8")
    assert run("check", "--cards", author.cards).stdout == "no problems\n"
    done = run("rename", "een", "nul", "--cards", author.cards)
    assert done.output == (
        f"Error: write 'id: nul' and, if learners have it, 'was: een' by hand: {file}\n"
    )
    assert file.read_text("utf-8") == odd


def test_a_note_that_nobody_has_is_just_renamed(author: Author) -> None:
    """Without learners there is nobody to tell."""
    (author.cards / LEDGER_NAME).unlink()
    result = run("rename", "een", "nul", "--cards", author.cards)
    assert result.output.endswith("'een' is now 'nul'\n")
    assert (author.cards / "1-deel.yaml").read_text("utf-8") == YAML.replace('"een" ', '"nul" ')


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("negen", "tien", "no note has the id 'negen'"),
        ("een", "twee", "'twee' is taken by another note"),
        ("een", "Een", "'Een' is not an id"),
        ("een", "vier", "'vier' belonged to another note"),
    ],
)
def test_renames_that_would_harm_are_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    """An id that is taken, retired or malformed, or a note that is not there: one line, exit 1."""
    author = Author(tmp_path)
    author.releases()
    author.retires("vier")
    author.releases()
    before = author.ledger_text()
    result = run("rename", old, new, "--cards", author.cards)
    assert result.exit_code == 1
    assert why in result.output
    assert author.ledger_text() == before


def test_a_file_from_windows_stays_one(author: Author) -> None:
    """Line ends and byte-order mark stay as they are: in the file of a note, and in deck.yaml."""
    file, settings = author.cards / "1-deel.yaml", author.cards / "deck.yaml"
    windows = b"\xef\xbb\xbf" + YAML.replace("\n", "\r\n").encode()
    file.write_bytes(windows)
    settings.write_bytes(settings.read_bytes().replace(b"\n", b"\r\n"))
    assert run("rename", "twee", "nul", "--cards", author.cards).exit_code == 0
    renamed = windows.replace(b"-   id: twee\r\n", b"-   id: nul\r\n    was: twee\r\n")
    assert file.read_bytes() == renamed
    assert run("retire", "drie", "--why", "Weg.", "--cards", author.cards).exit_code == 0
    assert settings.read_bytes().endswith(b'\r\n\r\nretired:\r\n  drie: "Weg."\r\n')
    for path in (file, settings):
        assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert run("check", "--cards", author.cards).stdout == "no problems\n"
