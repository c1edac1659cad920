"""What strangers may hand us, and what they get. Run it to print the table.

Each attack prepares a folder of cards, or makes a file that claims to be a package, and names what
`check` or `diff` then says: the codes of all problems, or a part of the one line.
"""

import io
import json
import os
import socket
import sqlite3
import struct
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import zstandard
from author import Author
from click.testing import CliRunner, Result

from deckwright.cli.main import main


class Attack(NamedTuple):
    """An attack on the cards: `prepare` gets the author, `codes` are what check reports."""

    name: str
    prepare: Callable[[Author], object]
    codes: tuple[str, ...]


def text(value: str, role: str = "answer") -> Callable[[Author], None]:
    """Return an attack by a text of a note."""

    def prepare(author: Author) -> None:
        author.note("een")[role] = value
        author.save()

    return prepare


def raw(content: bytes, name: str = "2-meer.yaml") -> Callable[[Author], object]:
    """Return an attack by a whole file of its own."""
    return lambda author: (author.cards / name).write_bytes(content)


def note(content: str) -> Callable[[Author], object]:
    """Return an attack by a file with one more note."""
    return raw(f"subdeck: Meer\nnotes:\n- id: meer\n{content}".encode())


def setting(**settings: str) -> Callable[[Author], None]:
    """Return an attack by deck.yaml."""

    def prepare(author: Author) -> None:
        author.settings |= settings
        author.save()

    return prepare


def link(name: str, target: str) -> Callable[[Author], object]:
    """Return an attack by a link in the folder of cards."""

    def prepare(author: Author) -> None:
        path = author.cards / name
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(target)

    return prepare


def media(name: str, content: bytes) -> Callable[[Author], None]:
    """Return an attack by a file of media."""

    def prepare(author: Author) -> None:
        (author.cards / "media").mkdir()
        (author.cards / "media" / name).write_bytes(content)

    return prepare


def pipe(name: str) -> Callable[[Author], object]:
    """Return an attack by a named pipe, which would block whoever reads it."""

    def prepare(author: Author) -> None:
        (author.cards / "media").mkdir(exist_ok=True)
        os.mkfifo(author.cards / name)

    return prepare


def unix_socket(author: Author) -> None:
    """Put a socket where a file should be."""
    here = Path.cwd()
    os.chdir(author.cards)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("2-meer.yaml")
    finally:
        os.chdir(here)


def twins(author: Author) -> None:
    """Put two files that are one on Windows and macOS."""
    for name in ("2-meer.yaml", "2-Meer.yaml"):
        content = f"subdeck: Meer\nnotes:\n- id: {'b' if 'M' in name else 'c'}\n"
        content += f"  question: Wat is {name[2:6]}?\n  answer: Iets.\n"
        (author.cards / name).write_text(content, "utf-8")


LEVELS = "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 9))
BOMB = f"x0: &x0 lol\n{LEVELS}\nsubdeck: S\nnotes: *x8\n".encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
CLOZE = "  cloze: 'Dit is een lange {}zin met {{{{c1::een gat}}}} er middenin.'\n"

