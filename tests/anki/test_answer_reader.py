"""The answers in files of Anki's: those that the engine counts, in every form, and no others."""

# ruff: noqa: S608 - the statements are ours

import sqlite3
import time
from pathlib import Path
from typing import Any

import odd_packages
import pytest
from author import Author
from pupils import class_of, empty, handed_in, studied

from deckwright.anki.answer_reader import read_answers
from deckwright.anki.archive import PackageError
from deckwright.anki.learner import learner
from deckwright.release.answers import FileAnswers

FORMS = ("new.apkg", "old.apkg", "new.colpkg", "old.colpkg", "collection.anki2")
# As the engine has them: an answer to a card that is due counts.
COUNTING = """
    select n.guid, c.ord, r.id, r.ease = 1
    from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid where r.type = 1
"""


def rows(collection: Path, query: str) -> list[Any]:
    """Return the rows of a query in someone's collection."""
    with learner(collection.parent) as anki:
        return [tuple(row) for row in anki.col.db.all(query)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a released package."""
    return Author(tmp_path).published()


@pytest.fixture
def start(tmp_path: Path, package: Path) -> Path:
    """Return the collection of somebody who imported it."""
    return empty(tmp_path / "start", package)


@pytest.mark.parametrize("form", FORMS)
def test_the_answers_that_the_engine_gave(tmp_path: Path, start: Path, form: str) -> None:
    """After days of study; steps are answers that do not count, and another deck has none here."""
    (pupil,) = class_of(1, {"een", "drie"}, 5)
    collection = studied(tmp_path / "pupil", start, pupil, 9)
    wanted = rows(collection, COUNTING)
    guids = {row[0] for row in wanted}
    assert len(guids) == 4
    assert {row[3] for row in wanted} == {0, 1}
    ((total, kinds),) = rows(collection, "select count(), count(distinct type) from revlog")
    assert (kinds, total > len(wanted)) == (3, True)
    file = handed_in(collection, tmp_path / form)
    read = read_answers(file, guids)
    assert sorted(answer[:4] for answer in read.counting) == sorted(wanted)
    assert read.total == total
    one = min(guids)
    assert {answer.guid for answer in read_answers(file, {one}).counting} == {one}
    assert read_answers(file, {"other"}) == FileAnswers([], 0)


def test_moved_by_hand_and_studied_ahead(tmp_path: Path, start: Path) -> None:
    """A new due date is no answer; one in a filtered deck before it was due does not count."""
    with learner(start.parent) as anki:
        cards = [card.id for card in anki.cards()]
        anki.col.sched.set_due_date(cards, "5")
        deck = anki.col.sched.get_or_create_filtered_deck(0)
        deck.config.reschedule = False
        deck.config.search_terms[0].search = ""
        number = anki.col.sched.add_or_update_filtered_deck(deck).id
        anki.col.decks.select(number)
        anki.col.sched.answerCard(anki.col.sched.getCard(), 3)
        guids = set(anki.notes())
        kinds = [row[0] for row in anki.col.db.all("select type from revlog order by type")]
    assert kinds == [3, *[4] * len(cards)] or kinds == [3, *[5] * len(cards)]
    read = read_answers(handed_in(start, tmp_path / "x.apkg"), guids)
    assert read == FileAnswers([], 1)


def test_the_text_that_was_asked(tmp_path: Path, start: Path) -> None:
    """It is no newer than the answer, and than the note that the learner has."""
    (pupil,) = class_of(1, set(), 5)
    collection = studied(tmp_path / "pupil", start, pupil, 4)
    with learner(collection.parent) as anki:
        guids = list(anki.notes())
        now = int(time.time()) + 1000
        anki.col.db.execute("update notes set mod = 5 where guid = ?", guids[0])
        anki.col.db.execute("update notes set mod = ? where guid = ?", now, guids[1])
    seen = {answer.guid: answer for answer in read_answers(collection, guids).counting}
    assert seen[guids[0]].seen == 5
    assert seen[guids[1]].seen == seen[guids[1]].at // 1000


def test_a_collection_that_anki_has_open(start: Path) -> None:
    """What it has not yet written would be missed."""
    with learner(start.parent) as anki:
        anki.studies()
        with pytest.raises(PackageError, match=r"collection\.anki2: Anki has it open"):
            read_answers(start, {"x"})
    assert read_answers(start, {"x"}) == FileAnswers([], 0)


# What no Anki writes, by what is said of it.
_VIEW = "drop table revlog; create view revlog as select 1 as id"
_COMPUTED = """
    alter table revlog rename to was; create table revlog(id integer primary key, cid as (1), usn,
    ease as (1), ivl, lastIvl, factor, time, type as (1)); drop table was
"""
_ANSWER = "insert into revlog select id, id, 0, 1, 1, 1, 1, 1, 1 from cards"
_ODD = {
    "drop table revlog": "no tables of Anki's",
    _VIEW: "runs code of its own",
    _COMPUTED: "no tables of Anki's",
    _ANSWER.replace("0, 1", "0, 'x'"): "not as Anki writes it",
    f"update notes set mod = 'x'; {_ANSWER}": "not as Anki writes it",
    """create table twice as select * from cards; insert into twice select * from cards;
    drop table cards; alter table twice rename to cards""": "have one number",
}


@pytest.mark.parametrize("statements", _ODD)
def test_what_no_anki_writes_is_refused(tmp_path: Path, package: Path, statements: str) -> None:
    """In one line with the name of the file; a collection as well as a package."""
    content = odd_packages.collection(package.read_bytes(), statements)
    (tmp_path / "collection.anki2").write_bytes(content)
    packed = odd_packages.with_media((odd_packages.OLD, content))
    (tmp_path / "odd.apkg").write_bytes(packed)
    for name in ("collection.anki2", "odd.apkg"):
        with pytest.raises(PackageError) as refused:
            read_answers(tmp_path / name, {guid for (guid,) in guids_of(content)})
        text = str(refused.value)
        assert text.startswith(str(tmp_path / name))
        assert _ODD[statements] in text
        assert "\n" not in text


def guids_of(content: bytes) -> list[tuple[str]]:
    """Return the guids in a collection."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    found = connection.execute("select guid from notes").fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("content", [b"", b"no zip", b"SQLite format 3\0", b"PK\3\4cut"])
def test_files_that_are_none_of_them(tmp_path: Path, content: bytes) -> None:
    """One line says which file, and why."""
    file = tmp_path / "odd.apkg"
    file.write_bytes(content)
    with pytest.raises(PackageError, match=r"odd\.apkg: "):
        read_answers(file, {"x"})
