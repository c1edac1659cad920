"""The package: equal bytes for equal notes, and a file that other tools can read."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

from author import Author

from deckwright.release.ledger import WEEK


def test_the_same_notes_give_the_same_bytes_elsewhere_and_later(tmp_path: Path) -> None:
    """Another folder, another time, another process and hash seed: not one byte differs."""
    author = Author(tmp_path)
    made = author.releases()
    first = made.package.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(author.cards, elsewhere)
    command = [sys.executable, "-m", "deckwright", "build", "--cards", str(elsewhere), "--out", "x"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run(command, check=True, cwd=tmp_path, env=environment, capture_output=True)
    assert (tmp_path / "x" / "proef.apkg").read_bytes() == first
    assert not (elsewhere / "build").exists()


def test_the_zip_holds_no_time(tmp_path: Path) -> None:
    """Zip dates are fixed: two builds within one second would not show that they differ."""
    with zipfile.ZipFile(Author(tmp_path).releases().package) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    """Without an edit, neither ledger nor package is even touched, by a build or a release."""
    author = Author(tmp_path)
    package = author.releases().package
    ledger = author.cards / "deck.lock"
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in (package, ledger)]
    made = author.releases()
    author.drafts(released=True)
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in (package, ledger)] == before
    assert len(made.changes.unchanged) == len(author.notes)


def test_a_lost_package_comes_back_whole(tmp_path: Path) -> None:
    """Ledger written, package not (the power failed): a build makes the very same package."""
    author = Author(tmp_path)
    package = author.releases().package
    meant = package.read_bytes()
    package.unlink()
    assert author.drafts(released=True).package.read_bytes() == meant
    package.unlink()
    assert author.releases().package.read_bytes() == meant


def test_tags_stand_as_anki_writes_them(tmp_path: Path) -> None:
    """Sorted, each once, with a space on either side: Anki finds a tag by those spaces."""
    author = Author(tmp_path)
    author.parts["1-deel.yaml"]["tags"] = ["zee", "aap"]
    author.note("een")["tags"] = ["rij::b", "aap", "rij::a", "boom", "vis", "roos"]
    with zipfile.ZipFile(io.BytesIO(author.releases().package.read_bytes())) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    tags = {row[0] for row in database.execute("select tags from notes")}
    database.close()
    assert tags == {" aap boom rij::a rij::b roos vis zee ", " aap zee "}


def test_rows_are_sound(tmp_path: Path) -> None:
    """Ids are unique and never later than the build; every card has its note."""
    author = Author(tmp_path)
    author.settings["name"] = "Boven::Onder"
    made = author.releases()
    with zipfile.ZipFile(io.BytesIO(made.package.read_bytes())) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    notes = dict(database.execute("select id, mod from notes"))
    cards = list(database.execute("select id, nid, due from cards"))
    assert len(notes) == len(author.notes)
    assert len({card[0] for card in cards}) == len(cards) == 5
    assert {card[1] for card in cards} == set(notes)
    assert max(*notes, *(card[0] for card in cards)) < author.now * 1000
    assert set(notes.values()) == {author.now - WEEK}
    assert [note for note, _ in sorted(notes.items())] == list(
        dict.fromkeys(nid for _, nid, _ in sorted(cards, key=lambda card: card[2]))
    )
    database.close()
