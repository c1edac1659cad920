"""One deckwright at a time for a folder of cards."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from deckwright.words.messages import Message, MessageError, Tell, nobody

try:
    import fcntl
except ImportError:  # Windows has no such lock: there, two builds at once are not kept apart
    fcntl = None  # type: ignore[assignment]

PATIENCE = 60.0  # seconds that a build waits for another one
_RETRY = 0.05  # seconds

# The locks that this process holds. A forked worker must let go of them: else it would go on
# holding them after the build that started it was killed.
_HELD: set[int] = set()


def _let_go() -> None:
    while _HELD:
        os.close(_HELD.pop())


if fcntl:
    os.register_at_fork(after_in_child=_let_go)


class BusyError(MessageError):
    """Another deckwright is at work on a folder and does not finish."""


@contextlib.contextmanager
def hold(folder: Path, tell: Tell = nobody) -> Iterator[None]:
    """Keep other deckwrights from writing for `folder`; call `tell` when one must be waited for.

    This is the system's own lock on the folder itself: it leaves no file behind, and it ends with
    the process, however that ends. BusyError after PATIENCE seconds. What is not a folder, or lies
    on a file system without locks, is not locked.
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


def _acquire(handle: int, folder: Path, tell: Tell) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise BusyError(
                    Message("another deckwright is at work on {folder}", folder=folder)
                ) from None
            tell(Message("another deckwright is at work here; waiting for it"))
            time.sleep(_RETRY)
        except OSError:  # a file system without locks
            return
        else:
            return
