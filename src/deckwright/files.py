"""Bytes from disk: only plain files of their own folder, and text that is certain to be text."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from deckwright.problem import Place, Problem

# Bytes of a file of cards: some ten thousand notes.
MAX_SIZE = 5_000_000

# Characters that are no text, or that end a line for YAML and for no editor: neither Anki's
# database nor a phone can show them.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# What turns a text round or hides in it. What joins signs into one (emoji), and what marks a
# direction once, may stand in a text.
HIDDEN = re.compile(
    r"[\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Names that Windows keeps for itself, signs that it refuses, and bytes that are no UTF-8.
_UNPORTABLE = re.compile(
    r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[\x00-\x1f<>:\"|?*\\\ud800-\udfff]|[. ]$",
    re.IGNORECASE,
)


class UnfitError(Exception):
    """A file that is not read: `kind` is 'outside', 'large' or 'unreadable', the text says why."""

    def __init__(self, kind: str, why: str) -> None:
        """Say why."""
        super().__init__(why)
        self.kind = kind


def load(path: Path, most: int = MAX_SIZE) -> bytes:
    """Return the bytes of a plain file of at most `most` bytes in its own folder.

    UnfitError for a link to somewhere else (it would bring a stranger's file into the deck), a
    pipe or device (it could block for ever), a file that is larger, and one that cannot be read.
    """
    try:
        real = Path(os.path.realpath(path))  # unlike resolve, it takes a link to itself calmly
        if real.parent != Path(os.path.realpath(path.parent)):
            raise UnfitError("outside", f"'{path.name}' is a link out of its folder")
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise UnfitError("unreadable", f"'{path.name}' is no plain file")
            content = file.read(most + 1) if found.st_size <= most else b""
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise UnfitError("unreadable", f"'{path.name}' cannot be read: {why}") from error
    if found.st_size > most or len(content) > most:
        size = max(found.st_size, len(content))
        raise UnfitError("large", f"'{path.name}' has {size:,} bytes; {most:,} is the most")
    return content


def read_text(path: Path, most: int = MAX_SIZE) -> tuple[str | None, list[Problem]]:
    r"""Read a UTF-8 file; returns its text with line ends `\n`, and what is wrong with it.

    The text is None only where nothing can be read; a byte-order mark, line ends CRLF and unfit
    characters are reported and taken out, so that the rest of the file can be checked too.
    """
    raw, problems = read(path, most)
    return (None, problems) if raw is None else decode(raw, str(path))


def read(path: Path, most: int = MAX_SIZE) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file; None and the problem where it is not read."""
    try:
        return load(path, most), []
    except UnfitError as error:
        code, hint = {
            "outside": ("file-outside", "copy the file itself into the folder"),
            "large": ("file-large", "part it into several files, one for each part of the text"),
            "unreadable": ("file-unreadable", "check its permissions"),
        }[error.kind]
        return None, [Problem(Place(str(path)), code, str(error), hint)]


def names_apart(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that another system could not keep, or not beside the others.

    Authors share a folder between Linux, macOS and Windows (docs: learn.microsoft.com, 'Naming
    Files, Paths, and Namespaces').
    """
    seen: dict[str, str] = {}
    for name in names:
        place = Place(str(folder / name))
        first = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if first != name:
            message = f"'{first}' and '{name}' are one file on Windows and macOS"
            yield Problem(place, "file-name", message, "give one of them another name")
        if not is_portable(name):
            message = f"Windows can hold no file of the name '{name}'"
            yield Problem(place, "file-name", message, "give it another name")


def is_portable(name: str) -> bool:
    """Return whether a file can have this name on every system."""
    return not _UNPORTABLE.search(name)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's bytes as `read_text` does; `file` is its name for places."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode()
        place = Place(file, good.count("\n") + 1, len(good) - good.rfind("\n"))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        return None, [Problem(place, "file-encoding", message, "save the file as UTF-8")]
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        message = "the file begins with a byte-order mark"
        problems.append(Problem(Place(file), "file-bom", message, "save it as UTF-8 without BOM"))
    if "\r" in text:
        first = text.index("\r")
        line = text.count("\n", 0, first) + 1
        place = Place(file, line, first - text.rfind("\n", 0, first))
        message = "the lines end in CRLF, as on Windows"
        hint = "save the file with line ends LF; in VS Code: click CRLF in the bar below, choose LF"
        problems.append(Problem(place, "file-crlf", message, hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if UNFIT.search(text):
        problems += _unfit_characters(text, file)
        text = UNFIT.sub(" ", text)
    return text, problems


def _unfit_characters(text: str, file: str) -> Iterator[Problem]:
    """Yield the first unfit character of each line: a file of garbage has thousands."""
    for number, line in enumerate(text.split("\n"), 1):
        if unfit := UNFIT.search(line):
            message = f"the invisible character U+{ord(unfit[0]):04X}"
            place = Place(file, number, unfit.start() + 1)
            yield Problem(place, "file-character", message, "remove it")


def reason(error: OSError) -> str:
    """Return why the system refused, in its own words."""
    return (error.strerror or type(error).__name__).lower()
