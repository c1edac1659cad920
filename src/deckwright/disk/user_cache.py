"""The folder of deckwright in this user's cache, and files that only this user can have written.

Also what such a file must have been made with: the same code, and the same libraries.
"""

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from deckwright.disk import writing
from deckwright.disk.reading import UnreadableFileError, read_bytes

_LARGEST = 200_000_000  # bytes
_OTHERS_WRITE = 0o022
_INSTALLED = {".dist-info", ".egg-info"}


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
    """Return a string that changes when another version of a package is installed.

    It names all that is installed beside the package, by the folders that installers leave, and is
    empty where there are none. To look up one version by importlib.metadata takes longer than it
    takes to import click.
    """
    with suppress(OSError, ValueError):  # in a zip, or frozen
        spec = find_spec(package)
        if spec and spec.origin and spec.has_location:
            place = (spec.submodule_search_locations or [spec.origin])[0]
            beside = Path(place).parent.iterdir()
            return " ".join(sorted(each.name for each in beside if each.suffix in _INSTALLED))
    return ""


@cache
def own_code() -> str:
    """Return a hash of deckwright's own files: nobody trusts what another version made."""
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for each in sorted(folder.iterdir(), key=lambda each: each.name):
            if each.is_dir():
                add(each)
            elif each.name.endswith((".py", ".toml")):
                digest.update(each.read_bytes())

    add(resources.files("deckwright"))
    return digest.hexdigest()


def is_own(path: Path) -> bool:
    """Return whether a file or folder is this user's, and nobody else may write.

    Windows gives each user a cache of their own. OSError where nothing is there.
    """
    found = path.lstat()
    mine = os.name != "posix" or found.st_uid == os.geteuid()
    return mine and (os.name != "posix" or not found.st_mode & _OTHERS_WRITE)
