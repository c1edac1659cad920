r"""Formulas: what a card may not hold of LaTeX, and MathML of them for a page without MathJax.

Anki hands what stands between `\(…\)` and `\[…\]` to MathJax. Commands by which a formula would do
more than show itself are refused.
"""

import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from xml.etree import ElementTree as ET

from deckwright.words.messages import Message

# Links, styles, and what defines or loads something for all later cards. Of a label, MathJax says
# the second time that it is defined already, and shows the LaTeX.
# MathJax writes some arguments into a style or an attribute: there, nothing but a name or a number.
_NAME = r"[\w#., -]*"
_RUNS = re.compile(
    r"\\(?:href|url|require|style|class|cssId|data|html[A-Z]\w*|Declare\w+|mmlToken"
    r"|(?:re)?new(?:command|environment|tagform)|(?:re)?[nN]ewextarrow|def|let|definecolor"
    r"|mathtoolsset|usetagform|label)(?![a-zA-Z])"
    rf"|\\(?:bbox|unicode)(?![a-zA-Z]|\s*(?:\[{_NAME}\]\s*){{0,2}}\{{)"
    rf"|\\(?:(?:text)?color|colorbox)(?![a-zA-Z]|\s*(?:\[{_NAME}\])?\s*\{{{_NAME}\}})"
    rf"|\\fcolorbox(?![a-zA-Z]|\s*(?:\[{_NAME}\])?\s*\{{{_NAME}\}}\s*\{{{_NAME}\}})"
    rf"|\\enclose(?![a-zA-Z]|\s*\{{{_NAME}\}}\s*(?:\[[\w#.,\s=\"-]*\])?\s*\{{)"
)
# What a page without MathJax needs in other words: numbered lines have no number, as in Anki.
_IN_OTHER_WORDS = (
    (r"\{(align|gather|equation|alignat)\}", r"{\1*}"),
    (r"\{(?:aligned|split)\}", r"{align*}"),
    (r"\{gathered\}", r"{gather*}"),
    (r"\\not\s*=", r"\\neq "),
    (r"\\operatorname\*", r"\\operatorname"),
    (r"\\arg(?![a-zA-Z])", r"\\operatorname{arg}"),
    (r"\\left\s*<", r"\\left\\langle "),
    (r"\\right\s*>", r"\\right\\rangle "),
)
# At the end of a formula, a group or a cell, a command that wants something behind it.
_NO_ARGUMENT = re.compile(
    r"\\(?:(?:[dtc]?frac|[dt]?binom)(?:\s*(?:\{[^{}]*\}|[^\s{}\\&]))?|(?:sqrt|text(?:rm|bf|it)?|mbox"
    r"|math(?:rm|bf|bb|cal|it|sf|tt|frak|scr)|hat|bar|vec|tilde|d?dot|overline|underline|operatorname)"
    r")\s*(?:$|\}|&|\\\\|\\end)|[_^]\s*'"
)
_REFERS = re.compile(r"\\(?:eq)?ref(?![a-zA-Z])")
_LEADS_OUT = {"href", "style", "class", "id"}
_FORMULA = re.compile(r"\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]", re.DOTALL)
_SKIPPED = re.compile(r"(<code>.*?</code>|<pre>.*?</pre>|<[^>]*>)", re.DOTALL)
_NOT_READ = "formula-broken"


def faults(formula: str) -> Iterator[tuple[str, Message, Message]]:
    """Yield code, message and hint of all that is wrong with a formula in LaTeX.

    Where MathJax cannot read a formula, a learner sees its LaTeX; a command that it does not know
    is red.
    """
    if runs := _RUNS.search(formula):
        message = Message("'{runs}' in a formula does more than show it", runs=runs[0])
        yield "formula-runs", message, Message("remove {runs}", runs=runs[0])
        return
    if refers := _REFERS.search(formula):
        message = Message("'{refers}' shows ??? on a card", refers=refers[0])
        yield _NOT_READ, message, Message("write the number itself")
        return
    message = Message("no Anki can read the formula '{formula}'", formula=formula.strip()[:40])
    if _is_broken(formula):
        hint = Message(
            "check that each {{ has its }}, each \\left its \\right, each \\begin its \\end"
        )
        yield _NOT_READ, message, hint
    elif sign := _stray_sign(formula):
        yield _NOT_READ, message, Message("for the character, write \\{sign}", sign=sign)
    else:
        hint = Message("check how it is spelled; what is no formula needs no $")
        for name in _unknown(formula):
            message = Message("the command '{name}' is unknown in a formula", name=name)
            yield _NOT_READ if name.startswith("\\begin") else "formula-unknown", message, hint


