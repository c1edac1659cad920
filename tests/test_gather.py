"""However a deck is gathered, from memory, by many hands or plainly: not one byte differs."""

import os
import shutil
import signal
from pathlib import Path

import decks
import pytest

from author import Author
from deckwright import build, cache, gather, sheet, sheet_json
from deckwright.gather import Speed
from deckwright.problem import Problem
from deckwright.stamp import Clock

CARDS = Path(__file__).parent.parent / "cards"
MISTAKES = """\
subdeck: Stuk
tags: [a b]
notes:
  - id: Een
    question: Wat nu.
    answer: |
      Bij <span>de deur</span> en ![](media/weg.png).
    hint: "Met \\x07."
    explanation: &a Zo.
  - id: n-1
    cloze: |
      De {{c1::kleur}} **{{c2::van** rood}} kun je van ver heel goed zien {{c4::
    allow: {cloze-many: het kan niet anders, answer-long: }
  - id: "n\x2d3"
    question: 'Wat is er ''nu'' niet?'
    answer: >
      Een regel,
      en nog een.
    covers: [x, y]
  - 3
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a deck that is large enough for several processes."""
    folder = decks.write(tmp_path_factory.mktemp("large") / "cards", 1_500)
    assert sum(path.stat().st_size for path in folder.iterdir()) > gather.MANY
    return folder


