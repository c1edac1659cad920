"""The pictures, sounds and videos in `cards/media/`: packed under names with a hash of the content.

Anki keeps a learner's file when a package brings another one of the same name, and never again
imports one whose name begins with `_`: only a new name brings a new picture
(rslib/src/import_export/package).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from deckwright.cards._svg import svg_problems
from deckwright.cards._svg_problems import SvgFault
from deckwright.cards.media_formats import FORMATS, UNKNOWN, MediaFormat, ending, packed_name
from deckwright.cards.pixels import MAX_PIXELS, pixels
from deckwright.disk.file_names import clash, composed, is_litter, same_name, unportable
from deckwright.disk.reading import (
    WAYS_OUT,
    Unreadable,
    UnreadableFileError,
    is_link,
    names_in,
    read_bytes,
    reason,
)
from deckwright.problem import Place, Problem
from deckwright.words.messages import Message

FOLDER = "media"
LARGE, TOO_LARGE = 1_000_000, 20_000_000  # bytes of one file
MOST_FILES = 10_000  # a zip without extensions holds 65,535
MOST_BYTES = 200_000_000  # of all files together
MOST_LEVELS = 5  # of folders, media/ among them

_UNREADABLE = "media-unreadable"
_FEWER = Message("take out what no card shows, or make it smaller")
_INTO_THE_FOLDER = Message("put the file into {folder}/ and write {folder}/name.png", folder=FOLDER)
_REFUSALS = {
    Unreadable.OUTSIDE: ("media-outside", Message("copy the file itself here")),
    Unreadable.LARGE: (
        "media-large",
        Message("make the picture smaller, or the sound or video shorter"),
    ),
}
_SVG_CODES = {
    SvgFault.ACTIVE: "media-active",
    SvgFault.BROKEN: "media-kind",
    SvgFault.LARGE: "media-large",
}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file below `cards/media/`: where it is, and its name in the package, "" where refused."""

    path: Path
    name: str

    @property
    def format(self) -> MediaFormat:
        """The format that its name says."""
        return FORMATS.get(ending(self.path), UNKNOWN)


def scan(cards: Path) -> tuple[dict[str, MediaFile], list[Problem]]:
    """Return the files below `cards/media/` by how texts refer to them, and problems.

    A text writes `media/x.png` or `media/part/x.png`. Names are composed (NFC), as texts are typed.
    A file that cannot be packed is there with the name "", so that a text that refers to it is not
    wrong, too. A deck without that folder has no media. Never raises.
    """
    paths, problems = _files(cards)
    if len(paths) > MOST_FILES:
        message = Message(
            "{folder}/ holds {count:,} files; {most_files:,} is the most",
            folder=FOLDER,
            count=len(paths),
            most_files=MOST_FILES,
        )
        problems.append(_problem(cards / FOLDER, "media-large", message, _FEWER))
    found: dict[str, MediaFile] = {}
    left = MOST_BYTES
    for number, path in enumerate(paths):
        content = None
        if number < MOST_FILES and left >= 0:
            content, wrong = _content(path)
            problems += wrong
            left -= len(content or b"")
            if left < 0:
                message = Message(
                    "all files in {folder}/ have more than {most_bytes:,} bytes together",
                    folder=FOLDER,
                    most_bytes=MOST_BYTES,
                )
                problems.append(_problem(cards / FOLDER, "media-large", message, _FEWER))
        name = "" if content is None else packed_name(path, content)
        found[composed(path.relative_to(cards).as_posix())] = MediaFile(path, name)
    return found, problems


def unused(library: dict[str, MediaFile], used: set[str]) -> Iterator[Problem]:
    """Yield a warning for each file that no card shows; `used` are names in the package."""
    for source, file in library.items():
        if file.name and file.name not in used:
            message = Message("no card shows '{source}'", source=source.removeprefix(f"{FOLDER}/"))
            yield _problem(file.path, "media-unused", message, Message("use it or remove it"))


def refused_reference(
    source: str, library: dict[str, MediaFile]
) -> tuple[str, Message, Message] | None:
    """Return code, message and hint where a text refers to no file of `library`, else None."""
    if composed(source) in library:
        return None
    parts = source.replace("\\", "/").split("/")
    known = _by_any_name(tuple(library))
    alike = known.get(same_name("/".join(parts))) or known.get(same_name(parts[-1]))
    hint = (
        Message("did you mean '{close}'?", close=alike)
        if alike
        else Message("put the file into {folder}/", folder=FOLDER)
    )
    if parts[0] != FOLDER or ".." in parts:
        hint = hint if alike and ":" not in parts[0] else _INTO_THE_FOLDER
        message = Message("'{source}' is not a file of {folder}/", source=source, folder=FOLDER)
        return ("media-outside", message, hint)
    return "media-missing", Message("there is no '{source}'", source=source), hint