ATTACKS = [
    # YAML
    Attack("a bomb of aliases", raw(BOMB), ("key-unknown", "yaml-anchor")),
    Attack("100,000 brackets", raw(b"[" * 100_000), ("yaml-depth",)),
    Attack("100,000 nested keys", raw(b"{a: " * 100_000), ("yaml-depth",)),
    Attack("1,000 nested lists", raw(b"- " * 1_000 + b"a"), ("yaml-depth",)),
    Attack("an anchor", note("  question: Wat?\n  answer: &a Dat.\n"), ("yaml-anchor",)),
    Attack("a merge key", note("  <<: *x\n  question: Wat?\n"),
           ("key-missing", "key-unknown", "yaml-anchor")),
    Attack("a Python object", note("  question: W?\n  answer: !!python/name:os.system [a]\n"),
           ("yaml-tag",)),
    Attack("a second document", raw(b"subdeck: A\nnotes: []\n---\nb: c\n"), ("yaml-syntax",)),
    Attack("a million list items", raw(b"- a\n" * 1_000_000), ("type-wrong",)),
    Attack("a file of 100 MB", raw(b"#" * 100_000_000), ("file-large",)),
    Attack("a key of a megabyte", raw(b"a" * 1_000_000 + b": b\n"), ("yaml-syntax",)),
    Attack("a text of 4 MB", note(f"  question: Wat?\n  answer: {'a ' * 2_000_000}\n"),
           ("value-large",)),
    Attack("20,000 brackets in a text", text("[" * 20_000), ("value-large",)),
    Attack("2,000 emphases in a text", text("*a **b " * 700), ("value-large",)),
    Attack("1,000 lists in one another", text("1. " * 1_000 + "a"),
           ("answer-long", "html-not-allowed", "lines-joined")),
    Attack("1,000 quotes in one another", text("> " * 1_000 + "a"), ("html-not-allowed",)),
    # characters
    Attack("NUL", raw(b"subdeck: a\x00b\nnotes: []\n"), ("file-character",)),
    Attack("the separator of Anki's fields", note('  question: "a\\x1fb?"\n  answer: c\n'),
           ("value-character",)),
    Attack("a lone surrogate", note('  question: "a\\ud800b?"\n  answer: c\n'), ("yaml-quotes",)),
    Attack("raw bytes of a surrogate", raw(b"subdeck: \xed\xa0\x80\n"), ("file-encoding",)),
    Attack("an escape for the terminal", raw(b"subdeck: 'a\x1b]0;x\x07'\nnotes: []\n"),
           ("file-character",)),
    Attack("text turned round (RTL)", text("ab \u202ecb\u202c"), ("value-character",)),
    Attack("a zero-width character in an id", raw("subdeck: S\nnotes:\n- id: a\u200bb\n".encode()),
           ("note-kind", "value-character")),
    Attack("a soft hyphen in a tag", text("rij\u00ada", "tags"), ("tag-malformed",)),
    Attack("an invisible joiner in a deck's name", setting(name="Pro\u200def"), ("deck-name",)),
    Attack("letters that only look Latin in an id", raw(
        "subdeck: S\nnotes:\n- id: \u0435\u0435n\n  question: Wat?\n  answer: Dat.\n".encode()),
        ("id-malformed",)),
    # names and files
    Attack("a key that Windows keeps for itself", setting(key="con"), ("id-malformed",)),
    Attack("a key with a path", setting(key="../../x"), ("id-malformed",)),
    Attack("a file that Windows cannot hold", raw(b"subdeck: S\nnotes: []\n", "aux.yaml"),
           ("file-name",)),
    Attack("a name that is not UTF-8", lambda author: (author.cards / os.fsdecode(b"\xff.yaml"))
           .write_text("subdeck: S\nnotes: []\n"), ("file-name",)),
    Attack("a name of two lines", raw(b"subdeck: S\nnotes: []\n", "2\n.yaml"), ("file-name",)),
    Attack("two names that differ in case", twins, ("file-name",)),
    Attack("a link to /etc/passwd", link("2-meer.yaml", "/etc/passwd"), ("file-outside",)),
    Attack("a link out of the folder", link("2-meer.yaml", "../x.yaml"), ("file-outside",)),
    Attack("a link to itself", link("2-meer.yaml", "2-meer.yaml"), ("file-unreadable",)),
    Attack("a link to an endless device", link("2-meer.yaml", "/dev/zero"), ("file-outside",)),
    Attack("a lock that is a link", link("deck.lock", "/dev/zero"), ("file-outside",)),
    Attack("media that is a link", link("media", "/etc"), ("media-outside",)),
    Attack("a picture that is a link", link("media/x.png", "/etc/passwd"),
           ("media-outside",)),
    Attack("a pipe for a file", pipe("2-meer.yaml"), ("file-unreadable",)),
    Attack("a pipe for the lock", pipe("deck.lock"), ("file-unreadable",)),
    Attack("a pipe for a picture", pipe("media/x.png"), ("media-unreadable",)),
    Attack("a pipe for the word list", pipe("woordenlijst.txt"), ("file-unreadable",)),
    Attack("a socket for a file", unix_socket, ("file-unreadable",)),
    Attack("a folder for a file", lambda author: (author.cards / "2.yaml").mkdir(),
           ("file-unreadable",)),
    # Markdown and HTML
    Attack("a script", text("<script>alert(1)</script>"), ("html-not-allowed",)),
    Attack("an event attribute", text('<b onclick="x()">a</b>'), ("html-not-allowed",)),
    Attack("an event on a picture", text('<img src="media/x.png" alt="a" onerror="x()">'),
           ("html-not-allowed", "media-missing")),
    Attack("javascript:", text("[a](javascript:alert(1))"), ("html-not-allowed",)),
    Attack("javascript: in pieces", text("[a](java&#115;cript:alert(1))"), ("html-not-allowed",)),
    Attack("javascript: with a tab", text('<a href="java\tscript:alert(1)">a</a>'),
           ("html-not-allowed",)),
    Attack("a data: link", text("[a](data:text/html,x)"), ("html-not-allowed",)),
    Attack("a data: picture", text("![a](data:image/png;base64,AA)"),
           ("html-not-allowed", "media-outside")),
    Attack("a remote picture", text("![a](https://example.org/x.png)"), ("media-outside",)),
    Attack("a picture with two sources", text(
        '<img src="https://example.org/x.png" src="media/x.png" alt="a">'),
           ("html-not-allowed", "media-outside")),
    Attack("an iframe", text('<iframe src="https://example.org"></iframe>'), ("html-not-allowed",)),
    Attack("a style sheet", text("<style>@import 'https://example.org'</style>"),
           ("html-not-allowed",)),
    Attack("a style attribute", text('<b style="position:fixed">a</b>'), ("html-not-allowed",)),
    Attack("an SVG in the text", text("<svg><script>x</script></svg>"), ("html-not-allowed",)),
    Attack("a comment", text("a <!-- b --> c"), ("html-not-allowed",)),
    Attack("a form", text('<form action="//x"><input></form>'), ("html-not-allowed",)),
    Attack("a script in an SVG", media("x.svg", SVG % b"<script>x</script>"),
           ("media-active", "media-unused")),
    Attack("an import in an SVG", media("x.svg", SVG % b"<style>@import 'x'</style>"),
           ("media-active", "media-unused")),
    Attack("HTML that says it is a picture", media("x.png", b"<script>x</script>"),
           ("media-kind", "media-unused")),
    Attack("a picture of 21 MB", media("x.png", b"\x89PNG\r\n\x1a\n" + bytes(21_000_000)),
           ("media-large",)),
    # what Anki runs
    Attack("a gap in an answer", text("{{c1::a}}"), ("cloze-misplaced",)),
    Attack("a gap in a theme", text("{{c1::a}}", "theme"), ("cloze-misplaced",)),
    Attack("a gap in a gap", note(CLOZE.format("{{c2::x {{c3::y}}}} ")), ("cloze-nested",)),
    Attack("LaTeX", text(r"[latex]\input{/etc/passwd}[/latex]"), ("html-not-allowed",)),
    Attack("LaTeX for a sum", text(r"[$]x[/$]"), ("html-not-allowed",)),
    Attack("a voice", text("[anki:tts lang=nl_NL]a[/anki:tts]"), ("html-not-allowed",)),
    Attack("a sound of the learner's own", text("[sound:geheim.mp3]"), ("media-outside",)),
    # in disguise
    Attack("the separator as an entity", text("a&#31;b"), ("html-not-allowed",)),
    Attack("a hidden character as an entity", text("a&#x202e;b"), ("html-not-allowed",)),
    Attack("a sound as an entity", text("&#91;sound:geheim.mp3]"), ("media-outside",)),
    Attack("a voice as an entity", text("[&#97;nki:tts lang=nl]a[/&#97;nki:tts]"),
           ("html-not-allowed",)),
    Attack("LaTeX with a backslash", text(r"[latex\]x[/latex\]"), ("html-not-allowed",)),
    Attack("MathJax with a link", text(r"\(\href{javascript:x}{y}\)"), ("formula-runs",)),
    Attack("MathJax that loads", text(r"$\require{a}$"), ("formula-runs",)),
    Attack("a script in the author's name", setting(author="A <script>x</script>"),
           ("html-not-allowed",)),
    Attack("a remote picture in the licence", setting(license="![a](https://a.nl/x.png)"),
           ("media-missing",)),
    Attack("an end that begins nowhere", text("a </div> b"), ("html-not-allowed",)),
    Attack("tags around nothing", text("<p></p>"), ("text-lost",)),
    Attack("HTML that breaks its parser", text("<ul><![x](a)"), ("html-not-allowed",)),
    Attack("a script by another name in an SVG",
           media("x.svg", b'<svg xmlns:x="http://www.w3.org/2000/svg"><x:script/></svg>'),
           ("media-active", "media-unused")),
    Attack("an import as an entity in an SVG", media("x.svg", SVG % b"<style>&#64;import</style>"),
           ("media-active", "media-unused")),
    Attack("an SVG of comments", media("x.svg", b"<!---->" * 60 + b"x"),
           ("media-kind", "media-unused")),
    Attack("entities in an SVG",
           media("x.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;"),
           ("media-active", "media-unused")),
    Attack("an SVG of a million copies", media("x.svg", SVG % b"".join(
        b'<g id="a%d">%s</g>' % (n, b'<use href="#a%d"/>' % (n - 1) * 10) for n in range(1, 7))),
           ("media-large", "media-unused")),
    Attack("5,000 digits in an SVG", media("x.svg", SVG % (b"&#" + b"1" * 5_000 + b";")),
           ("media-kind", "media-unused")),
    Attack("a folder of media that is a link", link("media/x", "/etc"), ("media-outside",)),
    Attack("a film that is a page", media("x.mp4", b"<script>x</script>"),
           ("media-kind", "media-unused")),
    Attack("a gap of 3,900 digits", note(f"  cloze: 'Een {{{{c{'1' * 3_900}::gat}}}} hier.'\n"),
           ("cloze-syntax",)),
    Attack("an entity of 4,400 digits", text(f"&#{'1' * 4_400};"), ("value-large",)),
    Attack("an entity of 4,400 digits in the description", setting(description=f"&#{'1' * 4_400};"),
           ("value-large",)),
    Attack("1,000 tags on one note", note("  question: Wat?\n  answer: Dat.\n  tags:\n"
           + "".join(f"  - t{n}\n" for n in range(1_000))), ("value-large",)),
    Attack("a tag of 1,000 letters", text("t" * 1_000, "tags"), ("value-large",)),
    Attack("1,000 reasons on one note", note("  question: Wat?\n  answer: Dat.\n  allow:\n"
           + "".join(f"    a{n}: b\n" for n in range(1_000))), ("value-large",)),
    Attack("a gap in Arabic digits", note("  cloze: 'Een {{c\u0661::gat}} in de zin.'\n"),
           ("cloze-syntax",)),
    Attack("a gap that hides a space", note("  cloze: 'Een {{c1::&nbsp;}} in een zin.'\n"),
           ("cloze-context", "cloze-split")),
    Attack("a deck fifteen levels deep",
           raw(b"subdeck: " + b"::".join([b"a"] * 15) + b"\nnotes:\n- id: a\n  question: Wat?\n"
               b"  answer: Dat.\n"), ("deck-name",)),
    Attack("directives", raw(b"%TAG !a! x\n" * 1_000), ("yaml-syntax",)),
    Attack("60,000 items and a broken one", raw(b"- a\n" * 60_000 + b'- "'), ("yaml-syntax",)),
    Attack("a lock of 4 MB of garbage", raw(b"a\n" * 2_000_000, "deck.lock"), ("lock-broken",)),
]  # fmt: skip


