"""Tables: Anki's own text export, and CSV of Excel and others."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.anki.foreign_note import ForeignNote, ForeignType, Form
from deckwright.cards.note_types import FIELDS
from deckwright.disk.reading import read_bytes
from deckwright.exchange.columns import COLUMNS, unguarded
from deckwright.exchange.roles import FieldNames, own_kind, role_of
from deckwright.exchange.source import MAX_SIZE, LeftOut, Source, SourceError, decoded, media_beside
from deckwright.words.messages import Message

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_SAMPLE = 20  # rows that show what parts the cells
_HEADER = re.compile(r"#([a-z ]+):(.*)", re.IGNORECASE)
_EXCEL = re.compile(r"sep=(.)[^\S\n]*(?:\n|$)", re.IGNORECASE)  # its own way to say it
_KNOWN = {"separator", "html", "tags", "columns", "notetype", "deck", "if matches"}
_COLUMN = re.compile(r"(guid|notetype|deck|tags) column", re.IGNORECASE)
# A tag alone may be what a card is about; one that is closed, or never is, is of a program.
_HTML = re.compile(
    r"</(?:a|b|code|del|div|em|font|h[1-6]|i|li|ol|p|pre|s|span|strong|sub|sup|table|u|ul)>"
    r"|<(?:br|hr|img)(?:\s[^<>]*)?/?>|&(?:amp|gt|lt|nbsp|quot|#\d+|#x[0-9a-f]+);",
    re.IGNORECASE,
)


@dataclass
class _Head:
    """What the lines before the table say of it, as Anki writes them (rslib, `csv/metadata.rs`)."""

    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)  # from 0
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    line: int
    cells: list[str]


def read_table(file: Path, wanted: Sequence[FieldNames] = ()) -> Source:
    """Read a table; SourceError where it is none, UnreadableFileError where it is too large.

    A first row that holds all names of what is `wanted` names the columns.
    """
    text = decoded(read_bytes(file, MAX_SIZE), file)
    head, body, first = _parted(file, text)
    separator = head.values.get("separator", "").lower()
    separator = _SEPARATORS.get(separator, separator[:1]) or _separator(file, body)
    rows = list(_rows(file, body, first, separator))
    if not rows:
        raise SourceError(Message("{file}: no rows stand in it", file=file))
    names = head.values["columns"].split(separator) if head.values.get("columns") else None
    is_ours = tuple(rows[0].cells) == COLUMNS
    if names is None and not head.columns and _is_header(rows[0].cells, wanted):
        names = rows.pop(0).cells
    if is_ours:
        rows = [_Row(row.line, list(map(unguarded, row.cells))) for row in rows]
    columns = _Columns.of(names, head)
    said = head.values.get("html", "").lower()
    notes = [_note(file, row, head, columns, _form(row, said)) for row in rows]
    if not (said or is_ours) and (count := [note.form for note in notes].count(Form.HTML)):
        why = Message(
            "{count} rows are read as HTML; where they are plain text, write '#html:false' above",
            count=count,
        )
        head.left_out.append(LeftOut(str(file), why))
    return Source(file, notes, media_beside(file), head.left_out)


def _form(row: _Row, said: str) -> Form:
    """Return how the cells of a row are written: as is said above it, else as they look."""
    is_html = said == "true" if said else any(map(_HTML.search, row.cells))
    return Form.HTML if is_html else Form.PLAIN


def _parted(file: Path, text: str) -> tuple[_Head, str, int]:
    """Return what the head says, the table, and the number of the table's first line."""
    head, lines = _Head(), 0
    if found := _EXCEL.match(text):
        head.values["separator"] = found[1]
        text, lines = text[found.end() :], 1
    while found := _HEADER.match(text):
        text = text.partition("\n")[2]
        lines += 1
        name, value = found[1].strip().lower(), found[2].strip()
        if (column := _COLUMN.fullmatch(name)) and value.isdecimal() and 0 < int(value) < 1000:  # noqa: PLR2004 - no table has more
            head.columns[column[1].lower()] = int(value) - 1
        elif name in _KNOWN:
            head.values[name] = value if name != "separator" else found[2] or "\t"
        else:
            why = Message("this line is no note: Anki takes it for a comment")
            head.left_out.append(LeftOut(f"{file}:{lines}: {found[0]}", why))
    return head, text, lines + 1


