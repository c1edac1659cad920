"""`deckwright site`: the page of what was released, and nothing half-written."""

import re
from pathlib import Path

import pytest
from author import Author
from commands import run


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author who has released a deck."""
    author = Author(tmp_path)
    author.releases()
    return author


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, by name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_is_the_page_that_release_writes(author: Author, tmp_path: Path) -> None:
    """The same bytes, the package among them, again and again."""
    common = ["--cards", author.cards, "--url", "https://voorbeeld.nl"]
    made = run("site", tmp_path / "site", *common)
    assert (made.exit_code, made.output) == (
        0,
        f"{tmp_path / 'site' / 'index.html'}: the page of release 1\n",
    )
    run("release", "--site", tmp_path / "other", "--out", author.out, *common)
    once = files(tmp_path / "site")
    assert once == files(tmp_path / "other")
    assert once["proef.apkg"] == (author.out / "proef.apkg").read_bytes()
    assert run("site", tmp_path / "site", *common).exit_code == 0
    assert files(tmp_path / "site") == once


def test_what_nobody_has_yet_is_refused(author: Author, tmp_path: Path) -> None:
    """Learners would study a draft, and Anki's package be another one."""
    author.note("een")["answer"] = "Het eerste."
    author.save()
    made = run("site", tmp_path / "site", "--cards", author.cards)
    assert made.exit_code == 1
    assert "error[not-released]" in made.output
    assert not (tmp_path / "site").exists()


def test_a_dry_run_writes_nothing(author: Author, tmp_path: Path) -> None:
    """It lists the files that a run would write, with their sizes."""
    made = run("site", tmp_path / "site", "--cards", author.cards, "--dry-run")
    assert made.exit_code == 0
    assert not (tmp_path / "site").exists()
    run("site", tmp_path / "site", "--cards", author.cards)
    listed = re.findall(r"would be written: .*/site/(\S+), ([\d,]+) bytes", made.output)
    sizes = {name: f"{len(content):,}" for name, content in files(tmp_path / "site").items()}
    assert dict(listed) == sizes


@pytest.mark.parametrize(
    "url", ["ftp://x", "voorbeeld.nl", "javascript:alert(1)", "https://" * 200]
)
def test_an_address_that_no_phone_opens_is_refused(
    author: Author, tmp_path: Path, url: str
) -> None:
    """By both commands, as wrong usage."""
    for arguments in (["site", tmp_path / "site"], ["release", "--site", tmp_path / "site"]):
        made = run(*arguments, "--cards", author.cards, "--url", url)
        assert made.exit_code == 2
        assert "--url" in made.output
    assert not (tmp_path / "site").exists()


def test_the_clean_up_is_there_just_where_there_is_one(author: Author, tmp_path: Path) -> None:
    """Link and package; that of an earlier release goes from the folder."""
    site = tmp_path / "site"
    arguments = ["site", site, "--cards", author.cards]

    def there() -> tuple[bool, bool]:
        assert run(*arguments).exit_code == 0
        page = (site / "index.html").read_text("utf-8")
        return (site / "proef-opruimen.apkg").exists(), "proef-opruimen.apkg" in page

    assert there() == (False, False)
    author.retires("twee")
    author.releases()
    assert there() == (True, True)
    author.note("een")["answer"] = "Het eerste."
    author.releases()
    assert there() == (False, False)


def test_a_folder_that_refuses_is_told_in_one_line(author: Author, tmp_path: Path) -> None:
    """A file where the folder should be, or where one above it should be."""
    (tmp_path / "site").write_text("mine", "utf-8")
    for folder, code in ((tmp_path / "site", 2), (tmp_path / "site" / "inside", 1)):
        made = run("site", folder, "--cards", author.cards)
        assert made.exit_code == code
        assert str(tmp_path / "site") in made.output
    assert made.output.count("\n") == 1
    assert (tmp_path / "site").read_text("utf-8") == "mine"


def test_it_speaks_dutch(author: Author, tmp_path: Path) -> None:
    """As the deck, or as it is told."""
    made = run("site", tmp_path / "site", "--cards", author.cards, "--lang", "nl")
    assert made.output.endswith("index.html: de pagina van versie 1\n")
