"""The pictures and sounds in `cards/media/`: each packed under a name with a hash of its content.

Anki keeps a learner's file when a package brings another one of the same name, and imports one that
begins with `_` never again: only a new name brings a new picture (rslib/src/import_export/package).
"""

import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deckwright.files import UnfitError, is_portable, load, reason
from deckwright.problem import Place, Problem

FOLDER = "media"
IMAGES = ("gif", "jpeg", "jpg", "png", "svg", "webp")
SOUNDS = ("flac", "m4a", "mp3", "ogg", "opus", "wav")
LARGE, TOO_LARGE = 1_000_000, 20_000_000
MOST = 10_000  # files; a zip without extensions holds 65,535
ALL_TOO_LARGE = 200_000_000  # bytes of all files together

# How a file of each kind begins, whatever its name says.
_BEGINS = {
    "gif": rb"GIF8",
    "jpeg": rb"\xff\xd8\xff",
    "jpg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG\r\n\x1a\n",
    "svg": rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*+<svg[\s>]",
    "webp": rb"RIFF....WEBP",
    "flac": rb"fLaC",
    "m4a": rb"....ftyp",
    "mp3": rb"ID3|\xff[\xe0-\xff]",
    "ogg": rb"OggS",
    "opus": rb"OggS",
    "wav": rb"RIFF....WAVE",
}
_ACTIVE = re.compile(
    rb"<\s*(?:[\w.-]+:)?(?:script|foreignObject|iframe|animate|set|handler)|<!(?:DOCTYPE|ENTITY)"
    rb"|\son\w+\s*=|javascript:|@import"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


class MediaFile(NamedTuple):
    """A file of `cards/media/`: where it is, its name in the package, and whether it is a sound."""

    path: Path
    name: str
    sound: bool


def scan(cards: Path) -> tuple[dict[str, MediaFile], list[Problem]]:
    """Return the files of `cards/media/` by how texts refer to them (`media/x.png`), and problems.

    A deck without that folder has no media. Never raises.
    """
    folder = cards / FOLDER
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        message = f"the folder cannot be read: {reason(error)}"
        return {}, [_problem(folder, "media-unreadable", message, "check its permissions")]
    if folder.is_symlink():
        message = f"'{FOLDER}' is a link to another folder"
        return {}, [_problem(folder, "media-outside", message, "copy the folder itself here")]
    problems: list[Problem] = []
    found: dict[str, MediaFile] = {}
    lower: dict[str, str] = {}
    left = ALL_TOO_LARGE
    for name in [name for name in names if not name.startswith(".")][:MOST]:
        path = folder / name
        problems += _name(path, lower.setdefault(name.casefold(), name))
        content, wrong = _content(path, min(left, TOO_LARGE))
        problems += wrong
        if content is not None:
            left -= len(content)
            found[f"{FOLDER}/{name}"] = _file(path, content)
    return found, problems


def unused(library: dict[str, MediaFile], used: set[str]) -> Iterator[Problem]:
    """Yield a warning for each file that no card shows; `used` are names in the package."""
    for file in library.values():
        if file.name not in used:
            message = f"no card shows '{file.path.name}'"
            yield _problem(file.path, "media-unused", message, "use it or remove it")


def missing(source: str, library: dict[str, MediaFile]) -> tuple[str, str, str] | None:
    """Return code, message and hint where a text refers to no file of the library."""
    if source in library:
        return None
    if not source.startswith(f"{FOLDER}/") or ".." in source or source.count("/") > 1:
        hint = f"put the file into {FOLDER}/ and write {FOLDER}/name.png"
        return "media-outside", f"'{source}' is no file of {FOLDER}/", hint
    alike = [name for name in library if name.casefold() == source.casefold()]
    hint = f"did you mean '{alike[0]}'?" if alike else f"put the file into {FOLDER}/"
    return "media-missing", f"there is no '{source}'", hint


def _file(path: Path, content: bytes) -> MediaFile:
    digest = hashlib.sha256(content).hexdigest()[:10]
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40]
    ending = _ending(path)
    return MediaFile(path, f"{stem or 'media'}-{digest}.{ending}", ending in SOUNDS)


def _name(path: Path, first: str) -> Iterator[Problem]:
    if first != path.name:
        message = f"'{first}' and '{path.name}' are one file on Windows and macOS"
        yield _problem(path, "media-case", message, "give one of them another name")
    if not is_portable(path.name):
        message = f"Windows can hold no file of the name '{path.name}'"
        yield _problem(path, "file-name", message, "give it another name")


def _content(path: Path, most: int) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file that is fit to be packed, and what is wrong with it."""
    ending = _ending(path)
    if ending not in _BEGINS:
        hint = f"use one of {', '.join((*IMAGES, *SOUNDS))}"
        return None, [_problem(path, "media-kind", f"'{path.name}' is no picture or sound", hint)]
    try:
        content = load(path, most)
    except UnfitError as error:
        code, hint = {
            "outside": ("media-outside", "copy the file itself here"),
            "large": ("media-large", "make the picture smaller, or the sound shorter"),
            "unreadable": ("media-unreadable", "check its permissions"),
        }[error.kind]
        return None, [_problem(path, code, str(error), hint)]
    return content, list(_faults(path, ending, content))


def _faults(path: Path, ending: str, content: bytes) -> Iterator[Problem]:
    if not re.match(_BEGINS[ending], content, re.DOTALL):
        message = f"'{path.name}' holds something else than its name says"
        yield _problem(path, "media-kind", message, f"export it again as {ending}")
    elif ending == "svg" and (active := _ACTIVE.search(content + b" " + _unescaped(content))):
        message = f"'{path.name}' has {active[0].decode(errors='replace').strip()!r} in it"
        yield _problem(path, "media-active", message, "export a plain SVG, without script or links")
    if len(content) > LARGE:
        message = f"'{path.name}' has {len(content):,} bytes; phones want less than {LARGE:,}"
        yield _problem(path, "media-heavy", message, "make the picture smaller")


def _unescaped(content: bytes) -> bytes:
    """Return what a browser reads where the file writes `&#106;` for a letter."""
    return html.unescape(content.decode("utf-8", "replace")).encode(errors="replace")


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _problem(path: Path, code: str, message: str, hint: str) -> Problem:
    return Problem(Place(str(path)), code, message, hint)
