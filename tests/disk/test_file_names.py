"""Names of files: the same deck on Linux, Windows and macOS."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from author import Author
from real_deck import START

from deckwright.build.plan import plan_build
from deckwright.disk.file_names import composed, is_portable, same_name
from deckwright.problem import Problem
from deckwright.release.next_release import Clock

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("1-deel.yaml", True),
        ("console.yaml", True),
        ("café.svg", True),
        ("aux.yaml", False),
        ("COM1", False),
        ("com\N{SUPERSCRIPT ONE}.png", False),
        ("LPT\N{SUPERSCRIPT THREE}", False),
        ("CONIN$.png", False),
        ("conout$", False),
        ("conin.png", True),
        ("com\N{SUPERSCRIPT FOUR}.png", True),
        ("a:b.yaml", False),
        ("a.yaml.", False),
        ("a\n.yaml", False),
        (os.fsdecode(b"\xff.yaml"), False),
    ],
)
def test_portable_names(name: str, *, portable: bool) -> None:
    """What Windows reserves or refuses, and bytes that are not UTF-8."""
    assert is_portable(name) == portable


def test_names_that_are_one_file() -> None:
    """Case, and the two ways to write an accent; nothing else."""
    assert same_name("Café.svg") == same_name("cafe\u0301.SVG")
    assert composed("cafe\u0301") == "café"
    assert same_name("cafe.svg") != same_name("café.svg")


class LikeMacOS:
    """Lets the system find a file under each of its names, as macOS and Windows do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.folder = folder
        for name in ("open", "stat", "lstat", "listdir", "scandir", "readlink"):
            monkeypatch.setattr(os, name, self._by_any_name(getattr(os, name)))

    def _by_any_name(self, real: Callable[..., Any]) -> Callable[..., Any]:
        listed = os.listdir

        def called(path: Any = ".", *rest: Any, **options: Any) -> Any:
            text = os.fspath(path) if isinstance(path, str | os.PathLike) else path
            if isinstance(text, str) and text.startswith(f"{self.folder}{os.sep}"):
                found = str(self.folder)
                for part in Path(text).relative_to(self.folder).parts:
                    try:
                        names = getattr(listed, "real", listed)(found)
                    except OSError:
                        names = []
                    alike = [name for name in names if same_name(name) == same_name(part)]
                    found = os.path.join(found, alike[0] if alike else part)  # noqa: PTH118
                text = found
            return real(text, *rest, **options)

        called.real = real  # type: ignore[attr-defined]
        return called


def test_the_double_finds_files_by_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, this system tells names apart; with it, no longer."""
    (tmp_path / "Media").mkdir()
    (tmp_path / "Media" / "Café.svg").write_text(SVG, "utf-8")
    other = tmp_path / "media" / "cafe\u0301.SVG"
    assert not other.exists()
    LikeMacOS(monkeypatch, tmp_path)
    assert other.exists()
    assert [path.name for path in other.parent.iterdir()] == ["Café.svg"]


@pytest.mark.parametrize(
    "files",
    [
        {"media/plaat.svg": SVG},
        {"media/Plaat.SVG": SVG},
        {"Media/plaat.svg": SVG},
        {"media/plaat.svg": SVG, "media/Week/Plaat.svg": SVG},
        {"media/Week/plaat.svg": SVG},
        {"media/plaat.svg": SVG, "Woordenlijst.txt": "getal"},
        {"media/plaat.svg": SVG, "woordenlijst.txt": "getal"},
        {"media/plaat.svg": SVG, "Guide.yaml": "title: Gids\n"},
        {"media/plaat.svg": SVG, "2-Deel.YAML": "subdeck: Deel\n"},
    ],
)
def test_one_deck_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]
) -> None:
    """What a system without cases finds by another name does not change what is reported."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "![Een vlak](media/plaat.svg)"
    author.save()
    for name, content in files.items():
        (author.cards / name).parent.mkdir(parents=True, exist_ok=True)
        (author.cards / name).write_text(content, "utf-8")

    def planned() -> tuple[list[Problem], bool]:
        plan = plan_build(author.cards, Clock(START))
        return plan.problems, bool(plan.ready)

    here = planned()
    with monkeypatch.context() as patch:
        LikeMacOS(patch, tmp_path)
        assert planned() == here
    odd = files.keys() & {"Guide.yaml", "2-Deel.YAML"}
    assert here[1] == ("media/plaat.svg" in files and not odd)


@pytest.mark.parametrize(("written", "named"), [("café", "cafe\u0301"), ("cafe\u0301", "café")])
def test_an_accent_written_in_two_ways(tmp_path: Path, written: str, named: str) -> None:
    """A file from macOS may have its accent as a character of its own; texts may, too."""
    author = Author(tmp_path)
    (author.cards / "media").mkdir(parents=True)
    (author.cards / "media" / f"{named}.svg").write_text(SVG, "utf-8")
    author.note("een")["answer"] = f"![Een vlak](media/{written}.svg)"
    made = author.releases()
    assert made.notes[0].note.media[0].startswith("caf-")
    assert made.notes[0].note.media[0] in made.notes[0].note.fields[5]


@pytest.mark.parametrize(("utf_8", "found"), [("0", ["file-name"]), ("1", [])])
def test_a_name_that_this_computer_misreads(tmp_path: Path, utf_8: str, found: list[str]) -> None:
    """Under LANG=C, Python may read names as ASCII: that is said, and what the hint says helps."""
    author = Author(tmp_path)
    author.save()
    part = "subdeck: Meer\nnotes:\n- id: vijf\n  question: Wat is vijf?\n  answer: Een hand.\n"
    (author.cards / "2-é.yaml").write_text(part, "utf-8")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": utf_8}
    command = [sys.executable, "-m", "deckwright", "check", "--format", "json", "--cards"]
    done = subprocess.run(
        [*command, author.cards], capture_output=True, check=False, env={**os.environ, **plain}
    )
    problems = json.loads(done.stdout)
    assert [problem["code"] for problem in problems] == found, done
    assert not found or "does not read names of files as UTF-8" in problems[0]["message"]


@pytest.mark.parametrize("name", ["deel/2.yaml", "deel/a/b/2.yml", "deel/2.YAML", "2.YAML"])
def test_cards_that_nobody_reads_are_named(tmp_path: Path, name: str) -> None:
    """However deep they lie, and whatever the case of their ending: else their notes would go."""
    author = Author(tmp_path)
    author.save()
    path = author.cards / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("subdeck: Meer\nnotes: []\n", "utf-8")
    assert author.codes() == ["files-unread"]
    path.rename(path.with_name(".hidden.yaml"))
    assert author.codes() == []
