"""The pictures and sounds in `cards/media/`: each packed under a name with a hash of its content.

Anki keeps a learner's file when a package brings another one of the same name, and never again
imports one whose name begins with `_`: only a new name brings a new picture
(rslib/src/import_export/package).
"""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deckwright.disk.file_names import clash, composed, same_name, unportable
from deckwright.disk.reading import (
    Unreadable,
    UnreadableFileError,
    names_in,
    read_bytes,
    reason,
)
from deckwright.problem import Place, Problem

FOLDER = "media"
LARGE, TOO_LARGE = 1_000_000, 20_000_000  # bytes of one file
MOST_FILES = 10_000  # a zip without extensions holds 65,535
MOST_BYTES = 200_000_000  # of all files together


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """How a file of this format begins, whatever its name says, and its media type."""

    begins: bytes
    media_type: str

    @property
    def sound(self) -> bool:
        """Whether it is a sound, not a picture."""
        return self.media_type.startswith("audio/")


_SVG_BEGINS = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*+<svg[\s>]"
FORMATS = {
    "gif": MediaFormat(rb"GIF8", "image/gif"),
    "jpeg": MediaFormat(rb"\xff\xd8\xff", "image/jpeg"),
    "jpg": MediaFormat(rb"\xff\xd8\xff", "image/jpeg"),
    "png": MediaFormat(rb"\x89PNG\r\n\x1a\n", "image/png"),
    "svg": MediaFormat(_SVG_BEGINS, "image/svg+xml"),
    "webp": MediaFormat(rb"RIFF....WEBP", "image/webp"),
    "flac": MediaFormat(rb"fLaC", "audio/flac"),
    "m4a": MediaFormat(rb"....ftyp", "audio/mp4"),
    "mp3": MediaFormat(rb"ID3|\xff[\xe0-\xff]", "audio/mpeg"),
    "ogg": MediaFormat(rb"OggS", "audio/ogg"),
    "opus": MediaFormat(rb"OggS", "audio/ogg"),
    "wav": MediaFormat(rb"RIFF....WAVE", "audio/wav"),
}
_ACTIVE = re.compile(
    rb"<\s*(?:[\w.-]+:)?(?:script|foreignObject|iframe|animate|set|handler)|<!(?:DOCTYPE|ENTITY)"
    rb"|\son\w+\s*=|javascript:|@import"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
_REFUSALS = {
    Unreadable.OUTSIDE: ("media-outside", "copy the file itself here"),
    Unreadable.LARGE: ("media-large", "make the picture smaller, or the sound shorter"),
    Unreadable.REFUSED: ("media-unreadable", "check its permissions"),
}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of `cards/media/`: where it is, and its name in the package."""

    path: Path
    name: str

    @property
    def format(self) -> MediaFormat:
        """The format that its name says."""
        return FORMATS[_ending(self.path)]


def scan(cards: Path) -> tuple[dict[str, MediaFile], list[Problem]]:
    """Return the files of `cards/media/` by how texts refer to them (`media/x.png`), and problems.

    Names are composed (NFC), as texts are typed. A deck without that folder has no media. Never
    raises.
    """
    folder = cards / FOLDER
    try:
        names = sorted(names_in(folder)) if FOLDER in names_in(cards) else []
    except OSError as error:
        message = f"the folder cannot be read: {reason(error)}"
        return {}, [_problem(folder, "media-unreadable", message, "check its permissions")]
    if folder.is_symlink():
        message = f"'{FOLDER}' is a link to another folder"
        return {}, [_problem(folder, "media-outside", message, "copy the folder itself here")]
    problems: list[Problem] = []
    found: dict[str, MediaFile] = {}
    seen: dict[str, str] = {}
    left = MOST_BYTES
    for name in [name for name in names if not name.startswith(".")][:MOST_FILES]:
        path = folder / name
        problems += _name_faults(path, seen.setdefault(same_name(name), name))
        content, wrong = _content(path, min(left, TOO_LARGE))
        problems += wrong
        if content is not None:
            left -= len(content)
            found[f"{FOLDER}/{composed(name)}"] = MediaFile(path, _packed_name(path, content))
    return found, problems


def unused(library: dict[str, MediaFile], used: set[str]) -> Iterator[Problem]:
    """Yield a warning for each file that no card shows; `used` are names in the package."""
    for file in library.values():
        if file.name not in used:
            message = f"no card shows '{file.path.name}'"
            yield _problem(file.path, "media-unused", message, "use it or remove it")


def refused_reference(source: str, library: dict[str, MediaFile]) -> tuple[str, str, str] | None:
    """Return code, message and hint where a text refers to no file of `library`, else None."""
    if composed(source) in library:
        return None
    if not source.startswith(f"{FOLDER}/") or ".." in source or source.count("/") > 1:
        hint = f"put the file into {FOLDER}/ and write {FOLDER}/name.png"
        return "media-outside", f"'{source}' is not a file of {FOLDER}/", hint
    alike = [name for name in library if same_name(name) == same_name(source)]
    hint = f"did you mean '{alike[0]}'?" if alike else f"put the file into {FOLDER}/"
    return "media-missing", f"there is no '{source}'", hint


def foreign_sound(name: str) -> tuple[str, str, str]:
    """Return code, message and hint for `[sound:name]`, written as Anki writes its own sounds."""
    hint = f"put the file into {FOLDER}/ and write ![what it says]({FOLDER}/{name})"
    return "media-outside", "Anki would look for this file among the learner's own", hint


def _packed_name(path: Path, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()[:10]
    stem = re.sub(r"[^a-z0-9]+", "-", composed(path.stem).lower()).strip("-")[:40]
    return f"{stem or 'media'}-{digest}.{_ending(path)}"


def _name_faults(path: Path, first: str) -> Iterator[Problem]:
    if first != path.name:
        yield _problem(path, "media-case", *clash(first, path.name))
    yield from unportable(path)


def _content(path: Path, most: int) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file that can be packed, and what is wrong with it."""
    ending = _ending(path)
    if ending not in FORMATS:
        hint = f"use one of {', '.join(FORMATS)}"
        message = f"'{path.name}' is not a picture or sound"
        return None, [_problem(path, "media-kind", message, hint)]
    try:
        content = read_bytes(path, most)
    except UnreadableFileError as error:
        code, hint = _REFUSALS[error.cause]
        return None, [_problem(path, code, str(error), hint)]
    return content, list(_content_faults(path, ending, content))


def _content_faults(path: Path, ending: str, content: bytes) -> Iterator[Problem]:
    if not re.match(FORMATS[ending].begins, content, re.DOTALL):
        message = f"'{path.name}' holds something else than its name says"
        yield _problem(path, "media-kind", message, f"export it again as {ending}")
    elif ending == "svg" and (active := _ACTIVE.search(content + b" " + _unescaped(content))):
        message = f"'{path.name}' has {active[0].decode(errors='replace').strip()!r} in it"
        yield _problem(path, "media-active", message, "export a plain SVG, without script or links")
    if len(content) > LARGE:
        message = f"'{path.name}' has {len(content):,} bytes; on phones, stay below {LARGE:,}"
        yield _problem(path, "media-heavy", message, "make the picture smaller")


def _unescaped(content: bytes) -> bytes:
    """Return what a browser reads where the file writes `&#106;` for a letter."""
    return html.unescape(content.decode("utf-8", "replace")).encode(errors="replace")


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _problem(path: Path, code: str, message: str, hint: str) -> Problem:
    return Problem(Place(str(path)), code, message, hint)
