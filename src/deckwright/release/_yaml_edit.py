"""Small changes to a file of cards that keep its comments and layout, each proved by reading it."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from deckwright.source.deck import Note, Text
from deckwright.source.reader import read_notes
from deckwright.words.messages import Message, MessageError


class EditError(MessageError):
    """A file that cannot be changed by a command; the text says what to do by hand."""


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, without their ends and without a byte-order mark."""
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")


def bytes_of(path: Path, lines: list[str]) -> bytes:
    """Return the bytes of these lines, written as the file at `path` is: line ends and all."""
    before = path.read_bytes()
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + (b"\r\n" if b"\r\n" in before else b"\n").join(line.encode() for line in lines)


def edited(
    path: Path, lines: list[str], fits: Callable[[list[Note]], bool], by_hand: Message
) -> bytes:
    """Return the bytes of these lines; EditError (`by_hand`) unless the notes in them fit."""
    content = bytes_of(path, lines)
    notes, _, problems = read_notes(content, str(path))
    _, _, before = read_notes(path.read_bytes(), str(path))
    if len(problems) > len(before) or not fits(notes):
        raise EditError(by_hand)
    return content


def with_id(lines: list[str], note_id: Text, new: str) -> list[str]:
    """Return the lines with another id in place of one."""
    at = note_id.at(0)
    line, start = lines[at.line - 1], at.col - 1
    if line[start : start + len(note_id.value)] != note_id.value:
        raise EditError(
            Message("write the id on one line first: {file}:{line}", file=at.file, line=at.line)
        )
    changed = line[:start] + new + line[start + len(note_id.value) :]
    return [*lines[: at.line - 1], changed, *lines[at.line :]]


def with_was(lines: list[str], note_id: Text, was: str) -> list[str]:
    """Return the lines with `was` after the id: on a line of its own, or inside the braces."""
    at = note_id.place
    line = lines[at.line - 1]
    key = re.match(r"(\s*(?:- +)*)(['\"]?id['\"]?\s*:)", line)
    if key:
        indent = " " * len(key[1])
        return [*lines[: at.line], f"{indent}was: {was}", *lines[at.line :]]
    end = at.col - 1 + len(note_id.value) + 2 * (line[at.col - 1] in "'\"")
    changed = f"{line[:end]}, was: {was}{line[end:]}"
    return [*lines[: at.line - 1], changed, *lines[at.line :]]


def without_was(lines: list[str], was: Text) -> list[str]:
    """Return the lines without that of `was`."""
    line = lines[was.place.line - 1]
    if re.fullmatch(r"\s*was\s*:\s*['\"]?[\w-]+['\"]?\s*(?:#.*)?", line):
        return [*lines[: was.place.line - 1], *lines[was.place.line :]]
    changed = re.sub(r",?\s*was\s*:\s*['\"]?[\w-]+['\"]?", "", line, count=1)
    return [*lines[: was.place.line - 1], changed, *lines[was.place.line :]]


def without_note(lines: list[str], note: Note) -> list[str]:
    """Return the lines without those of a note; a comment above it stays."""
    start = note.place.line - 1
    while start and not re.match(r"\s*- ?", lines[start]):
        start -= 1
    indent = _indent(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    left = [*lines[:start], *lines[end:]]
    if start < len(left) and start and not left[start].strip() and not left[start - 1].strip():
        del left[start]  # one empty line is enough between its neighbours
    if not any(re.match(r"\s*- ", line) for line in left):
        left = [re.sub(r"^notes:\s*$", "notes: []", line) for line in left]
    return left


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