def attacked(attack: Attack, folder: Path) -> Result:
    """Run `check` on a deck with this attack in it."""
    author = Author(folder)
    author.save()
    attack.prepare(author)
    return CliRunner().invoke(main, ["check", "--cards", str(author.cards), "--format", "json"])


def codes(result: Result) -> tuple[str, ...]:
    """Return the codes that `check --format json` reported, each once."""
    return tuple(sorted({problem["code"] for problem in json.loads(result.stdout)}))


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def bzip2(content: bytes) -> bytes:
    """Return a zip that is compressed as no Anki does it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("collection.anki2", content)
    return target.getvalue()


def lying(package: bytes) -> bytes:
    """Return a zip whose headers say that ten megabytes of zeros are ten bytes."""
    bomb = bytearray(zipped({"collection.anki2": bytes(10_000_000)}))
    size = struct.pack("<L", 10_000_000)
    return bytes(bomb.replace(size, struct.pack("<L", 10)) + package[:0])


def changed(statements: str) -> Callable[[bytes], bytes]:
    """Return a package in whose collection these statements were run."""

    def make(package: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            connection = sqlite3.connect(":memory:")
            connection.deserialize(archive.read("collection.anki2"))
        connection.executescript(statements)
        content = connection.serialize()
        connection.close()
        return zipped({"collection.anki2": content, "media": b"{}"})

    return make


ENDLESS = """
    alter table notes rename to old;
    create view notes as with recursive r(n) as (select 1 union all select n + 1 from r)
    select n as id, 'g' || n as guid, 1 as mid, 1 as mod, '' as tags, 'x' as flds from r
