"""Builds and releases: a draft or the release itself; all files or none, one at a time."""

import shutil
from pathlib import Path

import pytest
from author import Author

import faults
from deckwright.anki.learner import learner
from deckwright.build import drafts
from deckwright.build.cards_folder import Resources
from deckwright.build.packages import build_deck, steady_plan
from deckwright.build.plan import BuildOptions
from deckwright.disk import folder_lock
from deckwright.disk.folder_lock import hold
from deckwright.disk.snapshot import snapshot
from deckwright.release.ledger import WEEK
from deckwright.release.next_release import Clock


def test_a_draft_writes_nothing_into_the_cards(tmp_path: Path) -> None:
    """A build before the first release, and one of changed cards: only `build/` changes."""
    author = Author(tmp_path)
    author.save()
    before = snapshot([author.cards])
    made = build_deck(author.cards, author.out, Clock(author.now))[0]
    assert made
    assert made.package == author.out / "proef-concept.apkg"
    assert snapshot([author.cards]) == before
    author.releases()
    author.note("een")["answer"] = "Anders."
    ledger = author.ledger_text()
    made = author.drafts()
    assert made.package.name == "proef-concept.apkg"
    assert made.release.changes.changed == ["een"]
    assert author.ledger_text() == ledger


def test_the_release_is_built_from_the_ledger(tmp_path: Path) -> None:
    """From a clean clone, later and elsewhere: the very bytes that were sent; no draft is left."""
    author, clone = Author(tmp_path / "a"), Author(tmp_path / "b")
    author.note("een")["answer"] = "Anders."
    author.drafts()
    meant = author.releases().package.read_bytes()
    shutil.copytree(author.cards, clone.cards)
    made, _ = build_deck(clone.cards, clone.out, Clock(author.now + 10**7), released=True)
    assert made
    assert made.package.read_bytes() == meant
    author.drafts()
    assert not (author.out / "proef-concept.apkg").exists()


def test_the_description_says_which_release_it_is(tmp_path: Path) -> None:
    """A learner sees the number and the day of the newest release; a draft names no day."""
    author = Author(tmp_path)
    author.now = 1_795_780_800  # 2026-11-27

    def imported() -> str:
        top = next(each for each in anki.col.decks.all() if each["name"] == "Proef")
        return str(top["desc"])

    with learner(tmp_path / "learner") as anki:
        anki.imports(author.drafts().package)
        assert imported() == "Een <strong>proef</strong>.<p>Concept van versie 1</p>"
        anki.imports(author.releases().package)
        assert imported() == "Een <strong>proef</strong>.<p>Versie 1, 27-11-2026</p>"
        author.note("een")["answer"] = "Anders."
        author.settings["language"] = "en"
        author.now += 86_400
        anki.imports(author.releases().package)
        assert imported() == "Een <strong>proef</strong>.<p>Version 2, 2026-11-28</p>"


@pytest.mark.parametrize("state", ["edited", "reordered", "never released"])
def test_released_fails_on_a_draft(tmp_path: Path, state: str) -> None:
    """For whoever publishes from CI: cards that are not the last release are a problem."""
    author = Author(tmp_path)
    if state != "never released":
        author.releases()
    if state == "edited":
        author.note("een")["answer"] = "Anders."
    author.notes.reverse()
    author.save()
    made, problems = build_deck(author.cards, author.out, Clock(author.now), released=True)
    assert made is None
    assert [problem.code for problem in problems] == ["not-released"]
    assert not (author.out / "proef-concept.apkg").exists()


def test_drafts_cost_the_author_nothing(tmp_path: Path) -> None:
    """From draft to draft a note keeps its time until it changes; the release is newer than all."""
    author = Author(tmp_path)
    author.releases()
    author.note("een")["answer"] = "Anders."
    first = {note.note.id: note.modified for note in author.drafts().release.notes}
    author.note("twee")["answer"] = "Anders."
    second = {note.note.id: note.modified for note in author.drafts().release.notes}
    assert second["een"] == first["een"]
    assert second["twee"] > first["een"]
    author.note("twee")["answer"] = "- paar\n- stel"
    third = {note.note.id: note.modified for note in author.drafts().release.notes}
    assert third["twee"] > second["twee"], "the author's own copy would stay as it was tried out"
    assert third["drie"] == first["drie"]
    ready = author.plan().ready
    assert ready
    memory = drafts.load(author.out / "proef-concept.json")
    plan, _ = steady_plan(author.cards, author.out, Clock(author.now - 9_000), BuildOptions())
    assert plan.ready
    assert plan.ready.release.ledger.newest > memory.newest


