"""The cache: what it gives is what would be made anew; anything else in it counts as nothing."""

import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import author
import pytest
from author import Author

import deckwright
from deckwright.build import _cache, _rendered_file_json, rendered_file
from deckwright.build import release_history as history
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.build.plan import BuildOptions, plan_build
from deckwright.cards.fields import description
from deckwright.cards.markdown_renderer import MarkdownRenderer, renderer
from deckwright.check.note_words import NoteWords
from deckwright.disk.user_cache import installed, user_cache_folder
from deckwright.problem import Problem
from deckwright.release.next_release import Clock

SOURCE = Path(deckwright.__file__).parent


def kept_in() -> Path:
    """Return the folder of the cache; conftest gives each test one of its own."""
    folder = user_cache_folder()
    assert folder
    return folder


@pytest.fixture(autouse=True)
def _plain_description(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without marks, the deck's own texts need no entry: then there is one for each other file."""
    monkeypatch.setitem(author.SETTINGS, "description", "Een proef.")


def only_entry() -> Path:
    """Return the one entry of the cache."""
    (entry,) = kept_in().iterdir()
    return entry


def test_only_notes_that_changed_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file that changed, the others come from what it was."""
    author = Author(tmp_path)
    author.save()
    kept = Resources(kept_in())
    read_cards_folder(author.cards, kept)
    author.note("een")["answer"] = "Iets anders."
    author.save()
    checked, made = rendered_file._checked, []

    def counted(*what: Any) -> Any:
        made.append(what[0].id.value)
        return checked(*what)

    monkeypatch.setattr(rendered_file, "_checked", counted)
    read_cards_folder(author.cards, kept)
    assert made == ["een"]


def test_an_edit_is_seen(tmp_path: Path) -> None:
    """Another text or another language: what was remembered does not count."""
    author = Author(tmp_path)
    author.note("een")["reverse"] = True
    author.save()
    kept = Resources(kept_in())
    first = read_cards_folder(author.cards, kept)
    written = only_entry().read_bytes()
    assert read_cards_folder(author.cards, kept) == first
    assert only_entry().read_bytes() == written
    author.note("een")["answer"] = "Iets anders."
    author.save()
    second = read_cards_folder(author.cards, kept)
    assert second == read_cards_folder(author.cards, Resources())
    assert second != first
    assert only_entry().read_bytes() != written
    written = only_entry().read_bytes()
    author.settings["language"] = "en"
    author.save()
    assert read_cards_folder(author.cards, kept) == read_cards_folder(author.cards, Resources())
    assert only_entry().read_bytes() != written


def test_a_file_that_did_not_change_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as a preview runs; what changed is as it is now."""
    author = Author(tmp_path)
    for name in ("2-deel.yaml", "3-deel.yaml"):
        note = {"id": f"n-{name[0]}", "question": "Wat is vijf?", "answer": "Een hand **vol**."}
        author.parts[name] = {"subdeck": "2 Deel", "notes": [note]}
    author.save()
    read_cards_folder(author.cards, Resources(kept_in()))
    read: list[object] = []
    real = _rendered_file_json._words

    def noted(row: list[Any]) -> NoteWords:
        read.append(row)
        return real(row)

    monkeypatch.setattr(_rendered_file_json, "_words", noted)
    author.parts["3-deel.yaml"]["notes"][0]["answer"] = "Een hand *vol*."
    author.save()
    texts = read_cards_folder(author.cards, Resources(kept_in())).texts
    assert len(read) == 1
    assert texts[-1].html["answer"] == "Een hand <em>vol</em>."


MARKED = "Een **proef**, en meer."
ONE = [{"id": "een", "question": "Wat is een?", "answer": "Een getal."}]


def described(writer: Author) -> tuple[str, list[Problem]]:
    """Return the description that Anki shows, by a process that has rendered nothing yet."""
    renderer.cache_clear()
    plan = plan_build(writer.cards, Clock(writer.now), BuildOptions(resources=Resources(kept_in())))
    return description(plan.deck) if plan.deck else "", plan.problems


def test_the_texts_of_a_deck_are_rendered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until one of them changes: what Markdown needs takes a third of a small build."""
    writer = Author(tmp_path, ONE)
    writer.settings |= {"description": MARKED, "homepage": "https://example.org/deck"}
    writer.save()
    first, problems = described(writer)
    assert "<strong>proef</strong>, en meer." in first
    assert problems == []

    def remembered() -> str:
        with monkeypatch.context() as patch:
            patch.setattr(MarkdownRenderer, "_convert", None)
            patch.setattr(_cache.Entry, "write", None)
            return described(writer)[0]

    assert remembered() == first
    for changed in ("description", "homepage"):
        writer.settings[changed] += "/*nieuw*"
        writer.save()
        assert described(writer)[0].count("nieuw") > first.count("nieuw")
        first = remembered()
    monkeypatch.setattr(rendered_file, "MADE_WITH", "markdown 99")
    monkeypatch.setattr(MarkdownRenderer, "_convert", lambda *_: "<p>als nieuw</p>")
    assert described(writer)[0] == "als nieuw<p>als nieuw</p>"


def test_what_is_wrong_with_a_description_is_said_each_time(tmp_path: Path) -> None:
    """At its place, wherever that is now; a picture in it, too."""
    for text in ("Een <script>x</script>.", "![x](media/x.png)"):
        writer = Author(tmp_path, ONE)
        writer.settings["description"] = text
        for before in ({}, {"author": "Iemand"}):
            writer.settings = before | writer.settings
            writer.save()
            (one,), (other,) = (described(writer)[1], described(writer)[1])
            assert one == other
            assert one.place.line == 4 + len(before)


@pytest.mark.parametrize(
    "content", ["[]", "1", "{", '"x"', "null", f'{{"{MARKED}": null}}', "[" * 100_000]
)
def test_nonsense_for_the_texts_of_a_deck_is_not_believed(tmp_path: Path, content: str) -> None:
    """What somebody else wrote with a true sum: the texts are rendered again."""
    writer = Author(tmp_path, ONE)
    writer.settings["description"] = MARKED
    writer.save()
    first = described(writer)
    (entry,) = (each for each in kept_in().iterdir() if b"<strong>proef" in each.read_bytes())
    settings, of, _ = entry.read_bytes().partition(b"\n")[0].split(b" ")
    sum_of = str(zlib.crc32(content.encode())).encode()
    entry.write_bytes(b" ".join((settings, of, sum_of)) + b"\n" + content.encode())
    assert described(writer) == first


def test_other_libraries_make_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of Markdown or nh3 made does not count."""
    author = Author(tmp_path)
    author.save()
    read_cards_folder(author.cards, Resources(kept_in()))
    written = only_entry().read_bytes()
    made_with = rendered_file.MADE_WITH
    monkeypatch.setattr(rendered_file, "MADE_WITH", "markdown 99")
    read_cards_folder(author.cards, Resources(kept_in()))
    assert only_entry().read_bytes() != written
    for library in ("markdown-", "nh3-", "pyyaml", "pymdown_extensions-", "latex2mathml-"):
        assert library in made_with.casefold()


def test_another_version_that_is_installed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what installers leave beside it; where they leave nothing, all is well, too."""
    for module in ("dwpackage/__init__.py", "dwmodule.py"):
        (tmp_path / module).parent.mkdir(exist_ok=True)
        (tmp_path / module).write_text("raise ImportError('nobody runs it')\n", "utf-8")
    (tmp_path / "Dwpackage-1.dist-info").mkdir()
    with zipfile.ZipFile(tmp_path / "zip", "w") as packed:
        packed.writestr("dwzip/__init__.py", "")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "zip")
    assert installed("dwpackage") == installed("dwmodule") == "Dwpackage-1.dist-info"
    (tmp_path / "Dwpackage-1.dist-info").rename(tmp_path / "Dwpackage-2.dist-info")
    (tmp_path / "other-1.egg-info").mkdir()
    assert installed("dwpackage") == "Dwpackage-2.dist-info other-1.egg-info"
    assert installed("dwnowhere") == installed("sys") == installed("dwzip") == ""


def test_what_is_remembered_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time, nothing is rendered."""
    author = Author(tmp_path)
    author.save()
    first = read_cards_folder(author.cards, Resources(kept_in()))
    monkeypatch.setattr("deckwright.build.cards_folder.run_task", None)
    assert read_cards_folder(author.cards, Resources(kept_in())) == first


@pytest.mark.parametrize(
    "file", ["words/nl.toml", "cards/cloze.py", "check/questions.py", "source/_yaml_parser.py"]
)
def test_another_deckwright_trusts_nothing(tmp_path: Path, file: str) -> None:
    """A deckwright of which one file differs makes the entry anew; an equal one uses it."""
    author = Author(tmp_path)
    author.save()
    command = [sys.executable, "-m", "deckwright", "check", "--cards", str(author.cards)]
    shutil.copytree(SOURCE, tmp_path / "src" / "deckwright")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}

    def written() -> tuple[int, bytes]:
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return only_entry().stat().st_ino, only_entry().read_bytes()

    read_cards_folder(author.cards, Resources(kept_in()))
    first = only_entry().stat().st_ino, only_entry().read_bytes()
    assert written() == first
    with (tmp_path / "src" / "deckwright" / file).open("a", encoding="utf-8") as changed:
        changed.write("# another\n")
    assert written()[1] != first[1]


