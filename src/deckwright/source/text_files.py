"""A UTF-8 file to its text, and what is wrong with its bytes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from deckwright.disk.reading import (
    MAX_SIZE,
    WAYS_OUT,
    Unreadable,
    UnreadableFileError,
    read_bytes,
)
from deckwright.problem import Place, Problem
from deckwright.source.characters import NOT_TEXT
from deckwright.words.messages import Message

_LARGE = "file-large"
_REFUSALS = {
    Unreadable.OUTSIDE: ("file-outside", Message("copy the file itself into the folder")),
    Unreadable.LARGE: (
        _LARGE,
        Message("split it into several files, one for each part of the text"),
    ),
}
MOST_PROBLEMS = 1_000  # in one file; nobody reads on
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
    code, hint = _REFUSALS.get(error.cause) or ("file-unreadable", WAYS_OUT[error.cause])
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
    """Yield the first such character of a line, as long as there are not too many of them."""
    left = MOST_PROBLEMS
    for number, line in enumerate(text.split("\n"), 1):
        if left >= 0 and (found := NOT_TEXT.search(line)):
            left -= 1
            message = Message("the invisible character U+{ord:04X}", ord=ord(found[0]))
            place = Place(file, number, found.start() + 1)
            yield Problem(place, "file-character", message, Message("remove it"))


def too_many(problems: list[Problem], most: int) -> Problem:
    """Return the problem that there are more than `most` problems: what follows is not read."""
    message = Message(
        "more than {most_problems:,} problems: the rest was not read", most_problems=most
    )
    return Problem(problems[-1].place, "problems-many", message, Message("fix these first"))


def too_slow(place: Place, seconds: int) -> Problem:
    """Return the problem that a file takes longer to read than `seconds`."""
    message = Message(
        "the file takes more than {seconds} seconds: the rest was not read", seconds=seconds
    )
    hint = Message("split it, or write what has very many marks more simply")
    return Problem(place, _LARGE, message, hint)


def too_many_words(place: Place, most: int) -> Problem:
    """Return the problem that word lists have more than `most` words: what follows is not read."""
    message = Message("the word lists have more than {most:,} words", most=most)
    return Problem(place, _LARGE, message, Message("take out what no card has"))


def at_most(found: Iterable[Problem], most: int = 20_000) -> list[Problem]:
    """Return the first problems, and that there are more where there are: each takes a kilobyte."""
    kept = list(islice(found, most + 1))
    return kept if len(kept) <= most else [*kept[:most], too_many(kept, most)]
