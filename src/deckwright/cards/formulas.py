r"""Formulas: what a card may not hold of LaTeX, and MathML of them for a page without MathJax.

Anki hands what stands between `\(…\)` and `\[…\]` to MathJax. Commands by which a formula would do
more than show itself are refused.
"""

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert_to_element

from deckwright.words.messages import Message

# Links, styles, and what defines or loads something for all later cards.
_RUNS = re.compile(
    r"\\(?:href|url|require|style|class|cssId|data|html[A-Z]\w*|(?:re)?new(?:command|environment)"
    r"|def|let)(?![a-zA-Z])"
)
# What Anki's MathJax knows by its extensions, and latex2mathml does not.
_ONLY_MATHJAX = {r"\ce", r"\pu", r"\coloneqq", r"\eqqcolon", r"\nsubset", r"\dblcolon"}
_LEADS_OUT = {"href", "style", "class", "id"}
_FORMULA = re.compile(r"\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]", re.DOTALL)
_SKIPPED = re.compile(r"(<code>.*?</code>|<pre>.*?</pre>|<[^>]*>)", re.DOTALL)
_NOT_READ = "formula-broken"


def faults(formula: str) -> Iterator[tuple[str, Message, Message]]:
    """Yield code, message and hint of all that is wrong with a formula in LaTeX.

    MathJax shows a formula that it cannot read, or a command that it does not know, in red.
    """
    if runs := _RUNS.search(formula):
        message = Message("'{runs}' in a formula does more than show it", runs=runs[0])
        yield "formula-runs", message, Message("remove {runs}", runs=runs[0])
        return
    element = _element(formula, display=False)
    if element is None or not _braces_match(formula):
        message = Message("no Anki can read the formula '{formula}'", formula=formula.strip()[:40])
        hint = Message(
            "check that each {{ has its }}, each \\left its \\right, each \\begin its \\end"
        )
        yield _NOT_READ, message, hint
        return
    for name in dict.fromkeys(_unknown(element) - _ONLY_MATHJAX):
        hint = Message("check how it is spelled; what is no formula needs no $")
        yield (
            "formula-unknown",
            Message("the command '{name}' is unknown in a formula", name=name),
            hint,
        )


def with_mathml(face: str) -> str:
    """Return the HTML of a face with its formulas as MathML, as a browser shows them by itself."""
    pieces = _SKIPPED.split(face)
    return "".join(
        piece if number % 2 else _FORMULA.sub(_mathml, piece) for number, piece in enumerate(pieces)
    )


def _mathml(found: re.Match[str]) -> str:
    display = found["display"] is not None
    formula = html.unescape(found["display"] if display else found["inline"])
    element = _element(formula, display=display)
    if element is None or _unknown(element):
        return f"<code>{html.escape(formula, quote=False)}</code>"
    return ET.tostring(element, encoding="unicode", short_empty_elements=False)


def _element(formula: str, *, display: bool) -> ET.Element | None:
    """Return MathML without anything that a page could follow or run; None of what is no LaTeX."""
    plain = re.sub(
        r"\{(align|gather|equation|alignat)\}", r"{\1*}", formula
    )  # no number, as in Anki
    try:
        element = convert_to_element(plain, display="block" if display else "inline")
    except Exception:  # noqa: BLE001 - one for each mistake, and IndexError, KeyError for others
        return None
    for each in element.iter():
        each.text = html.unescape(each.text) if each.text else each.text
        for name in _LEADS_OUT & each.attrib.keys():
            del each.attrib[name]
    return element


def _unknown(element: ET.Element) -> set[str]:
    """Return the commands that latex2mathml left as they are."""
    return {
        each.text
        for each in element.iter()
        if each.text and re.fullmatch(r"\\[a-zA-Z]+", each.text)
    }


def _braces_match(formula: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