@pytest.mark.parametrize("damage", ["empty", "cut", "a bit", "not utf-8"])
def test_a_damaged_cache_is_not_believed(tmp_path: Path, damage: str) -> None:
    """Whatever stands there instead: the same deck, and the entry is written again."""
    author = Author(tmp_path)
    author.save()
    kept = Resources(kept_in())
    plain = read_cards_folder(author.cards, kept)
    written = only_entry().read_bytes()
    half = len(written) // 2
    only_entry().write_bytes(
        {
            "empty": b"",
            "cut": written[:half],
            "a bit": written[:half] + bytes([written[half] ^ 1]) + written[half + 1 :],
            "not utf-8": written[:-1] + b"\xff",
        }[damage]
    )
    assert read_cards_folder(author.cards, kept) == plain
    assert only_entry().read_bytes() == written


@pytest.mark.parametrize(
    "content", ["[]", "{}", "1", '{"notes": [[]]}', "[" * 100_000, '{"subdeck":null,"tags":1}']
)
@pytest.mark.parametrize("of", ["these bytes", "others"])
def test_nonsense_with_a_true_sum_is_not_believed(tmp_path: Path, content: str, of: str) -> None:
    """An entry with the right key and sum that holds something else is written again.

    So is one for other bytes, of which the notes that did not change would be taken over.
    """
    author = Author(tmp_path)
    author.save()
    kept = Resources(kept_in())
    plain = read_cards_folder(author.cards, kept)
    written = only_entry().read_bytes()
    settings, source, _ = written.partition(b"\n")[0].decode().split()
    source = source if of == "these bytes" else "0" * 64
    head = f"{settings} {source} {zlib.crc32(content.encode())}\n"
    only_entry().write_bytes(f"{head}{content}".encode())
    assert read_cards_folder(author.cards, kept) == plain
    assert only_entry().read_bytes() == written


