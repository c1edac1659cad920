"""Reading cards: whatever stands in the folder, there are problems with places and no traceback."""

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from author import Author
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_deck import CARDS, START

from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.build.packages import package_bytes
from deckwright.build.plan import plan_build
from deckwright.cli.main import main
from deckwright.disk.reading import MAX_SIZE
from deckwright.problem import LEVELS, Problem
from deckwright.release.next_release import Clock
from deckwright.source.reader import read_settings

REAL = [path.read_text("utf-8") for path in sorted(CARDS.glob("*.yaml"))]
SNIPPETS = ["\t", "- ", ": ", "#", "'", '"', "{{c1::", "}}", "|", ">", "&a ", "*a", "!x", "[", "]",
            "{", "}", "---\n", "...\n", "%YAML", "\n", "\r", "  ", "\x00", "\ufeff", "\u2028", "é",
            "notes:", "id: ", "<b>", "<script>", "[x](", "::", "`", "**", "?"]  # fmt: skip

quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def holds_up(folder: Path, content: bytes) -> None:
    """Plan a folder with this file in it: it may not raise, and each problem has a true place."""
    (folder / "deck.yaml").write_text("name: P\nkey: p\nlanguage: nl\ndescription: P.\n", "utf-8")
    (folder / "1.yaml").write_bytes(content)
    lines = content.decode("utf-8", "replace").replace("\r", "\n").count("\n") + 1
    for problem in plan_build(folder, Clock(START)).problems:
        assert problem.code in LEVELS
        assert problem.place.col >= 1
        assert 1 <= problem.place.line <= lines + 1
        assert problem.message
        assert problem.hint


@pytest.mark.parametrize(("count", "expected"), [(50_000, []), (50_001, ["file-large"])])
def test_word_lists_have_a_limit(tmp_path: Path, count: int, expected: list[str]) -> None:
    """All together: a deck may have one for each language."""
    author = Author(tmp_path)
    author.save()
    for name, words in (("woordenlijst.txt", count), ("wordlist.txt", 50_000)):
        (author.cards / name).write_text("# namen\n\n" + "a: naam\n" * words, "utf-8")
    deck, _, problems = read_settings(author.cards)
    assert deck
    assert (len(deck.word_list), [problem.code for problem in problems]) == (100_000, expected)


@quick
@given(content=st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    """Bytes of no meaning."""
    holds_up(tmp_path, content)


@quick
@given(pieces=st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=60))
def test_any_text(tmp_path: Path, pieces: list[str]) -> None:
    """Text that is full of what means something to YAML, Markdown, HTML or Anki."""
    content = "".join(pieces).encode("utf-8", "surrogatepass")
    holds_up(tmp_path, b"subdeck: S\nnotes:\n- id: a\n  question: " + content)


@quick
@given(seed=st.integers(0, 2**32))
def test_the_real_cards_with_slips_of_the_hand(tmp_path: Path, seed: int) -> None:
    """The real files with pieces cut out and characters put in at random places."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    text = chance.choice(REAL)[: chance.randrange(4000)]
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        cut = chance.choice((0, 0, 1, 30))
        text = text[:at] + chance.choice(SNIPPETS) + text[at + cut :]
    holds_up(tmp_path, text.encode())


MANY = """\
subdeck: Start
notes:
  - id: Een
    question: Wat nu?
    answer: Zo.
  - id: twee
    quesion: Wat nu?
    answer: Zo.
  - id: drie
    question: "Wat nu?
    answer: Zo.
  - id: vier
    cloze: De kleur {{c0::rood}} kun je van ver heel goed zien.
  - id: vijf
    question: Wie nu?
    answer: &c is een teken
  - id: zes
    question: Waar nu?
    answer: Bij <span>de deur</span>.
  - id: zeven
    kind: situatei
    question: Hoe nu?
    answer: Zo.
  - id: acht
    question: Wanneer nu?
    answer: Bij lijn #1.
  - id: acht
    question: Waarheen nu?
    answer: Zo.
  - id: negen
    covers: luisteren
    question: Waarom nu.
    answer: Zo.
