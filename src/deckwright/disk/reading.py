"""The bytes of a plain file of its own folder."""

import errno
import os
import stat
from enum import StrEnum
from pathlib import Path

from deckwright.words.messages import Message, MessageError

# Bytes of a file of cards: some ten thousand notes.
MAX_SIZE = 5_000_000

_REASONS = {
    errno.EACCES: Message("permission denied"),
    errno.EPERM: Message("operation not permitted"),
    errno.ENOENT: Message("no such file or directory"),
    errno.ENOTDIR: Message("not a directory"),
    errno.EISDIR: Message("is a directory"),
    errno.ENOSPC: Message("no space left on device"),
    errno.EROFS: Message("read-only file system"),
    errno.ENAMETOOLONG: Message("file name too long"),
    errno.ELOOP: Message("too many levels of symbolic links"),
}

# Without O_BINARY, Windows would turn CRLF into LF and end the file at a byte 0x1A; without
# O_NONBLOCK, opening a pipe would wait for somebody to write into it.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class Unreadable(StrEnum):
    """Why a file is not read."""

    OUTSIDE = "outside"
    LARGE = "large"
    NOT_PLAIN = "not-plain"
    NOWHERE = "nowhere"
    REFUSED = "refused"


# What to do about a file that nobody could read, whatever it was to hold.
WAYS_OUT = {
    Unreadable.NOT_PLAIN: Message("take it out of this folder"),
    Unreadable.NOWHERE: Message("remove this link, or put the file itself in its place"),
    Unreadable.REFUSED: Message("check its permissions"),
}


class UnreadableFileError(MessageError):
    """A file that is not read: `cause` says why to programs, the text says it to people."""

    def __init__(self, cause: Unreadable, message: Message) -> None:
        super().__init__(message)
        self.cause = cause


def read_bytes(path: Path, most: int = MAX_SIZE) -> bytes:
    """Return the bytes of a plain file of at most `most` bytes in its own folder.

    UnreadableFileError for a link that leads out of the folder (it would bring a stranger's file
    into the deck), a pipe or device (it could block for ever), a file that is larger, and one that
    cannot be read.
    """
    try:
        real = Path(os.path.realpath(path))  # resolve() raises for a link to itself
        if real.parent != Path(os.path.realpath(path.parent)):
            text = Message("'{name}' is a link out of its folder", name=path.name)
            raise UnreadableFileError(Unreadable.OUTSIDE, text)
        handle = os.open(real, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                text = Message("'{name}' is not a plain file", name=path.name)
                raise UnreadableFileError(Unreadable.NOT_PLAIN, text)
            content = file.read(most + 1) if found.st_size <= most else b""
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        text = Message("'{name}' cannot be read: {why}", name=path.name, why=why)
        cause = Unreadable.NOWHERE if path.is_symlink() else Unreadable.REFUSED
        cause = Unreadable.NOT_PLAIN if isinstance(error, IsADirectoryError) else cause
        raise UnreadableFileError(cause, text) from error
    if found.st_size > most or len(content) > most:
        size = max(found.st_size, len(content))
        text = Message(
            "'{name}' has {size:,} bytes; {most:,} is the most",
            name=path.name,
            size=size,
            most=most,
        )
        raise UnreadableFileError(Unreadable.LARGE, text)
    return content


def is_link(folder: Path) -> bool:
    """Return whether a folder is a link to another; on Windows it may be a junction."""
    real, parent = os.path.realpath(folder), os.path.realpath(folder.parent)
    return Path(real) != Path(parent) / folder.name


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, unsorted, as they were given; OSError where it refuses.

    Ask for names here, not by `exists`: Windows and macOS say that `media` exists where it is
    called `Media`, and the deck would then differ from computer to computer.
    """
    return [path.name for path in folder.iterdir()]


def reason(error: OSError) -> Message:
    """Return why the system refused, in its own words where they are rare."""
    own = (error.strerror or type(error).__name__).lower()
    return _REASONS.get(error.errno or 0) or Message("{reason}", reason=own)
