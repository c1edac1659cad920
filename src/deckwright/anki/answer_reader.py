"""The answers in a package or a collection with scheduling: of its owner, nothing else is read."""

from collections.abc import Collection, Iterator
from pathlib import Path

from deckwright.anki.archive import MAX_UNPACKED, Connection, PackageError, database, named
from deckwright.anki.package_reader import UNLIKE, collection_bytes, refuse_odd
from deckwright.disk.reading import read_bytes
from deckwright.release.answers import AGAIN, EASY, Answer, FileAnswers
from deckwright.words.messages import Message

# A collection as it lies in a profile of Anki: a file of SQLite (sqlite.org/fileformat).
_DATABASE = b"SQLite format 3\0"
# What a running Anki, or one that was killed, has not yet written into its collection.
_LOG = "-wal"
_REVIEW = 1  # Anki's kind of an answer that counts (rslib/src/revlog, RevlogReviewKind)
# Real columns of a real table, as `refuse_odd` wants of the others.
_TABLE = """
    select count(*) = 1 and (select not count(*) from pragma_table_xinfo('revlog') where hidden)
    from sqlite_master where name = 'revlog' and type = 'table' and rootpage > 0
"""
# Each answer is then of one card, and each card of one note.
_REPEATED = """
    select (select count(*) > count(distinct id) from cards)
        or (select count(*) > count(distinct id) from notes)
"""
_ANSWERS = """
    select n.guid, c.ord, r.id, r.ease, r.type, n.mod
    from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid
"""


def read_answers(file: Path, guids: Collection[str]) -> FileAnswers:
    """Return the answers to the cards of the notes with these guids in a file of Anki's.

    That is an `.apkg` or `.colpkg`, of any age, or a `collection.anki2`. UnreadableFileError or
    OSError where it cannot be opened, PackageError where it is none of them, or not as Anki writes
    it.
    """
    with named(file):
        try:
            with database(_collection(file)) as collection:
                return _read(collection, guids)
        except UNLIKE as error:
            raise PackageError(
                Message("its collection is not as Anki writes it: {error!r}", error=error)
            ) from error


def _collection(file: Path) -> bytes:
    with file.open("rb") as opened:
        if opened.read(len(_DATABASE)) != _DATABASE:
            return collection_bytes(file)
    log = file.with_name(file.name + _LOG)
    if log.exists() and log.stat().st_size:
        raise PackageError(
            Message("Anki has it open: close Anki first, or export the deck with its schedule")
        )
    return read_bytes(file, MAX_UNPACKED)


def _read(collection: Connection, guids: Collection[str]) -> FileAnswers:
    refuse_odd(collection)
    if not collection.execute(_TABLE).fetchone()[0]:
        raise PackageError(Message("its collection has no tables of Anki's"))
    if collection.execute(_REPEATED).fetchone()[0]:
        raise PackageError(Message("two of its notes, or of its cards, have one number"))
    counting, count = [], 0
    for kind, answer in _answers(collection, guids):
        count += 1
        if kind == _REVIEW:
            counting.append(answer)
    return FileAnswers(counting, count)


def _answers(collection: Connection, guids: Collection[str]) -> Iterator[tuple[int, Answer]]:
    """Yield each answer that somebody gave with a button, with Anki's kind of it."""
    for guid, ordinal, at, button, kind, modified in collection.execute(_ANSWERS):
        if guid in guids and AGAIN <= button <= EASY:
            seen = min(at // 1000, modified)
            yield kind, Answer(guid, ordinal, at, button == AGAIN, seen)
