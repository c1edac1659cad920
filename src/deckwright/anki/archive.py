"""Zip files and SQLite databases in memory: bytes in, bytes out, and nothing trusted."""

import io
import lzma
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from deckwright.words.messages import Message, MessageError

# The first date that a zip knows, and one system: the real ones would differ from build to build.
_DATE, _UNIX = (1980, 1, 1, 0, 0, 0), 3
_PIECE = 2**20  # bytes
_LEVEL = 5  # of compression
# A package of 100,000 notes unpacks to about 80 MB, its media to 200 MB at most.
MAX_UNPACKED = 400_000_000
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile reads the others without a bound
# What zipfile raises for a file that is not a zip, or holds what it cannot read.
_BROKEN = (
    *(zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error),
    *(struct.error, OverflowError, lzma.LZMAError),
)
# What SQLite may do for one database: twenty times what 100,000 notes take.
_STEPS, _STEP = 500, 1_000_000
_LONGEST = 10_000_000  # bytes of one text
# Bytes 18 and 19 of a file say how it is written (sqlite.org/fileformat: 1 is a rollback journal);
# a log beside it, as a running Anki has, cannot be had in memory.
_NO_WAL = b"\1\1"

Connection = sqlite3.Connection


class PackageError(MessageError):
    """A file that is not a package, or one that cannot be read; the text says why."""


def _unicase(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


@contextmanager
def database(content: bytes | None = None) -> Iterator[Connection]:
    """Open a database in memory, empty or from `content`; PackageError where it is broken.

    A stranger's database gets no more than its share of time, and its schema runs no code.
    """
    connection = sqlite3.connect(":memory:")
    try:
        if content is not None:
            steps = count()
            connection.set_progress_handler(lambda: next(steps) > _STEPS, _STEP)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.deserialize(content[:18] + _NO_WAL + content[20:])
            connection.create_collation("unicase", _unicase)  # of Anki's own indexes
        yield connection
    except sqlite3.Error as error:
        raise PackageError(Message("its database is broken: {error}", error=error)) from error
    finally:
        connection.close()


def pack_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files by name; equal files give equal bytes, on every system."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            archive.writestr(entry, data)
    return target.getvalue()


def decompressed(content: bytes) -> bytes:
    """Return what zstd compressed; PackageError where it is not that, or would fill the memory."""
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(content) as reader:
            found: bytes = reader.read(MAX_UNPACKED + 1)
    except zstandard.ZstdError as error:
        raise PackageError(Message("its collection is not zstd: {error}", error=error)) from error
    if len(found) > MAX_UNPACKED:
        raise PackageError(
            Message("it unpacks to more than {max_unpacked:,} bytes", max_unpacked=MAX_UNPACKED)
        )
    return found


def unpack_zip(file: Path | IO[bytes], wanted: set[str]) -> dict[str, bytes]:
    """Return those of the files in a zip that are `wanted`, by name.

    Nothing is written to disk, so no path in the zip can do harm. OSError where the file cannot be
    opened, PackageError where it is not a zip or would fill the memory.
    """
    with _opened(file) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename in wanted]
        return {entry.filename: b"".join(_pieces(archive, entry)) for entry in entries}


def measure_zip(file: Path) -> None:
    """Unpack everything and keep nothing, with the errors of `unpack_zip`, to see if it is safe."""
    with _opened(file) as archive:
        for entry in archive.infolist():
            for _ in _pieces(archive, entry):
                pass


@contextmanager
def _opened(file: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        if isinstance(file, Path) and not file.is_file():
            raise PackageError(Message("it is not a plain file"))
        with zipfile.ZipFile(file) as archive:
            if any(entry.compress_type not in _KNOWN for entry in archive.infolist()):
                raise PackageError(Message("it is compressed in a way that Anki does not use"))
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise PackageError(
                    Message(
                        "it unpacks to more than {max_unpacked:,} bytes", max_unpacked=MAX_UNPACKED
                    )
                )
            yield archive
    except _BROKEN as error:
        raise PackageError(Message("it is not a zip file: {error}", error=error)) from error


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry piece by piece, but no further than its header says: a zip bomb lies there."""
    left = entry.file_size
    with archive.open(entry) as file:
        while piece := file.read(min(left, _PIECE) + 1):
            left -= len(piece)
            if left < 0:
                break
            yield piece
    if left:
        raise PackageError(
            Message("'{filename}' is not as long as it says", filename=entry.filename)
        )
