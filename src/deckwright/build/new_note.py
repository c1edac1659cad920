"""One more note at the end of a file of cards; all other bytes of the file stay."""

import codecs
import re
from collections import Counter
from collections.abc import Container, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from deckwright.build.plan import read_ledger
from deckwright.disk.reading import read_bytes
from deckwright.problem import GROUPS, Place
from deckwright.release.ledger import LEDGER_NAME
from deckwright.source.deck import ClozeNote, Note, QuestionNote
from deckwright.source.ids import id_of_text
from deckwright.source.reader import NoteItem, note_items, read_notes, read_settings
from deckwright.words.kinds import QuestionKind
from deckwright.words.messages import Message, MessageError

# The order in which a person writes: who the note is, then what a learner reads, as it is read.
_FIRST = ("id", "covers", "kind")
Value = str | tuple[str, ...]
_LAST_RESORT = "note"  # the id of a question without Latin letters
# Texts that stand behind their key as they are; all others go below it.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;?!()’‘“”…-]|'(?=\w))*(?<! )")
_LINES = re.compile("(\r\n|\r|\n)")
_DASH = re.compile(r"(?P<indent> *)- +")
_NO_NOTES = re.compile(r"(?P<key>notes\s*:)\s*(?:\[\s*\])?(?P<rest>\s*(?:#.*)?)")


class NewNoteError(MessageError):
    """A note that cannot be added; the text says why."""


class NewNote(NamedTuple):
    """The id of a new note, where it is to stand, and the bytes of that file with it.

    `empty` are those of its texts that are left to be written.
    """

    id: str
    place: Place
    content: bytes
    empty: tuple[str, ...]


def new_note(cards: Path, wishes: Mapping[str, Value], file: str = "") -> NewNote:
    """Return a note with these values, by key, for a file of `cards`: by default the last one.

    It gets an id made of its question or cloze text that no note has or had. A question without an
    answer gets an empty one, which `check` reports. Writes nothing. NewNoteError where there is no
    such file, or where it must be done by hand; UnreadableFileError as `reading.read_bytes`.
    """
    deck, files, problems = read_settings(cards)
    named = [path for path in files if not file or path == Path(file) or path.name == file]
    if not named:
        known = {"file": file, "names": [path.name for path in files]}
        message = Message("no file of cards is '{file}'; there are: {names}", **known)
        raise NewNoteError(message if files else problems[0].message)
    path, taken = named[-1], _taken(cards, files)
    if deck:
        taken |= {name.value for name, _ in deck.retired}
    front = str(wishes.get("cloze") or wishes["question"])
    name = _free(id_of_text(front) or _LAST_RESORT, taken)
    note = _ordered({**wishes, "id": name})
    raw = read_bytes(path)
    _prove(raw, path, {key: value or "x" for key, value in note.items()})
    content, line = _with(raw, path, note)
    empty = tuple(key for key in note if not note[key])
    return NewNote(name, Place(str(path), line), content, empty)


def _taken(cards: Path, files: list[Path]) -> set[str]:
    """Return every id that a note has, or that learners know one by."""
    held, _ = read_ledger(cards / LEDGER_NAME)
    taken = set(held.notes) if held else set()
    for path in files:
        raw = read_bytes(path)
        taken |= {name for item in note_items(raw, str(path))[0] for name in item.ids}
        taken |= {name.value for name, _ in read_notes(raw, str(path))[1]}
    return taken


def _free(name: str, taken: Container[str]) -> str:
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(each for each in names if each not in taken)


