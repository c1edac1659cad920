"""HTML to Markdown, proved: what our renderer makes of the Markdown shows what the HTML showed."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

from deckwright.anki.foreign_note import Form
from deckwright.cards.markdown_renderer import renderer
from deckwright.exchange._soup import (
    CLOSE,
    OPEN,
    NotCarriedError,
    SimpleHtml,
    simplified,
    visible,
)
from deckwright.problem import Place
from deckwright.source.deck import text_at
from deckwright.source.reader import MARKS, MAX_LENGTH, MAX_MARKS
from deckwright.words.messages import Message

_LONGEST = 20_000  # characters of HTML: five times what a text may have
_MARK = re.compile(f"{OPEN}([fm])([0-9]+){CLOSE}")
_GAPS = re.compile(r"(\{\{c\d+::|\}\}|::)")
# Not `]`: an escaped pair of brackets is a formula.
_SIGNS = re.compile(r"([\\`*_\[#~^=$<>|])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^(\s*)([-+>]|\d+(?=[.)]))", re.MULTILINE)
_LOCAL = re.compile(r"(!\[[^\]\n]*\]\()(?![a-z]+:)([^)\s]+)(?=\))", re.IGNORECASE)
_IN_MARKDOWN = {"b", "i", "em", "strong", "s", "del", "sub", "sup", "mark", "ins"}
_ONLY_HTML = {
    *("abbr", "bdi", "cite", "dfn", "kbd", "q", "rp", "rt", "ruby", "samp", "small", "u", "var")
}
# Elements that begin on a line of their own, as a div does.
_BLOCKS = {
    *("address", "aside", "caption", "center", "details", "dialog", "dir", "fieldset", "figure"),
    *("footer", "header", "hgroup", "legend", "main", "menu", "nav", "summary"),
}
# How a file is shown: from its name, alternative text and width to Markdown.
ShowMedia = Callable[[str, str, str], str]


@dataclass(frozen=True)
class Written:
    """A text in Markdown, and what of its look is lost."""

    markdown: str
    lost: frozenset[Message] = frozenset()


def written(source: str, form: Form, show: ShowMedia, *, cloze: bool) -> Written:
    """Return a text in Markdown; NotCarriedError where none shows the same.

    Of the ways to write it, the first counts that is right: without a backslash, with one before
    each sign that means something, and with HTML for bold and the like.
    """
    if form is Form.MARKDOWN:
        return Written(_LOCAL.sub(lambda found: found[1] + _address(found[2], show), source))
    if form is Form.PLAIN:
        source = html.escape(source, quote=False).replace("\n", "<br>")
    if len(source) > _LONGEST:
        raise NotCarriedError(_too_large())
    try:
        simple = simplified(source)
        for markdown in _ways(simple):
            if len(markdown) > MAX_LENGTH or sum(map(markdown.count, MARKS)) > MAX_MARKS:
                raise NotCarriedError(_too_large())
            if _is_shown(simple, markdown, cloze=cloze):
                return Written(_filled(markdown, simple, show), frozenset(simple.lost))
    except (RecursionError, AssertionError, ValueError) as error:  # the last of &#…; without end
        raise NotCarriedError(Message("its HTML is nested too deep, or broken")) from error
    raise NotCarriedError(Message("no Markdown shows the same as its HTML"))


def _too_large() -> Message:
    return Message(
        "a text has more than {max_length:,} characters, or more than {max_marks} of {marks}",
        max_length=MAX_LENGTH,
        max_marks=MAX_MARKS,
        marks=" ".join(MARKS),
    )


def _address(name: str, show: ShowMedia) -> str:
    shown = re.search(r"\]\(([^)]*)\)", show(name, "x", ""))
    return shown[1] if shown else name


def _ways(simple: SimpleHtml) -> Iterator[str]:
    for escape, as_html in ((False, False), (True, False), (False, True), (True, True)):
        made = _Converter(escape=escape, as_html=as_html).convert_soup(simple.soup)
        lines = (line.rstrip() for line in made.replace("\xa0", " ").split("\n"))
        yield re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_shown(simple: SimpleHtml, markdown: str, *, cloze: bool) -> bool:
    """Return whether the renderer shows the words of the HTML, and each mark."""
    filled = _MARK.sub(partial(_stand_in, simple), markdown)
    rendered = renderer().render(text_at(filled, Place("")), cloze=cloze)
    wanted = visible(_MARK.sub(partial(_shown, simple), str(simple.soup)))
    return visible(rendered.html) == wanted and _looks(rendered.html) >= _looks(str(simple.soup))


def _looks(shown: str) -> set[str]:
    """Return which of the elements are there that a reader must not miss."""
    found = {
        name.lower() for name in re.findall(r"<(sub|sup|s|strike|del|u|table|pre|ol|ul)\b", shown)
    }
    return {{"s": "del", "strike": "del"}.get(name, name) for name in found}


def _stand_in(simple: SimpleHtml, mark: re.Match[str]) -> str:
    """Return a formula, or a word for a picture."""
    return simple.formulas[int(mark[2])] if mark[1] == "f" else f"m{mark[2]}m"


def _shown(simple: SimpleHtml, mark: re.Match[str]) -> str:
    return html.escape(_stand_in(simple, mark), quote=False)


def _filled(markdown: str, simple: SimpleHtml, show: ShowMedia) -> str:
    def content(mark: re.Match[str]) -> str:
        number = int(mark[2])
        return simple.formulas[number] if mark[1] == "f" else show(*simple.media[number])

    return _MARK.sub(content, markdown)


class _Converter(MarkdownConverter):
    """Markdown as our renderer reads it: a line is a line, and `~`, `^`, `==` mean something."""

    def __init__(self, *, escape: bool, as_html: bool) -> None:
        super().__init__(
            autolinks=False,
            bullets="-",
            heading_style="atx",
            sub_symbol="~",
            sup_symbol="^",
            newline_style="spaces",
            keep_inline_images_in=["td", "th"],
            strip_pre="strip_one",
        )
        self._escape = escape
        self._as_html = as_html

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return words of which no sign is a mark of Markdown; gaps stay."""
        del parent_tags
        text = _ENTITY.sub("&amp;", text)
        if not self._escape:
            return text
        pieces = _GAPS.split(text)
        pieces[::2] = [_START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", each)) for each in pieces[::2]]
        return re.sub(r"^(\s*)\\(\d+)([.)])", r"\1\2\\\3", "".join(pieces), flags=re.MULTILINE)

    def get_conv_fn(self, tag_name: str) -> Any:
        """Return what writes an element: as HTML, where Markdown has no sign for it."""
        if tag_name in _ONLY_HTML or (self._as_html and tag_name in _IN_MARKDOWN):
            return self._as_itself
        if tag_name in _BLOCKS:
            return self.convert_div
        if tag_name == "strike":
            return super().get_conv_fn("s")  # type: ignore[misc] # not in its stubs
        if tag_name in ("mark", "ins"):
            return partial(self._between, "==" if tag_name == "mark" else "^^")
        return super().get_conv_fn(tag_name)  # type: ignore[misc] # not in its stubs

    def convert_br(self, _element: Tag, _text: str, parent_tags: set[str]) -> str:
        """Return the end of a line."""
        return " " if "_inline" in parent_tags else "\n"

    def convert_div(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a line of its own: so Anki's editor writes one."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        return f"\n{text.strip()}\n" if text.strip() else "\n\n"

    def _as_itself(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        del parent_tags
        return f"<{element.name}>{text}</{element.name}>" if text.strip() else text

    def _between(self, sign: str, _element: Tag, text: str, parent_tags: set[str]) -> str:
        del parent_tags
        return f"{sign}{text.strip()}{sign}" if text.strip() else text
