"""The gaps of a cloze text, `{{c1::hidden::hint}}`, read as Anki's tokeniser reads them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Anki gives numbers above this no card of their own (rslib/src/cloze.rs).
MAX_NUMBER = 499

_TOKEN = re.compile(r"\{\{c(?P<number>[0-9]{1,4})::|(?P<close>\}\})|(?P<stray>\{\{)")


class Gap(NamedTuple):
    """One gap: its number, what it hides, the hint it shows ("" without), and where it begins."""

    number: int
    hidden: str
    hint: str
    start: int


class Fault(NamedTuple):
    """What is wrong at an offset of a cloze text."""

    offset: int
    code: str
    message: str
    hint: str


@lru_cache(maxsize=100)  # rules, rendering and the lock ask for the same text in turn
def gaps(text: str) -> tuple[Gap, ...]:
    """Return the gaps of a text without faults, in the order in which they close."""
    return tuple(_gaps(text))


@lru_cache(maxsize=100)
def faults(text: str) -> tuple[Fault, ...]:
    """Return everything that would make Anki drop a gap or show another one than was meant."""
    return tuple(_faults(text))


def _gaps(text: str) -> Iterator[Gap]:
    opened: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if token["number"]:
            opened.append(token)
        elif token["close"] and opened:
            begin = opened.pop()
            inside = text[begin.end() : token.start()]
            hidden, _, hint = inside.partition("::")
            yield Gap(int(begin["number"]), hidden, hint, begin.start())


def hidden(text: str) -> dict[str, str]:
    """Return what each number hides, by number; "…" stands between two gaps of one number."""
    found: dict[int, list[str]] = {}
    for gap in gaps(text):
        found.setdefault(gap.number, []).append(gap.hidden)
    return {str(number): " … ".join(texts) for number, texts in sorted(found.items())}


def _faults(text: str) -> Iterator[Fault]:
    opened: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        at = token.start()
        if token["stray"]:
            found = text[at : at + 8].split("\n", maxsplit=1)[0]
            yield Fault(at, "cloze-syntax", f"'{found}' opens no gap", "write {{c1::hidden text}}")
            opened.append(token)
        elif token["number"]:
            if opened and opened[-1]["number"]:
                message = f"gap c{token['number']} stands inside gap c{opened[-1]['number']}"
                yield Fault(at, "cloze-nested", message, "put the gaps one after the other")
            opened.append(token)
        elif opened:
            opened.pop()
        else:
            yield Fault(at, "cloze-syntax", "'}}' closes no gap", "remove it")
    for token in (token for token in opened if token["number"]):
        message = f"gap c{token['number']} is never closed"
        yield Fault(token.start(), "cloze-syntax", message, "write }} behind the hidden text")
    for gap in gaps(text):
        yield from _gap_faults(gap)


def _gap_faults(gap: Gap) -> Iterator[Fault]:
    if not 1 <= gap.number <= MAX_NUMBER:
        message = f"c{gap.number} is no number for a gap"
        yield Fault(gap.start, "cloze-number", message, "number the gaps from c1")
    if not gap.hidden.strip():
        message = f"gap c{gap.number} hides nothing"
        yield Fault(gap.start, "cloze-empty", message, "write the hidden text behind the ::")
    if "::" in gap.hint:
        message = f"gap c{gap.number} has more than one '::' behind the hidden text"
        yield Fault(gap.start, "cloze-hints", message, "write {{c1::hidden text::hint}}, once '::'")
    if "\n\n" in gap.hidden + gap.hint:
        message = f"gap c{gap.number} runs over the end of a paragraph"
        yield Fault(gap.start, "cloze-split", message, "keep a gap within one paragraph")
