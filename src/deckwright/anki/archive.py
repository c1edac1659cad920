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
# The end of a zip of one piece: where its list of entries begins and how long it is, no comment.
_END = struct.Struct("<4s4H2LH")
_END_MARK, _LARGE_END_MARK = b"PK\x05\x06", b"PK\x06\x07"
_OTHER_NAME = b"\x75\x70"  # of an entry: the field of a zip that some programs read and some do not
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
        entries = archive.infolist()
        found: dict[str, bytes] = {}
        for name in (entry.filename for entry in entries):
            if name.casefold() in {each.casefold() for each in wanted} - {name}:
                raise PackageError(Message("it holds '{name}': not as Anki writes it", name=name))
        for entry in entries:
            if entry.filename in wanted:
                found[entry.filename] = b"".join(_pieces(archive, entry))
        return found


def measure_zip(file: Path) -> None:
    """Unpack everything and keep nothing, with the errors of `unpack_zip`, to see if it is safe."""
    with named(file), _opened(file) as archive:
        for entry in archive.infolist():
            for _ in _pieces(archive, entry):
                pass


@contextmanager
def named(file: Path | IO[bytes]) -> Iterator[None]:
    """Say in each PackageError which file it is about."""
    try:
        yield
    except PackageError as error:
        if not isinstance(file, Path):
            raise
        raise PackageError(Message("{file}: {error}", file=file, error=error.message)) from error


@contextmanager
def _opened(file: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        if isinstance(file, Path) and not file.is_file():
            raise PackageError(Message("it is not a plain file"))
        with zipfile.ZipFile(file) as archive:
            _refuse_ambiguous(archive)
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


def _refuse_ambiguous(archive: zipfile.ZipFile) -> None:
    """Raise PackageError for a zip in which Anki's library could see other entries than Python's.

    They differ where it has two lists of entries, two entries of one name, or an entry of two names
    (Python ends a name at a NUL, Anki's takes another one from an extra field).
    """
    file = archive.fp or io.BytesIO()  # it is open
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END.size - 20))  # what a large zip has before its end
    before, end = (tail := file.read())[: -_END.size], tail[-_END.size :]
    mark, _, _, _, _, length, start, comment = _END.unpack(end)
    whole = start + length + _END.size == size and not before.startswith(_LARGE_END_MARK)
    if mark != _END_MARK or comment or not whole:
        raise PackageError(Message("something stands before or behind the zip file"))
    names = [entry.filename for entry in archive.infolist()]
    if len(set(names)) < len(names):
        raise PackageError(Message("it holds two files of one name"))
    if any(_has_two_names(entry) for entry in archive.infolist()):
        raise PackageError(Message("it holds a file of two names"))


def _has_two_names(entry: zipfile.ZipInfo) -> bool:
    return "\0" in entry.orig_filename or _OTHER_NAME in entry.extra


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