def test_a_cache_that_cannot_be_written_is_not_a_problem(tmp_path: Path) -> None:
    """A file where the folder should be: everything is made, nothing is said."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "file").write_text("x")
    plain = read_cards_folder(author.cards, Resources())
    assert read_cards_folder(author.cards, Resources(tmp_path / "file")) == plain


POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows gives each user a cache")


@POSIX
@pytest.mark.parametrize("whose", ["others write the folder", "others write the file", "another's"])
def test_what_others_could_have_written_is_not_believed(tmp_path: Path, whose: str) -> None:
    """An entry with a right key and sum, but not this user's alone: made anew, and then private."""
    author = Author(tmp_path)
    author.save()
    kept = Resources(kept_in())
    plain = read_cards_folder(author.cards, kept)
    head, _, content = only_entry().read_bytes().partition(b"\n")
    poisoned = content.replace(b"Een <strong>", b"Een <script>")
    assert poisoned != content
    key = head.rpartition(b" ")[0]
    only_entry().write_bytes(key + f" {zlib.crc32(poisoned)}\n".encode() + poisoned)
    assert read_cards_folder(author.cards, kept) != plain, "this entry would be believed"
    if whose == "others write the folder":
        kept_in().chmod(0o770)
    elif whose == "others write the file":
        only_entry().chmod(0o620)
    elif os.geteuid() == 0:
        os.chown(only_entry(), 1, 1)
    else:
        pytest.skip("only root can give a file away")
    assert read_cards_folder(author.cards, kept) == plain
    assert b"<script>" not in only_entry().read_bytes()
    assert kept_in().stat().st_mode & 0o77 == only_entry().stat().st_mode & 0o77 == 0


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, kind: str) -> None:
    """Neither in the cache of cards, nor in what is known of words, releases and drafts."""
    author = Author(tmp_path)
    drafted = author.drafts()
    read_cards_folder(author.cards, Resources(kept_in()))
    history.remember("proef", 1)
    files = [*kept_in().iterdir(), drafted.package.with_suffix(".json")]
    assert len(files) == 3
    for file in files:
        content = file.read_bytes()
        file.unlink()
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "folder":
            file.mkdir()
        else:
            (tmp_path / file.name).write_bytes(content)
            file.symlink_to(tmp_path / file.name)
    ready = author.plan().ready
    assert ready
    assert (
        history.history_problems(ready, author.cards, author.out, first=True, this_key=True) == []
    )
    plain = read_cards_folder(author.cards, Resources())
    assert read_cards_folder(author.cards, Resources(kept_in())) == plain


def test_old_entries_go(tmp_path: Path) -> None:
    """What nobody wrote for a season is removed by the next one who writes; the rest stays."""
    author = Author(tmp_path)
    author.save()
    kept_in().mkdir(parents=True, mode=0o700)
    kept = {f"{'a' * 32}.json": 100, f"{'b' * 32}.json": 10, "killed.tmp": 1}
    for name, days in kept.items():
        path = kept_in() / name
        path.write_text("x")
        then = path.stat().st_mtime - days * 86_400
        os.utime(path, (then, then))
    read_cards_folder(author.cards, Resources(kept_in()))
    assert {path.name for path in kept_in().iterdir()} & kept.keys() == {f"{'b' * 32}.json"}
    assert len(list(kept_in().iterdir())) == 2


def test_what_is_no_entry_stays(tmp_path: Path) -> None:
    """Which releases this computer made must outlive a year without a build."""
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o700)
    names = ["released-0123456789abcdef.json", f"{'a' * 32}.json", "x.tmp"]
    for name in names:
        (kept / name).write_text("x")
        os.utime(kept / name, (0, 0))
    _cache.tidy(kept)
    assert [path.name for path in kept.iterdir()] == names[:1]