"""
LARGE = """
    alter table notes rename to old;
    create table notes (id integer, guid text, mid integer, mod integer, tags text,
        flds text as (printf('%.*c', 100000000, 'x')));
    insert into notes select id, guid, mid, mod, tags from old
"""

DEEP = "update col set models = replace(hex(zeroblob(25000)), '0', '[')"

NEWEST = {"meta": b"\x08\x03"}  # what Anki's newest exports have
PACKAGES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("nothing", lambda _: b"", "not a zip file"),
    ("text", lambda _: b"geen pakket", "not a zip file"),
    ("half a package", lambda package: package[: len(package) // 2], "not a zip file"),
    ("a zip without a collection", lambda _: zipped({"a": b""}), "no Anki collection"),
    ("not zstd", lambda _: zipped({**NEWEST, "collection.anki21b": b"x"}), "is not zstd"),
    ("a bomb of 1 GB", lambda _: zipped({"collection.anki2": bytes(1_000_000_000)}),
     "unpacks to more than"),
    ("a bomb of zstd", lambda _: zipped(
        {**NEWEST, "collection.anki21b": zstandard.compress(bytes(10**9))}),
     "unpacks to more than"),
    ("a bomb beside the collection", lambda p: zipped({"x": bytes(500_000_000)}) + p[:0],
     "unpacks to more than"),
    ("a header that lies", lying, "not a zip file: Bad CRC"),
    ("a zip in another way", lambda _: bzip2(bytes(1_000_000)), "a way that Anki does not use"),
    ("a hostile path", lambda _: zipped({"../../../etc/x": b"x", "media": b"{}"}),
     "no Anki collection"),
    ("no database", lambda _: zipped({"collection.anki2": b"x" * 9_000}), "database is broken"),
    ("half a database", lambda p: zipped({"collection.anki2": zipfile.ZipFile(io.BytesIO(p))
                                          .read("collection.anki2")[:40_000]}), "is broken"),
    ("another database", changed("drop table notes"), "no tables of Anki's"),
    ("a view without end", changed(ENDLESS), "no tables of Anki's"),
    ("a column that makes up gigabytes", changed(LARGE), "no tables of Anki's"),
    ("deep JSON", changed(DEEP), "not as Anki writes it"),
    ("no decks", changed("update col set decks = '{}'"), "not as Anki writes it"),
    ("a time far away", changed("update notes set mod = 999999999999999"), "is not a time"),
    ("a number for a text", changed("update notes set flds = x'00ff'"), "is not a text"),
    ("an escape for the terminal", changed("update notes set flds = flds || char(27)"),
     "is not a text"),
    ("too few fields", changed("update notes set flds = 'x'"), "not as Anki writes it"),
]  # fmt: skip


def shown(made: Callable[[bytes], bytes], folder: Path) -> Result:
    """Run `diff` on a package that was tampered with."""
    author = Author(folder)
    package = author.releases().package
    odd = folder / "odd.apkg"
    odd.write_bytes(made(package.read_bytes()))
    return CliRunner().invoke(main, ["diff", str(odd), str(package)])


def verified(folder: Path) -> Result:
    """Run `verify` on a package whose media would be written outside of Anki's folder."""
    author = Author(folder)
    package = author.releases().package
    names = json.dumps({"0": "../../../../outside.txt", "1": f"{folder}/outside.txt"})
    with zipfile.ZipFile(package) as archive:
        collection = archive.read("collection.anki2")
    odd = folder / "odd.apkg"
    files = {"collection.anki2": collection, "media": names.encode(), "0": b"x", "1": b"x"}
    odd.write_bytes(zipped(files))
    return CliRunner().invoke(main, ["verify", str(odd)])


def table() -> None:
    """Print each attack, what it gets, and how long that takes."""
    for attack in ATTACKS:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            result = attacked(attack, Path(folder))
            row = f"{attack.name:42} {', '.join(codes(result)):40}"
            print(f"{row} {time.perf_counter() - started:5.2f} s")
    for name, made, _ in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            said = shown(made, Path(folder)).stderr.replace(folder, "").strip()
            print(f"package: {name:33} {said[:72]:72} {time.perf_counter() - started:5.2f} s")


if __name__ == "__main__":
    os.environ["DICPATH"] = "/nowhere"
    table()
