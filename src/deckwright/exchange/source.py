"""What a file of another program holds: its notes, and where their pictures and sounds lie."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.anki.foreign_note import ForeignNote
from deckwright.cards import media
from deckwright.disk.reading import UnreadableFileError, read_bytes
from deckwright.words.messages import Message, MessageError

MAX_SIZE = 40_000_000  # bytes of a table or JSON: as many as a deck may have of cards
FindMedia = Callable[[Collection[str]], dict[str, bytes]]


class SourceError(MessageError):
    """A file that cannot be read as what its name says; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not carried over: the note, "" where it is no single one, and why."""

    note: str
    why: Message


@dataclass(frozen=True, slots=True)
class Source:
    """The notes of a file; `media` finds the files that they show, by the names they have there.

    `left_out` is what stands in the file and is no note.
    """

    file: Path
    notes: list[ForeignNote]
    media: FindMedia
    left_out: list[LeftOut] = field(default_factory=list)


def media_beside(file: Path) -> FindMedia:
    """Return what finds media in the folder of a file, or in `media/` there; no link leads out."""

    def find(wanted: Collection[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for name in wanted:
            parts = name.split("/")
            if not all(parts) or ".." in parts or set(name) & set("\\:\0"):
                continue
            for folder in (file.parent / media.FOLDER, file.parent):
                try:
                    found[name] = read_bytes(folder.joinpath(*parts), media.TOO_LARGE)
                except (UnreadableFileError, OSError):
                    continue
                break
        return found

    return find


def decoded(raw: bytes, file: Path) -> str:
    r"""Return the text of a file as Excel and Anki write it; lines end in `\n`.

    UTF-8 with a mark or without, UTF-16, else Windows' own cp1252. SourceError for other bytes.
    """
    codes: tuple[str, ...]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes = ("utf-16",)
    elif b"\0" in raw[:100]:
        codes = ("utf-16-le",)
    else:
        codes = ("utf-8-sig", "cp1252")
    for code in codes:
        try:
            return raw.decode(code).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise SourceError(Message("{file}: its bytes are no text; save it as UTF-8", file=file))
