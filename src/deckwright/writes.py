"""Bytes to disk, whole or not at all, by one deckwright at a time.

A build writes several files. All of them are first written beside their targets and flushed; only
then are they renamed, one right after the other, in an order that the next build repairs
(`build.py`). So a full disk changes nothing, and a crash leaves no file half-written.
"""

import contextlib
import glob
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such lock: there, two builds at once are not kept apart
    fcntl = None  # type: ignore[assignment]

PATIENCE = 60.0  # seconds that a build waits for another one
_LOOK = 0.05

# A file as it was seen: name, which file it is, its size, and when it last changed.
Seen = tuple[str, int, int, int, int]


# The locks of this process. A worker process lets go of them: else it would hold them on when the
# build that started it is killed.
_HELD: set[int] = set()


def _let_go() -> None:
    while _HELD:
        os.close(_HELD.pop())


if fcntl:
    os.register_at_fork(after_in_child=_let_go)


class BusyError(Exception):
    """Another deckwright is at work on a folder, and does not end."""


@contextlib.contextmanager
def exclusive(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Keep other deckwrights from writing for `folder`; `tell` is told if one must be waited for.

    The system's own lock on the folder itself: nothing is left behind, and it ends with the process
    however that ends. BusyError after PATIENCE seconds. A folder that is none is not locked.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if fcntl else None
    except OSError:
        handle = None
    try:
        if handle is not None:
            _HELD.add(handle)
            _acquire(handle, folder, tell)
        yield
    finally:
        if handle is not None:
            _HELD.discard(handle)
            os.close(handle)


def _acquire(handle: int, folder: Path, tell: Callable[[str], None]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise BusyError(f"another deckwright is at work on {folder}") from None
            tell("another deckwright is at work here; waiting")
            time.sleep(_LOOK)
        except OSError:  # a file system without locks
            return
        else:
            return


def snapshot(folders: Iterable[Path]) -> list[Seen]:
    """Return what identifies each file in some folders; it differs when one of them was changed."""
    seen: list[Seen] = []
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # a link to nowhere has no content to change
                    at = entry.stat()
                    times = at.st_mtime_ns, at.st_ctime_ns
                    if not entry.name.startswith("."):
                        seen.append((entry.path, at.st_ino, at.st_size, *times))
    return sorted(seen)


def write(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `content`, whole or not at all; returns whether anything was written.

    A file that already holds these bytes is left alone. What need not be `durable` may be lost in a
    power cut. OSError where the disk or the folder refuses; the old file is then whole.
    """
    return write_all({path: content}, durable=durable)


def write_all(contents: Mapping[Path, bytes], *, durable: bool = True) -> bool:
    """Make each path hold its content, as `write` does, and rename them in this order.

    OSError before the first rename leaves all old files; at a later one, those before it are new.
    What is durable is written inside `exclusive`: temporary files of these are then of the dead.
    """
    ready: dict[Path, Path] = {}
    for path in contents if durable else ():
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            left.unlink(missing_ok=True)
    try:
        for path, content in contents.items():
            if _held(path) != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                ready[path] = _beside(path, content, durable=durable)
        written = list(ready)
        for path in written:
            ready[path].replace(path)
            del ready[path]
    finally:
        for left in ready.values():
            with contextlib.suppress(OSError):
                left.unlink()
    if durable:
        for folder in dict.fromkeys(path.parent for path in written):
            _sync_folder(folder)
    return bool(written)


def _held(path: Path) -> bytes | None:
    """Return what a plain file holds; whatever else stands there is replaced, not read."""
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


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
