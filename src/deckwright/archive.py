"""Zip files and SQLite databases in memory: bytes in, bytes out, and nothing trusted."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# Before 1980 a zip has no dates; the real ones would differ from build to build.
_DATE = (1980, 1, 1, 0, 0, 0)
# A package of 100,000 notes unpacks to about 60 MB; a bomb to far more than this.
MAX_UNPACKED = 1_000_000_000


class ArchiveError(Exception):
    """A file that is no package that can be read; the text says why."""


@contextmanager
def database(content: bytes | None = None) -> Iterator[sqlite3.Connection]:
    """Open a database in memory, empty or from `content`; ArchiveError where it is broken."""
    connection = sqlite3.connect(":memory:")
    try:
        if content is not None:
            connection.deserialize(content)
        yield connection
    except sqlite3.Error as error:
        raise ArchiveError(f"its database is broken: {error}") from error
    finally:
        connection.close()


def pack_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files by name; equal files give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, content)
    return target.getvalue()


def unpack_zip(file: Path | IO[bytes], wanted: set[str]) -> dict[str, bytes]:
    """Return those of the files in a zip that are `wanted`, by name.

    Nothing is written to disk, so no path in the zip can do harm. OSError where the file cannot be
    opened, ArchiveError where it is no zip or would fill the memory.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename in wanted]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise ArchiveError("it unpacks to more than a gigabyte")
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ArchiveError(f"it is no zip file: {error}") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read an entry, but no further than its header says: the header of a bomb lies."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ArchiveError(f"'{entry.filename}' is not as long as it says")
    return content
