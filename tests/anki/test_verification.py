"""Verify: what it says of updates is true, of good ones and of what careless tools do."""

import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from author import Author
from commands import run

from deckwright.anki._people import Update, held, losses, studied
from deckwright.anki.learner import Imported, Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.anki.verification import Verdict, _two_in_one_evening


def test_verify_finds_no_harm_in_an_update(tmp_path: Path) -> None:
    """People who have the last release, from the ledger: facts in words, exit code 0."""
    author = Author(tmp_path)
    author.edits_of_each_kind()
    result = run("verify", "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "a newcomer gets 4 notes and 4 cards\n"
        "someone who studied the last one gets 1 new and 2 changed notes\n"
        "cards that are empty now: 1; Empty Cards removes them\n"
        "someone who added a field or card type needs 'Merge note types' for what changed\n"
        "the clean-up takes 1 retired notes away\n"
        "no harm\n"
        "learners keep the import options 'Update notes' and 'Update note types' at 'If newer'\n"
    )


def test_a_rename_and_a_reordering_are_no_alarm(tmp_path: Path) -> None:
    """Nothing that a learner would notice: no harm, and nothing is replaced."""
    author = Author(tmp_path)
    author.releases()
    author.note("een").update(id="nieuw", was="een")
    author.notes.reverse()
    author.save()
    result = run("verify", "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert "gets 0 new and 0 changed notes" in result.output


def test_without_the_engine_it_is_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not harm (1), not wrong usage (2): something that is needed is not installed."""
    author = Author(tmp_path)
    author.releases()
    for name in [name for name in sys.modules if name.split(".")[0] == "anki"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "anki", None)
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    result = run("verify", "--cards", author.cards)
    assert result.exit_code == 3
    assert f'"{sys.executable}" -m pip install "anki>=' in result.output


def test_packages_that_guards_would_have_refused(tmp_path: Path) -> None:
    """An id changed by hand, and another question under a living id, in packages of other tools."""
    author, other = Author(tmp_path / "a"), Author(tmp_path / "b")
    old = author.published()
    other.note("een")["id"] = "nieuw"
    other.note("twee").update(question="Hoe heet de burgemeester?", answer="Jansen.")
    result = run("verify", other.published(), "--from", old)
    assert result.exit_code == 1
    assert "harm: learners get one note twice: een, and now nieuw" in result.output
    assert "harm: twee asks something else under the reviews it has" in result.output


def rewritten(package: Path, statement: str) -> Path:
    """Return a copy of a package whose collection a careless tool changed."""
    with zipfile.ZipFile(package) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    database.executescript(statement)
    target = package.with_name("careless.apkg")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("collection.anki2", database.serialize())
        archive.writestr("media", "{}")
    database.close()
    return target


@pytest.mark.parametrize(
    ("statement", "harm"),
    [
        ("update notes set mod = mod + 9", "harm: own tags are lost: twee"),
        ("update notes set mod = mod + 9", "harm: own corrections are lost: een"),
        (
            "update notes set guid = guid || 'x'",
            "harm: notes that stand there twice: drie, een, twee, vier",
        ),
        ("update notes set flds = replace(flds, 'Een', 'Twee')", "the change did not arrive: een"),
        (
            "update notes set flds = replace(flds, 'Een', 'zo een')",
            "the change did not arrive: een",
        ),
        ("update cards set ord = 5 where ord = 1", "Anki made"),
        (
            "update col set models = replace(models, '{{Antwoord}}', '{{Kwijt}}')",
            "harm: Anki shows a notice: een, card 1\n",
        ),
        ("update notes set flds = replace(flds, 'Meer.', '<img src=\"x.png\">')", "missing: x.png"),
    ],
)
def test_verify_finds_harm(tmp_path: Path, statement: str, harm: str) -> None:
    """What careless tools do to learners: each is named, exit code 1."""
    old = Author(tmp_path).published()
    result = run("verify", rewritten(old, statement), "--from", old)
    assert result.exit_code == 1, result.output
    assert harm in result.output


def test_lost_reviews_are_named(tmp_path: Path) -> None:
    """By note and card, the first card being 1; no package that Anki imports brings it about."""
    package = Author(tmp_path).published()
    contents = read_package(package)
    update = Update(package, contents, package, contents)
    with learner(tmp_path / "anki") as anki:
        studied(anki, update)
        before = held(anki)
        assert list(losses(anki, before, update, Imported(0, 0, 0, 0))) == []
        before.progress["gone", 1] = ()
        said = [str(message) for message in losses(anki, before, update, Imported(0, 0, 0, 0))]
    assert said == ["reviews are lost: guid gone, card 2"]


def test_reviews_of_a_note_called_own_are_harm(tmp_path: Path) -> None:
    """Whatever its id: only what someone did themselves may go where all is imported at once."""
    author = Author(tmp_path)
    author.note("twee")["id"] = "own-twee"
    old = author.published()
    package = rewritten(old, "update notes set flds = replace(flds, 'paar', 'duo'), mod = mod + 9")
    contents = read_package(old)
    update = Update(old, contents, package, read_package(package))
    verdict = Verdict()
    with learner(tmp_path / "anki") as anki:
        _two_in_one_evening(_Forgetful(anki), update, verdict)  # type: ignore[arg-type]
    assert any("reviews are lost: own-twee" in str(harm) for harm in verdict.harm)


class _Forgetful:
    """A learner whose Anki forgets a review at the second import: no real one does."""

    def __init__(self, anki: Learner) -> None:
        self._anki = anki
        self._looks = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._anki, name)

    def progress(self) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Return what there is, all of it other than before from the second time on."""
        self._looks += 1
        found = self._anki.progress()
        return {card: (*what, self._looks) for card, what in found.items()}


@pytest.mark.parametrize("size", [0, 20_000, 100_000, 150_000, 200_000])
def test_a_full_disk_is_one_line(tmp_path: Path, size: int) -> None:
    """Wherever the engine runs out of room for its collections: one line, exit code 1."""
    package = Author(tmp_path).releases().package
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
    verify = f"import sys; sys.argv[1:] = ['verify', {str(package)!r}]; "
    verify += "from deckwright.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", limit + verify], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
