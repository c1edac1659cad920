"""`check PATH…`: the whole deck is read, what is wrong in the named files is shown and counted."""

import json
from pathlib import Path

import pytest
from author import Author
from commands import run


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return an author whose deck has an error and a warning in each of two files, and is here."""
    author = Author(tmp_path)
    wrong = {"id": "Zes", "question": "Bloeit de roos al?", "answer": "Ja."}
    author.parts["2-deel.yaml"] = {"subdeck": "2 Deel", "notes": [wrong]}
    author.note("een").update(id="Een", question="Is dit een?", answer="Nee.")
    author.save()
    monkeypatch.chdir(tmp_path)
    return author


def files(*words: object) -> dict[str, int]:
    """Return how many problems check shows of each file."""
    rows = json.loads(run("check", "--format", "json", *words).stdout)
    names = [row["file"] for row in rows]
    return {name: names.count(name) for name in names}


def test_only_the_named_files_are_shown_and_counted(author: Author) -> None:
    """One, both, their folder, all above it; as they are named from here."""
    first, second = (author.cards / f"{number}-deel.yaml" for number in (1, 2))
    both = {"cards/1-deel.yaml": 2, "cards/2-deel.yaml": 2}
    assert files() == both
    assert files("cards/2-deel.yaml") == {"cards/2-deel.yaml": 2}
    assert files(first) == {str(first): 2}
    assert files("cards/1-deel.yaml", second) == files("cards") == files(".") == both
    assert files("cards/deck.yaml") == {}
    assert files("--select", "id-malformed", "cards/2-deel.yaml") == {"cards/2-deel.yaml": 1}
    text = run("check", "cards/2-deel.yaml")
    assert text.exit_code == 1
    assert text.stdout.endswith("1 error, 1 warning: 1 × id-malformed, 1 × yes-no\n")
    assert text.stderr.startswith("errors that are not shown: 1;")


def test_the_exit_code_is_that_of_the_named_files(author: Author) -> None:
    """Errors elsewhere are told, not counted; those that --ignore hides here are."""
    clean = run("check", "cards/deck.yaml", "--strict")
    assert (clean.exit_code, clean.stdout) == (0, "no problems\n")
    assert clean.stderr.startswith("errors that are not shown: 2;")
    assert run("check", "cards/2-deel.yaml", "--ignore", "id-malformed").exit_code == 1
    author.note("Een")["id"] = "een"
    author.save()
    assert run("check", "cards/1-deel.yaml").exit_code == 0
    assert run("check", "cards/1-deel.yaml", "--strict").exit_code == 1


def test_the_whole_deck_is_read(author: Author) -> None:
    """A question that another file has, too, is found in the named one."""
    author.parts["2-deel.yaml"]["notes"] = [
        {"id": "twee", "question": "Wat is twee?", "answer": "Paar."}
    ]
    author.save()
    found = json.loads(run("check", "--format", "json", "cards/2-deel.yaml").stdout)
    assert [row["code"] for row in found if row["file"] == "cards/2-deel.yaml"] == [
        row["code"] for row in found
    ]
    assert "id-repeated" in {row["code"] for row in found}


def test_media_are_part_of_the_deck(author: Author) -> None:
    """A folder of them, and a file in there."""
    (author.cards / "media" / "a").mkdir(parents=True)
    (author.cards / "media" / "a" / "x.exe").write_bytes(b"x")
    wrong = {"cards/media/a/x.exe": 1}
    assert files("cards/media") == files("cards/media/a") == files("cards/media/a/x.exe") == wrong


def test_the_deck_is_that_of_the_path(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """From anywhere, and before the one that is here; through a link to its folder, too."""
    other = Author(author.cards.parent / "other")
    other.save()
    here = other.cards.parent
    monkeypatch.chdir(here)
    assert files(author.cards / "2-deel.yaml") == {str(author.cards / "2-deel.yaml"): 2}
    assert files("../cards/2-deel.yaml") == {"../cards/2-deel.yaml": 2}
    assert files() == {}
    (here / "link").symlink_to(author.cards)
    assert files("link/2-deel.yaml") == {"link/2-deel.yaml": 2}
    assert files("link/2-deel.yaml", "--cards", author.cards) == {
        str(author.cards / "2-deel.yaml"): 2
    }
    assert files(author.cards.parent) == files("--cards", author.cards)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_path_outside_the_deck_is_wrong_usage(author: Author, language: str) -> None:
    """So is one that is not there, and one of another deck."""
    Path("README.md").write_text("x", "utf-8")
    other = Author(author.cards.parent / "other")
    other.save()
    says = {
        "en": ("README.md is not in the deck of cards", "there is no cards/3-deel.yaml"),
        "nl": ("README.md hoort niet bij de stapel in cards", "cards/3-deel.yaml bestaat niet"),
    }
    for words, said in (
        (["README.md"], says[language][0]),
        (["cards/1-deel.yaml", "cards/3-deel.yaml"], says[language][1]),
        (["cards/1-deel.yaml", "other/cards/1-deel.yaml"], says[language][0].split(" ", 1)[1]),
    ):
        done = run("check", "--lang", language, *words)
        assert done.exit_code == 2
        assert said in done.stderr
        assert done.stdout == ""


def test_fix_changes_the_named_files_alone(author: Author) -> None:
    """The same slip elsewhere stays; --diff shows the same."""
    first, second = (author.cards / f"{number}-deel.yaml" for number in (1, 2))
    for path in (first, second):
        path.write_text(
            path.read_text("utf-8").replace("question: Is", "question: Dus: is"), "utf-8"
        )
        path.write_text(path.read_text("utf-8").replace(": Bloeit", ": Dus: bloeit"), "utf-8")
    before = first.read_bytes()
    shown = run("check", "cards/2-deel.yaml", "--diff").stdout
    assert "Dus: bloeit" in shown
    assert "Dus: is" not in shown
    run("check", "cards/2-deel.yaml", "--fix")
    assert '"Dus: bloeit de roos al?"' in second.read_text("utf-8")
    assert first.read_bytes() == before
    assert run("check", "cards/deck.yaml", "--diff").exit_code == 0


def test_spaces_at_the_ends_of_lines_go_in_the_named_files_alone(author: Author) -> None:
    """They are no problem, and yet --fix takes them away."""
    for name in ("1-deel.yaml", "2-deel.yaml"):
        path = author.cards / name
        path.write_text(path.read_text("utf-8").replace("notes:", "notes: "), "utf-8")
    run("check", "cards/2-deel.yaml", "--fix")
    assert "notes: \n" in (author.cards / "1-deel.yaml").read_text("utf-8")
    assert "notes:\n" in (author.cards / "2-deel.yaml").read_text("utf-8")
