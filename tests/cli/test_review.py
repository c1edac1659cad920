"""`deckwright review` as authors use it: from files of learners to a table and a plot."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from author import NOTES, Author
from axe_playwright_python.sync_playwright import Axe
from commands import run
from playwright.sync_api import Browser
from pupils import class_of, empty, handed_in, progress, written

from deckwright.release.ledger import LEDGER_NAME

# More notes beside the four: the deck that a card is compared with.
MORE = [{"id": f"n-{n}", "question": f"Wat is {n}?", "answer": f"Een {n}."} for n in range(20)]
FORMS = ("old.apkg", "new.apkg", "old.colpkg", "new.colpkg", "collection.anki2")


class School:
    """An author, and a class of twelve that studied for 120 days; 'twee' and 'n-7' are bad."""

    def __init__(self, folder: Path) -> None:
        self.author = Author(folder, [*NOTES, *MORE])
        start = empty(folder / "start", self.author.published())
        *pupils, last = class_of(12, {"twee", "n-7"}, 3)
        self.files = []
        for number, pupil in enumerate(pupils):
            collection = written(folder / str(number), start, pupil, 120)
            name = f"jan-de-boer-{number}-{FORMS[number % len(FORMS)]}"
            self.files.append(handed_in(collection, folder / name))
        rows = self.author.rows()
        given = [
            {"guid": rows[name]["guid"], "card": 1, "rating": rating, "at": at, "day": at}
            for name in rows
            for at in range(20)
            for rating in [last.button(name, name)]
        ]
        self.files.append(progress(folder / "jan-de-boer.json", "proef", given))

    def reviews(self, *arguments: object, **environment: str | None) -> Any:
        """Run the command on all of their files."""
        return run("review", *self.files, "--cards", self.author.cards, *arguments, **environment)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """Return one school for all tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("school")
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        return School(folder)


def test_the_table(school: School) -> None:
    """The worst cards first, with places; then what was read, and what is kept of people."""
    result = school.reviews()
    assert result.exit_code == 0, result.output
    head, *lines = result.output.splitlines()
    assert head.split() == [
        *("card", "verdict", "again", "range", "expected", "reviews", "learners", "place")
    ]
    assert [line.split()[0] for line in lines[:2]] == ["twee", "n-7"]
    assert [line.split()[1] for line in lines[:3]] == ["fails", "fails", "fine"]
    assert lines[0].endswith(f"{school.author.cards}/1-deel.yaml:8")
    assert re.match(r"twee +fails +[3-6]\d% +\d\d-\d\d% +1\d% +\d+ +12 ", lines[0])
    assert "drie, card 2" in school.reviews("--all").output
    assert "and 5 more cards: --all shows them" in lines
    assert re.search("cards that fail: 2; fine: .*; too early to say: ", result.output)
    assert "files: 12; learners: 12; answers to this deck: " in result.output
    assert lines[-1].startswith("nothing is kept about people")


def test_in_dutch(school: School) -> None:
    """Every line of it."""
    output = school.reviews("--lang", "nl").output
    assert output.split()[:3] == ["kaart", "oordeel", "opnieuw"]
    assert "over mensen wordt niets bewaard" in output
    assert not re.search("fails|fine|early|learners|count", output)


def test_for_programs(school: School) -> None:
    """Every card, and nothing of who, when or where."""
    result = school.reviews("--format", "json")
    rows = json.loads(result.stdout)
    assert len(rows) == 25
    worst = rows[0]
    assert worst.keys() == {
        *("note", "card", "file", "line", "reviews", "lapses", "learners"),
        *("rate", "low", "high", "expected", "verdict"),
    }
    assert (worst["note"], worst["card"], worst["line"]) == ("twee", 1, 8)
    assert worst["low"] < worst["rate"] < worst["high"]
    assert worst["lapses"] / worst["reviews"] == pytest.approx(worst["rate"], abs=0.1)
    assert "nothing is kept about people" in result.stderr
    never = next(row for row in rows if (row["note"], row["card"]) == ("drie", 2))
    assert never["learners"] == 11  # the progress file has none of it


