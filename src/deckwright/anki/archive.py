"""Zip files and SQLite databases in memory: bytes in, bytes out, and nothing trusted."""

import lzma
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO

# Version 2.0, no flags, deflated, and the first date that a zip knows: the real one would differ
# from build to build.
_ENTRY = (20, 0, 8, 0, 33)
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

Connection = sqlite3.Connection


class PackageError(Exception):
    """A file that is not a package, or one that cannot be read; the text says why."""


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
            connection.deserialize(content)
        yield connection
    except sqlite3.Error as error:
        raise PackageError(f"its database is broken: {error}") from error
    finally:
        connection.close()


def pack_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files by name (ASCII); equal files give equal bytes.

    Ours and not zipfile's, which compresses on one processor alone (PKWARE's APPNOTE, 4.3: local
    header and content of each file, then the directory, then its end).
    """
    content, directory = bytearray(), bytearray()
    for name, data in files.items():
        packed = _deflated(data)
        sizes = (zlib.crc32(data), len(packed), len(data), len(name))
        start = len(content)
        content += struct.pack("<4s5H3L2H", b"PK\3\4", *_ENTRY, *sizes, 0)
        content += name.encode() + packed
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *_ENTRY, *sizes, *[0] * 5, start)
        directory += name.encode()
    count, at = len(files), len(content)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    return bytes(content + directory + end)


def _deflated(data: bytes) -> bytes:
    """Compress in pieces at once, each with what stands before it as a dictionary, as pigz does."""
    with ThreadPoolExecutor() as pool:
        return b"".join(pool.map(partial(_piece, data), range(0, max(len(data), 1), _PIECE)))


def _piece(data: bytes, start: int) -> bytes:
    end = start + _PIECE
    before = data[max(start - 2**15, 0) : start]
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    last = end >= len(data)
    flush = zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH
    return squeezer.compress(data[start:end]) + squeezer.flush(flush)


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
            raise PackageError("it is not a plain file")
        with zipfile.ZipFile(file) as archive:
            if any(entry.compress_type not in _KNOWN for entry in archive.infolist()):
                raise PackageError("it is compressed in a way that Anki does not use")
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise PackageError(f"it unpacks to more than {MAX_UNPACKED:,} bytes")
            yield archive
    except _BROKEN as error:
        raise PackageError(f"it is not a zip file: {error}") from error


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
        raise PackageError(f"'{entry.filename}' is not as long as it says")
