"""`--dry-run` of every command that writes: it says what, and no file is another afterwards."""

from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.cli.main import main

# Commands that write nothing anyway, and `check`, which has --diff.
READERS = {"check", "diff", "help", "inbox", "preview", "review", "rule", "schema", "verify"}
MORE = "Question\tAnswer\nWat is zes?\tHalf twaalf.\n"


def test_each_command_that_writes_has_it() -> None:
    """A new command says which it is."""
    writers = {
        name
        for name, command in main.commands.items()
        if any("--dry-run" in option.opts for option in command.params)
    }
    assert writers == main.commands.keys() - READERS


def seen(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    """Return the inode, the time and the bytes of all below a folder."""
    return {
        path: (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [folder, *folder.rglob("*")]
    }


WORDS: dict[str, tuple[list[str], list[str]]] = {
    "build": (
        [],
        [
            "would be written: build/proef-concept.apkg, ",
            "would be written: build/proef-concept.json",
        ],
    ),
    "release": (
        ["--yes", "--this-time", "--allow-warnings", "--site", "site"],
        [
            "reworded  een: Wat is een?",
            "would be written: cards/deck.lock, ",
            "would be written: build/proef.apkg, ",
            "would be written: build/proef-nieuw.md, ",
            "would be written: site/index.html, ",
        ],
    ),
    "rename": (
        ["een", "eerste"],
        ["--- cards/1-deel.yaml\n", "\n-- id: een\n", "\n+- id: eerste\n+  was: een\n"],
    ),
    "retire": (
        ["een", "--why", "Te makkelijk."],
        ["\n-- id: een\n", "+++ cards/deck.yaml\n", '\n+  een: "Te makkelijk."\n'],
    ),
    "lock": (["--from", "old.apkg"], ["would be written: cards/deck.lock, "]),
    "new": (["Wat is vijf?"], ["\n+- id: wat-is-vijf\n+  question: Wat is vijf?\n"]),
    "init": (
        ["deck", "--name", "Tellen", "--language", "nl", "--subject", "tellen"],
        ["would be written: deck/cards/deck.yaml, ", "would be written: deck/.gitignore, "],
    ),
    "import": (["more.tsv"], ["would be written: cards/"]),
    "export": (["--format", "csv", "out/notes.csv"], ["would be written: out/notes.csv, "]),
}


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author with a release and an edit since, who is here."""
    author = Author(tmp_path / "here")
    author.published()
    author.note("een")["answer"] = "Een **cijfer**."
    author.save()
    monkeypatch.chdir(author.cards.parent)
    Path("more.tsv").write_text(MORE, "utf-8")
    return author


@pytest.mark.parametrize("command", WORDS)
def test_it_says_what_and_writes_nothing(author: Author, command: str) -> None:
    """Byte for byte, and each file is still that very file; without it, what was said is done."""
    words, said = WORDS[command]
    if command == "lock":
        (author.cards / "deck.lock").unlink()
    before = seen(author.cards.parent)
    done = run(command, *words, "--dry-run")
    assert done.exit_code == 0, done.output
    assert seen(author.cards.parent) == before
    for each in said:
        assert each in done.stdout
    assert done.stderr.endswith("this was a dry run: nothing was written\n")
    assert "is now" not in done.output
    real = run(command, *words)
    assert real.exit_code == 0, real.output
    assert seen(author.cards.parent) != before
    assert "dry run" not in real.output
    for line in done.stdout.splitlines():
        if line.startswith("would be written: "):
            name, size = line.removeprefix("would be written: ").removesuffix(" bytes").split(", ")
            assert Path(name).is_file()
            if command not in {"build", "release"}:  # they hold the time, packed
                assert Path(name).stat().st_size == int(size.replace(",", ""))


@pytest.mark.parametrize("command", WORDS)
def test_it_speaks_dutch(author: Author, command: str) -> None:
    """As everything does."""
    words, _ = WORDS[command]
    if command == "lock":
        (author.cards / "deck.lock").unlink()
    done = run(command, *words, "--dry-run", "--lang", "nl")
    assert done.stderr.endswith("dit was een proef: er is niets geschreven\n")


def test_what_cannot_be_done_is_said_all_the_same(author: Author) -> None:
    """The exit code is that of the command, so that a script may ask first."""
    Path("cards/deck.lock").unlink()
    for words in (
        ["rename", "x", "y"],
        ["retire", "x", "--why", "y"],
        ["lock", "--from", "more.tsv"],
        ["new", "Wat is vijf?", "--file", "x"],
        ["init", ".", "--name", "Tellen"],
    ):
        before = seen(author.cards.parent)
        done = run(*words, "--dry-run")
        assert done.exit_code == 1, done.output
        assert "dry run" not in done.output
        assert seen(author.cards.parent) == before


def test_what_stays_as_it_is_is_not_listed(author: Author) -> None:
    """A second build writes the same bytes."""
    run("build")
    done = run("build", "--dry-run")
    assert "would be written" not in done.stdout
    assert done.stderr == "this was a dry run: nothing was written\n"
    assert author.out.exists()


def test_a_push_asks_no_anki(author: Author) -> None:
    """It says which package it would make; nobody answers at this address."""
    before = seen(author.cards.parent)
    done = run("push", "--dry-run", "--url", "http://127.0.0.1:9")
    assert done.exit_code == 0, done.output
    assert "would be written: build/proef-concept.apkg, " in done.stdout
    assert seen(author.cards.parent) == before