def test_a_draft_may_go_over_the_last_one(tmp_path: Path) -> None:
    """What the last draft held otherwise is as new as this one, though new notes are a week old."""
    author = Author(tmp_path)

    def over() -> dict[str, int]:
        author.save()
        author.now += 3600
        options = BuildOptions(over_drafts=True)
        made, _ = build_deck(author.cards, author.out, Clock(author.now), options)
        assert made
        return {note.note.id: note.modified - author.now for note in made.release.notes}

    assert set(over().values()) == {-WEEK}
    author.note("een")["answer"] = "Anders."
    changed = over()
    assert changed.pop("een") == 0
    assert set(changed.values()) == {-WEEK - 3600}
    author.note("een")["answer"] = "Nog anders."
    released = author.releases()
    assert over()["een"] == 0, "the release dates it a week back, as a new note"
    assert not released.ready.release.is_out
    author.note("twee")["answer"] = "Anders."
    assert over()["twee"] == 0
    author.note("twee")["answer"] = "- paar\n- stel"
    assert over()["twee"] == 0


@pytest.mark.parametrize("text", ["", "[]", '{"release": 1}', '{"release": 1, "notes": {"a": 3}}'])
def test_a_memory_of_nonsense_is_none(tmp_path: Path, text: str) -> None:
    """It is safe to delete, and to break."""
    author = Author(tmp_path)
    author.drafts()
    (author.out / "proef-concept.json").write_text(text, "utf-8")
    assert drafts.load(author.out / "proef-concept.json") == drafts.Drafts()
    author.drafts()


def test_an_error_writes_nothing(tmp_path: Path) -> None:
    """With one bad note the old ledger and the old package stay, byte for byte."""
    author = Author(tmp_path)
    package = author.releases().package
    before = author.ledger_text(), package.read_bytes()
    author.note("een")["answer"] = "Anders."
    author.note("drie")["cloze"] = "geen gat"
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["cloze-missing"]
    assert (author.ledger_text(), package.read_bytes()) == before


def test_temporary_files_of_killed_builds_go(tmp_path: Path) -> None:
    """The next build removes what a killed one left beside its files, and nothing else."""
    author = Author(tmp_path)
    author.releases()
    left = [author.cards / ".deck.lock.x1.tmp", author.out / ".proef.apkg.x2.tmp"]
    other = author.out / ".another.apkg.x3.tmp"
    for path in (*left, other):
        path.write_bytes(b"half")
    author.note("een")["answer"] = "Anders."
    author.releases()
    assert not any(path.exists() for path in left)
    assert other.exists()


def test_a_second_build_waits_or_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another one is at work: told on the way, and refused when it does not end."""
    author = Author(tmp_path)
    author.save()
    said: list[str] = []
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.2)
    options = BuildOptions(resources=Resources(tell=said.append))
    with hold(author.cards):
        made, problems = build_deck(author.cards, author.out, Clock(author.now), options)
    assert made is None
    assert [problem.code for problem in problems] == ["deck-busy"]
    assert set(said) == {"another deckwright is at work here; waiting for it"}
    assert author.drafts()


@pytest.mark.parametrize("count", [1, 2, 100])
def test_edits_while_the_cards_are_read(tmp_path: Path, count: int) -> None:
    """All is read again, so the build is of one moment; edits without end are refused."""
    author = Author(tmp_path)
    author.save()
    file = author.cards / "1-deel.yaml"
    text = file.read_text("utf-8")
    edits = iter(range(count))

    def edit(doing: str) -> None:
        if doing.startswith("file") and (number := next(edits, None)) is not None:
            file.write_text(text.replace("**getal**", f"{number} keer"), "utf-8")

    options = BuildOptions(resources=Resources(tell=edit))
    made, problems = build_deck(author.cards, author.out, Clock(author.now), options)
    if made:
        assert made.release.notes[0].note.fields[5] == f"Een {count - 1} keer."
    else:
        assert [problem.code for problem in problems] == ["files-changing"]
        assert not author.out.exists()
        assert not (author.cards / "deck.lock").exists()
    assert bool(made) == (count < 3)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> faults.Stage:
    """Return a deck with changes to build; skips where the system has no strace."""
    if not shutil.which("strace"):
        pytest.skip("no strace here (on Debian: apt install strace)")
    return faults.prepare(tmp_path_factory.mktemp("stage"))


def test_kills_leave_old_or_new(stage: faults.Stage, tmp_path: Path) -> None:
    """Killed anywhere, also between two renames: consistent, and the next release completes it."""
    assert faults.kills(stage, tmp_path, 6).total() == 6


def test_every_write_may_fail(stage: faults.Stage, tmp_path: Path) -> None:
    """Each system call of the writing fails once, as on a full disk: one line, old or new."""
    found = list(faults.faults(stage, tmp_path, ("ENOSPC",), writing=True))
    assert {call for call, _, _ in found} >= {"openat", "write", "fsync", "chmod", "rename"}
    assert {kind for _, _, kind in found} >= {"all old", "ledger ahead"}


def test_two_builds_at_once(stage: faults.Stage, tmp_path: Path) -> None:
    """Both end well, one of them finds nothing left to do, and the result is that of one."""
    assert faults.pairs(stage, tmp_path, 3) == {"all new": 3}
