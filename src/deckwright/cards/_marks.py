r"""One private character for each formula and each end of a gap, while Markdown reads a text.

So Markdown can neither tear `{{c1::…}}` apart nor set `x_1 * y_1` in italics; and afterwards each
is written as Anki takes it. Anki ends a gap at the first `}}` and begins a hint at the first `::`:
where one belongs to the hidden text, `<wbr>` parts its two characters, and a space in a formula.
Neither is seen.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from deckwright.cards import typed_gaps
from deckwright.cards.cloze import MAX_NUMBER, Gap, is_occlusion
from deckwright.cards.code_and_formulas import Span, spans
from deckwright.cards.typed_gaps import SPLIT, Fault
from deckwright.source.characters import is_blank
from deckwright.words.messages import Message

# From the last plane of Unicode, which no text may use (source.characters).
_HINT, _CLOSE = "\U00100000", "\U00100001"
_GAP, _FORMULA = 0x100002, 0x101000
_OPENS = f"{chr(_GAP)}-{chr(_GAP + MAX_NUMBER)}"
_MARKED_GAP = re.compile(rf"([{_OPENS}])([^{_CLOSE}{_HINT}]*)(?:{_HINT}([^{_CLOSE}]*))?{_CLOSE}")
_OURS = re.compile("[\U00100000-\U0010ffff]")
_ANY_OF_A_GAP = re.compile(rf"[{_HINT}{_CLOSE}{_OPENS}]")
_MARKED_FORMULA = re.compile(rf"[{chr(_FORMULA)}-\U0010fffd]")
# Where a sign stands for itself: code, and what is inside a tag.
_ITSELF = re.compile(r"<code>.*?</code>|<[^>]*>", re.DOTALL)
# A backslash that an author escaped, or that stands in code, begins no formula. MathJax reads
# past a <wbr>, but not past an element.
_NO_FORMULA = re.compile(r"\\(?=(?:<wbr>)*[()\[\]])|(?P<tag><[^>]*>)")
_PARTS = re.compile(r"(<[^>]*>|\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)
_VOID = {"br", "img", "wbr", "hr"}


class _Edit(NamedTuple):
    """What stands instead of a part of a text."""

    start: int
    end: int
    replacement: str


class Marks:
    """The text `marked` for Markdown, and the way back: `unmarked`. Gaps only in a `cloze`."""

    def __init__(self, text: str, *, cloze: bool) -> None:
        text = _OURS.sub("\ufffd", text)
        self._gaps = typed_gaps.gaps(text) if cloze and not typed_gaps.faults(text) else ()
        edits = [edit for gap in self._gaps for edit in _edits(text, gap)]
        found = [span for span in spans(text) if span.formula]
        self._typed = [text[span.start : span.end] for span in found]
        self._formulas = [_with_marks(text, span, edits) for span in found]
        outside = [e for e in edits if not any(s.start <= e.start < s.end for s in found)]
        outside += [
            _Edit(span.start, span.end, chr(_FORMULA + number)) for number, span in enumerate(found)
        ]
        self.marked = _edited(text, outside)

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Yield each formula as it was typed, and what it says, with the gaps in it opened."""
        for typed, span in zip(self._typed, self._formulas, strict=True):
            opened = _MARKED_GAP.sub(lambda gap: gap[2], span.formula)
            yield typed, html.unescape(opened)

    def unmarked(self, marked_html: str) -> str:
        """Return clean HTML with formulas and gaps as Anki takes them."""
        if self._formulas:
            marked_html = _ITSELF.sub(lambda found: self._as_typed(found[0]), marked_html)
        marked_html = _NO_FORMULA.sub(lambda found: found["tag"] or "\\<b></b>", marked_html)
        if self._formulas:
            marked_html = _MARKED_FORMULA.sub(lambda found: self._formula(found[0]), marked_html)
        return _MARKED_GAP.sub(lambda gap: _anki_gap(gap, "<wbr>"), marked_html)

    def as_words(self, text: str) -> str:
        """Return a text of the HTML with its marks as the author typed them, but for gaps."""
        return _ANY_OF_A_GAP.sub(" ", self._as_typed(text))

    def faults(self, marked_html: str) -> Iterator[Fault]:
        """Yield a fault where Markdown tore a gap apart, as `**bold {{c1::and** hidden}}` does."""
        found = _MARKED_GAP.findall(marked_html)
        for opens, hides, _ in found:
            gap = Gap(ord(opens) - _GAP, html.unescape(hides), "", 0, 0)
            if is_occlusion(gap):
                yield typed_gaps.occlusion_fault(gap)
        numbers = [ord(opens) - _GAP for opens, _, _ in found]
        torn = any(_is_torn(hides) or _is_torn(hint) for _, hides, hint in found)
        blank = any(not _shows(hides) for _, hides, _ in found)
        in_tag = any(_ANY_OF_A_GAP.search(tag) for tag in re.findall(r"<[^>]*>", marked_html))
        # A formula with a gap in it is one character here.
        inside = sum(len(_MARKED_GAP.findall(span.formula)) for span in self._formulas)
        if torn or blank or in_tag or len(numbers) + inside != len(self._gaps):
            hint = Message("let bold, links and lists begin and end on the same side of the braces")
            yield Fault(0, SPLIT, Message("Markdown cuts a gap in two"), hint)

    def _formula(self, mark: str) -> str:
        return _MARKED_GAP.sub(
            lambda gap: _anki_gap(gap, " "), self._formulas[ord(mark) - _FORMULA].html
        )

    def _as_typed(self, piece: str) -> str:
        return _MARKED_FORMULA.sub(
            lambda found: html.escape(self._typed[ord(found[0]) - _FORMULA], quote=False), piece
        )


