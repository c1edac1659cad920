"""What the files of a folder looked like at one moment, to see whether they have changed."""

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from deckwright.disk.file_names import is_litter

WAIT = 0.1  # seconds between two looks at a folder that is watched
_REST = 0.05  # seconds without a change, after which a save is over
_RESTLESS = 40  # times that a folder is waited for that does not come to rest

# One file as it was seen: its path, inode, size, and the times of its last changes.
Seen = tuple[str, int, int, int, int]


def snapshot(folders: Iterable[Path], deep: Iterable[Path] = ()) -> list[Seen]:
    """Return what identifies the files in some folders; it differs once one of them has changed.

    Below those of `deep` it looks into all folders, but not through links.
    """
    seen: list[Seen] = []
    waiting = [(os.fspath(folder), False) for folder in folders]
    waiting += [(os.fspath(folder), True) for folder in deep]
    for folder, below in waiting:  # it grows meanwhile
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # a link to nowhere has no content to change
                    status = entry.stat()
                    times = status.st_mtime_ns, status.st_ctime_ns
                    if is_litter(entry.name):
                        continue
                    seen.append((entry.path, status.st_ino, status.st_size, *times))
                    if below and entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, True))
    return sorted(seen)


class Watch:
    """Tells which files change; `look` takes a snapshot of them."""

    def __init__(self, look: Callable[[], list[Seen]]) -> None:
        """Remember how the files look now."""
        self._look, self._seen = look, look()

    def changed(self) -> list[Path]:
        """Return what came, went or changed since the last call, sorted; empty where nothing did.

        An editor writes several times in one save: so it waits until the files have come to rest.
        """
        now = self._look()
        for _ in range(_RESTLESS if now != self._seen else 0):
            time.sleep(_REST)
            before, now = now, self._look()
            if now == before:
                break
        differing = set(now).symmetric_difference(self._seen)
        self._seen = now
        return sorted({Path(path) for path, *_ in differing})
