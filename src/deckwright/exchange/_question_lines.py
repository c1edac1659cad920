"""Markdown with `Q:` and `A:` lines, in English or Dutch; a heading begins a subdeck."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deckwright.anki.foreign_note import ForeignNote, ForeignType, Form
from deckwright.disk.reading import read_bytes
from deckwright.exchange.source import (
    MAX_SIZE,
    LeftOut,
    Source,
    SourceError,
    decoded,
    media_beside,
)
from deckwright.words.messages import Message

_LINE = re.compile(
    r"\s{0,3}(?:[-*+]\s+)?(?:\*\*|__)?(?P<mark>Q|A|V|Question|Answer|Vraag|Antwoord)"
    r"(?:\s?\d+)?[:.](?:\*\*|__)?(?:\s+|$)(?P<text>.*)",
    re.IGNORECASE,
)
_OTHER_MARK = re.compile(r"[A-Z]:(?:\s|$)")  # as other programs begin other kinds of notes
_HEADING = re.compile(r"#{1,6}\s+(?P<name>.*?)\s*#*$")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_TYPE = ForeignType("Q: A:", ("question", "answer"))
_ANSWERS = "a"  # how the words for an answer begin


@dataclass
class _Pair:
    """A question and its answer as lines; `open` is where the next line goes."""

    line: int
    deck: str
    question: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)


def read_question_lines(file: Path) -> Source:
    """Read Markdown; SourceError where no `Q:` stands in it."""
    lines = decoded(read_bytes(file, MAX_SIZE), file).split("\n")
    left_out: list[LeftOut] = []
    notes = list(_notes(file, lines, left_out))
    if not notes:
        message = Message("{file}: no line in it begins with 'Q:'", file=file)
        raise SourceError(message)
    return Source(file, notes, media_beside(file), left_out)


def _notes(file: Path, lines: list[str], left_out: list[LeftOut]) -> Iterator[ForeignNote]:
    pair: _Pair | None = None
    target: list[str] | None = None
    deck, code = file.stem, ""
    for number, line in enumerate(lines, 1):
        code = _in_code(code, line)
        found = None if code else _LINE.match(line)
        heading = None if code else _HEADING.match(line)
        ends = heading or (not code and (_RULE.match(line) or _OTHER_MARK.match(line)))
        if ends and not found:
            yield from _ended(file, pair, left_out)
            pair = target = None
            deck = f"{file.stem}::{heading['name']}" if heading else deck
            if _OTHER_MARK.match(line):
                left_out.append(LeftOut(f"{file}:{number}", _outside(line)))
        elif found and not found["mark"].lower().startswith(_ANSWERS):
            yield from _ended(file, pair, left_out)
            pair = _Pair(number, deck, [found["text"]])
            target = pair.question
        elif found and pair:
            target = pair.answer
            target.append(found["text"])
        elif target is not None:
            target.append(line)
        elif line.strip():
            left_out.append(LeftOut(f"{file}:{number}", _outside(line)))
    yield from _ended(file, pair, left_out)


def _in_code(code: str, line: str) -> str:
    """Return the fence of the block of code that goes on after a line, "" without any."""
    fence = _FENCE.match(line)
    if code:
        ends = fence and fence[1].startswith(code) and line.strip() == fence[1]
        return "" if ends else code
    return fence[1] if fence else ""


def _outside(line: str) -> Message:
    return Message("'{line}' stands outside a question and its answer", line=line.strip()[:60])


def _ended(file: Path, pair: _Pair | None, left_out: list[LeftOut]) -> Iterator[ForeignNote]:
    if pair is None:
        return
    texts = tuple("\n".join(part).strip() for part in (pair.question, pair.answer))
    place = f"{file}:{pair.line}"
    if not texts[1]:
        message = Message("the question '{text}' has no answer", text=texts[0][:60])
        left_out.append(LeftOut(place, message))
        return
    yield ForeignNote(_TYPE, texts, pair.deck, place=place, form=Form.MARKDOWN)
