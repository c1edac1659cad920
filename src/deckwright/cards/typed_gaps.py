"""The gaps of a cloze text as its author typed them, `{{c1::hidden::hint}}`, before Markdown.

Braces that belong together inside a gap are hidden with it, as in `{{c1::x^{2}}}`; so is `::` in
code. `_marks` writes both so that Anki, which ends a gap at the first `}}`, reads the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from deckwright.cards.cloze import MAX_NUMBER, Gap, is_occlusion
from deckwright.cards.code_and_formulas import Span, prose, span_at
from deckwright.source.characters import is_blank
from deckwright.words.messages import Message

_SYNTAX = "cloze-syntax"
_NUMBER = "cloze-number"
SPLIT = "cloze-split"  # where Markdown or a paragraph cuts a gap in two
_OPEN = re.compile(r"\{\{c0*(?P<number>[0-9]{1,5})(?P<more>,[0-9,]*)?::")
# What people write for it: a brace or a colon too few, a space, a capital, other brackets; braces
# and colons of a Chinese keyboard, or the c of a Russian one.
_BRACE, _C, _COLON = r"[{\uff5b]", r"[cC\u0421\u0441]", r"[:;\uff1a]"
_NEARLY = re.compile(
    rf"{_BRACE}{{1,2}}[ \t]*{_C}[ \t]?\d+[ \t]*{_COLON}{{1,2}}|{_BRACE}{{2}}[ \t]*{_C}\d+"
    rf"|{_BRACE}{{2}}[ \t]*\d+{_COLON}|{_BRACE}{{2}}{_C}{_COLON}{{2}}|(?:\(\(|\[\[){_C}\d+::"
)
_ADDRESS = re.compile(
    r"\]\([^)\s]*\)|(?:https?://|www\.)[^\s:]*(?::[^\s:]+)*(?:::[^\s:]*[/.#][^\s:]*)*"
)
_CODE = re.compile(r"(?:\w*[_()<>]\w*)+|[a-z]+[A-Z]\w*|std|\w+::.*")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an offset of a cloze text."""

    offset: int
    code: str
    message: Message
    hint: Message


@lru_cache(maxsize=100)  # rules, rendering and guards ask for the same text in turn
def gaps(text: str) -> tuple[Gap, ...]:
    """Return the gaps of a text, in their order; of one with faults, those that can be read."""
    return tuple(each for each in _read(text) if isinstance(each, Gap))


@lru_cache(maxsize=100)
def faults(text: str) -> tuple[Fault, ...]:
    """Return all that would make Anki drop a gap, or show another one than the author meant."""
    found = [each for each in _read(text) if isinstance(each, Fault)]
    for gap in gaps(text):
        found += _gap_faults(text, gap)
    for offset, nearly in near_misses(text):
        message = Message("'{nearly}' opens no gap", nearly=nearly)
        found.append(Fault(offset, _SYNTAX, message, Message("write {{{{c1::hidden text}}}}")))
    if not found:
        found += _left_over(text)
    return tuple(sorted(found, key=lambda fault: fault.offset))


def replace_gaps(text: str, *, shown: Callable[[Gap], str]) -> str:
    """Return a text without faults, with each gap replaced by what `shown` gives for it."""
    pieces, end = [], 0
    for gap in gaps(text):
        pieces += [text[end : gap.start], shown(gap)]
        end = gap.end
    return "".join([*pieces, text[end:]])


def near_misses(text: str) -> Iterator[tuple[int, str]]:
    """Yield where something in the prose of a text nearly opens a gap, and what stands there."""
    if re.search(rf"{_BRACE}|\(\(|\[\[", text):
        for found in _NEARLY.finditer(prose(text)):
            if not _OPEN.match(text, found.start()):
                yield found.start(), found[0][:8]


def hint_in_code(gap: Gap) -> bool:
    """Return whether what stands as the hint of a gap looks like code that belongs to the gap."""
    return bool(gap.hint and (_CODE.fullmatch(gap.hint) or _CODE.fullmatch(gap.hidden)))


