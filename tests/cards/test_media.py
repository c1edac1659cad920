"""Pictures and sounds: packed under names with a hash, found in Anki, and nothing from outside."""

import re
import unicodedata
import wave
import zlib
from pathlib import Path
from typing import Literal

import pytest
from author import Author

from deckwright.anki.learner import learner
from deckwright.build.cards_folder import read_cards_folder
from deckwright.build.plan import BuildOptions, plan_build
from deckwright.cards import media
from deckwright.cards.faces import faces
from deckwright.cards.fields import fill_fields
from deckwright.cards.media import LARGE, TOO_LARGE, scan
from deckwright.problem import Problem
from deckwright.release.next_release import Clock


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
    path = author.cards / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(author: Author) -> list[Problem]:
    """Return what is wrong with the folder of media."""
    return scan(author.cards)[1]


def codes(author: Author) -> list[str]:
    """Return the codes of what is wrong with the folder of media."""
    return [problem.code for problem in found(author)]


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


# How files of these formats begin: from ffmpeg, avifenc, heif-enc and an iPhone.
AVIF = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B\0\0\0\xf2meta"
AVIF_OF_OTHERS = b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf\0\0\0\xf2meta"
AVIF_MOVING = b"\0\0\0\x2cftypavis\0\0\0\0avismsf1miafMA1B\0\0\0\xf2meta"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\xf2meta"
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41\0\0\0\x08free"
M4V = b"\0\0\0\x1cftypM4V \0\0\0\x01M4V mp42isom\0\0\0\x08free"
M4A = b"\0\0\0\x1cftypM4A \0\0\x02\0M4A isomiso2\0\0\0\x08free"
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
MATROSKA = b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\x82\x88matroska"


@pytest.mark.parametrize(
    ("name", "content", "fine"),
    [
        ("x.avif", AVIF, True),
        ("x.AVIF", AVIF_OF_OTHERS, True),
        ("x.avif", AVIF_MOVING, True),
        ("x.avif", HEIC, False),
        ("x.avif", MP4, False),
        ("x.avif", png(), False),
        ("x.mp4", MP4, True),
        ("x.MP4", M4V, True),
        ("x.mp4", AVIF, False),
        ("x.mp4", HEIC, False),
        ("x.mp4", WEBM, False),
        ("x.webm", WEBM, True),
        ("x.webm", MATROSKA, False),
        ("x.webm", MP4, False),
        ("x.m4a", M4A, True),
        ("x.m4a", MP4, True),
        ("x.m4a", AVIF, False),
    ],
)
def test_a_file_is_what_its_name_says(
    tmp_path: Path, name: str, content: bytes, *, fine: bool
) -> None:
    """Pictures, sounds and videos share a box: what is in it is said in its first line."""
    author = Author(tmp_path)
    with_media(author, name, content)
    assert codes(author) == ([] if fine else ["media-kind"])


def test_a_video_is_played_by_anki(tmp_path: Path) -> None:
    """It stands in the note as a sound does, and Anki finds it among what the card plays."""
    author = Author(tmp_path)
    with_media(author, "Giet.mp4", MP4)
    with_media(author, "film/Giet.webm", WEBM)
    author.note("een")["answer"] = "Zo: ![Iemand giet](media/Giet.mp4)"
    author.note("vier")["explanation"] = "![Iemand giet](media/film/Giet.webm)"
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        assert anki.missing_media() == []
        assert re.fullmatch(r"Zo: \[sound:giet-[0-9a-f]{10}\.mp4\]", anki.note("een")["Antwoord"])
        (tag,) = anki.note("een").cards()[0].answer_av_tags()
        assert re.search(r"'giet-[0-9a-f]{10}\.mp4'", repr(tag))
        (tag,) = anki.note("vier").cards()[0].answer_av_tags()
        assert re.search(r"'giet-[0-9a-f]{10}\.webm'", repr(tag))


def test_folders_below_the_folder(tmp_path: Path) -> None:
    """A text writes the whole way; the packed name is that of the file, as it always was."""
    author = Author(tmp_path)
    with_media(author, "x.png", png(1))
    with_media(author, "a/x.png", png(2))
    with_media(author, "a/Week 2/c/d/x.png", png(3))
    with_media(author, ".git/x.png", b"hidden")
    with_media(author, "a/.cache/x.png", b"hidden")
    assert codes(author) == []
    library = scan(author.cards)[0]
    assert list(library) == ["media/a/Week 2/c/d/x.png", "media/a/x.png", "media/x.png"]
    assert all(re.fullmatch(r"x-[0-9a-f]{10}\.png", file.name) for file in library.values())
    author.note("een")["answer"] = (
        "![Een](media/a/x.png) ![Twee](media/x.png) ![Drie](<media/a/Week 2/c/d/x.png>) "
        "![Nog eens](media/a/Week%202/c/d/x.png)"
    )
    field = author.releases().notes[0].note.fields[5]
    names = [library[f"media/{name}"].name for name in ("a/x.png", "x.png", "a/Week 2/c/d/x.png")]
    assert re.findall(r'src="([^"]+)"', field) == [*names, names[2]]


def test_folders_that_lie_too_deep(tmp_path: Path) -> None:
    """Five within each other are enough; what lies deeper is told, not left out."""
    author = Author(tmp_path)
    with_media(author, "b/c/d/e/x.png", png())
    assert codes(author) == []
    with_media(author, "b/c/d/e/f/g/x.png", png())
    (problem,) = found(author)
    assert (problem.code, problem.hint) == ("media-outside", "move it up")
    assert problem.place.file.endswith("b/c/d/e/f")


