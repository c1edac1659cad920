"""How many pixels a picture has, by its header: a few kilobytes can unfold to gigabytes."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

MAX_PIXELS = 40_000_000  # a phone takes 160 MB of memory for as many
# Where JPEG says its size: a start of frame, which is no table of Huffman's or of arithmetic.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x00, 0x01, *range(0xD0, 0xDA)}  # markers of JPEG without a length behind them
_FILL = 0xFF
_FILLS = re.compile(rb"\xff+")
_SIZES = re.compile(rb"ispe....(........)", re.DOTALL)  # AVIF: of each part of a picture
_GIF_FRAME, _GIF_END = 0x2C, 0x3B


def pixels(ending: str, content: bytes) -> int:
    """Return how many pixels a picture unfolds to; 0 where its header does not say."""
    read = {"png": _png, "gif": _gif, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp, "avif": _avif}
    most = 0
    with suppress(LookupError, ValueError, struct.error):  # of what breaks off, what it said before
        for width, height in read[ending](content):
            most = max(most, width * height)
    return most


def _png(content: bytes) -> Iterator[tuple[int, int]]:
    yield struct.unpack_from(">II", content, 16)


def _gif(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the size of the screen, and of each frame, which may be larger."""
    yield struct.unpack_from("<HH", content, 6)
    at = 13 + _colours(content[10])
    while content[at] != _GIF_END:
        if content[at] == _GIF_FRAME:
            yield struct.unpack_from("<HH", content, at + 5)
            at += 11 + _colours(content[at + 9])
        else:
            at += 2
        while size := content[at]:
            at += size + 1
        at += 1


def _colours(flags: int) -> int:
    """Return how many bytes the colours take that stand behind these flags."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _avif(content: bytes) -> Iterator[tuple[int, int]]:
    for found in _SIZES.finditer(content):
        yield struct.unpack(">II", found[1])


def _jpeg(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while True:  # each marker lies behind the last; the end of the content ends it
        at = content.index(b"\xff", at)  # a decoder skips what stands before a marker
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            yield width, height
            return
        if marker in _ALONE:
            at += 2
        elif marker == _FILL:
            fills = _FILLS.match(content, at)
            at = fills.end() - 1 if fills else at + 1
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]


def _webp(content: bytes) -> Iterator[tuple[int, int]]:
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        yield width & 0x3FFF, height & 0x3FFF
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        yield width + 1, height + 1
