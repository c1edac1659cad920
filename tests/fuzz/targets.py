"""What the fuzzers call: each takes bytes and fails where deckwright breaks a promise."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from author import Author

from deckwright.anki import archive
from deckwright.anki.archive import PackageError
from deckwright.anki.package_reader import read_package
from deckwright.build import _rendered_file_json
from deckwright.build.rendered_file import render_file
from deckwright.cards._html_contents import ALLOWED, SCHEMES
from deckwright.cards._marks import Marks
from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.problem import LEVELS, Place, Problem
from deckwright.release import _ledger_line, ledger, ledger_reader
from deckwright.source.characters import NOT_TEXT
from deckwright.source.deck import text_at


def read(data: bytes) -> None:
    """Read a file of cards: problems have true places, and all is the same after JSON."""
    made = render_file(data, "x.yaml", "nl")
    lines = data.decode("utf-8", "replace").replace("\r", "\n").count("\n") + 2
    _sound(made.reading_problems + made.note_problems, lines)
    assert _rendered_file_json.load(_rendered_file_json.dump(made), "x.yaml") == made


def render(data: bytes) -> None:
    """Render a text: its HTML holds nothing but what cards may, and what went is a problem."""
    source = NOT_TEXT.sub("", data.decode("utf-8", "replace")).rstrip()  # as it comes from a file
    renderer = MarkdownRenderer()
    made = renderer.render(text_at(source, Place("x.yaml")))
    html, problems = made.html, made.problems
    _sound(problems, 1)
    marks = Marks(source, cloze=False)
    seen, meant = _Seen(html), _Seen(marks.unmarked(renderer._convert(marks.marked) or ""))
    for tag, names in seen.tags:
        assert names.keys() <= ALLOWED[tag], html
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", names.get("href") or "", re.IGNORECASE)
        assert not scheme or scheme[1].lower() in SCHEMES, html
        assert problems or scheme or "href" not in names, html
    if not problems:
        assert seen.words == meant.words, (html, source)
        assert [each for each in meant.tags if each[1]] == [e for e in seen.tags if e[1]], html


def unpack_bytes(data: bytes) -> None:
    """Unpack what claims to be a package: it gives what it holds, or an PackageError."""
    _unpacked(data)


def unpack_patched(data: bytes) -> None:
    """Unpack a package with a changed database: four bytes say where, one byte what."""
    content = bytearray(_collection())
    for start in range(0, len(data) - 4, 5):
        content[int.from_bytes(data[start : start + 4]) % len(content)] = data[start + 4]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("collection.anki2", bytes(content))
    _unpacked(target.getvalue())


def ledger_text(data: bytes) -> None:
    """Parse a ledger with true sums on all lines: it can be written again, or has problems."""
    bodies = [line.removesuffix("}") for line in data.decode("utf-8", "replace").split("\n")]
    signed = [f'{body},"sum":"{_ledger_line.checksum(body + "}")}"}}' for body in bodies]
    found, problems = ledger_reader.parse("\n".join(signed), "deck.lock")
    assert bool(found) != bool(problems)
    _sound(tuple(problems), len(signed) + 1)
    if found:
        again, none = ledger_reader.parse(ledger.dump(found), "deck.lock")
        assert (again, none) == (found, [])
        assert all(found.modified(note) > 0 for note in found.notes.values())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read,
    "render": render,
    "unpack_bytes": unpack_bytes,
    "unpack_patched": unpack_patched,
    "ledger_text": ledger_text,
}


def seeds(target: str) -> list[bytes]:
    """Return inputs to begin with: real cards, a real package, a real lock."""
    cards = Path(__file__).parent.parent.parent / "cards"
    if target == "unpack_bytes":
        return [_package()]
    if target == "unpack_patched":
        return [bytes(5)]
    if target == "ledger_text":
        return [re.sub(r',"sum":"[0-9a-f]{8}"', "", _ledger()).rstrip("\n").encode()]
    files = [path.read_bytes() for path in sorted(cards.glob("[1-9]*.yaml"))]
    return [file[:3_000] for file in files] if target == "read" else [b"Een **zin** [x](http://a)."]


def _sound(problems: tuple[Problem, ...], lines: int) -> None:
    for problem in problems:
        assert problem.code in LEVELS
        assert 1 <= problem.place.line <= lines, problem
        assert problem.place.col >= 1
        assert problem.message
        assert problem.hint


def _unpacked(data: bytes) -> None:
    with suppress(PackageError):
        for note in read_package(io.BytesIO(data)).notes.values():
            assert note.modified >= 0
            assert all(isinstance(text, str) for text in note.fields.values())


@cache
def _ledger() -> str:
    with TemporaryDirectory() as folder:
        author = Author(Path(folder))
        author.releases()
        author.retires("een")
        author.releases()
        return author.ledger_text()


@cache
def _package() -> bytes:
    with TemporaryDirectory() as folder:
        return Author(Path(folder)).releases().package.read_bytes()


@cache
def _collection() -> bytes:
    return archive.unpack_zip(io.BytesIO(_package()), {"collection.anki2"})["collection.anki2"]


class _Seen(HTMLParser):
    """What a browser would make of some HTML: words and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[tuple[str, dict[str, str | None]]]()
        self.feed(html)
        self.close()
        self.words = "".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data
