"""The folder of deckwright in this user's cache, and files that only this user can have written."""

import os
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from deckwright.disk import writing
from deckwright.disk.reading import UnreadableFileError, read_bytes

_LARGEST = 200_000_000  # bytes
_OTHERS_WRITE = 0o022


def user_cache_folder() -> Path | None:
    """Return the folder, wherever this system keeps it; None for a user without a home."""
    try:
        return user_cache_path("deckwright", appauthor=False)
    except RuntimeError:
        return None


def read_own(file: Path) -> bytes | None:
    """Return what this user wrote into a file; None where others could have, or without one.

    What stands in a cache is not made again, so a stranger's may not count: file and folder belong
    to this user, who alone may write. Who can write as this user could change deckwright itself, so
    that no signature would help.
    """
    try:
        return read_bytes(file, _LARGEST) if is_own(file.parent) and is_own(file) else None
    except (OSError, UnreadableFileError):
        return None


def write_own(file: Path, content: bytes) -> None:
    """Write a file that only this user can read or write, as its folder; OSError where refused."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_own(file.parent):
        file.parent.chmod(0o700)
    writing.write(file, content, durable=False)


def installed(package: str) -> str:
    """Return a text that is another once another version of a package has been installed.

    It says when that was: to look up the version takes longer than it takes to import click.
    """
    found = find_spec(package)
    time = Path(found.origin).stat().st_mtime_ns if found and found.origin else 0
    return f"{package} {time}"


def is_own(path: Path) -> bool:
    """Return whether a file or folder is this user's, and nobody else may write.

    Windows gives each user a cache of their own. OSError where nothing is there.
    """
    found = path.lstat()
    mine = os.name != "posix" or found.st_uid == os.geteuid()
    return mine and (os.name != "posix" or not found.st_mode & _OTHERS_WRITE)
