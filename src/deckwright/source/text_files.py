"""A UTF-8 file to its text, and what is wrong with its bytes."""

from collections.abc import Iterator
from pathlib import Path

from deckwright.disk.reading import MAX_SIZE, Unreadable, UnreadableFileError, read_bytes
from deckwright.problem import Place, Problem
from deckwright.source.characters import NOT_TEXT
from deckwright.words.messages import Message

_REFUSALS = {
    Unreadable.OUTSIDE: ("file-outside", Message("copy the file itself into the folder")),
    Unreadable.LARGE: (
        "file-large",
        Message("split it into several files, one for each part of the text"),
    ),
    Unreadable.REFUSED: ("file-unreadable", Message("check its permissions")),
}
_ENCODING = "file-encoding"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = Message("save it as UTF-8; in Notepad: File, Save As, and choose UTF-8 under Encoding")


def read_text(path: Path, most: int = MAX_SIZE) -> tuple[str | None, list[Problem]]:
    r"""Read a UTF-8 file of at most `most` bytes; return its text and what is wrong with it.

    Lines end in `\n`, whatever ends them in the file, and a byte-order mark is left out. The text
    is None only where nothing can be read. Characters that are not text are reported and taken out,
    so that the rest of the file can be checked too.
    """
    raw, problems = read_file(path, most)
    return (None, problems) if raw is None else decode(raw, str(path))


def read_file(path: Path, most: int = MAX_SIZE) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file, or None and the problem where it is not read."""
    try:
        return read_bytes(path, most), []
    except UnreadableFileError as error:
        return None, [refused(error, path)]


def refused(error: UnreadableFileError, path: Path) -> Problem:
    """Return the problem of a file that is not read."""
    code, hint = _REFUSALS[error.cause]
    return Problem(Place(str(path)), code, error.message, hint)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's bytes as `read_text` does; `file` is its name for places."""
    if raw.startswith(_UTF_16):
        message = Message("the file is UTF-16, which Windows calls 'Unicode'")
        return None, [Problem(Place(file), _ENCODING, message, _SAVE)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        place = Place(file, good.count("\n") + 1, len(good) - good.rfind("\n"))
        message = Message("the byte 0x{raw:02x} is not UTF-8", raw=raw[error.start])
        return None, [Problem(place, _ENCODING, message, _SAVE)]
    problems: list[Problem] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if NOT_TEXT.search(text):
        problems += _invisible_characters(text, file)
        text = NOT_TEXT.sub(" ", text)
    return text, problems


def _invisible_characters(text: str, file: str) -> Iterator[Problem]:
    """Yield the first such character of each line: a file of garbage has thousands."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := NOT_TEXT.search(line):
            message = Message("the invisible character U+{ord:04X}", ord=ord(found[0]))
            place = Place(file, number, found.start() + 1)
            yield Problem(place, "file-character", message, Message("remove it"))
