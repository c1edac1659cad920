"""The HTML of another program made simple: what Anki's editor writes in ten ways, in one.

Formulas, pictures and sounds become marks, so that no Markdown is made of what stands in them.
"""

import html
import re
import warnings
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement, PreformattedString

from deckwright.words.messages import Message

_SOUND = re.compile(r"\[sound:([^\]]*)\]")
# What Anki runs LaTeX on, and what it hands to MathJax.
_FORMULA = re.compile(
    r"\[latex\](?P<latex>.*?)\[/latex\]|\[\$\$\](?P<display>.*?)\[/\$\$\]"
    r"|\[\$\](?P<inline>.*?)\[/\$\]|\\\((?P<own>.*?)\\\)|\\\[(?P<owndisplay>.*?)\\\]"
    r"|<anki-mathjax(?P<block>[^>]*)>(?P<mathjax>.*?)</anki-mathjax>",
    re.DOTALL | re.IGNORECASE,
)
_DISPLAY = re.compile(
    r"\$\$(?P<dollars>[^$]+)\$\$|\\begin\{displaymath\}(?P<math>.*?)\\end\{displaymath\}"
    r"|(?P<whole>\\begin\{(?P<name>align|equation|gather|eqnarray|multline)\*?\}.*?\\end\{(?P=name)\*?\})",
    re.DOTALL,
)
_INLINE = re.compile(r"\$(?P<dollar>[^$]+)\$|\\begin\{math\}(?P<math>.*?)\\end\{math\}", re.DOTALL)
_BREAK = re.compile(r"<br[^>]*>|</?div[^>]*>", re.IGNORECASE)
_LINES = re.compile(r"\s*[\n\r]\s*")
_TAG = re.compile(r"<[^>]*>")
# Marks, from a plane that no text may use (source.characters).
OPEN, CLOSE = "\U00100000", "\U00100001"
_OURS = re.compile("[\U00100000-\U0010ffff]")
_ACTIVE = (
    *("script", "style", "iframe", "object", "embed", "form", "input", "button", "select"),
    *("textarea", "video", "audio", "svg", "math", "canvas", "link", "meta"),
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_UNDERLINE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE)
_LOOK = re.compile(
    r"color|font-size|font-family|text-align|background|border|margin|width|height", re.IGNORECASE
)
_STYLES = ((_BOLD, "b"), (_ITALIC, "i"), (_UNDERLINE, "u"))
COLOURS = Message("colours, sizes, fonts and alignment: a deck has one look")


class NotCarriedError(Exception):
    """A text that cannot become Markdown; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class SimpleHtml:
    """What is left of a text's HTML: `soup` has a mark for each of `formulas` and `media`.

    `media` pairs the name of a file with its alternative text and its width; `lost` says what of
    the look is not carried over.
    """

    soup: BeautifulSoup
    formulas: list[str] = field(default_factory=list)
    media: list[tuple[str, str, str]] = field(default_factory=list)
    lost: set[Message] = field(default_factory=set)


def simplified(source: str) -> SimpleHtml:
    """Return HTML made simple; NotCarriedError for what Markdown and a card cannot hold."""
    if foreign := _OURS.search(source):
        code = ord(foreign[0])
        raise NotCarriedError(
            Message("the character U+{code:04X} cannot stand in a card", code=code)
        )
    formulas: list[str] = []

    def formula(found: re.Match[str]) -> str:
        formulas.append(_mathjax(found))
        return f"{OPEN}f{len(formulas) - 1}{CLOSE}"

    made = SimpleHtml(_parsed(_FORMULA.sub(formula, source)), formulas)
    for element in made.soup.find_all(name=True):
        _simplify(made, element)
    for text in made.soup.find_all(string=True):
        if text.find_parent("pre") is None:  # elsewhere, the end of a line is a space
            text.replace_with(_on_one_line(text))
    _sounds(made)
    return made


def _on_one_line(text: PageElement) -> str:
    """Return a text with spaces for its ends of lines; at the begin of a line, none is seen."""
    line = _LINES.sub(" ", str(text))
    before = text.previous_sibling
    return line.lstrip() if isinstance(before, Tag) and before.name == "br" else line


def _simplify(made: SimpleHtml, element: Tag) -> None:
    if element.name in _ACTIVE:
        raise NotCarriedError(Message("a card cannot hold <{tag}>", tag=element.name))
    style = str(element.get("style", ""))
    if element.name == "font" or _LOOK.search(style):
        made.lost.add(COLOURS)
    if element.name == "img":
        width = re.match(r"\d{1,4}%?", str(element.get("width", "")))
        about = (str(element.get("src", "")), str(element.get("alt", "")))
        element.replace_with(_mark(made, *about, width[0] if width else ""))
        return
    for pattern, name in _STYLES:
        if element.name in ("span", "font", "div", "p") and pattern.search(style):
            inside = made.soup.new_tag(name)
            for child in list(element.contents):
                inside.append(child)
            element.append(inside)


def _mark(made: SimpleHtml, name: str, alt: str, width: str) -> str:
    made.media.append((name, alt, width))
    return f"{OPEN}m{len(made.media) - 1}{CLOSE}"


def _sounds(made: SimpleHtml) -> None:
    for text in made.soup.find_all(string=_SOUND):
        text.replace_with(_SOUND.sub(lambda found: _mark(made, found[1], "", ""), str(text)))


def _mathjax(found: re.Match[str]) -> str:
    r"""Return a formula as `\(…\)` or `\[…\]`; NotCarriedError where only LaTeX itself shows it."""
    for group, wanted in (("display", "[]"), ("owndisplay", "[]"), ("inline", "()"), ("own", "()")):
        if found[group] is not None:
            return _written(found[group], wanted)
    if found["mathjax"] is not None:
        return _written(found["mathjax"], "[]" if "true" in found["block"] else "()")
    latex = _said(found["latex"])
    if whole := _DISPLAY.fullmatch(latex):
        return _written(whole["dollars"] or whole["math"] or whole["whole"], "[]")
    if whole := _INLINE.fullmatch(latex):
        return _written(whole["dollar"] or whole["math"], "()")
    raise NotCarriedError(Message("only LaTeX can show '{latex}'", latex=latex[:60]))


def _written(formula: str, signs: str) -> str:
    return rf"\{signs[0]}{_said(formula)}\{signs[1]}"


def _said(formula: str) -> str:
    """Return a formula without the HTML that Anki's editor puts into it."""
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", formula)))
    return " ".join(text.replace("\xa0", " ").split())


def visible(source: str) -> str:
    """Return the characters that HTML shows, without spaces."""
    return "".join(_parsed(source).get_text().split())


def _parsed(source: str) -> BeautifulSoup:
    """Return HTML as a tree without comments and the like, which nobody sees."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a text looks like an address
        soup = BeautifulSoup(source, "html.parser")
    for unseen in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        unseen.extract()
    return soup
