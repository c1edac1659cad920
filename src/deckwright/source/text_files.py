"""A UTF-8 file to its text, and what is wrong with its bytes."""

from collections.abc import Iterator
from pathlib import Path

from deckwright.disk.reading import MAX_SIZE, Unreadable, UnreadableFileError, read_bytes
from deckwright.problem import Place, Problem
from deckwright.source.characters import NOT_TEXT

_REFUSALS = {
    Unreadable.OUTSIDE: ("file-outside", "copy the file itself into the folder"),
    Unreadable.LARGE: ("file-large", "split it into several files, one for each part of the text"),
    Unreadable.REFUSED: ("file-unreadable", "check its permissions"),
}


def read_text(path: Path, most: int = MAX_SIZE) -> tuple[str | None, list[Problem]]:
    r"""Read a UTF-8 file of at most `most` bytes; return its text and what is wrong with it.

    Lines end in `\n`. The text is None only where nothing can be read. A byte-order mark, CRLF line
    ends and characters that are not text are reported and taken out, so that the rest of the file
    can be checked too.
    """
    raw, problems = read_file(path, most)
    return (None, problems) if raw is None else decode(raw, str(path))


def read_file(path: Path, most: int = MAX_SIZE) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file, or None and the problem where it is not read."""
    try:
        return read_bytes(path, most), []
    except UnreadableFileError as error:
        code, hint = _REFUSALS[error.cause]
        return None, [Problem(Place(str(path)), code, str(error), hint)]


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
        hint = "save the file with LF line ends; in VS Code: click CRLF in the bar below, choose LF"
        problems.append(Problem(place, "file-crlf", message, hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if NOT_TEXT.search(text):
        problems += _invisible_characters(text, file)
        text = NOT_TEXT.sub(" ", text)
    return text, problems


def _invisible_characters(text: str, file: str) -> Iterator[Problem]:
    """Yield the first such character of each line: a file of garbage has thousands."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := NOT_TEXT.search(line):
            message = f"the invisible character U+{ord(found[0]):04X}"
            place = Place(file, number, found.start() + 1)
            yield Problem(place, "file-character", message, "remove it")