@pytest.mark.parametrize("target", ["/etc", "..", ".", "../..", "echt", "nergens"])
def test_folders_that_are_links(tmp_path: Path, target: str) -> None:
    """A link to a folder is refused, wherever it leads: it could lead round for ever."""
    author = Author(tmp_path)
    with_media(author, "a/echt/x.png", png())
    (author.cards / "media" / "a" / "link").symlink_to(target)
    (problem,) = found(author)
    assert problem.code == ("media-kind" if target == "nergens" else "media-outside")
    assert problem.place.file.endswith("media/a/link")
    assert next(iter(scan(author.cards)[0])) == "media/a/echt/x.png"


def test_a_link_in_a_folder_leads_nowhere_else(tmp_path: Path) -> None:
    """Not even to another folder of media: on Windows it would be a file with a path in it."""
    author = Author(tmp_path)
    with_media(author, "x.png", png())
    link = with_media(author, "a/y.png", b"")
    link.unlink()
    link.symlink_to("../x.png")
    assert codes(author) == ["media-outside"]


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "thumbs.db", "ehthumbs.db", "Desktop.ini", ".DS_Store", "._x.png", "~$x.png",
     "Icon\r", "x.png~", "#x.png#", ".~lock.x.odg#", "@eaDir/x.png", "__MACOSX/x.png",
     "week/Thumbs.db", "week/._x.png"],
)  # fmt: skip
def test_what_systems_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    """In media, in its folders, and among the cards: not a word, and nothing changes by it."""
    author = Author(tmp_path)
    author.save()
    with_media(author, name, b"litter")
    (author.cards / name).parent.mkdir(exist_ok=True)
    (author.cards / name).write_bytes(b"litter")
    if name[0] in "~.":
        (author.cards / f"{name}.yaml").write_bytes(b"litter")
    assert plan_build(author.cards, Clock(author.now)).problems == []
    assert scan(author.cards)[0] == {}


@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_of_files_and_folders(
    tmp_path: Path, form: Literal["NFC", "NFD"], other: Literal["NFC", "NFD"]
) -> None:
    """A name as macOS stores it beside a text as people type it, and the other way round."""
    author = Author(tmp_path)
    stored = unicodedata.normalize(form, "één/café.png")
    typed = unicodedata.normalize(other, "één/café.png")
    with_media(author, stored, png())
    author.note("een")["answer"] = f"![Een vlak](media/{typed})"
    author.note("twee")["answer"] = f"![Een vlak](media/{stored})"
    made = author.releases()
    assert made.notes[0].note.media == made.notes[1].note.media != ()
    assert author.codes() == []


def test_names_that_differ_in_case_alone(tmp_path: Path) -> None:
    """In a folder, too; but a name may return in another folder."""
    author = Author(tmp_path)
    with_media(author, "a/x.png", png(1))
    with_media(author, "b/X.png", png(2))
    assert codes(author) == []
    with_media(author, "b/x.PNG", png(3))
    (problem,) = found(author)
    assert (problem.code, problem.message) == (
        "media-case",
        "'X.png' and 'x.PNG' are one file on Windows and macOS",
    )
    with_media(author, "con/y.png", png(4))
    assert sorted(codes(author)) == ["file-name", "media-case"]


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left out in silence: the number is told, and a text that shows one is not wrong."""
    author = Author(tmp_path)
    for number in range(4):
        with_media(author, f"{number % 2}/{number}.png", png(number))
    monkeypatch.setattr(media, "MOST_FILES", 4)
    assert codes(author) == []
    monkeypatch.setattr(media, "MOST_FILES", 3)
    (problem,) = found(author)
    assert (problem.code, problem.message) == (
        "media-large",
        "media/ holds 4 files; 3 is the most",
    )
    assert [file.name != "" for file in scan(author.cards)[0].values()] == [True] * 3 + [False]
    author.note("een")["answer"] = "![Drie](media/1/3.png) ![Nul](media/0/0.png)"
    assert set(author.codes()) == {"media-large", "media-unused"}


def test_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files together have a limit, told once; what lies behind it is not read."""
    author = Author(tmp_path)
    for name in ("a/1.png", "a/2.png", "b/3.png", "b/4.png", "b/5.png"):
        with_media(author, name, png(1_000 - len(png()) - 12))
    monkeypatch.setattr(media, "MOST_BYTES", 5_000)
    assert codes(author) == []
    monkeypatch.setattr(media, "MOST_BYTES", 2_999)
    (problem,) = found(author)
    assert (problem.code, problem.message) == (
        "media-large",
        "all files in media/ have more than 2,999 bytes together",
    )
    assert problem.place.file.endswith("media")
    names = [file.name != "" for file in scan(author.cards)[0].values()]
    assert names == [True, True, True, False, False]


def test_a_reference_to_a_refused_file_stays(tmp_path: Path) -> None:
    """Such a note has no file that could be packed, and its text is as it was."""
    author = Author(tmp_path)
    with_media(author, "brief.docx", b"een brief")
    author.note("een")["answer"] = "Lees: ![Een brief](media/brief.docx)"
    author.save()
    cards = read_cards_folder(author.cards, BuildOptions().resources)
    assert cards.deck
    notes, problems = fill_fields(cards.deck, cards.texts, scan(author.cards)[0])
    assert problems == []
    assert notes[0].media == ()
    assert 'src="media/brief.docx"' in notes[0].fields[5]


def test_a_reference_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    """What a picture shows may be named as its file is, and hold any sign."""
    author = Author(tmp_path)
    with_media(author, "x.png", png())
    author.note("een")["answer"] = '![media/x.png > "y" src=](media/x.png)'
    made = author.releases()
    name = made.notes[0].note.media[0]
    field = made.notes[0].note.fields[5]
    assert f'src="{name}"' in field
    assert 'alt="media/x.png' in field
    assert name in faces(made.ready.types["question"], made.notes[0].note, 0).back
