"""The gaps of a cloze text, `{{c1::hidden::hint}}`, read as Anki's tokeniser reads them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from deckwright.cards._html_contents import ALLOWED

# Anki gives higher numbers no card of their own (rslib/src/cloze.rs).
MAX_NUMBER = 499
_SPLIT = "cloze-split"
# What would split a gap inside an element, where Anki's tokeniser sees it too.
_GAP_IN_ATTRIBUTE = re.compile(r'="[^"]*(?:\{\{|\}\}|::)[^"]*"')
# Anki makes an element of what follows, with attributes of its author's choice.
_OCCLUSION = "image-occlusion:"
_TOKEN = re.compile(r"\{\{c(?P<number>[0-9]{1,4})::|(?P<close>\}\})|(?P<stray>\{\{)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: its number, what it hides, the hint it shows ("" without), and its offset."""

    number: int
    hidden: str
    hint: str
    start: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an offset of a cloze text."""

    offset: int
    code: str
    message: str
    hint: str


@lru_cache(maxsize=100)  # rules, rendering and guards ask for the same text in turn
def gaps(text: str) -> tuple[Gap, ...]:
    """Return the gaps of a text without faults, in the order in which they close."""
    return tuple(_gaps(text))


@lru_cache(maxsize=100)
def faults(text: str) -> tuple[Fault, ...]:
    """Return all that would make Anki drop a gap, or show another one than the author meant."""
    return tuple(_faults(text))


def faults_by_markdown(text: str, html: str) -> Iterator[Fault]:
    """Yield a fault where Markdown tore a gap apart, as `**bold {{c1::and** hidden}}` does.

    `html` is that of `text`; a text that has faults itself yields none.
    """
    if faults(text):
        return
    found = gaps(html)
    if run := [fault for gap in found for fault in _occlusion(gap)]:
        yield from run
        return
    torn = any(
        len(re.findall(rf"<{tag}\b", inside)) != inside.count(f"</{tag}>")
        for inside in (gap.hidden + gap.hint for gap in found)
        if "<" in inside
        for tag in ALLOWED.keys() - {"br", "img"}
    )
    blank = any(not unescape(gap.hidden).strip() for gap in found)
    numbers = [gap.number for gap in found] != [gap.number for gap in gaps(text)]
    if torn or blank or numbers or _GAP_IN_ATTRIBUTE.search(html) or faults(html):
        hint = "let bold, links and lists begin and end on the same side of the braces"
        yield Fault(0, _SPLIT, "Markdown cuts a gap in two", hint)


def hidden(text: str) -> dict[str, str]:
    """Return what each number hides, by number; "…" stands between two gaps of one number."""
    found: dict[int, list[str]] = {}
    for gap in gaps(text):
        found.setdefault(gap.number, []).append(gap.hidden)
    return {str(number): " … ".join(texts) for number, texts in sorted(found.items())}


def replace_gaps(text: str, *, shown: Callable[[Gap], str]) -> str:
    """Return a text without faults, with each gap replaced by what `shown` gives for it."""
    pieces, end = [], 0
    for gap in sorted(gaps(text), key=lambda gap: gap.start):
        pieces += [text[end : gap.start], shown(gap)]
        end = text.index("}}", gap.start) + 2
    return "".join([*pieces, text[end:]])


def shown(text: str, number: int, *, answer: bool) -> str:
    """Return HTML without faults as a card shows it, as Anki writes it.

    The gaps of `number` are closed, and open and marked on the back (`answer`).
    """

    def shown_gap(gap: Gap) -> str:
        if gap.number != number:
            return f'<span class="cloze-inactive" data-ordinal="{gap.number}">{gap.hidden}</span>'
        seen = gap.hidden if answer else f"[{gap.hint or '...'}]"
        return f'<span class="cloze" data-ordinal="{number}">{seen}</span>'

    return replace_gaps(text, shown=shown_gap)


def _gaps(text: str) -> Iterator[Gap]:
    opened: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if token["number"]:
            opened.append(token)
        elif token["close"] and opened:
            begin = opened.pop()
            inside = text[begin.end() : token.start()]
            hides, _, hint = inside.partition("::")
            yield Gap(int(begin["number"]), hides, hint, begin.start())


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
        yield Fault(token.start(), "cloze-syntax", message, "write }} after the hidden text")
    for gap in gaps(text):
        yield from _gap_faults(gap)


def _gap_faults(gap: Gap) -> Iterator[Fault]:
    if not 1 <= gap.number <= MAX_NUMBER:
        message = f"c{gap.number} is not a number for a gap"
        yield Fault(gap.start, "cloze-number", message, "number the gaps from c1")
    if not gap.hidden.strip():
        message = f"gap c{gap.number} hides nothing"
        yield Fault(gap.start, "cloze-empty", message, "write the hidden text after the ::")
    yield from _occlusion(gap)
    if "::" in gap.hint:
        message = f"gap c{gap.number} has more than one '::' after the hidden text"
        yield Fault(gap.start, "cloze-hints", message, "write {{c1::hidden text::hint}}, '::' once")
    if "\n\n" in gap.hidden + gap.hint:
        message = f"gap c{gap.number} runs over the end of a paragraph"
        yield Fault(gap.start, _SPLIT, message, "keep a gap within one paragraph")


def _occlusion(gap: Gap) -> Iterator[Fault]:
    if gap.hidden.startswith(_OCCLUSION):
        message = f"to Anki, a gap that begins with '{_OCCLUSION}' is a shape on a picture"
        yield Fault(gap.start, "cloze-occlusion", message, "begin the gap with another word")
