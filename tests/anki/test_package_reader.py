"""Files that are not packages: each command says in one line what is wrong."""

import zipfile
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.anki.archive import PackageError
from deckwright.anki.package_reader import read_package


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
