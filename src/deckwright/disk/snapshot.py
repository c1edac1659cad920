"""What the files of a folder looked like at one moment, to see whether they have changed."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

# One file as it was seen: its path, inode, size, and the times of its last changes.
Seen = tuple[str, int, int, int, int]


def snapshot(folders: Iterable[Path]) -> list[Seen]:
    """Return what identifies the files in some folders; it differs once one of them has changed."""
    seen: list[Seen] = []
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # a link to nowhere has no content to change
                    status = entry.stat()
                    times = status.st_mtime_ns, status.st_ctime_ns
                    if not entry.name.startswith("."):
                        seen.append((entry.path, status.st_ino, status.st_size, *times))
    return sorted(seen)
