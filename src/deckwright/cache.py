"""What was made of a file before, in the user's cache folder. Safe to delete at any time.

One entry for each source file. An entry counts only if it was made of the same bytes, with the same
settings, by this very code; JSON with a sum, so whatever else stands there is worth nothing.
"""

import contextlib
import hashlib
import os
import time
import zlib
from functools import cache
from importlib import resources
from pathlib import Path

from platformdirs import user_cache_path

from deckwright import writes

_HOUR, _SEASON = 3_600, 90 * 86_400  # seconds


def folder() -> Path:
    """Return the folder of deckwright in this user's cache, wherever this system keeps it.

    For a user without a home, a folder that cannot be written: nothing is remembered.
    """
    try:
        return user_cache_path("deckwright", appauthor=False)
    except RuntimeError:
        return Path(os.devnull)


def tidy(cache_folder: Path) -> None:
    """Remove what nobody wrote for a season, and what builds that were killed left."""
    with contextlib.suppress(OSError):
        for path in cache_folder.iterdir():
            age = time.time() - path.stat().st_mtime
            if age > _SEASON or (path.suffix == ".tmp" and age > _HOUR):
                path.unlink()


class Entry:
    """The entry for one source file: `raw` are its bytes, `settings` what else it follows from."""

    def __init__(self, cache_folder: Path, source: Path, raw: bytes, settings: str) -> None:
        """Name the entry; nothing is read yet."""
        name = hashlib.sha256(str(source.absolute()).encode(errors="surrogateescape")).hexdigest()
        self._path = cache_folder / f"{name[:32]}.json"
        self._key = hashlib.sha256(f"{_this_code()} {settings} ".encode() + raw).hexdigest()

    def read(self) -> str | None:
        """Return what was written for these bytes; None where nothing fits, or it is damaged."""
        try:
            head, _, content = self._path.read_bytes().partition(b"\n")
            return content.decode() if head.decode() == self._head(content) else None
        except (OSError, ValueError):
            return None

    def write(self, text: str) -> None:
        """Remember `text`; a cache that cannot be written is no problem."""
        content = text.encode()
        with contextlib.suppress(OSError):
            writes.write(self._path, f"{self._head(content)}\n".encode() + content, durable=False)

    def _head(self, content: bytes) -> str:
        return f"{self._key} {zlib.crc32(content)}"


@cache
def _this_code() -> str:
    """Return a hash of deckwright's own files: no build trusts what another version made."""
    own = resources.files("deckwright")
    digest = hashlib.sha256()
    for folder_name in ("", "check", "languages"):
        for file in sorted((own / folder_name).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".toml")):
                digest.update(file.read_bytes())
    return digest.hexdigest()