def _separator(file: Path, body: str) -> str:
    """Return what parts the cells: that which gives most rows of the sample the same number."""

    def score(separator: str) -> tuple[int, int]:
        try:
            rows = list(_rows(file, "\n".join(body.split("\n")[:_SAMPLE]), 1, separator, cut=True))
        except SourceError:
            return 0, 0
        counts = [len(row.cells) for row in rows]
        best = max((n for n in set(counts) if n > 1), key=counts.count, default=0)
        return counts.count(best), best

    return max(("\t", ";", ","), key=score)


def _rows(
    file: Path, body: str, first: int, separator: str, *, cut: bool = False
) -> Iterator[_Row]:
    """Yield the rows that hold anything; of a table that is `cut`, the last may stay open."""
    csv.field_size_limit(MAX_SIZE)  # what is too long for a card is left out, not the whole table
    table = csv.reader(io.StringIO(body), delimiter=separator, strict=not cut)
    line = first
    try:
        for cells in table:
            if any(map(str.strip, cells)):
                yield _Row(line, cells)
            line = first + table.line_num
    except csv.Error as error:
        raise SourceError(
            Message(
                "{file}:{line}: this row is no row of a table ({error}); put the whole cell"
                ' between quotes, and write each " in it twice',
                file=file,
                line=line,
                error=error,
            )
        ) from error


def _is_header(cells: list[str], wanted: Sequence[FieldNames]) -> bool:
    """Return whether a row names the columns: each by a word that we know, one of them the text."""
    if any(names.keys() <= {cell.strip() for cell in cells} for names in wanted):
        return True
    roles = [role_of(cell) for cell in cells if cell.strip()]
    return all(roles) and bool({"question", "cloze"} & {*roles})


@dataclass(frozen=True)
class _Columns:
    """Where the cells of a row go: `about` are the columns that are no fields, by what they say."""

    about: dict[str, int]
    names: list[str] | None

    @classmethod
    def of(cls, names: list[str] | None, head: _Head) -> "_Columns":
        about = dict(head.columns)
        for number, name in enumerate(names or ()):
            if role_of(name) in ("guid", "subdeck", "tags", "kind"):
                about.setdefault(role_of(name), number)
        return cls(about, names)

    def cell(self, row: _Row, what: str) -> str:
        at = self.about.get(what, -1)
        return row.cells[at].strip() if 0 <= at < len(row.cells) else ""

    def fields(self, row: _Row) -> dict[str, str]:
        """Return the cells that are fields, by their names; without names, by their numbers."""
        taken = set(self.about.values())
        cells = {n: cell for n, cell in enumerate(row.cells) if n not in taken}
        if self.names is None:
            return {str(number): cell for number, cell in enumerate(cells.values(), 1)}
        found: dict[str, str] = {}
        for number, cell in cells.items():
            name = self.names[number].strip() if number < len(self.names) else ""
            found[name if name and name not in found else str(number + 1)] = cell
        return found


def _note(file: Path, row: _Row, head: _Head, columns: _Columns, form: Form) -> ForeignNote:
    fields = columns.fields(row)
    name = columns.cell(row, "notetype") or head.values.get("notetype", "") or file.name
    kind = own_kind(name)
    if kind and columns.names is None and len(fields) >= len(FIELDS[kind]):
        fields = dict(zip(FIELDS[kind], fields.values(), strict=False))
    elif (kind := columns.cell(row, "kind")) in FIELDS:
        by_role = {role_of(each): cell for each, cell in fields.items()}
        fields = {role: by_role.get("id" if role == "key" else role, "") for role in FIELDS[kind]}
    else:
        kind = None
    deck = columns.cell(row, "deck") or head.values.get("deck", "")
    if subdeck := columns.cell(row, "subdeck"):
        deck = f"{file.stem}::{subdeck}"
    tags = f"{head.values.get('tags', '')} {columns.cell(row, 'tags')}"
    if not head.columns:  # people part them by commas; Anki takes a comma for a part of a tag
        tags = tags.replace(",", " ")
    return ForeignNote(
        type=ForeignType(name, tuple(fields), kind=kind),
        fields=tuple(fields.values()),
        deck=deck or file.stem,
        guid=columns.cell(row, "guid"),
        tags=tuple(tags.split()),
        place=f"{file}:{row.line}",
        form=form,
    )
