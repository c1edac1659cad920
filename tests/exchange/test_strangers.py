"""Files that strangers made to do harm: one line, exit code 1, soon, and nothing written."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import odd_packages
import pytest
from author import Author
from click.testing import Result
from commands import run
from other_programs import PNG, OtherDeck

LONGEST = 20.0  # seconds, on a slow computer


def imported(folder: Path, file: Path) -> Result:
    """Run the command; it neither crashes nor takes long, and writes nothing but cards."""
    before = {path for path in folder.rglob("*") if path.is_file()}
    started = time.monotonic()
    result = run("import", file, "--cards", folder / "cards")
    assert time.monotonic() - started < LONGEST
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    new = {path for path in folder.rglob("*") if path.is_file()} - before
    new = {path for path in new if not path.is_relative_to(folder / "cache")}
    assert all(path.is_relative_to(folder / "cards") for path in new)
    if result.exit_code:
        assert not new
    return result


def _cut(package: bytes) -> bytes:
    return package[: len(package) // 2]


def _bomb(package: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", b"\0" * 500_000_000)
    assert len(target.getvalue()) < len(package) * 100
    return target.getvalue()


PACKAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda _: b"no zip", "not a zip file"),
    "cut": (_cut, "not a zip file"),
    "bomb": (_bomb, "it unpacks to more than"),
    "trigger": (
        odd_packages.statements("create trigger t after update on notes begin select 1; end"),
        "runs code of its own",
    ),
    "no type": (odd_packages.statements("update notes set mid = 5"), "not as Anki writes it"),
    "no text": (odd_packages.statements("update notes set flds = x'00ff'"), "not as Anki writes"),
    "no models": (odd_packages.statements("update col set models = '{}'"), "not as Anki writes"),
    "deep models": (
        odd_packages.statements("update col set models = '" + "[" * 100_000 + "'"),
        "not as Anki writes it",
    ),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_is_none(tmp_path: Path, name: str) -> None:
    """It says what is wrong with the file."""
    made, said = PACKAGES[name]
    package = Author(tmp_path / "deck").published().read_bytes()
    (tmp_path / "odd.apkg").write_bytes(made(package))
    result = imported(tmp_path, tmp_path / "odd.apkg")
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert said in result.output


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("../../../outside.png", "outside.png"),
        ("/tmp/outside.png", "outside.png"),  # noqa: S108 - a stranger's name
        ("..\\outside.jpg", "outside.png"),
        ("a/b:c.png", "b-c.png"),
        ("con.png", "media-con.png"),
    ],
)
def test_names_of_media_lead_nowhere(tmp_path: Path, name: str, legal: str) -> None:
    """Whatever a picture is called in a package, it gets a name of its own in cards/media/."""
    notes: list[Any] = [("Basic", [f'A? <img src="{name}">', "b"], "D", [])]
    package = OtherDeck(tmp_path / "anki", notes).package(legacy=True)
    target = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(target, "w") as new:
        new.writestr("collection.anki21", old.read("collection.anki21"))
        new.writestr("media", json.dumps({"0": name}))
        new.writestr("0", PNG)
    (tmp_path / "odd.apkg").write_bytes(target.getvalue())
    result = imported(tmp_path, tmp_path / "odd.apkg")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "cards" / "media").iterdir()] == [legal]


@pytest.mark.parametrize("name", ["../secret.png", "/etc/secret.png", "link.png", "C:\\x.png"])
def test_a_table_brings_no_file_from_elsewhere(tmp_path: Path, name: str) -> None:
    """Only plain files of its own folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "in" / "list.csv").write_text(f"\"<img src='{name}'>?\",b\n", "utf-8")
    result = imported(tmp_path, tmp_path / "in" / "list.csv")
    assert result.exit_code == 1
    assert "is not there" in result.output or "lies on the web" in result.output


TABLES = {
    "an open quote": (b'a,"b\nc,d\n' * 2, "this row is no row of a table"),
    "nothing": (b"", "no rows stand in it"),
    "only a head": (b"#separator:tab\n#html:true\n", "no rows stand in it"),
    "binary": (bytes(range(128, 160)) * 10, "its bytes are no text"),
    "large": (b"a,b\n" * 10_000_001, "is the most"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_none(tmp_path: Path, name: str) -> None:
    """It says where it is wrong."""
    content, said = TABLES[name]
    (tmp_path / "list.csv").write_bytes(content)
    result = imported(tmp_path, tmp_path / "list.csv")
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert said in result.output


@pytest.mark.parametrize(
    "text", ["{}", "[1]", '{"__type__": "Deck"}', "[" * 100_000, '{"__type__": "Deck", "notes": 3}']
)
def test_json_that_is_none(tmp_path: Path, text: str) -> None:
    """One line."""
    (tmp_path / "deck.json").write_text(text, "utf-8")
    result = imported(tmp_path, tmp_path / "deck.json")
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert "neither CrowdAnki nor deckwright" in result.output


def test_another_ending_says_which_can_be_read(tmp_path: Path) -> None:
    """One line."""
    (tmp_path / "deck.xlsx").write_bytes(b"PK")
    result = imported(tmp_path, tmp_path / "deck.xlsx")
    assert "it must end in .csv, .tsv, .txt, .apkg, .colpkg, .json, .md" in result.output


HTML = {  # of 20,000 characters, the most that are read
    "deep": "<div>" * 3_900 + "x",
    "open": "<b" * 9_900,
    "comments": "<!--" * 4_900,
    "stars": "*" * 19_900,
    "few stars": "*a" * 190,
    "brackets": "[" * 190 + "](" * 1_900,
    "formulas": r"\(" * 9_900,
    "latex": "[latex]" * 2_800,
    "entities": "&#" + "9" * 5_000 + ";",
    "gaps": "{{c1::" * 3_300,
    "attributes": "<b " + "a=" * 9_900 + ">x</b>",
    "marks": "\U00100000f7\U00100001 \U00100000m0\U00100001",
    "long": "x" * 50_000,
}


@pytest.mark.parametrize("name", HTML)
def test_html_that_keeps_nothing_busy(tmp_path: Path, name: str) -> None:
    """The note is carried over or named; the other one arrives."""
    rows = [{"id": f"n{i}", "guid": "", "subdeck": "A", "kind": "question", "tags": [],
             "fields": {"question": "Why?", "answer": answer}}
            for i, answer in enumerate([HTML[name], "<b>Good.</b>"])]  # fmt: skip
    (tmp_path / "deck.json").write_text(json.dumps(rows), "utf-8")
    result = imported(tmp_path, tmp_path / "deck.json")
    assert result.exit_code == 0, result.output
    assert "of 2 notes are cards now" in result.output
    assert "**Good.**" in (tmp_path / "cards" / "1-a.yaml").read_text("utf-8")