def _edits(text: str, gap: Gap) -> Iterator[_Edit]:
    """Yield what makes marks of the braces and the colons of a gap."""
    begins = text.index("::", gap.start) + 2
    ends = begins + len(gap.hidden)
    yield _Edit(gap.start, begins, chr(_GAP + gap.number))
    if gap.hint:
        yield _Edit(ends, ends + 2, _HINT)
        yield _Edit(gap.end - 2, gap.end, _CLOSE)
    else:
        yield _Edit(ends, gap.end, _CLOSE)


def _with_marks(text: str, span: Span, edits: list[_Edit]) -> Span:
    """Return a formula whose gaps are marks."""
    within = [e for e in edits if span.start <= e.start < span.end]
    typed = _edited(text[: span.end], within)[span.start :]
    size = 1 if typed[0] == "$" and typed[1] != "$" else 2
    return span._replace(formula=typed[size:-size])


def _edited(text: str, edits: list[_Edit]) -> str:
    pieces, end = [], 0
    for edit in sorted(edits):
        pieces += [text[end : edit.start], edit.replacement]
        end = edit.end
    return "".join([*pieces, text[end:]])


def _anki_gap(gap: re.Match[str], parting: str) -> str:
    hidden, hint = _parted(gap[2], parting), _parted(gap[3] or "", parting)
    return f"{{{{c{ord(gap[1]) - _GAP}::{hidden}{'::' if hint else ''}{hint}}}}}"


def _parted(content: str, parting: str) -> str:
    """Return a part of a gap in which Anki finds neither `}}` nor `::`."""
    pieces = _PARTS.split(content)
    for number, piece in enumerate(pieces):
        between = parting
        if number % 2:
            between = " " if piece.startswith("\\") else ""
        if between:
            pieces[number] = re.sub(r"\}(?=\})|:(?=:)", rf"\g<0>{between}", piece)
        else:
            pieces[number] = piece.replace("}}", "}&#125;").replace("::", ":&#58;")
    whole = "".join(pieces)
    return whole + parting if whole.endswith(("}", ":")) else whole


def _is_torn(content: str) -> bool:
    opened: list[str] = []
    for closes, tag in re.findall(r"<(/?)(\w+)[^>]*>", content):
        if tag in _VOID:
            continue
        if not closes:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return True
    return bool(opened)


def _shows(content: str) -> bool:
    return bool("<img" in content or not is_blank(html.unescape(re.sub(r"<[^>]*>", "", content))))
