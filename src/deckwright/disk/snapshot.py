"""What the files of a folder looked like at one moment, to see whether they have changed."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from deckwright.disk.file_names import is_litter

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
