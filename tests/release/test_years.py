"""Years of edits at random, and a learner who imports some of the packages: no harm, ever."""

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from author import Author
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.anki.learner import Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.build.plan import plan_build
from deckwright.release.lock import LOCK_NAME
from deckwright.release.packaged import PackageContents
from deckwright.release.rename import rename
from deckwright.release.stamp import Clock

STEPS = 30
MOST_GAPS = 5
Chance = random.Random


def reword(author: Author, chance: Chance) -> None:
    """Another answer or explanation."""
    chance.choice(author.notes)["explanation"] = f"Want {chance.randrange(1000)}."


def retag(author: Author, chance: Chance) -> None:
    """Other tags."""
    chance.choice(author.notes)["tags"] = [f"rij::{chance.randrange(5)}"]


def add(author: Author, chance: Chance) -> None:
    """A new question or cloze, anywhere."""
    name = f"n{chance.randrange(10**9)}"
    note = {"id": name, "question": f"Wat is {name}?", "answer": "Iets."}
    if chance.random() < 0.5:
        note = {"id": name, "cloze": f"{name} is {{{{c1::rood}}}} en nog heel veel meer dan dat."}
    author.notes.insert(chance.randrange(len(author.notes) + 1), note)


def remove(author: Author, chance: Chance) -> None:
    """A note goes, and is remembered for `come_back`."""
    if len(author.notes) > 2:
        author.drawer.append(author.notes.pop(chance.randrange(len(author.notes))))


def come_back(author: Author, _: Chance) -> None:
    """A note that went returns."""
    if author.drawer:
        author.notes.append(author.drawer.pop())


def reorder(author: Author, chance: Chance) -> None:
    """Another study order."""
    chance.shuffle(author.notes)


def add_gap(author: Author, chance: Chance) -> None:
    """A cloze gets a gap with the next free number."""
    note = chance.choice(author.notes)
    used = note.setdefault("_gaps", 2)
    if "cloze" in note and used < MOST_GAPS:
        note["_gaps"] = used + 1
        note["cloze"] += f" Dan {{{{c{used + 1}::kleur{chance.randrange(10**6)}}}}}."


def remove_gap(author: Author, chance: Chance) -> None:
    """A cloze loses a gap; the others keep their numbers."""
    note = chance.choice(author.notes)
    if note.get("cloze", "").count("{{c") > 1:
        before, _, rest = note["cloze"].rpartition("{{c")
        hidden, _, after = rest.partition("}}")
        note["cloze"] = before + hidden.split("::")[1] + after


def rename_id(author: Author, chance: Chance) -> None:
    """The command `rename`, on a deck that is saved and sound."""
    planned = plan_build(author.cards, Clock(author.now + 1))
    assert planned.ready, planned.problems
    note, name = chance.choice(author.notes), f"r{chance.randrange(10**9)}"
    lock = (author.cards / LOCK_NAME, planned.ready.old)
    rename(planned.ready.deck, lock, note["id"], name)
    note["id"] = name


EDITS: tuple[Callable[[Author, Chance], None], ...] = (
    reword, reword, retag, add, add, remove, come_back, reorder, add_gap, remove_gap, rename_id,
)  # fmt: skip


def edits(author: Author, chance: Chance) -> None:
    """Make one edit; where deckwright refuses it, take it back, as an author would."""
    author.save()
    before = copy.deepcopy((author.parts, author.drawer))
    chance.choice(EDITS)(author, chance)
    author.save()
    if plan_build(author.cards, Clock(author.now + 1)).ready is None:
        author.parts, author.drawer = before
        author.save()
        planned = plan_build(author.cards, Clock(author.now + 1))
        assert planned.ready, planned.problems


class Student:
    """Imports a package, compares what is there with what was, then studies, tags and corrects."""

    def __init__(self, anki: Learner) -> None:
        self.anki = anki
        self.had = PackageContents({}, {})
        self.seen: set[str] = set()

    def imports(self, package: Path, now: int) -> None:
        """Import, and fail where anything is lost."""
        new, notes = read_package(package), self.anki.notes()
        mine = {guid: (list(note.fields), set(note.tags)) for guid, note in notes.items()}
        progress = self.anki.progress()
        log = self.anki.imports(package)
        assert log.conflicting == 0
        self.seen |= new.notes.keys()
        after, kept = self.anki.notes(), self.anki.progress()
        assert after.keys() == self.seen
        assert {key: kept.get(key) for key in progress} == progress, "reviews are lost"
        for guid, note in after.items():
            packed, before = new.notes.get(guid), self.had.notes.get(guid)
            if packed and (before is None or packed.modified != before.modified):
                assert list(note.fields) == list(packed.fields.values()), "an edit did not arrive"
            else:
                assert (list(note.fields), set(note.tags)) == mine[guid], "own work is lost"
        self.had = PackageContents({**self.had.notes, **new.notes}, new.types)
        assert len(self.anki.note_types()) <= 2
        self.anki.studies()
        self.anki.tags(f"les-{now}", at=now)
        some = next(iter(after.values()))
        self.anki.corrects(some.fields[0], list(some.keys())[-1], f"Van mij, {now}", at=now)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_thirty_edits_cost_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Thirty random edits and builds; the learner imports a third of the packages."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path_factory.mktemp("years")
    author = Author(folder)
    with learner(folder / "anki") as anki:
        student = Student(anki)
        student.imports(author.builds().package, author.now + 60)
        modified: dict[str, tuple[int, object]] = {}
        for _ in range(STEPS):
            edits(author, chance)
            if chance.random() < 0.5:
                made = author.builds()
                modified = only_changes_are_stamped(read_package(made.package), modified)
                if chance.random() < 0.6:
                    student.imports(made.package, author.now + 60)


def only_changes_are_stamped(
    package: PackageContents, before: dict[str, tuple[int, object]]
) -> dict[str, tuple[int, object]]:
    """Fail where a note has a new time and the content it had, or other content and no new time."""
    now: dict[str, tuple[int, object]] = {
        guid: (note.modified, ({**note.fields, "key": ""}, sorted(note.tags)))
        for guid, note in package.notes.items()
    }
    for guid, (time, content) in now.items():
        if guid in before:
            was, had = before[guid]
            assert (time == was) == (content == had)
    return now
