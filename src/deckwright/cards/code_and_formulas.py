r"""Where code and formulas stand in a text: in both, a sign is itself, and no mark of Markdown.

Code stands between back-ticks, on a line or in a fenced block. A formula is LaTeX between `$…$`,
`$$…$$`, `\(…\)` or `\[…\]`; every Anki shows the last two by MathJax.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

_ON = r"(?:(?!\n[ \t]*\n)[\s\S])"  # any character but the end of a paragraph
_SPANS = re.compile(
    r"^[ >\t]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*\n)*?[ >\t]*(?P=fence)[ \t]*$"
    rf"|(?:(?<![\\`])(?P<ticks>`+)(?!`){_ON}+?(?<!`)(?P=ticks)(?!`)"
    rf"|<(?P<element>code|pre)>{_ON}*?</(?P=element)>)"
    rf"|(?<!\\)(?:\\\((?P<inline>{_ON}+?)\\\)|\\\[(?P<display>{_ON}+?)\\\]"
    rf"|\$\$(?![^{{}}$]*\}}\}})(?P<dollars>{_ON}+?)\$\$"
    # As Pandoc reads a dollar: no space inside, no digit behind it; so sums of money stay.
    r"|(?<![\w$])\$(?![\s$]|[^{}$]*\}\})(?P<dollar>(?:\\.|[^\\$\n]|\n(?![ \t]*\n))+?)"
    r"(?<!\s)\$(?![\w$]))",
    re.MULTILINE,
)


class Span(NamedTuple):
    """Code or a formula: where it stands, and what a formula says ("" for code)."""

    start: int
    end: int
    formula: str
    display: bool

    @property
    def html(self) -> str:
        """The HTML of a formula, which Anki takes for MathJax."""
        said = html.escape(html.unescape(self.formula.strip()), quote=False).replace("\n", " ")
        return rf"\[{said}\]" if self.display else rf"\({said}\)"


@lru_cache(maxsize=100)  # the renderer and every rule ask for the same text in turn
def spans(text: str) -> tuple[Span, ...]:
    """Return the code and the formulas of a text in Markdown, in their order."""
    if not any(sign in text for sign in "`$\\<~"):
        return ()
    found = []
    for match in _SPANS.finditer(text):
        display = match["display"] or match["dollars"]
        formula = display or match["inline"] or match["dollar"] or ""
        found.append(Span(*match.span(), formula, bool(display)))
    return tuple(found)


def span_at(text: str, offset: int) -> Span | None:
    """Return the code or formula that an offset of a text stands in, None in prose."""
    return next((span for span in spans(text) if span.start <= offset < span.end), None)


def prose(text: str) -> str:
    """Return a text in Markdown with a space for each character of its code and formulas."""
    for span in spans(text):
        blank = re.sub(r"[^\n]", " ", text[span.start : span.end])
        text = text[: span.start] + blank + text[span.end :]
    return text
