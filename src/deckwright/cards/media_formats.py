"""The formats of pictures, sounds and videos that Anki shows or plays on every kind of computer."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from deckwright.disk.file_names import composed


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """How a file of this format begins, whatever its name says, and its media type."""

    begins: bytes
    media_type: str

    @property
    def played(self) -> bool:
        """Whether Anki plays it, as it does sounds and videos: it stands as [sound:…] in a note."""
        return not self.media_type.startswith("image/")


# Pictures in the box of MP4 name themselves in its first line (github.com/AOMediaCodec/av1-avif).
_MP4 = rb"....ftyp(?!avi|hei|hev|mi[af]|msf)"
FORMATS = {
    "avif": MediaFormat(rb"....ftyp(?:....){0,15}?avi[fs]", "image/avif"),
    "gif": MediaFormat(rb"GIF8", "image/gif"),
    "jpeg": MediaFormat(rb"\xff\xd8\xff", "image/jpeg"),
    "jpg": MediaFormat(rb"\xff\xd8\xff", "image/jpeg"),
    "png": MediaFormat(rb"\x89PNG\r\n\x1a\n", "image/png"),
    "svg": MediaFormat(rb"", "image/svg+xml"),  # read as a whole, by _svg
    "webp": MediaFormat(rb"RIFF....WEBP", "image/webp"),
    "flac": MediaFormat(rb"fLaC", "audio/flac"),
    "m4a": MediaFormat(_MP4, "audio/mp4"),
    "mp3": MediaFormat(rb"ID3|\xff[\xe0-\xff]", "audio/mpeg"),
    "ogg": MediaFormat(rb"OggS", "audio/ogg"),
    "opus": MediaFormat(rb"OggS", "audio/ogg"),
    "wav": MediaFormat(rb"RIFF....WAVE", "audio/wav"),
    "mp4": MediaFormat(_MP4, "video/mp4"),
    "webm": MediaFormat(rb"\x1aE\xdf\xa3.{0,60}?webm", "video/webm"),
}
UNKNOWN = MediaFormat(rb"", "application/octet-stream")


def ending(path: Path) -> str:
    """Return how the name of a file says its format, in lower case."""
    return path.suffix.lower().removeprefix(".")


def packed_name(path: Path, content: bytes) -> str:
    """Return the name of a file in the package: with a hash of its content."""
    digest = hashlib.sha256(content).hexdigest()[:10]
    stem = re.sub(r"[^a-z0-9]+", "-", composed(path.stem).lower()).strip("-")[:40]
    return f"{stem or 'media'}-{digest}.{ending(path)}"
