"""Retirement: the note goes from its file to deck.yaml, with the reason that learners read."""

from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.anki.package_reader import read_package
from deckwright.release.ledger import LEDGER_NAME

YAML = """\
subdeck: 1 Deel
notes:
  # Over getallen.
  - id: een
    # makkelijk
    question: Wat is een?
    answer: |
      Een getal.

      En meer.

  # Over paren.
  - id: twee
    question: Wat is twee?
    answer: Een paar.
  - {id: drie, question: Wat is drie?, answer: Een trio.}
"""
LEFT = {
    "een": YAML.replace(YAML[YAML.index("  - id: een") : YAML.index("  # Over paren")], ""),
    "twee": YAML.replace(YAML[YAML.index("  - id: twee") : YAML.index("  - {id")], ""),
    "drie": YAML.replace(YAML[YAML.index("  - {id") :], ""),
}


def author_of(folder: Path) -> Author:
    """Return an author of these notes, released."""
    author = Author(folder)
    author.notes[:] = [
        {"id": "een", "question": "Wat is een?", "answer": "Een getal.\n\nEn meer.\n"},
        {"id": "twee", "question": "Wat is twee?", "answer": "Een paar."},
        {"id": "drie", "question": "Wat is drie?", "answer": "Een trio."},
    ]
    author.releases()
    (author.cards / "1-deel.yaml").write_text(YAML, "utf-8")
    return author


@pytest.mark.parametrize("name", LEFT)
def test_a_note_is_taken_out_and_listed(tmp_path: Path, name: str) -> None:
    """Comments and every other line stay; then the release sends a clean-up with it."""
    author = author_of(tmp_path)
    settings = author.cards / "deck.yaml"
    settings.write_text("# Het dek.\n" + settings.read_text("utf-8"), "utf-8")
    before = settings.read_text("utf-8")
    done = run("retire", name, "--why", 'Te "makkelijk": weg.', "--cards", author.cards)
    assert f"'{name}' is taken out" in done.output
    left = (author.cards / "1-deel.yaml").read_text("utf-8").rstrip()
    assert left.replace("\n\n  # Over paren", "\n  # Over paren") == LEFT[name].rstrip().replace(
        "\n\n  # Over paren", "\n  # Over paren"
    )
    assert settings.read_text("utf-8") == (
        f'{before}\nretired:\n  {name}: "Te \\"makkelijk\\": weg."\n'
    )
    assert run("check", "--cards", author.cards).stdout == "no problems\n"
    done = run("release", "--yes", "--cards", author.cards, "--out", author.out)
    assert done.exit_code == 0, done.output
    (blank,) = read_package(author.out / "proef-opruimen.apkg").notes.values()
    assert blank.id == name
    assert '(Te "makkelijk": weg.)' in (author.out / "proef-nieuw.md").read_text("utf-8")


def test_two_and_the_last_one(tmp_path: Path) -> None:
    """The list grows, and a file whose last note went stays a file."""
    author = author_of(tmp_path)
    for name in LEFT:
        assert run("retire", name, "--why", "weg", "--cards", author.cards).exit_code == 0
    assert (author.cards / "1-deel.yaml").read_text("utf-8").rstrip().endswith("notes: []") or (
        "notes: []" in (author.cards / "1-deel.yaml").read_text("utf-8")
    )
    assert (author.cards / "deck.yaml").read_text("utf-8").count(': "weg"') == 3


def test_what_learners_never_had_is_not_listed(tmp_path: Path) -> None:
    """It is taken out, and that is all."""
    author = author_of(tmp_path)
    (author.cards / LEDGER_NAME).unlink()
    done = run("retire", "een", "--cards", author.cards)
    assert done.output.endswith("learners never had it\n")
    assert "retired" not in (author.cards / "deck.yaml").read_text("utf-8")


def test_a_note_that_is_gone_already_is_listed(tmp_path: Path) -> None:
    """The hint of `note-gone`, obeyed."""
    author = author_of(tmp_path)
    (author.cards / "1-deel.yaml").write_text(LEFT["een"], "utf-8")
    assert run("check", "--cards", author.cards).exit_code == 1
    assert run("retire", "een", "--why", "weg", "--cards", author.cards).exit_code == 0
    assert run("check", "--cards", author.cards).exit_code == 0


@pytest.mark.parametrize(
    "end",
    [
        "retired: {}\n",
        "retired: {x: y}\n",
        '"retired":\n  twee: weg\n',
        "retired :\n  twee: weg\n",
        "retired:\n  een: al weg\n",
        "...\n",
    ],
)
def test_a_list_that_cannot_be_changed_is_left_alone(tmp_path: Path, end: str) -> None:
    """What cannot be changed safely is said, and nothing is written."""
    author = author_of(tmp_path)
    settings = author.cards / "deck.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}{end}", "utf-8")
    before = settings.read_bytes(), (author.cards / "1-deel.yaml").read_bytes()
    done = run("retire", "een", "--why", "weg", "--cards", author.cards)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert (settings.read_bytes(), (author.cards / "1-deel.yaml").read_bytes()) == before


def test_the_line_stands_as_the_others_do(tmp_path: Path) -> None:
    """As far in as they do, on one line."""
    author = author_of(tmp_path)
    settings = author.cards / "deck.yaml"
    before = settings.read_text("utf-8")
    settings.write_text(f"{before}retired:  # weg\n    twee: te lang\n", "utf-8")
    (author.cards / "1-deel.yaml").write_text(LEFT["twee"], "utf-8")
    why = "te makkelijk\nof niet"
    assert run("retire", "een", "--why", why, "--cards", author.cards).exit_code == 0
    line = '    een: "te makkelijk of niet"\n'
    assert settings.read_text("utf-8") == f"{before}retired:  # weg\n{line}    twee: te lang\n"
    assert run("check", "--cards", author.cards).exit_code == 0


@pytest.mark.parametrize("why", ["te\x1b makkelijk", "\udcc3\udca9\udcc3\udca9n", "\u202eweg"])
def test_a_reason_that_is_no_text_is_refused(tmp_path: Path, why: str) -> None:
    """A terminal that is not UTF-8 hands over other characters: none may go in silence."""
    author = author_of(tmp_path)
    before = (author.cards / "deck.yaml").read_bytes()
    done = run("retire", "een", "--why", why, "--cards", author.cards)
    assert done.exit_code == 1
    assert "the reason has characters" in done.output
    assert (author.cards / "deck.yaml").read_bytes() == before


@pytest.mark.parametrize("command", [["retire", "een", "--why", "weg"], ["rename", "een", "uno"]])
def test_a_ledger_that_cannot_be_read_stops(tmp_path: Path, command: list[str]) -> None:
    """Nobody knows what learners hold, as in the middle of a merge: nothing is written."""
    author = author_of(tmp_path)
    ledger = author.cards / LEDGER_NAME
    ledger.write_text(f"<<<<<<< HEAD\n{ledger.read_text('utf-8')}", "utf-8")
    before = {path: path.read_bytes() for path in author.cards.iterdir()}
    done = run(*command, "--cards", author.cards)
    assert done.exit_code == 1
    assert "lock-conflict" in done.output
    assert {path: path.read_bytes() for path in author.cards.iterdir()} == before


def test_no_such_note(tmp_path: Path) -> None:
    """One line, exit code 1."""
    author = author_of(tmp_path)
    done = run("retire", "negen", "--why", "weg", "--cards", author.cards)
    assert (done.exit_code, done.output) == (1, "Error: no note has the id 'negen'\n")