def test_nothing_of_people_gets_out(school: School, tmp_path: Path) -> None:
    """Neither names of files, nor who answered; the page is the same, whoever comes first."""
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    outputs = school.reviews("--page", page).output + school.reviews("--format", "json").output
    assert not re.search("jan|boer", page.read_text("utf-8") + outputs)
    files = school.files[::-1]
    run("review", *files, "--cards", school.author.cards, "--page", other)
    assert page.read_bytes() == other.read_bytes()
    written = {path.name for path in tmp_path.iterdir()} - {"cache"}  # that of the cards
    assert written == {"other.html", "page.html"}
    assert not re.search("jan|boer", str([*(tmp_path / "cache").rglob("*")]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page(browser: Browser, school: School, tmp_path: Path, scheme: Any) -> None:
    """A plot with its text, readable in both schemes and on a phone; nothing runs or is loaded."""
    assert school.reviews("--page", tmp_path / "page.html").exit_code == 0
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))
    address = f"file://{tmp_path}/page.html"
    page.goto(address)
    assert heard == [address]
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.get_by_role("img", name="Which cards fail").count() == 1
    assert page.locator("tbody tr").count() == 25
    first = page.locator("tbody tr").first.inner_text().split("\t")
    assert first[:2] == ["twee", "fails"]
    assert first[-1].endswith("1-deel.yaml:8")
    assert page.locator("svg .fails rect").count() == 2
    assert (
        page.locator("svg .fine circle").count() + page.locator("svg .early circle").count() == 23
    )
    ground, ink, bad = page.evaluate(
        """() => [
            getComputedStyle(document.documentElement).backgroundColor,
            getComputedStyle(document.querySelector("svg text:not(.scale text)")).fill,
            getComputedStyle(document.querySelector("svg .fails")).fill,
        ]"""
    )
    assert len({ground, ink, bad}) == 3
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://x.example/>')")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in each for each in heard)
    page.close()


def test_a_name_cannot_end_the_page(school: School, tmp_path: Path) -> None:
    """The name of a file of cards is text."""
    author = Author(tmp_path, [*NOTES, *MORE])
    author.parts["<script>x.yaml"] = author.parts.pop("1-deel.yaml")
    author.parts["1-deel.yaml"] = {"subdeck": "Leeg", "notes": [{**MORE[0], "id": "nul"}]}
    author.save()
    (author.cards / LEDGER_NAME).write_text(school.author.ledger_text(), "utf-8")
    result = run("review", *school.files, "--cards", author.cards, "--page", tmp_path / "p.html")
    assert result.exit_code == 0, result.output
    html = (tmp_path / "p.html").read_text("utf-8")
    assert "&lt;script&gt;x.yaml:8" in html
    assert "<script" not in html


def test_every_broken_file_has_its_line(school: School, tmp_path: Path) -> None:
    """In one run, with exit code 1 and nothing else; the other exit codes are those of all."""
    broken = [tmp_path / name for name in ("a.apkg", "b.json", "c.anki2")]
    for file, content in zip(broken, (b"x", b"{", b"SQLite format 3\0"), strict=True):
        file.write_bytes(content)
    page = tmp_path / "page.html"
    result = run("review", school.files[0], *broken, "--cards", school.author.cards, "--page", page)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [["Error", str(file)] for file in broken]
    assert not page.exists()
    assert run("review", tmp_path / "none.apkg", "--cards", school.author.cards).exit_code == 2
    assert run("review", "--cards", school.author.cards).exit_code == 2


def test_a_deck_that_nobody_has(school: School, tmp_path: Path) -> None:
    """Without a ledger, or with a broken one, nobody knows whose answers these are."""
    author = Author(tmp_path, NOTES)
    author.save()
    result = run("review", school.files[0], "--cards", author.cards)
    assert result.exit_code == 1
    assert result.output == "Error: nobody has this deck yet: there is no deck.lock\n"
    (author.cards / LEDGER_NAME).write_text("x")
    assert "lock-broken" in run("review", school.files[0], "--cards", author.cards).output


def test_one_learner(school: School) -> None:
    """It is too early, whatever the figures; and the author is told whose they are."""
    result = run("review", *school.files[:1] * 2, "--cards", school.author.cards)
    assert "cards that fail: 0; fine: 0; too early to say: 25" in result.output
    assert "learners: 1" in result.output
    assert result.output.endswith(
        "so few learners can be recognised: keep these figures to yourself\n"
    )


def test_a_card_that_was_mended(tmp_path: Path) -> None:
    """Its answers to the earlier text are left out, aloud; `--earlier` counts them."""
    school = School(tmp_path)
    school.author.note("twee")["answer"] = "Een paar."
    school.author.releases()
    output = school.reviews("--all").output
    assert re.search(r"twee +too early +0 +0 ", output)
    assert re.search(r"left out: \d+ answers to an earlier text of a note", output)
    again = school.reviews("--earlier").output
    assert re.search(r"twee +fails ", again)
    assert "left out" not in again


def test_a_pipe_hangs_nothing(school: School, tmp_path: Path) -> None:
    """Nobody writes into it."""
    os.mkfifo(tmp_path / "pipe")
    result = run("review", tmp_path / "pipe", "--cards", school.author.cards)
    assert result.exit_code == 1
    assert "'pipe' is not a plain file" in result.output + result.stderr