def runs(face: str) -> bool:
    """Return whether a formula on the face of a card does more than show itself.

    MathJax reads past a <wbr>.
    """
    if "\\" not in face:
        return False
    found = _FORMULA.finditer(face.replace("<wbr>", ""))
    return any(
        _RUNS.search(html.unescape(each["inline"] or each["display"] or "")) for each in found
    )


def with_mathml(face: str) -> str:
    """Return the HTML of a face with its formulas as MathML, as a browser shows them by itself."""
    if "\\" not in face:
        return face
    pieces = _SKIPPED.split(face)
    return "".join(
        piece if number % 2 else _FORMULA.sub(_mathml, piece) for number, piece in enumerate(pieces)
    )


def _mathml(found: re.Match[str]) -> str:
    display = found["display"] is not None
    formula = html.unescape(found["display"] if display else found["inline"])
    element = _element(formula, display=display)
    if element is None or _has_commands(element):
        return f"<code>{html.escape(formula, quote=False)}</code>"
    return ET.tostring(element, encoding="unicode", short_empty_elements=False)


def _element(formula: str, *, display: bool) -> ET.Element | None:
    """Return MathML without anything that a page could follow or run, or None."""
    from latex2mathml.converter import convert_to_element  # few decks have formulas

    for latex, other in _IN_OTHER_WORDS:
        formula = re.sub(latex, other, formula)
    try:
        element = convert_to_element(formula, display="block" if display else "inline")
    except Exception:  # noqa: BLE001 - one for each mistake, and IndexError, KeyError for others
        return None
    for each in element.iter():
        each.text = html.unescape(each.text) if each.text else each.text
        for name in _LEADS_OUT & each.attrib.keys():
            del each.attrib[name]
    return element


def _has_commands(element: ET.Element) -> bool:
    """Return whether latex2mathml left a command as it is typed."""
    return any(re.fullmatch(r"\\[a-zA-Z]+", each.text or "") for each in element.iter())


@cache
def _mistakes() -> tuple[type[Exception], ...]:
    """Return what latex2mathml finds wrong, and MathJax, too; others it raises for its limits."""
    from latex2mathml import exceptions

    return (
        exceptions.NumeratorNotFoundError,
        exceptions.DenominatorNotFoundError,
        exceptions.ExtraLeftOrMissingRightError,
        exceptions.MissingSuperScriptOrSubscriptError,
        exceptions.DoubleSubscriptsError,
        exceptions.DoubleSuperscriptsError,
        exceptions.MissingEndError,
        exceptions.LimitsMustFollowMathOperatorError,
    )


def _is_broken(formula: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return True
    opened: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\s*\{([^{}]*)\}", formula):
        if what == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            return True
    if depth or _NO_ARGUMENT.search(formula):
        return True
    from latex2mathml.converter import convert_to_element

    try:
        convert_to_element(formula)
    except _mistakes():
        return True
    except Exception:  # noqa: BLE001 - what latex2mathml cannot do is no mistake
        return False
    return False


def _stray_sign(formula: str) -> str:
    """Return an & where nothing is aligned, or a #; "" without one."""
    outside = re.sub(
        r"\\begin\{.*\\end\{|\\(?:substack|text\w*|mbox)\{[^{}]*\}", "", formula, flags=re.DOTALL
    )
    found = re.search(r"(?<!\\)(?:&|#(?!\d))", outside)
    return found[0] if found else ""


def _unknown(formula: str) -> list[str]:
    """Return the commands and environments that MathJax does not know, each once."""
    commands, environments = _known()
    used = re.findall(r"(?<!\\)(?:\\\\)*\\([a-zA-Z]+)", formula)
    begun = re.findall(r"\\begin\{([^{}]*)\}", formula)
    found = [f"\\{name}" for name in used if name not in commands and name not in ("begin", "end")]
    found += [f"\\begin{{{name}}}" for name in begun if name not in environments]
    return list(dict.fromkeys(found))


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    file = resources.files(__package__) / "mathjax.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return frozenset(data["commands"].split()), frozenset(data["environments"].split())
