"""Names of files that every system can hold, and names that are one file on some systems."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from deckwright.problem import Place, Problem
from deckwright.words.messages import Message

CODE = "file-name"  # of both problems below

# Names that Windows reserves, characters that it refuses, and bytes that are not UTF-8
# (learn.microsoft.com, 'Naming Files, Paths, and Namespaces').
_UNPORTABLE = re.compile(
    r"^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\xb9\xb2\xb3])(?:\.|$)"
    r"|[\x00-\x1f<>:\"|?*\\\ud800-\udfff]|[. ]$",
    re.IGNORECASE,
)

_UNDECODED = re.compile("[\udc80-\udcff]")  # bytes of a name that Python could not read

# What systems and programs leave behind, and nobody wrote: hidden files, thumbnails of Windows,
# icons of macOS, files that Office and editors keep while a file is open, folders of a NAS or zip.
_LITTER = re.compile(
    r"\.|~\$|.*~$|#.*#$|(?:thumbs|ehthumbs|ehthumbs_vista)\.db$|desktop\.ini$|icon\r$"
    r"|@eadir$|__macosx$|\$recycle\.bin$|system volume information$",
    re.IGNORECASE | re.DOTALL,
)


def is_litter(name: str) -> bool:
    """Return whether a file or folder of this name is none of the author's: it is passed over."""
    return _LITTER.match(name) is not None


def is_portable(name: str) -> bool:
    """Return whether a file can have this name on every system."""
    return not _UNPORTABLE.search(name)


def composed(name: str) -> str:
    """Return a name as people type it (NFC): macOS may list `é` as an `e` and an accent (NFD)."""
    return unicodedata.normalize("NFC", name)


def same_name(name: str) -> str:
    """Return a key that is the same for two names of one file on Windows or macOS."""
    return composed(name).casefold()


def unportable(path: Path) -> Iterator[Problem]:
    """Yield a problem where not every system can hold a file of this name."""
    if _UNDECODED.search(path.name) and _is_utf_8(path.name):
        message = Message("this computer does not read names of files as UTF-8")
        hint = Message("set PYTHONUTF8=1, or LANG to a language with UTF-8")
        yield Problem(Place(str(path)), CODE, message, hint)
    elif not is_portable(path.name):
        message = Message("Windows can hold no file of the name '{path}'", path=path.name)
        yield Problem(Place(str(path)), CODE, message, Message("give it another name"))


def _is_utf_8(name: str) -> bool:
    """Return whether the bytes of a name are UTF-8 all the same."""
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeError:
        return False
    return True


def clash(first: str, second: str) -> tuple[Message, Message]:
    """Return message and hint for two files of which some systems can hold only one."""
    if composed(first) == composed(second):
        message = Message(
            "'{composed}' is here twice, with its accents stored in two ways",
            composed=composed(first),
        )
        return message, Message("take one of the two out")
    message = Message(
        "'{first}' and '{second}' are one file on Windows and macOS", first=first, second=second
    )
    return message, Message("give one of them another name")
