"""Names of files that every system can hold, and names that are one file on some systems."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from deckwright.problem import Place, Problem

CODE = "file-name"  # of both problems below

# Names that Windows reserves, characters that it refuses, and bytes that are not UTF-8
# (learn.microsoft.com, 'Naming Files, Paths, and Namespaces').
_UNPORTABLE = re.compile(
    r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[\x00-\x1f<>:\"|?*\\\ud800-\udfff]|[. ]$",
    re.IGNORECASE,
)


def is_portable(name: str) -> bool:
    """Return whether a file can have this name on every system."""
    return not _UNPORTABLE.search(name)


def composed(name: str) -> str:
    """Return a name as people type it (NFC): macOS may list `é` as an `e` and an accent (NFD)."""
    return unicodedata.normalize("NFC", name)


def same_name(name: str) -> str:
    """Return what is equal for two names that Windows or macOS take for one file."""
    return composed(name).casefold()


def unportable(path: Path) -> Iterator[Problem]:
    """Yield a problem where not every system can hold a file of this name."""
    if not is_portable(path.name):
        message = f"Windows can hold no file of the name '{path.name}'"
        yield Problem(Place(str(path)), CODE, message, "give it another name")


def clash(first: str, second: str) -> tuple[str, str]:
    """Return message and hint for two files of which some systems can hold only one."""
    message = f"'{first}' and '{second}' are one file on Windows and macOS"
    return message, "give one of them another name"
