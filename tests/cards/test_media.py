"""Pictures and sounds: packed under names with a hash, found in Anki, and nothing from outside."""

import re
import wave
import zlib
from pathlib import Path

import pytest
from author import Author

from deckwright.anki.learner import learner
from deckwright.cards.media import LARGE, TOO_LARGE, scan


def png(size: int = 0) -> bytes:
    """Return a real picture of one pixel, with `size` bytes of padding in a chunk of its own."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content).to_bytes(4)
        return len(content).to_bytes(4) + kind + content + crc

    head = chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    padding = chunk(b"tEXt", b"x" * size) if size else b""
    return b"\x89PNG\r\n\x1a\n" + head + padding + body + chunk(b"IEND", b"")


def with_media(author: Author, name: str, content: bytes) -> Path:
    """Put a file into the folder of media."""
    folder = author.cards / "media"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def codes(author: Author) -> list[str]:
    """Return the codes of what is wrong with the folder of media."""
    return [problem.code for problem in scan(author.cards)[1]]


def test_a_picture_and_a_sound_arrive_and_change(tmp_path: Path) -> None:
    """In Anki the files are there under their names; a new picture is another name, sent anew."""
    author = Author(tmp_path)
    with_media(author, "Ons plaatje.png", png())
    sound = with_media(author, "klok.wav", b"")
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 800)
    author.note("een")["answer"] = "![Een vlak](<media/Ons plaatje.png>)"
    author.note("vier")["explanation"] = "Luister: ![De klok slaat](media/klok.wav)"
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        assert anki.missing_media() == []
        field = anki.note("een")["Antwoord"]
        name = re.fullmatch(r'<img alt="Een vlak" src="(ons-plaatje-[0-9a-f]{10}\.png)">', field)
        assert name
        folder = Path(anki.col.media.dir())
        assert (folder / name[1]).read_bytes() == png()
        assert re.search(r"\[sound:klok-[0-9a-f]{10}\.wav\]", anki.note("vier")["Toelichting"])

        with_media(author, "Ons plaatje.png", png(9))
        made = author.releases()
        assert made.changes.changed == ["een"]
        anki.imports(made.package)
        assert anki.missing_media() == []
        new = re.search(r"ons-plaatje-[0-9a-f]{10}\.png", anki.note("een")["Antwoord"])
        assert new
        assert new[0] != name[1]
        assert (folder / new[0]).read_bytes() == png(9)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (LARGE - 200, []),
        (LARGE, ["media-heavy"]),
        (TOO_LARGE - 200, ["media-heavy"]),
        (TOO_LARGE, ["media-large"]),
    ],
)
def test_sizes(tmp_path: Path, size: int, expected: list[str]) -> None:
    """Over 1 MB a warning, over 20 MB an error."""
    author = Author(tmp_path)
    with_media(author, "x.png", png(size))
    assert codes(author) == expected


@pytest.mark.parametrize(
    ("target", "code"),
    [("x.png", "media-unreadable"), ("nowhere.png", "media-unreadable"), ("/etc", "media-outside")],
)
def test_links(tmp_path: Path, target: str, code: str) -> None:
    """A link to itself, to nothing, or out of the folder."""
    author = Author(tmp_path)
    link = with_media(author, "x.png", b"")
    link.unlink()
    link.symlink_to(target)
    assert codes(author) == [code]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """`media` as a file is said to be unreadable."""
    author = Author(tmp_path)
    author.cards.mkdir(parents=True)
    (author.cards / "media").write_text("x")
    assert codes(author) == ["media-unreadable"]


@pytest.mark.parametrize(
    "inside",
    [
        '<rect onload="x()"/>',
        '<a href="https://dwjq.example"><rect/></a>',
        '<image href="https://dwjq.example/x.png"/>',
        "<style>@import 'x'</style>",
        '<rect fill="url(https://dwjq.example/x)"/>',
        "<foreignObject/>",
    ],
)
def test_svg_is_a_drawing_and_nothing_else(tmp_path: Path, inside: str) -> None:
    """An SVG may hold no script, no link and nothing from outside."""
    author = Author(tmp_path)
    with_media(author, "x.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())
    assert codes(author) == ["media-active"]


def test_an_svg_of_shapes_is_fine(tmp_path: Path) -> None:
    """Gradients and markers refer to the drawing itself."""
    author = Author(tmp_path)
    drawing = '<defs><marker id="m"/></defs><path marker-end="url(#m)"/><use href="#m"/>'
    svg = f'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">{drawing}</svg>'
    with_media(author, "x.svg", svg.encode())
    assert codes(author) == []
