"""Files that are not packages: each command says in one line what is wrong."""

import sqlite3
import zipfile
from pathlib import Path

import odd_packages
import pytest
import zstandard
from author import Author
from commands import run
from people import exported

from deckwright.anki._collection import protobuf
from deckwright.anki.archive import PackageError
from deckwright.anki.learner import learner
from deckwright.anki.package_reader import read_package
from deckwright.release.ledger import LEDGER_NAME


def broken(folder: Path, kind: str) -> Path:
    """Return a file that is not a package of ours."""
    target = folder / "broken.apkg"
    if kind == "text":
        target.write_text("no zip")
    elif kind == "cut":
        whole = Author(folder).published().read_bytes()
        target.write_bytes(whole[: len(whole) // 2])
    else:
        files = {
            "empty": {},
            "newer": {"collection.anki21b": b"x"},
            "database": {"collection.anki2": b"x" * 4096},
        }
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files[kind].items():
                archive.writestr(name, content)
    return target


@pytest.mark.parametrize("kind", ["text", "cut", "empty", "newer", "database"])
def test_files_that_are_not_packages(tmp_path: Path, kind: str) -> None:
    """Each command says in one line what is wrong with the file, exit code 1."""
    file = broken(tmp_path, kind)
    with pytest.raises(PackageError):
        read_package(file)
    author = Author(tmp_path / "cards")
    author.save()
    for command in (["diff", file, file], ["verify", file], ["lock", "--from", file]):
        result = run(*command, *(["--cards", author.cards] if "lock" in command else []))
        assert result.exit_code == 1, result.output
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1


@pytest.mark.parametrize("name", odd_packages.ODD)
def test_what_is_read_is_what_anki_imports(tmp_path: Path, name: str) -> None:
    """A package that could be read in two ways is refused; of all others, the notes are Anki's."""
    make, said = odd_packages.ODD[name]
    author = Author(tmp_path)
    whole, odd = author.published(), tmp_path / "odd.apkg"
    odd.write_bytes(make(whole.read_bytes()))
    (author.cards / LEDGER_NAME).unlink()
    commands = (["diff", whole, odd], ["verify", whole, "--from", odd], ["lock", "--from", odd])
    for command in commands if said else ():
        result = run(*command, *(["--cards", author.cards] if "lock" in command else []))
        assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
        assert said in result.output or "no notes of the deck" in result.output
        assert not (author.cards / LEDGER_NAME).exists()
    if not said:
        with learner(tmp_path / "anki") as anki:
            anki.imports(odd)
            notes = {guid: note.fields for guid, note in anki.notes().items()}
        read = {guid: list(note.fields.values()) for guid, note in read_package(odd).notes.items()}
        assert read == notes
        assert odd_packages.EVIL in str(read)


def test_a_package_that_was_cut_is_refused(tmp_path: Path) -> None:
    """Wherever a download ended."""
    content, cut = Author(tmp_path).published().read_bytes(), tmp_path / "cut.apkg"
    for length in {*range(0, len(content), 97), *range(len(content) - 60, len(content))}:
        cut.write_bytes(content[:length])
        with pytest.raises(PackageError):
            read_package(cut)


def test_a_note_that_a_learner_added_is_left_out_aloud(tmp_path: Path) -> None:
    """One of our note type, with Anki's own guid: it is none of the deck, and that is said."""
    author = Author(tmp_path)
    author.published()
    own = "insert into notes select id + 1, 'Ab!x', mid, mod, usn, tags, replace(flds, 'een', 'my')"
    card = "insert into cards select id + 1, nid + 1, did, ord, mod, usn, type, queue, due, ivl"
    package = odd_packages.statements(
        f"{own}, sfld, csum, flags, data from notes {odd_packages.FIRST};"
        f"{card}, factor, reps, lapses, left, odue, odid, flags, data from cards where due = 1"
    )(author.published().read_bytes())
    (tmp_path / "own.apkg").write_bytes(package)
    (author.cards / LEDGER_NAME).unlink()
    result = run("lock", "--from", tmp_path / "own.apkg", "--cards", author.cards)
    assert result.output.startswith("left out, as deckwright did not make them: my\n")
    assert author.rows().keys() == {"een", "twee", "drie", "vier"}
    assert author.codes() == []


def test_fields_of_a_fixed_size_are_passed_over() -> None:
    """Newer Ankis may put numbers of four and eight bytes beside the names and texts."""
    eight, four = b"\x51" + b"\xff" * 8, b"\x5d" + b"\xff" * 4
    text, number = b"\x1a\x03css", b"\x08\x81\x01"
    for message in (eight + text + four + number, four + number + eight + text):
        found = dict(protobuf(message))
        assert (found[3], found[1]) == (b"css", 129)


def test_numbers_have_ten_bytes_at_most() -> None:
    """A longer one would take the square of its length to read."""
    assert dict(protobuf(b"\x08" + b"\xff" * 9 + b"\x01")) == {1: 2**64 - 1}
    with pytest.raises(ValueError, match="too long"):
        dict(protobuf(b"\x08" + b"\xff" * 10 + b"\x01"))


def test_a_number_where_a_template_stands_is_refused(tmp_path: Path) -> None:
    """It could ask for so many bytes."""
    with learner(tmp_path / "anki") as anki:
        anki.imports(Author(tmp_path).published())
        package = exported(anki, tmp_path / "export.apkg", legacy=False)
    with zipfile.ZipFile(package) as archive:
        content = (
            zstandard.ZstdDecompressor()
            .decompressobj()
            .decompress(archive.read(odd_packages.NEWEST))
        )
        media = archive.read("media")
    database = sqlite3.connect(":memory:")
    database.deserialize(content[:18] + b"\1\1" + content[20:])  # without a file for its journal
    database.execute("update templates set config = x'0880808010120161'")
    database.commit()
    odd = tmp_path / "odd.apkg"
    odd.write_bytes(
        odd_packages.zipped(
            ("meta", b"\x08\x03"),
            (odd_packages.NEWEST, zstandard.compress(database.serialize())),
            ("media", media),
        )
    )
    database.close()
    with pytest.raises(PackageError, match="a number for a text"):
        read_package(odd)
