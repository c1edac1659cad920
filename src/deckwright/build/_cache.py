"""What was made of a file before, in the user's cache folder. Safe to delete at any time.

One entry for each source file. An entry counts only if it was made of the same bytes, with the same
settings, by this very code, is whole, and was written by this user; anything else that stands there
counts as nothing.
"""

import contextlib
import hashlib
import re
import time
import zlib
from pathlib import Path

from deckwright.disk.user_cache import is_own, own_code, read_own, write_own

_ENTRY = re.compile(r"[0-9a-f]{32}\.json")
_HOUR, _SEASON = 3_600, 90 * 86_400  # seconds


def tidy(folder: Path) -> None:
    """Remove entries that were not written for a season, and what builds that were killed left.

    What else lies there stays: which releases this computer made, and words that were looked up.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir() if is_own(folder) else ():
            age = time.time() - path.stat().st_mtime
            is_entry = _ENTRY.fullmatch(path.name) is not None
            if (is_entry and age > _SEASON) or (path.suffix == ".tmp" and age > _HOUR):
                path.unlink()


class Entry:
    """The entry for one source file: it was made from the bytes `raw`, and from `settings`.

    `current` is what was written for these bytes, `earlier` what was for others in the same
    settings; None where nothing fits, or it is damaged.
    """

    current: str | None = None
    earlier: str | None = None

    def __init__(self, folder: Path, source: Path, raw: bytes, settings: str) -> None:
        """Read the entry."""
        name = hashlib.sha256(str(source.absolute()).encode(errors="surrogateescape")).hexdigest()
        self._path = folder / f"{name[:32]}.json"
        self._settings = hashlib.sha256(f"{own_code()} {settings}".encode()).hexdigest()
        self._source = hashlib.sha256(raw).hexdigest()
        with contextlib.suppress(ValueError):
            head, _, content = (read_own(self._path) or b"").partition(b"\n")
            made_with, of, checksum = head.decode().split(" ")
            if made_with == self._settings and checksum == str(zlib.crc32(content)):
                text = content.decode()
                if of == self._source:
                    self.current = text
                else:
                    self.earlier = text

    def write(self, text: str) -> None:
        """Remember `text`; a cache that cannot be written is not a problem."""
        content = text.encode()
        head = f"{self._settings} {self._source} {zlib.crc32(content)}\n"
        with contextlib.suppress(OSError):
            write_own(self._path, head.encode() + content)
