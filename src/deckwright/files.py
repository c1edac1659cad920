"""Bytes from and to disk: text that is certain to be text, writes that are whole or not at all."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deckwright.problem import Place, Problem

# Characters that are no text, or that end a line for YAML and for no editor: neither Anki's
# database nor a phone can show them.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    r"""Read a UTF-8 file; returns its text with line ends `\n`, and what is wrong with it.

    The text is None only where nothing can be read; a byte-order mark, line ends CRLF and unfit
    characters are reported and taken out, so that the rest of the file can be checked too.
    """
    raw, problems = read(path)
    return (None, problems) if raw is None else decode(raw, str(path))


def read(path: Path) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file; None and the problem where it cannot be read."""
    try:
        return path.read_bytes(), []
    except OSError as error:
        message = f"the file cannot be read: {reason(error)}"
        place = Place(str(path))
        return None, [Problem(place, "file-unreadable", message, "check its permissions")]


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


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file, None where there is no such file; OSError as `open` does."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `content`, whole or not at all; returns whether anything was written.

    Goes by a temporary file in the same folder, fsync and rename, and keeps a file that already
    holds these bytes. What need not be `durable` may be lost in a power cut. OSError where the disk
    or the folder refuses; the old file is then whole.
    """
    if read_bytes(path) == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o666 & ~_umask())
            file.write(content)
            file.flush()
            if durable:
                os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    if durable:
        _sync_folder(path.parent)
    return True


def reason(error: OSError) -> str:
    """Return why the system refused, in its own words."""
    return (error.strerror or type(error).__name__).lower()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