def _read(text: str) -> Iterator[Gap | Fault]:
    at = 0
    while opened := _OPEN.search(text, at):
        within, name = span_at(text, opened.start()), f"c{opened['number']}"
        close, following = _close(text, opened.end(), within), _OPEN.search(text, opened.end())
        nested = following if following and following.start() < close else None
        if close < 0 or (nested and text.count("}}", opened.end()) < 2):  # noqa: PLR2004 - one each
            message = Message("gap {name} is never closed", name=name)
            hint = Message("write }}}} after the hidden text")
            yield Fault(opened.start(), _SYNTAX, message, hint)
        if nested:
            message = Message(
                "gap c{number} stands inside gap {name}", number=nested["number"], name=name
            )
            hint = Message("put the gaps one after the other")
            yield Fault(nested.start(), "cloze-nested", message, hint)
        elif close >= 0:
            in_code = within is not None and not within.formula
            hidden, tip = _parts(text[opened.end() : close], in_code=in_code)
            yield Gap(int(opened["number"]), hidden, tip, opened.start(), close + 2)
        if opened["more"]:
            message = Message(
                "'{opened}' is one gap of several cards: only Anki 26.05 and later read it",
                opened=opened[0],
            )
            hint = Message("write {{{{{name}::…}}}}, with one number", name=name)
            yield Fault(opened.start(), _NUMBER, message, hint)
        at = close + 2 if close >= 0 else opened.end()


def _close(text: str, start: int, within: Span | None) -> int:
    """Return where the `}}` stands of a gap whose content begins at `start`; -1 without one.

    That is the first at which all braces of the content are closed. If they never are before the
    next gap, it is the first of all.
    """
    if within is None:
        seen = prose(text)
    else:
        seen = re.sub(r"\\[{}]", "  ", text[: within.end]) if within.formula else text[: within.end]
    first, depth = seen.find("}}", start), 0
    for brace in re.finditer(r"[{}]", seen[start:]):
        at = start + brace.start()
        if brace[0] == "{":
            if 0 <= first < at and _OPEN.match(text, at):
                return first
            depth += 1
        elif depth:
            depth -= 1
        elif seen.startswith("}}", at):
            return at
    return first


def _parts(content: str, *, in_code: bool) -> tuple[str, str]:
    """Return what a gap hides, and its hint: after `::` in prose, of two words or more in code."""
    seen = _ADDRESS.sub(lambda found: " " * len(found[0]), prose(content))
    for found in re.finditer("::", seen):
        hint = content[found.end() :]
        if not in_code or " " in hint.strip():
            return content[: found.start()], hint
    return content, ""


def _gap_faults(text: str, gap: Gap) -> Iterator[Fault]:
    if not 1 <= gap.number <= MAX_NUMBER:
        message = Message("c{number} is not a number for a gap", number=gap.number)
        yield Fault(gap.start, _NUMBER, message, Message("number the gaps from c1"))
    if is_blank(gap.hidden):
        message = Message("gap c{number} hides nothing", number=gap.number)
        hint = Message("write the hidden text after the ::")
        yield Fault(gap.start, "cloze-empty", message, hint)
    if is_occlusion(gap):
        yield occlusion_fault(gap)
    if "::" in prose(gap.hint):
        message = Message(
            "gap c{number} has more than one '::' after the hidden text", number=gap.number
        )
        hint = Message(
            "write {{{{c1::hidden text::hint}}}}, and code between back-ticks: {{{{c1::`a::b`}}}}"
        )
        yield Fault(gap.start, "cloze-hints", message, hint)
    if "\n\n" in text[gap.start : gap.end]:
        message = Message("gap c{number} runs over the end of a paragraph", number=gap.number)
        yield Fault(gap.start, SPLIT, message, Message("keep a gap within one paragraph"))


def occlusion_fault(gap: Gap) -> Fault:
    """Return the fault of a gap that Anki would take for a part of a picture."""
    message = Message("to Anki, a gap that begins with 'image-occlusion:' is a shape on a picture")
    return Fault(gap.start, "cloze-occlusion", message, Message("begin the gap with another word"))


def _left_over(text: str) -> Iterator[Fault]:
    """Yield braces in the prose that close nothing."""
    ends = {gap.end for gap in gaps(text)}
    seen = prose(replace_gaps(text, shown=lambda gap: " " * (gap.end - gap.start)))
    depth, at = 0, 0
    while found := re.compile(r"[{}]").search(seen, at):
        at = found.end()
        if found[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        elif found.start() in ends or seen.startswith("}}", found.start()):
            braces = re.compile(r"\}+").match(seen, found.start())
            at = braces.end() if braces else at
            message = Message("'{seen}' closes no gap", seen=seen[found.start() : at])
            yield Fault(found.start(), _SYNTAX, message, Message("remove it"))