@lru_cache(maxsize=1)
def _by_any_name(sources: tuple[str, ...]) -> dict[str, str]:
    """Return the files by what systems without cases find them by, with their folders or without.

    Remembered, as a deck may miss ten thousand of ten thousand files.
    """
    found: dict[str, str] = {}
    for source in sources:
        found.setdefault(same_name(source), source)
        found.setdefault(same_name(source.rpartition("/")[2]), source)
    return found


def in_a_description() -> tuple[str, Message, Message]:
    """Return code, message and hint for a picture outside notes, of which Anki imports no media."""
    message = Message("Anki shows no pictures in the description of a deck")
    return "media-missing", message, Message("put it on a card, and say it here in words")


def foreign_sound(name: str) -> tuple[str, Message, Message]:
    """Return code, message and hint for `[sound:name]`, written as Anki writes its own sounds."""
    hint = Message(
        "put the file into {folder}/ and write ![what it says]({folder}/{name})",
        folder=FOLDER,
        name=name,
    )
    return "media-outside", Message("Anki would look for this file among the learner's own"), hint


def _files(cards: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files below `cards/media/`, sorted, and what is wrong with folders and names."""
    top = cards / FOLDER
    files: list[Path] = []
    problems: list[Problem] = []
    try:
        waiting = [top] if FOLDER in names_in(cards) else []
    except OSError as error:
        return [], [_unreadable(top, error)]
    for folder in waiting:  # it grows meanwhile
        if is_link(folder):
            message = Message("'{folder}' is a link to another folder", folder=folder.name)
            hint = Message("copy the folder itself here")
            problems.append(_problem(folder, "media-outside", message, hint))
            continue
        if len(folder.relative_to(cards).parts) > MOST_LEVELS:
            message = Message(
                "'{folder}' lies too deep: {most_levels} folders are the most",
                folder=folder.name,
                most_levels=MOST_LEVELS,
            )
            problems.append(_problem(folder, "media-outside", message, Message("move it up")))
            continue
        try:
            names = [name for name in sorted(names_in(folder)) if not is_litter(name)]
        except OSError as error:
            problems.append(_unreadable(folder, error))
            continue
        seen: dict[str, str] = {}
        for name in names:
            problems += _name_faults(folder / name, seen.setdefault(same_name(name), name))
            (waiting if (folder / name).is_dir() else files).append(folder / name)
    return sorted(files), problems


def _name_faults(path: Path, first: str) -> Iterator[Problem]:
    if first != path.name:
        yield _problem(path, "media-case", *clash(first, path.name))
    yield from unportable(path)


def _content(path: Path) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file that can be packed, and what is wrong with it."""
    kind = ending(path)
    if kind not in FORMATS:
        message = Message("'{path}' is not a picture, sound or video", path=path.name)
        hint = Message("use one of {formats}", formats=", ".join(FORMATS))
        return None, [_problem(path, "media-kind", message, hint)]
    try:
        content = read_bytes(path, TOO_LARGE)
    except UnreadableFileError as error:
        code, hint = _REFUSALS.get(error.cause) or (_UNREADABLE, WAYS_OUT[error.cause])
        return None, [_problem(path, code, error.message, hint)]
    return content, list(_content_faults(path, kind, content))


def _content_faults(path: Path, kind: str, content: bytes) -> Iterator[Problem]:
    if not re.match(FORMATS[kind].begins, content, re.DOTALL):
        message = Message("'{path}' holds something else than its name says", path=path.name)
        hint = Message("export it again as {ending}", ending=kind)
        yield _problem(path, "media-kind", message, hint)
    for found in svg_problems(path.name, content) if kind == "svg" else ():
        place = Place(str(path), found.line, found.col)
        yield Problem(place, _SVG_CODES[found.fault], found.message, found.hint)
    if (count := pixels(kind, content)) > MAX_PIXELS:
        message = Message(
            "'{path}' has {count:,} pixels; {most:,} are the most",
            path=path.name,
            count=count,
            most=MAX_PIXELS,
        )
        yield _problem(path, "media-large", message, Message("make it smaller or shorter"))
    if len(content) > LARGE:
        message = Message(
            "'{path}' has {count:,} bytes; on phones, stay below {large:,}",
            path=path.name,
            count=len(content),
            large=LARGE,
        )
        yield _problem(path, "media-heavy", message, Message("make it smaller or shorter"))


def _unreadable(folder: Path, error: OSError) -> Problem:
    message = Message("the folder cannot be read: {reason}", reason=reason(error))
    return _problem(folder, _UNREADABLE, message, WAYS_OUT[Unreadable.REFUSED])


def _problem(path: Path, code: str, message: Message, hint: Message) -> Problem:
    return Problem(Place(str(path)), code, message, hint)
