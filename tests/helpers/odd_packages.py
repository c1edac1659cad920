"""Packages that could show Anki other notes than they show to whoever looks first."""

# ruff: noqa: S608 - the statements are ours

import io
import json
import sqlite3
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import zstandard

EVIL = "KWAAD"
OLD, NEWER, NEWEST, MEDIA = "collection.anki2", "collection.anki21", "collection.anki21b", b"{}"
_CHANGED = f"update notes set flds = replace(flds, 'getal', '{EVIL}')"


def collection(package: bytes, statements: str = "") -> bytes:
    """Return the collection of a package of ours, after these statements."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read(OLD))
    connection.executescript(statements)
    content = connection.serialize()
    connection.close()
    return content


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a zip of these entries, in this order; names may repeat."""
    target = io.BytesIO()
    packed = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
    with warnings.catch_warnings(action="ignore"), packed as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def with_media(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a package of these entries and an empty list of media."""
    return zipped(*entries, ("media", MEDIA))


def _exported(package: bytes, meta: bytes, *, evil_beside: bool) -> bytes:
    """Return what a new Anki exports, its collection in a newer form than the one beside it."""
    texts = [collection(package), collection(package, _CHANGED)]
    beside, meant = texts if not evil_beside else texts[::-1]
    return with_media(("meta", meta), (OLD, beside), (NEWER, meant))


def _two_names(package: bytes) -> bytes:
    """Return a package of which an entry has another name in a field that Anki's library reads."""
    data = b"\x01" + struct.pack("<L", zlib.crc32(b"x")) + NEWER.encode()
    other = zipfile.ZipInfo("x")
    other.extra = struct.pack("<HH", 0x7075, len(data)) + data
    return with_media((OLD, collection(package)), (other, collection(package, _CHANGED)))


def _cut_name(package: bytes) -> bytes:
    """Return a package with a name that Python ends at a NUL."""
    evil = with_media((OLD, collection(package)), (f"{NEWER}Xx", collection(package, _CHANGED)))
    return evil.replace(f"{NEWER}Xx".encode(), f"{NEWER}\0x".encode())


def _models(package: bytes, change: Callable[[dict[str, dict[str, object]]], object]) -> bytes:
    """Return a package with other note types."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(collection(package))
    models = json.loads(connection.execute("select models from col").fetchone()[0])
    change(models)
    connection.execute("update col set models = ?", (json.dumps(models),))
    connection.commit()
    content = connection.serialize()
    connection.close()
    return with_media((OLD, content))


def _other_id(models: dict[str, dict[str, object]]) -> None:
    next(iter(models.values()))["id"] = 1_234_567_890_123


def _fewer_fields(models: dict[str, dict[str, object]]) -> None:
    for model in models.values():
        model["flds"] = [*model["flds"]][:3]  # type: ignore[misc]


def _clean_and_evil(package: bytes) -> tuple[bytes, bytes]:
    return (
        with_media((OLD, collection(package))),
        with_media((OLD, collection(package, _CHANGED))),
    )


def _one_behind_the_other(package: bytes) -> bytes:
    return b"".join(_clean_and_evil(package))


def _one_as_a_comment(package: bytes) -> bytes:
    clean, evil = _clean_and_evil(package)
    return clean[:-2] + struct.pack("<H", len(evil)) + evil


def _evil_index(package: bytes) -> bytes:
    """Return a package with an index that says other things than its table."""
    content = bytearray(collection(package, "create index odd on notes (flds)"))
    at = content.find(b"Een <strong>getal", content.find(b"Een <strong>getal") + 1)
    content[at : at + 3] = b"Elf"
    return with_media((OLD, bytes(content)))


def statements(text: str) -> Callable[[bytes], bytes]:
    """Return what makes a package in whose collection these statements were run."""
    return lambda package: with_media((OLD, collection(package, text)))


FIRST = "where id = (select min(id) from notes)"

# By what is odd: what makes it of a package of ours, and a part of what is said; "" where it is
# read, as Anki reads it.
ODD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    # which collection
    "an older one beside it": (
        lambda p: with_media((OLD, collection(p)), (NEWER, collection(p, _CHANGED))), ""),
    "an older one behind it": (
        lambda p: with_media((NEWER, collection(p, _CHANGED)), (OLD, collection(p))), ""),
    "the newest, which no meta names": (
        lambda p: with_media((OLD, collection(p, _CHANGED)),
                             (NEWEST, zstandard.compress(collection(p)))), "not clear"),
    "a meta that names the older one": (
        lambda p: _exported(p, b"\x08\x01", evil_beside=True), "not clear"),
    "a meta that names the newer one": (
        lambda p: _exported(p, b"\x08\x02", evil_beside=False), ""),
    "a meta that names a missing one": (
        lambda p: _exported(p, b"\x08\x03", evil_beside=False), "not clear"),
    "a meta that nobody knows": (
        lambda p: with_media(("meta", b"\x08\x63"), (OLD, collection(p))), "not clear"),
    "an empty meta": (lambda p: with_media(("meta", b""), (OLD, collection(p))), "not clear"),
    "a long meta": (
        lambda p: with_media(("meta", b"\x08\x81\x00"), (OLD, collection(p))), "not clear"),
    "nothing but a meta": (lambda _: with_media(("meta", b"\x08\x02")), "no Anki collection"),
    # which entry
    "two of one name": (
        lambda p: with_media((OLD, collection(p)), (OLD, collection(p, _CHANGED))), "of one name"),
    "a name in capitals": (
        lambda p: with_media((OLD, collection(p)), ("Collection.anki21", b"x")), "holds 'Coll"),
    "a meta in capitals": (
        lambda p: with_media((OLD, collection(p)), ("META", b"\x08\x03")), "holds 'META'"),
    "a name with a NUL": (_cut_name, "of two names"),
    "another name in a field": (_two_names, "of two names"),
    "one zip behind the other": (_one_behind_the_other, "before or behind"),
    "one zip as a comment": (_one_as_a_comment, "before or behind"),
    "something before the zip": (lambda p: b"x" * 100 + p, "before or behind"),
    "something behind the zip": (lambda p: p + b"x", "before or behind"),
    # which notes
    "a trigger": (
        statements(f"create trigger t after update on col begin {_CHANGED}; end"), "code of its"),
    "a view": (statements("create view v as select * from notes"), "code of its own"),
    "an index that lies": (_evil_index, "database is broken"),
    "two rows about the collection": (
        statements("insert into col select 2, crt, mod, scm, ver, dty, usn, ls, conf, models, "
                   "decks, dconf, tags from col"), "not as Anki writes it"),
    "another version": (statements("update col set ver = 12"), "not a version"),
    "tables that are not there": (statements("update col set ver = 18"), "is broken"),
    "a note type of two ids": (lambda p: _models(p, _other_id), "is not the id"),
    "note types that lack fields": (lambda p: _models(p, _fewer_fields), "lacks fields"),
    "a note type from far away": (
        statements("update col set models = replace(models, '\"mod\": 1', '\"mod\": 9999991')"),
        "is not a time"),
    "a note type before all time": (
        statements("update col set models = replace(models, '\"mod\": 1', '\"mod\": -1')"),
        "is not a time"),
    "no notes": (statements("delete from notes; delete from cards"), "no notes of deckwright"),
    "notes without cards": (statements("delete from cards"), "has no cards"),
    "one guid for all": (
        statements("update notes set guid = (select min(guid) from notes)"), "have the guid"),
    "one guid for two": (
        statements(f"update notes set guid = (select guid from notes order by id desc) {FIRST}"),
        "have the guid"),
    "an empty guid": (statements(f"update notes set guid = '' {FIRST}"), "not a guid"),
    "a long guid": (
        statements(f"update notes set guid = printf('%.*c', 101, 'x') {FIRST}"), "not a guid"),
    "a guid with an escape": (
        statements(f"update notes set guid = 'a' || char(8238) {FIRST}"), "not a guid"),
    "one id for all": (
        statements("update notes set flds = 'een' || substr(flds, instr(flds, char(31)))"),
        "have the id 'een'"),
    "one id for two": (
        statements("update notes set flds = 'een' || substr(flds, instr(flds, char(31))) "
                   "where flds like 'twee%'"),
        "have the id 'een'"),
    "a note without a note type": (
        statements(f"update notes set mid = 5 {FIRST}"), "has no note type"),
    "a time of nought": (statements("update notes set mod = 0"), "is not a time"),
    "a time before 1970": (statements("update notes set mod = -1"), "is not a time"),
    "a time after 2106": (statements("update notes set mod = 4294967296"), "is not a time"),
    "a number below nought": (
        statements("update cards set nid = -nid; update notes set id = -id"), "is not a time"),
    "a card of a high number": (
        statements("update cards set ord = 65536 where due = 1"), "number of a card"),
    "a card below nought": (statements("update cards set ord = -1 where due = 1"),
                            "number of a card"),
    "two cards of one number": (
        statements("update cards set ord = 0"), "have one number"),
}  # fmt: skip