@pytest.mark.parametrize("name", ["large", "real"])
def test_cached_parallel_and_plain_builds_are_equal(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The package, the lock and the problems, on a generated deck and on the real one."""
    cards = tmp_path / "cards"
    shutil.copytree(request.getfixturevalue("large") if name == "large" else CARDS, cards)
    lock, kept = cards / build.LOCK_NAME, tmp_path / "kept"
    before = lock.read_bytes() if lock.exists() else None

    def made(speed: Speed) -> tuple[bytes, bytes, list[Problem]]:
        clock, options = Clock(2_000_000_000), build.Options(speed=speed, refresh=True)
        found, problems = build.make(cards, tmp_path / "out", clock, options)
        assert found
        text = lock.read_bytes()
        lock.unlink() if before is None else lock.write_bytes(before)
        return found.package.read_bytes(), text, problems

    plain = made(Speed())
    for speed in (Speed(workers=3), Speed(kept, 2), Speed(kept, 1), Speed(kept, 2)):
        assert made(speed) == plain
    assert len(list(kept.iterdir())) == len(list(cards.glob("*-*.yaml")))


def gathered(cards: Path, speed: Speed) -> gather.Gathered:
    """Return all that gathering gives; a deck of mistakes gives no package to compare."""
    return gather.gather(cards, speed)


def test_problems_are_remembered_as_they_were(large: Path, tmp_path: Path) -> None:
    """Each problem with its place, each note with each of its texts' places."""
    cards, kept = tmp_path / "cards", tmp_path / "kept"
    shutil.copytree(large, cards)
    (cards / "9-stuk.yaml").write_text(MISTAKES, "utf-8")
    plain = gathered(cards, Speed())
    assert len(plain.problems) + len(plain.faults) == 7
    for speed in (Speed(workers=2), Speed(kept, 2), Speed(kept, 1)):
        assert gathered(cards, speed) == plain


def test_a_sheet_comes_back_whole(large: Path) -> None:
    """Each text, place, problem and hash is the same after JSON."""
    files = [*CARDS.glob("[1-9]*.yaml"), *large.glob("1-*.yaml")]
    for raw in [MISTAKES.encode(), b"", *(path.read_bytes() for path in files)]:
        made = sheet.make(raw, "x.yaml", "nl")
        assert sheet_json.load(sheet_json.dump(made), "x.yaml") == made


def test_an_edit_is_seen(tmp_path: Path) -> None:
    """Another text, another language, another code: what was remembered does not count."""
    author = Author(tmp_path)
    author.save()
    kept = Speed(cache.folder())
    first = gathered(author.cards, kept)
    (entry,) = cache.folder().iterdir()
    written = entry.read_bytes()
    assert gathered(author.cards, kept) == first
    assert entry.read_bytes() == written
    author.note("een")["answer"] = "Iets anders."
    author.save()
    assert gathered(author.cards, kept) == gathered(author.cards, Speed()) != first
    assert entry.read_bytes() != written
    written = entry.read_bytes()
    author.settings["language"] = "en"
    author.save()
    assert gathered(author.cards, kept) == gathered(author.cards, Speed())
    assert entry.read_bytes() != written


def test_another_deckwright_trusts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that another version wrote is made anew, though the cards are the same."""
    author = Author(tmp_path)
    author.save()
    kept = Speed(cache.folder())
    gathered(author.cards, kept)
    (entry,) = cache.folder().iterdir()
    written = entry.read_bytes()
    monkeypatch.setattr(cache, "_this_code", lambda: "another")
    assert gathered(author.cards, kept) == gathered(author.cards, Speed())
    assert entry.read_bytes() != written


@pytest.mark.parametrize("damage", ["empty", "cut", "a bit", "not utf-8", "a true sum over wrong"])
def test_a_damaged_cache_is_not_believed(tmp_path: Path, damage: str) -> None:
    """Whatever stands there instead: the same deck, and the entry is mended."""
    author = Author(tmp_path)
    author.save()
    kept = Speed(cache.folder())
    plain = gathered(author.cards, kept)
    (entry,) = cache.folder().iterdir()
    written = entry.read_bytes()
    if damage == "a true sum over wrong":
        file = author.cards / "1-deel.yaml"
        for text in ("[]", "{}", "1", '{"notes": [[]]}', "[" * 100_000, written.decode()[80:]):
            made_of = cache.Entry(cache.folder(), file, file.read_bytes(), settings())
            made_of.write(text)
            assert gathered(author.cards, kept) == plain
        return
    half = len(written) // 2
    entry.write_bytes(
        {
            "empty": b"",
            "cut": written[:half],
            "a bit": written[:half] + bytes([written[half] ^ 1]) + written[half + 1 :],
            "not utf-8": written[:-1] + b"\xff",
        }[damage]
    )
    assert gathered(author.cards, kept) == plain
    assert entry.read_bytes() == written


def settings() -> str:
    """Return the settings that `gather` remembers the tests' decks under."""
    return f"{sheet.MADE_WITH} nl"


def test_a_cache_that_cannot_be_written_is_no_problem(tmp_path: Path) -> None:
    """A file where the folder should be: everything is made, nothing is said."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "file").write_text("x")
    assert gathered(author.cards, Speed(tmp_path / "file")) == gathered(author.cards, Speed())


def test_old_entries_go(tmp_path: Path) -> None:
    """What nobody wrote for a season is removed by the next one who writes; the rest stays."""
    author = Author(tmp_path)
    author.save()
    old, young = cache.folder() / "old.json", cache.folder() / "young.json"
    cache.folder().mkdir(parents=True)
    for path, days in ((old, 100), (young, 10)):
        path.write_text("x")
        then = path.stat().st_mtime - days * 86_400
        os.utime(path, (then, then))
    gathered(author.cards, Speed(cache.folder()))
    assert not old.exists()
    assert young.exists()
    assert len(list(cache.folder().iterdir())) == 2


def dies(task: tuple[bytes, str, str]) -> str:
    """Do as a worker does, but end as if the system had ended it, in the third file."""
    if "3-deel" in task[1] and os.getpid() != MAIN:
        os.kill(os.getpid(), signal.SIGKILL)
    return sheet_json.dump(sheet.make(*task))


MAIN = os.getpid()


def test_a_worker_that_dies_costs_time_alone(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are read here instead."""
    plain = gathered(large, Speed())
    monkeypatch.setattr(gather, "_work", dies)
    assert gathered(large, Speed(workers=2)) == plain


@pytest.mark.parametrize("limit", ["MAX_NOTES", "MAX_BYTES"])
def test_a_deck_has_a_limit(large: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """More notes, or more bytes, than a computer could hold: a problem, and reading ends early."""
    size = sum(path.stat().st_size for path in large.glob("*-deel.yaml"))
    most = 1_500 if limit == "MAX_NOTES" else size
    for allowed, found in ((most, []), (most - 1, ["deck-large"])):
        monkeypatch.setattr(gather, limit, allowed)
        assert [problem.code for problem in gathered(large, Speed()).problems] == found
    monkeypatch.setattr(gather, limit, 300)
    assert 0 < len(gathered(large, Speed()).prepared) <= 500


def test_one_worker_is_this_process(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where threads are at work, as in the preview, no process is forked."""
    monkeypatch.setattr(os, "fork", None)
    assert gathered(large, Speed(workers=1)).prepared


def test_whoever_waits_is_told(large: Path) -> None:
    """A line for each file."""
    said: list[str] = []
    gathered(large, Speed(progress=said.append))
    assert said == [f"read {number} of 6 files" for number in range(1, 7)]
