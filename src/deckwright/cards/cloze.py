"""The gaps of a field's HTML, `{{c1::hidden::hint}}`, read and shown as Anki does it.

What an author typed is read by `typed_gaps`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Anki gives higher numbers no card of their own (rslib/src/cloze.rs).
MAX_NUMBER = 499
_TOKEN = re.compile(r"\{\{c0*(?P<number>[0-9]{1,5})(?:,[0-9,]*)?::|(?P<close>\}\})")
# Anki takes the HTML of gaps out of its formulas (rslib/src/cloze.rs, `strip_html_inside_mathjax`).
_MATHJAX = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: its number, what it hides, the hint it shows ("" without), and where it stands."""

    number: int
    hidden: str
    hint: str
    start: int
    end: int


@lru_cache(maxsize=100)
def gaps(html: str) -> tuple[Gap, ...]:
    """Return the gaps that Anki finds in a field, in the order in which they close."""
    return tuple(_gaps(html))


def is_occlusion(gap: Gap) -> bool:
    """Return whether Anki makes an element of a gap, with attributes of its author's choice."""
    return gap.hidden.startswith("image-occlusion:")


def hidden(html: str) -> dict[str, str]:
    """Return what each number hides, by number; "…" stands between two gaps of one number."""
    found: dict[int, list[str]] = {}
    for gap in gaps(html):
        found.setdefault(gap.number, []).append(gap.hidden)
    return {str(number): " … ".join(texts) for number, texts in sorted(found.items())}


def replace_gaps(html: str, *, shown: Callable[[Gap], str]) -> str:
    """Return a field with each gap replaced by what `shown` gives for it."""
    pieces, end = [], 0
    for gap in sorted(gaps(html), key=lambda gap: gap.start):
        if gap.start >= end:
            pieces += [html[end : gap.start], shown(gap)]
            end = gap.end
    return "".join([*pieces, html[end:]])


def shown(html: str, number: int, *, answer: bool) -> str:
    """Return a field as a card shows it, as Anki writes it.

    The gaps of `number` are closed, and open and marked on the back (`answer`).
    """

    def shown_gap(gap: Gap) -> str:
        if gap.number != number:
            return f'<span class="cloze-inactive" data-ordinal="{gap.number}">{gap.hidden}</span>'
        seen = gap.hidden if answer else f"[{gap.hint or '...'}]"
        return f'<span class="cloze" data-ordinal="{number}">{seen}</span>'

    return _MATHJAX.sub(
        lambda found: found[1] + _TAG.sub("", found[2]) + found[3],
        replace_gaps(html, shown=shown_gap),
    )


def _gaps(html: str) -> Iterator[Gap]:
    opened: list[re.Match[str]] = []
    for token in _TOKEN.finditer(html):
        if token["number"]:
            opened.append(token)
        elif opened:
            begin = opened.pop()
            hides, _, hint = html[begin.end() : token.start()].partition("::")
            yield Gap(int(begin["number"]), hides, hint, begin.start(), token.end())