"""


def test_a_file_full_of_mistakes(tmp_path: Path) -> None:
    """Eleven mistakes in one file, one of them in its syntax: each has its place, exit code 1."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "1-deel.yaml").write_text(MANY, "utf-8")
    result = CliRunner().invoke(main, ["check", "--cards", str(author.cards)])
    assert result.exit_code == 1
    found = [
        line.removeprefix(f"{author.cards}/1-deel.yaml:").split("]")[0]
        for line in result.stdout.splitlines()
        if "error[" in line
    ]
    assert found == [
        "3:9: error[id-malformed",
        "6:5: error[key-missing",
        "7:5: error[key-unknown",
        "10:15: error[yaml-syntax",
        "13:21: error[cloze-number",
        "16:13: error[yaml-anchor",
        "19:17: error[html-not-allowed",
        "21:11: error[value-unknown",
        "26:22: error[yaml-comment",
        "27:9: error[id-repeated",
        "31:13: error[covers-unknown",
    ]
    assert not author.out.exists()


def codes(folder: Path) -> list[str]:
    """Return the codes of the problems of a folder, each as 'line:col code'."""
    return [
        f"{p.place.line}:{p.place.col} {p.code}"
        for p in read_cards_folder(folder, Resources()).reading_problems
    ]


def test_folders_that_lack_something(tmp_path: Path) -> None:
    """No folder, a file instead, an empty folder, no deck.yaml: each says what is missing."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "1.yaml").write_text(
        "subdeck: S\nnotes:\n- id: a\n  cloze: '{{c1::x}}'\n"
    )
    assert codes(tmp_path / "nowhere") == ["1:1 folder-unreadable"]
    assert codes(tmp_path / "file") == ["1:1 folder-unreadable"]
    assert codes(tmp_path / "empty") == ["1:1 deck-missing", "1:1 notes-missing"]
    assert codes(tmp_path / "notes") == ["1:1 deck-missing"]


def test_a_file_from_elsewhere_or_too_large(tmp_path: Path) -> None:
    """A link out of the folder brings no stranger's file in; the last byte that is too much."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "secret.yaml").write_text("subdeck: S\n")
    (author.cards / "2-vreemd.yaml").symlink_to("../secret.yaml")
    assert codes(author.cards) == ["1:1 file-outside"]
    (author.cards / "2-vreemd.yaml").unlink()
    large = author.cards / "2-groot.yaml"
    text = "subdeck: S\nnotes:\n- id: a\n  question: Wat nu?\n  answer: Zo.\n#"
    for size, found in ((MAX_SIZE, []), (MAX_SIZE + 1, ["1:1 file-large"])):
        large.write_text(text.ljust(size, "x"), "utf-8")
        assert codes(author.cards) == found


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("folder", "take it out of this folder"),
        ("link to nowhere", "remove this link, or put the file itself in its place"),
        ("link to itself", "remove this link, or put the file itself in its place"),
        ("forbidden", "check its permissions"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, hint: str
) -> None:
    """A folder or a broken link with the name of a file is a problem of its own, with a way out."""
    author = Author(tmp_path)
    author.save()
    odd = author.cards / "2-vreemd.yaml"
    if kind == "folder":
        odd.mkdir()
    elif kind == "forbidden":
        odd.write_text("subdeck: S\n", "utf-8")
        opened = os.open

        def forbid(path: Path, *how: int) -> int:  # root may read all files
            if path.name == odd.name:
                raise PermissionError(errno.EACCES, "no")
            return opened(path, *how)

        monkeypatch.setattr("deckwright.disk.reading.os.open", forbid)
    else:
        odd.symlink_to(odd if kind == "link to itself" else author.cards / "nowhere")
    found = plan_build(author.cards, Clock(START)).problems
    assert [(each.code, each.hint) for each in found] == [("file-unreadable", hint)]


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    """A file that an old editor saved: the place of the first bad byte."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "2-oud.yaml").write_bytes("subdeck: Eén\n".encode("latin-1"))
    assert codes(author.cards) == ["1:11 file-encoding"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "description: |\nEen tekst.\nname: P\n",
            2,
            "a text below a | stands further in than its key",
        ),
        ("name:Proef\nkey: p\n", 1, "a space is missing after 'name:'"),
    ],
)
def test_a_slip_on_the_first_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    """Whoever looks for it looks up to the very beginning of a file."""
    (tmp_path / "deck.yaml").write_text(text, "utf-8")
    found = plan_build(tmp_path, Clock(START)).problems[0]
    assert (found.place.line, str(found.message)) == (line, message)


@pytest.mark.parametrize("depth", [100, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(tmp_path: Path, depth: int, opening: str) -> None:
    """Brackets in brackets in brackets end in a problem, not in a full stack."""
    holds_up(tmp_path, (opening * depth).encode())


def test_a_file_of_nothing_but_problems(tmp_path: Path) -> None:
    """The reading of a file ends after a thousand problems, and says so."""
    author = Author(tmp_path)
    author.save()
    notes = "".join(f"  - id: a{number}\n" for number in range(1_500))
    (author.cards / "1-deel.yaml").write_text(f"subdeck: S\nnotes:\n{notes}", "utf-8")
    found = [problem.code for problem in author_problems(author)]
    assert found.count("note-kind") == 1_001
    assert found[-1] == "problems-many"


def author_problems(author: Author) -> list[Problem]:
    """Return the problems of an author's files as they stand."""
    return read_cards_folder(author.cards, Resources()).reading_problems


