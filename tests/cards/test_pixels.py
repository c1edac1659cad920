"""A picture of a few kilobytes that would fill a phone's memory: its header says so."""

import base64
import struct
import zlib
from pathlib import Path

import pytest
from author import Author
from playwright.sync_api import Browser

from deckwright.cards.media import scan
from deckwright.cards.pixels import MAX_PIXELS, pixels

_DRAWN = """([type, alpha]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 30, height: 20 });
  const brush = canvas.getContext("2d");
  brush.fillStyle = alpha ? "#ff000080" : "#ff0000";
  brush.fillRect(0, 0, 30, 20);
  return canvas.toDataURL(type, 0.5).split(",")[1];
}"""
_AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0\0\0\x14ispe\0\0\0\0"
# A screen of 1 by 2, two colours, and a frame of 300 by 7 that has two of its own.
_GIF = b"GIF89a\1\0\2\0\x80\0\0" + bytes(6)
_FRAME = b",\0\0\0\0" + struct.pack("<HH", 300, 7) + b"\x80" + bytes(6)
_JPEG = b"\xff\xd8\xff\xe0\0\x04abx\xff\xff\xd0\xff\xc0\0\x0b\x08"


def png(width: int, height: int) -> bytes:
    """Return the beginning of a picture of this size."""
    size = struct.pack(">II", width, height)
    head = b"IHDR" + size + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + zlib.crc32(head).to_bytes(4)


@pytest.mark.parametrize(
    ("kind", "alpha"), [("png", True), ("jpeg", False), ("webp", False), ("webp", True)]
)
def test_what_a_browser_draws(browser: Browser, kind: str, *, alpha: bool) -> None:
    """Real pictures, with transparency and without."""
    page = browser.new_page()
    drawn = page.evaluate(_DRAWN, [f"image/{kind}", alpha])
    page.close()
    assert pixels(kind, base64.b64decode(drawn)) == 30 * 20


@pytest.mark.parametrize(
    ("kind", "content", "size"),
    [
        ("gif", b"GIF89a" + struct.pack("<HH", 300, 7), 2_100),
        ("avif", _AVIF + struct.pack(">II", 300, 7), 2_100),
        ("avif", _AVIF + struct.pack(">II", 3, 7) + _AVIF + struct.pack(">II", 30, 7), 210),
        ("webp", b"RIFF....WEBPVP8X" + bytes(8) + b"\x2b\x01\0\x06\0\0", 2_100),
        (
            "webp",
            b"RIFF....WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 299 | 6 << 14),
            2_100,
        ),
        ("webp", b"RIFF....WEBPVP8 " + bytes(10) + struct.pack("<HH", 300 | 1 << 14, 7), 2_100),
        ("jpg", _JPEG + struct.pack(">HH", 7, 300), 2_100),
        ("jpg", b"\xff\xd8\xff\xd8\xff\xff\xff\xff", 0),
        ("jpg", b"\xff\xd8\xff\xe0\0\0" * 100_000, 0),
        ("jpg", _JPEG[:2] + b"\xff" * 20_000 + _JPEG[2:] + struct.pack(">HH", 7, 300), 2_100),
        (
            "jpg",
            _JPEG[:2] + b"\xff\xfe\0\2" * 20_000 + _JPEG[2:] + struct.pack(">HH", 7, 300),
            2_100,
        ),
        ("gif", _GIF + b"!\xf9\2ab\0" + _FRAME + b"\0\2\1a\0;", 2_100),
        ("gif", _GIF + b"!\xfe\x0b\0" + _FRAME + b"\0\0;", 2),
        (
            "avif",
            (_AVIF + struct.pack(">II", 3, 7)) * 2_000 + _AVIF + struct.pack(">II", 300, 7),
            2_100,
        ),
        ("png", b"\x89PNG\r\n\x1a\n", 0),
        ("webp", b"RIFF....WEBP", 0),
        ("svg", b"<svg/>", 0),
    ],
)
def test_what_a_header_says(kind: str, content: bytes, size: int) -> None:
    """Each format at the place of its own; what breaks off says nothing."""
    assert pixels(kind, content) == size


@pytest.mark.parametrize(
    ("width", "height", "codes"), [(8_000, 5_000, []), (8_000, 5_001, ["media-large"])]
)
def test_a_picture_has_a_limit(tmp_path: Path, width: int, height: int, codes: list[str]) -> None:
    """However few bytes it has."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "media").mkdir()
    (author.cards / "media" / "x.png").write_bytes(png(width, height))
    found = scan(author.cards)[1]
    assert [problem.code for problem in found] == codes
    assert (width * height > MAX_PIXELS) == bool(codes)
