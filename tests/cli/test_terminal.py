"""What a command shows on a real terminal, and what it leaves out elsewhere."""

import fcntl
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from author import Author
from commands import run
from terminal import terminal

from deckwright.cli import _printing

DECKWRIGHT = [sys.executable, "-m", "deckwright"]
CLEAR = "\r\x1b[K"
RED, BOLD, PLAIN = "\x1b[31m", "\x1b[1m", "\x1b[0m"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author whose deck has an error and a warning."""
    author = Author(tmp_path)
    author.note("een").update(id="Een", question="Is dit een?", answer="Nee.")
    author.save()
    return author


def test_problems_are_in_colour(author: Author) -> None:
    """The place, the level and the hint; the text is the same as without."""
    words = ["check", "--cards", author.cards]
    with terminal([*DECKWRIGHT, *map(str, words)]) as screen:
        shown = screen.ends()
    assert (
        f"{BOLD}{author.cards}/1-deel.yaml:3:7{PLAIN}: {RED}error[id-malformed]{PLAIN}: " in shown
    )
    assert f"\x1b[33mwarning[yes-no]{PLAIN}: " in shown
    assert f"\n  \x1b[36mhint{PLAIN}: write it as 'een'\n" in shown
    bare = re.sub(r"\r\x1b\[K[^\r\n]*(?=\r)|\r\x1b\[K|\x1b\[[\d;]*m", "", shown)
    assert bare.startswith(run(*words).stdout)


def colours(author: Author, *, terminal_: bool, **environment: str) -> bool:
    """Return whether there are any colours."""
    command = [*DECKWRIGHT, "check", "--cards", str(author.cards)]
    if terminal_:
        with terminal(command, **environment) as screen:
            shown = screen.ends()
    else:
        names = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")
        kept = {name: value for name, value in os.environ.items() if name not in names}
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**kept, **environment}
        )
        shown = done.stdout
    assert "id-malformed" in shown
    return "\x1b[31m" in shown


@pytest.mark.parametrize(
    ("environment", "on_terminal", "in_file"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"FORCE_COLOR": "0", "CLICOLOR_FORCE": ""}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_who_says_whether_there_are_colours(
    author: Author, environment: dict[str, str], *, on_terminal: bool, in_file: bool
) -> None:
    """NO_COLOR, else FORCE_COLOR or CLICOLOR_FORCE, else the terminal."""
    assert colours(author, terminal_=True, **environment) == on_terminal
    assert colours(author, terminal_=False, **environment) == in_file


def test_programs_get_no_colours(author: Author) -> None:
    """JSON and annotations are what they are, also where colours are forced."""
    for form in ("json", "github"):
        words = ["check", "--format", form, "--cards", author.cards]
        assert "\x1b" not in run(*words, FORCE_COLOR="1").output
    assert "\x1b[31m" in run("check", "--cards", author.cards, FORCE_COLOR="1").output


def test_changes_and_differences_are_in_colour(author: Author) -> None:
    """Of diff and of release alike; of --diff and --dry-run alike."""
    author.note("Een").update(id="een", question="Wat is een?", answer="Getal.")
    author.releases()
    author.note("een")["answer"] = "Een getal."
    author.save()
    on = {"FORCE_COLOR": "1"}
    for words in (["diff"], ["release", "--dry-run", "--this-time", "--allow-warnings"]):
        done = run(*words, "--cards", author.cards, **on)
        assert "\x1b[31;9mGetal" in done.stdout
        assert "\x1b[32m" in done.stdout
    done = run("rename", "een", "eerste", "--dry-run", "--cards", author.cards, **on)
    assert "\x1b[31m-- id: een\x1b[0m\n\x1b[32m+- id: eerste\x1b[0m\n" in done.stdout
    path = author.cards / "1-deel.yaml"
    path.write_text(path.read_text("utf-8").replace("subdeck:", "subdeck:  "), "utf-8")
    path.write_text(path.read_text("utf-8").replace("notes:", "notes: "), "utf-8")
    assert "\x1b[31m-notes: " in run("check", "--diff", "--cards", author.cards, **on).stdout


def test_strangers_cannot_colour(author: Author) -> None:
    """What stands for a colour within deckwright is shown as what it is."""
    marks = "".join(_printing._CODES)
    author.note("Een")["id"] = f"x{marks}"
    author.save()
    done = run("check", "--cards", author.cards, FORCE_COLOR="1")
    assert f"{_printing.plain(marks)}' is not an id" in done.stdout
    assert "\\ue003" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check"], ["cards lezen", "bestand 1 van 1", "nakijken"]),
        (["build"], ["bestand 1 van 1", "het pakket maken"]),
        (["verify"], ["de pakketten maken om te proberen", "cursist 1 van 1 naspelen in Anki"]),
        (["rename", "een", "eerste"], ["bestand 1 van 1"]),
    ],
)
def test_a_terminal_shows_what_is_being_done(
    tmp_path: Path, words: list[str], said: list[str]
) -> None:
    """In one line that goes away, in the language of the deck; a file gets nothing of it."""
    author = Author(tmp_path)
    author.save()
    options = ["--cards", str(author.cards), "--lang", "nl"]
    if words == ["build"]:
        options += ["--out", str(author.out)]
    with terminal([*DECKWRIGHT, *words, *options]) as screen:
        shown = screen.ends()
    lines = re.findall(r"\r\x1b\[K([^\r\n]*)", shown)
    for each in said:
        assert any(each in line for line in lines), lines
    left = shown.rpartition(CLEAR)[2]
    assert len(left) > 10
    assert not any(each in left for each in said)
    assert "\x1b" not in run(*words, *options).output


def test_a_line_is_no_longer_than_the_terminal(tmp_path: Path) -> None:
    """Else it could not be taken away."""
    author = Author(tmp_path / ("long" * 30))
    author.save()
    with terminal([*DECKWRIGHT, "check", "--cards", str(author.cards)], COLUMNS="40") as screen:
        shown = screen.ends()
    lines = re.findall(r"\r\x1b\[K([^\r\n]*)", shown)
    assert any(len(line) == 39 for line in lines)
    assert max(map(len, lines[:-1])) == 39


def test_a_release_shows_each_step(tmp_path: Path) -> None:
    """And asks below, on a line of its own."""
    author = Author(tmp_path)
    author.save()
    words = ["release", "--first", "--this-key", "--allow-warnings", "--lang", "nl"]
    with terminal([*DECKWRIGHT, *words], tmp_path) as screen:
        shown = screen.waits_for("[y/N]: ")
        for each in ("bestand 1 van 1", "cursist 1 van 1", "het pakket maken"):
            assert each in shown.rpartition(CLEAR)[0]
        assert shown.rpartition(CLEAR)[2].startswith("wie nieuw is, krijgt 4 notities")
        screen.types("n\n")
        assert "er is niets geschreven" in screen.ends()


@contextmanager
def held(folder: Path) -> Iterator[threading.Event]:
    """Be another deckwright that is at work on a folder, until told to let go."""
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    done = threading.Event()

    def lets_go() -> None:
        done.wait(30)
        os.close(handle)

    thread = threading.Thread(target=lets_go)
    thread.start()
    yield done
    done.set()
    thread.join()


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["release", "--yes", "--first", "--this-key", "--allow-warnings"],
        ["rename", "een", "eerste"],
        ["retire", "een", "--why", "Zo."],
        ["lock", "--from", "old.apkg"],
        ["check", "--fix"],
        ["new", "Wat is vijf?"],
        ["import", "more.tsv"],
    ],
    ids=lambda words: words[0],
)
def test_waiting_for_another_deckwright(tmp_path: Path, words: list[str], language: str) -> None:
    """It is said at once, and the line goes when the other one has ended."""
    author = Author(tmp_path)
    if words[0] == "lock":
        author.published()
        (author.cards / "deck.lock").unlink()
    author.save()
    (tmp_path / "more.tsv").write_text("Question\tAnswer\nWat is zes?\tHalf.\n", "utf-8")
    waiting = {"en": "another deckwright is at work here", "nl": "een andere deckwright is hier"}
    with (
        held(author.cards) as done,
        terminal([*DECKWRIGHT, *words, "--lang", language], tmp_path) as screen,
    ):
        screen.waits_for(waiting[language])
        time.sleep(0.2)
        assert screen.process.poll() is None
        done.set()
        shown = screen.ends()
    assert CLEAR in shown
    assert waiting[language] not in shown
    assert screen.process.returncode == 0, shown


def test_a_preview_is_quiet_once_it_is_there(tmp_path: Path) -> None:
    """The first look shows its steps; later ones say nothing on the terminal."""
    author = Author(tmp_path)
    author.save()
    words = ["preview", "--no-browser", "--lang", "nl"]
    with terminal([*DECKWRIGHT, *words], tmp_path) as screen:
        shown = screen.waits_for("(stop met Ctrl-C)\n")
        assert "bestand 1 van 1" in shown
        author.note("een")["answer"] = "Anders."
        author.save()
        time.sleep(1)
        screen._read(0)
        assert screen.shown == ""