@pytest.mark.parametrize("write", [
    lambda raw: b"\xef\xbb\xbf" + raw,
    lambda raw: raw.replace(b"\n", b"\r\n"),
    lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    lambda raw: raw.replace(b"\n", b"\r"),
])  # fmt: skip
def test_what_windows_writes_changes_nothing(
    tmp_path: Path, write: Callable[[bytes], bytes]
) -> None:
    """Line ends and a byte-order mark in every file, the ledger too: same release, same places."""
    author = Author(tmp_path)
    author.notes[1]["answer"] = "Een\n\n- paar\n- stel"
    first = author.releases().package.read_bytes()
    planned = plan_build(author.cards, Clock(author.now))
    for file in author.cards.iterdir():
        file.write_bytes(write(file.read_bytes()))
    again = plan_build(author.cards, Clock(author.now))
    assert again.problems == planned.problems
    assert again.deck == planned.deck
    assert again.ready
    assert again.ready.release.is_out
    assert package_bytes(again.ready) == first


@pytest.mark.parametrize("raw", ["subdeck: é\n".encode("utf-16"), "subdeck: é\n".encode("cp1252")])
def test_other_encodings_are_told(tmp_path: Path, raw: bytes) -> None:
    """What Notepad calls Unicode or ANSI: where to save it as UTF-8."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "1-deel.yaml").write_bytes(raw)
    (problem,) = author_problems(author)
    assert problem.code == "file-encoding"
    assert "Notepad" in problem.hint


def test_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """Part 2 comes before part 10, as file managers show them; `.yml` is YAML, too."""
    author = Author(tmp_path)
    author.parts = {
        name: {"subdeck": name, "notes": [{"id": f"n{i}", "question": f"Wat {i}?", "answer": "A."}]}
        for i, name in enumerate(("2-b.yaml", "10-c.yml", "1-a.yaml", "9-d.yaml"))
    }
    author.save()
    deck = author.plan().deck
    assert deck
    assert [note.subdeck.value for note in deck.notes] == [
        "1-a.yaml",
        "2-b.yaml",
        "9-d.yaml",
        "10-c.yml",
    ]
