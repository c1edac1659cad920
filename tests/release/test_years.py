"""A year at random: edits, drafts, branches, merges, reverts, releases, and learners: no harm.

`YEARS=300 STEPS=40` plays more and longer ones than the suite does.
"""

import os
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from author import Author, Released
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckwright.anki.learner import Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.build.release_history import history_problems, remember
from deckwright.problem import errors
from deckwright.release.ledger import LEDGER_NAME
from deckwright.release.packaged import PackagedNote

STEPS = int(os.environ.get("STEPS", "30"))
YEARS = int(os.environ.get("YEARS", "8"))
MOST_GAPS = 5
Chance = random.Random
WORDS = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8").split()


class Writer(Author):
    """An author who keeps the cards in git."""

    def __init__(self, folder: Path, chance: Chance) -> None:
        super().__init__(folder)
        self.chance, self.folder = chance, folder
        self.commits = 0

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git in the folder."""
        names = ["-c", "user.name=x", "-c", "user.email=x@x", "-c", "core.autocrlf=false"]
        command = ["git", *names, "-C", str(self.folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def commit(self) -> None:
        """Save and commit what there is."""
        self.save()
        self.git("add", "-A", "cards")
        self.git("commit", "-q", "--allow-empty", "-m", f"step {self.commits}")
        self.commits += 1

    def reads(self) -> bool:
        """Take over the files as git left them; returns whether they can be read."""
        try:
            found = {
                p.name: yaml.safe_load(p.read_text("utf-8")) for p in self.cards.glob("*.yaml")
            }
        except yaml.YAMLError:
            return False
        if not all(isinstance(each, dict) for each in found.values()):
            return False
        notes = found.get("1-deel.yaml", {}).get("notes")
        if not isinstance(notes, list) or not all(isinstance(note, dict) for note in notes):
            return False
        self.settings = found.pop("deck.yaml")
        self.parts = found
        return True

    def is_sound(self) -> bool:
        """Return whether the cards as they are could be released."""
        return self.reads() and not errors(self.plan().problems)

    def some(self) -> dict[str, Any]:
        """Return a note."""
        return self.chance.choice(self.notes)

    def word(self) -> str:
        """Return a word or two."""
        letters = re.sub(r"[^a-z]", "", "".join(self.chance.choices(WORDS, k=2)).lower())
        return f"{letters or 'x'}{self.chance.randrange(1000)}"


def reword(author: Writer) -> None:
    """Another answer or explanation."""
    author.some()["explanation"] = f"Want {author.word()}."


def respell(author: Writer) -> None:
    """The same text in another spelling."""
    note = author.some()
    for role in ("answer", "explanation"):
        if role in note:
            note[role] = note[role].replace("**", "__")


def retag(author: Writer) -> None:
    """Other tags."""
    author.some()["tags"] = [f"rij::{author.chance.randrange(5)}"]


def add(author: Writer) -> None:
    """A new question, perhaps with a second card, or cloze, anywhere."""
    name = f"n{author.chance.randrange(10**9)}"
    note: dict[str, Any] = {"id": name, "question": f"Wat doet {author.word()}?"}
    note["answer"] = f"{author.word()}."
    if author.chance.random() < 0.3:
        note["reverse"] = True
    elif author.chance.random() < 0.5:
        text = f"{author.word()} maakt {{{{c1::{author.word()}}}}} en {author.word()} erbij."
        note = {"id": name, "cloze": text}
    author.notes.insert(author.chance.randrange(len(author.notes) + 1), note)


def turn_round(author: Writer) -> None:
    """A question gets a second card, or loses it: only before its first release."""
    note = author.some()
    if "question" in note:
        note["reverse"] = not note.get("reverse", False)


def retire(author: Writer) -> None:
    """A note goes, and is remembered for `come_back`."""
    if len(author.notes) > 3:
        author.drawer.append(author.retires(author.some()["id"], "Weg."))


def come_back(author: Writer) -> None:
    """A note that went returns."""
    names = author.settings.get("retired", {})
    if gone := [note for note in author.drawer if note["id"] in names]:
        author.drawer.remove(gone[-1])
        author.brings_back(gone[-1])


def reorder(author: Writer) -> None:
    """Another study order."""
    author.chance.shuffle(author.notes)


def add_gap(author: Writer) -> None:
    """A cloze gets a gap with the next free number."""
    note = author.some()
    ledger = author.plan().held
    held = ledger.notes.get(note["id"]) if ledger else None
    used = {*re.findall(r"\{\{c(\d)", note.get("cloze", "")), *(held.used if held else ()),
            *(held.gaps if held else ())}  # fmt: skip
    number = max(map(int, used), default=0) + 1
    if "cloze" in note and number <= MOST_GAPS:
        note["cloze"] += f" Dan volgt {{{{c{number}::{author.word()}}}}} nog."


def remove_gap(author: Writer) -> None:
    """A cloze loses a gap; the others keep their numbers."""
    note = author.some()
    if note.get("cloze", "").count("{{c") > 1:
        before, _, rest = note["cloze"].rpartition("{{c")
        hidden, _, after = rest.partition("}}")
        note["cloze"] = before + hidden.split("::")[1] + after


def rename(author: Writer) -> None:
    """Another id; what it was stays as the last release knows it."""
    note = author.some()
    ledger = author.plan().held
    old, note["id"] = note["id"], f"r{author.chance.randrange(10**9)}"
    if ledger and old in ledger.live:
        note["was"] = old


def clear(author: Writer) -> None:
    """Lines that a release made needless go."""
    ledger = author.plan().held
    for note in author.notes:
        if ledger and note.get("was") not in ledger.notes:
            note.pop("was", None)


def draft(author: Writer) -> None:
    """Try it out."""
    if not errors(author.plan().problems):
        author.drafts()


EDITS: tuple[Callable[[Writer], None], ...] = (
    reword, reword, respell, retag, add, add, turn_round, retire, come_back, reorder, add_gap,
    remove_gap, rename, clear, draft,
)  # fmt: skip


def edit(author: Writer) -> None:
    """Make one edit; where deckwright refuses it, take it back, as an author would."""
    author.chance.choice(EDITS)(author)
    if errors(author.plan().problems):
        author.git("checkout", "-q", "--", "cards")
        assert author.reads()
    author.commit()


def branch_and_merge(author: Writer) -> None:
    """Edit in a branch, edit and maybe release in main, then merge with real git."""
    author.git("checkout", "-q", "-b", f"branch{author.commits}")
    name = author.git("branch", "--show-current").strip()
    for _ in range(author.chance.randrange(1, 4)):
        edit(author)
    author.git("checkout", "-q", "main")
    assert author.reads()
    edit(author)
    before = author.git("rev-parse", "HEAD").strip()
    strategy = author.chance.choice(("ours", "theirs"))
    author.git("merge", "-q", "--no-edit", "-X", strategy, name, check=False)
    if not author.is_sound():  # an author would repair it; this one takes the merge back
        author.git("merge", "--abort", check=False)
        author.git("reset", "-q", "--hard", before)
        assert author.is_sound()
    author.commit()


def revert(author: Writer) -> None:
    """Take a commit back, with the ledger if it changed that; the history check restores it."""
    if author.commits < 3:
        return
    before = author.git("rev-parse", "HEAD").strip()
    back = author.chance.randrange(1, min(author.commits, 6))
    author.git("revert", "--no-edit", f"HEAD~{back}", check=False)
    if author.git("status", "--porcelain", "--untracked-files=no").strip():
        author.git("revert", "--abort", check=False)
        author.git("reset", "-q", "--hard", "HEAD")
    if author.reads() and (ready := author.plan().ready):
        known = history_problems(ready, author.cards, author.out, first=False, this_key=True)
        if [problem.code for problem in known] == ["lock-old"]:
            newest = author.git("rev-list", "--all", "-1", "--grep=^release", "--", "cards").strip()
            author.git("checkout", "-q", newest, "--", f"cards/{LEDGER_NAME}")
    if not author.is_sound():
        author.git("reset", "-q", "--hard", before)
        assert author.is_sound()
    author.commit()


def release(author: Writer) -> Released | None:
    """Release, unless the history speaks against it or the cards are not sound."""
    ready = author.plan().ready
    if ready is None:
        return None
    first = not author.commits
    if errors(history_problems(ready, author.cards, author.out, first=first, this_key=True)):
        return None
    made = author.releases()
    remember("proef", made.ledger.number)
    author.git("add", "-A", "cards")
    author.git("commit", "-q", "--allow-empty", "-m", f"release {made.ledger.number}")
    author.commits += 1
    return made


class Student:
    """Imports some packages, compares with what was, then studies, tags, corrects and deletes."""

    def __init__(self, anki: Learner, chance: Chance, keen: float, *, cleans: bool) -> None:
        self.anki, self.chance, self.keen, self.cleans = anki, chance, keen, cleans
        self.had: dict[str, PackagedNote] = {}
        self.was_retired: set[str] = set()
        self.number = 0  # of the release that this one has

    def meets(self, made: Released, now: int) -> None:
        """Maybe import a release."""
        self.was_retired |= {n.guid for n in made.ledger.notes.values() if n.retired is not None}
        if self.chance.random() < self.keen:
            self.imports(made.package, now, skipped=made.ledger.number > self.number + 1)
            self.number = made.ledger.number
            if self.cleans and made.cleanup:
                self.anki.imports(made.cleanup)
                self.anki.removes_empty_cards()

    def imports(self, package: Path, now: int, *, skipped: bool) -> None:
        """Import, and fail where anything is lost.

        Who `skipped` a release may get a note that changed in it and changed back since: those who
        did not skip it need that.
        """
        new, notes = read_package(package), self.anki.notes()
        mine = {guid: (list(note.fields), set(note.tags)) for guid, note in notes.items()}
        progress = self.anki.progress()
        log = self.anki.imports(package)
        assert log.conflicting == 0
        after, kept = self.anki.notes(), self.anki.progress()
        assert after.keys() == notes.keys() | new.notes.keys(), "notes were lost or doubled"
        assert {key: kept.get(key) for key in progress} == progress, "reviews are lost"
        for guid, note in after.items():
            packed, before = new.notes.get(guid), self.had.get(guid)
            if packed and (guid not in mine or before is None or packed.modified > before.modified):
                assert list(note.fields) == list(packed.fields.values()), "an edit did not arrive"
                if guid in mine and before and guid not in self.was_retired and not skipped:
                    assert content(before) != content(packed), "sent again without a change"
            else:
                assert (list(note.fields), set(note.tags)) == mine[guid], "own work is lost"
                assert packed is None or before is None or content(before) == content(packed)
        self.had |= new.notes
        self.was_retired -= new.notes.keys()
        assert len(self.anki.note_types()) <= 3
        self._works(now)

    def _works(self, now: int) -> None:
        self.anki.studies()
        self.anki.tags(f"les-{now}", at=now)
        notes = list(self.anki.notes().values())
        some = self.chance.choice(notes)
        self.anki.corrects_guid(some.guid, list(some.keys())[-1], f"Van mij, {now}", at=now)
        if self.chance.random() < 0.2:
            self.anki.col.remove_notes([self.chance.choice(notes).id])


def content(note: PackagedNote) -> tuple[dict[str, str], list[str]]:
    """Return what a learner sees of a note."""
    fields = {role: text for role, text in note.fields.items() if role != "key"}
    return fields, sorted(note.tags)


@settings(max_examples=YEARS, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_a_year_costs_nobody_anything(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Keen, slow and tidy learners, and one who comes late: nobody loses anything."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path_factory.mktemp("years")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    author = Writer(folder, chance)
    folder.joinpath(".gitignore").write_text("build\ncache\nanki*\n")
    author.git("init", "-q", "-b", "main")
    with (
        learner(folder / "anki1") as keen,
        learner(folder / "anki2") as slow,
        learner(folder / "anki3") as tidy,
        learner(folder / "anki4") as late,
    ):
        students = [
            Student(keen, chance, 0.9, cleans=False),
            Student(slow, chance, 0.3, cleans=False),
            Student(tidy, chance, 0.8, cleans=True),
        ]
        for step in range(STEPS):
            what = chance.random()
            if step == 0 or what < 0.25:
                if made := release(author):
                    for student in students:
                        student.meets(made, author.now + 60)
            elif what < 0.35:
                branch_and_merge(author)
            elif what < 0.42:
                revert(author)
            else:
                edit(author)
            if step == STEPS // 2:
                students.append(Student(late, chance, 0.5, cleans=True))
    patch.undo()
