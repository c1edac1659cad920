"""A deck to a file for another program, and the pictures and sounds of its notes beside it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from deckwright.build.plan import ReadyDeck
from deckwright.cards import media
from deckwright.disk.reading import read_bytes
from deckwright.exchange import _crowdanki_writer
from deckwright.exchange.columns import COLUMNS, guarded
from deckwright.release.html_text import with_pictures
from deckwright.release.stamped_notes import StampedNote, by_role

_LINE = re.compile(r"<br>|</(?:p|li|tr|pre|blockquote|dt|dd)>|\n")
Shown = Callable[[str], str]


def exported(
    ready: ReadyDeck, file: Path, form: str, *, plain: bool = False, separator: str = ","
) -> dict[Path, bytes]:
    """Return the bytes of `file` in one of FORMATS, and of the files in `media/` beside it.

    The fields are HTML, or `plain` text: then no files go with them. `separator` is that of CSV.
    UnreadableFileError for a picture that went meanwhile.
    """
    shown = _plain if plain else str
    made = {file: FORMATS[form](ready, shown, separator).encode()}
    return made if plain else {**made, **_media(ready, file)}


def _media(ready: ReadyDeck, file: Path) -> dict[Path, bytes]:
    used = {name for stamped in ready.release.notes for name in stamped.note.media}
    return {
        file.parent / media.FOLDER / each.name: read_bytes(each.path, media.TOO_LARGE)
        for each in ready.media.values()
        if each.name in used
    }


def _plain(html: str) -> str:
    lines = (with_pictures(line) for line in _LINE.split(html))
    return "\n".join(line for line in lines if line)


def _rows(ready: ReadyDeck, shown: Shown) -> Iterator[dict[str, Any]]:
    for stamped in ready.release.notes:
        note = stamped.note
        yield {
            "id": note.id,
            "guid": stamped.guid,
            "subdeck": _subdeck(ready, stamped),
            "kind": note.kind,
            "fields": {role: shown(html) for role, html in by_role(note).items()},
            "tags": list(note.tags),
        }


def _subdeck(ready: ReadyDeck, stamped: StampedNote) -> str:
    return stamped.note.deck.removeprefix(f"{ready.deck.name.value}::")


def _json(ready: ReadyDeck, shown: Shown, _separator: str) -> str:
    return json.dumps(list(_rows(ready, shown)), ensure_ascii=False, indent=2) + "\n"


def _csv(ready: ReadyDeck, shown: Shown, separator: str) -> str:
    """Return a table for Excel, which takes a file for UTF-8 where it begins with this mark."""
    target = io.StringIO()
    table = csv.writer(target, delimiter=separator)
    table.writerow(COLUMNS)
    for row in _rows(ready, shown):
        cells = {**row, **row["fields"], "tags": " ".join(row["tags"])}
        table.writerow([guarded(cells.get(column, "")) for column in COLUMNS])
    return "\ufeff" + target.getvalue()


def _tsv(ready: ReadyDeck, shown: Shown, _separator: str) -> str:
    """Return a table for Anki: the fields as its note types have them, behind what it must know."""
    target = io.StringIO()
    names = ("guid", "notetype", "deck", "tags")
    heads = [f"#{name} column:{number}" for number, name in enumerate(names, 1)]
    html = "true" if shown is str else "false"
    target.write("\n".join(["#separator:tab", f"#html:{html}", *heads, ""]))
    table = csv.writer(target, "excel-tab", lineterminator="\n")
    for stamped in ready.release.notes:
        note = stamped.note
        about = (stamped.guid, ready.types[note.kind].name, note.deck, " ".join(note.tags))
        table.writerow([*about, note.fields[0], *map(shown, note.fields[1:])])
    return target.getvalue()


def _crowdanki(ready: ReadyDeck, shown: Shown, _separator: str) -> str:
    return _crowdanki_writer.deck_json(ready, shown)


FORMATS = {"csv": _csv, "tsv": _tsv, "crowdanki": _crowdanki, "json": _json}
