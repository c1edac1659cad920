"""Files written whole or not at all.

A build writes several files. First each is written beside its target and flushed; only then are
they renamed, one right after the other, in an order from which the next build can go on
(`build/packages.py`). So a full disk changes nothing, and a crash leaves no file half-written.
"""

import contextlib
import glob
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from deckwright.disk.reading import reason
from deckwright.words.messages import Message, MessageError


class TemporaryFolderError(MessageError):
    """The system has no room for temporary files."""


def write(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `content`, whole or not at all; return whether anything was written.

    A file that already holds these bytes is left alone. What is not `durable` may be lost in a
    power cut. OSError where the disk or the folder refuses; the old file is then whole.
    """
    return write_all({path: content}, durable=durable)


def write_all(contents: Mapping[Path, bytes], *, durable: bool = True) -> bool:
    """Make each path hold its content, as `write` does, and rename them in this order.

    An OSError before the first rename leaves all old files as they were; after one at a later
    rename, the files before it are new. Write durable files while you `hold` the folder: temporary
    files that lie beside them are then leftovers of a killed build, and are removed.
    """
    ready: dict[Path, Path] = {}
    for path in contents if durable else ():
        for leftover in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            leftover.unlink(missing_ok=True)
    try:
        for path, content in contents.items():
            if _current(path) != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                ready[path] = _beside(path, content, durable=durable)
        written = list(ready)
        for path in written:
            ready[path].replace(path)
            del ready[path]
    finally:
        for unused in ready.values():
            with contextlib.suppress(OSError):
                unused.unlink()
    if durable:
        for folder in dict.fromkeys(path.parent for path in written):
            _flush_folder(folder)
    return bool(written)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a folder that goes away afterwards; TemporaryFolderError where it takes no more."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    except OSError as error:
        if error.filename and not str(error.filename).startswith(tempfile.gettempdir()):
            raise
        message = Message(
            "no temporary file can be written: {why}; set TMPDIR to a folder with room",
            why=reason(error) if error.filename else str(error.strerror),
        )
        raise TemporaryFolderError(message) from error


def _current(path: Path) -> bytes | None:
    """Return what a plain file holds; anything else that stands there is replaced, not read."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _beside(path: Path, content: bytes, *, durable: bool) -> Path:
    """Write a new file in the folder of `path`, with the permissions that the umask gives."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            made.chmod(0o666 & ~_umask())
            file.write(content)
            file.flush()
            if durable:
                os.fsync(handle)
    except BaseException:
        made.unlink()
        raise
    return made


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush_folder(folder: Path) -> None:
    """Make a rename survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