def _ordered(wishes: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values in their order; a question has an answer, if only an empty one."""
    roles = ClozeNote.ROLES if wishes.get("cloze") else QuestionNote.ROLES
    values = {key: wishes.get(key, "") for key in (*_FIRST, *roles)}
    return {key: value for key, value in values.items() if value or key == "answer"}


def _prove(old: bytes, path: Path, note: Mapping[str, Value]) -> None:
    """Add a note and read the file: all others are there, and it is as it was said.

    NewNoteError otherwise.
    """
    new, _ = _with(old, path, note)
    before, _, faults = read_notes(old, str(path))
    after, _, found = read_notes(new, str(path))
    known = Counter(problem.message for problem in faults)
    for problem in found:
        known[problem.message] -= 1
        if known[problem.message] < 0:
            message = Message("{message}; {hint}", message=problem.message, hint=problem.hint)
            raise NewNoteError(message)
    kind = {"kind": QuestionKind.by_name()[str(note["kind"])]} if "kind" in note else {}
    if [*map(_whole, after[:-1])] != [*map(_whole, before)] or _said(after[-1]) != {**note, **kind}:
        raise NewNoteError(Message("add the note by hand: {file} would read otherwise", file=path))


def _whole(note: Note) -> tuple[object, ...]:
    """Return all that a note is; of what its file says, which may stand lower now, the words."""
    language = note.language.value if note.language else ""
    of_file = note.subdeck.value, language, tuple(tag.value for tag in note.file_tags)
    own = note.id, note.place, note.was, note.allow, note.covers, note.own_tags, note.texts()
    return type(note), *of_file, *own


def _said(note: Note) -> dict[str, Value]:
    """Return what a note says, by key, as `new_note` takes it."""
    first: dict[str, Value] = {"id": note.id.value, "covers": tuple(t.value for t in note.covers)}
    first["kind"] = (note.kind or "") if isinstance(note, QuestionNote) else ""
    texts = {role: text.value for role, text in note.texts().items()}
    return {key: value for key, value in [*first.items(), *texts.items()] if value}


def _with(raw: bytes, path: Path, note: Mapping[str, Value]) -> tuple[bytes, int]:
    """Return the bytes of a file with a note at the end of its list, and the line of the note."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    items, problems = note_items(raw, str(path))
    if any(problem.code in GROUPS["yaml"] + GROUPS["folder"] for problem in problems):
        raise NewNoteError(Message("fix {file} first: 'deckwright check' says how", file=path))
    parts = _LINES.split(raw.decode("utf-8-sig"))
    lines, ends = parts[0::2], [*parts[1::2], ""]
    place = _below(lines, items[-1]) if items else _in_an_empty_list(lines)
    if place is None:
        text = Message("add the note by hand: {file} has its notes between brackets", file=path)
        raise NewNoteError(text)
    at, indent = place
    end = next(filter(None, ends), "\n")
    gap = bool(items) and (len(items) == 1 or _has_gap(lines, items[-1]))
    new = "".join(f"{' ' * indent}{line}".rstrip() + end for line in _lines(note))
    before, after = (
        "".join(map("".join, zip(lines[part], ends[part], strict=True)))
        for part in (slice(at), slice(at, None))
    )
    before += "" if before.endswith(("\r", "\n")) else end
    return mark + f"{before}{end if gap else ''}{new}{after}".encode(), at + 1 + gap


def _below(lines: list[str], last: NoteItem) -> tuple[int, int] | None:
    """Return how many lines stand before a note after the last one, and how far in it begins.

    None where notes do not begin with a hyphen of their own.
    """
    first, column = last.place.line - 1, last.place.col - 1
    dash = _DASH.fullmatch(lines[first][:column])
    while not dash and first and not lines[first][:column].strip():
        first -= 1
        dash = _DASH.fullmatch(f"{lines[first].rstrip()} ")
    if not dash:
        return None
    indent, end = len(dash["indent"]), first + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end, indent


def _in_an_empty_list(lines: list[str]) -> tuple[int, int] | None:
    """Return the same for a list without notes, which loses its brackets."""
    for number, line in enumerate(lines):
        if found := _NO_NOTES.fullmatch(line):
            lines[number] = found["key"] + found["rest"]
            return number + 1, 2
    return None


def _has_gap(lines: list[str], item: NoteItem) -> bool:
    """Return whether an empty line stands above an item and its comments."""
    above = item.place.line - 2
    while above and lines[above].lstrip().startswith("#"):
        above -= 1
    return not lines[above].strip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines(note: Mapping[str, Value]) -> list[str]:
    """Return the lines of a note, the first with a hyphen."""
    lines: list[str] = []
    for key, value in note.items():
        if isinstance(value, tuple):
            lines.append(f"{key}: {value[0] if len(value) == 1 else '[' + ', '.join(value) + ']'}")
        elif not value:
            lines.append(f'{key}: ""')
        elif key in _FIRST or _PLAIN.fullmatch(value):
            lines.append(f"{key}: {value}")
        else:
            lines += [f"{key}: |", *(f"  {line}" for line in value.split("\n"))]
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]
