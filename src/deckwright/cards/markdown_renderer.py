"""A text in Markdown to clean HTML, and what it holds that a card may not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import nh3

from deckwright.cards import _shown_text, formulas
from deckwright.cards._html_contents import ALLOWED, SCHEMES, HtmlContents
from deckwright.cards._marks import Marks
from deckwright.cards._run_by_anki import refused, run_by_anki
from deckwright.disk.user_cache import installed
from deckwright.problem import Place, Problem
from deckwright.source.deck import Text, text_at
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from markdown import Markdown

_LIBRARIES = ("markdown", "nh3", "pymdownx", "latex2mathml")
MADE_WITH = " ".join(sorted({installed(library) for library in _LIBRARIES}))

# Twenty lists or quotes that begin on one line, each inside the last.
_DEEP = re.compile(r"^(?:[ \t]*(?:[-+*>]|\d+[.)])(?=[ \t>])){20}", re.MULTILINE)
# A line without any character that means something to Markdown or HTML. Most texts are such lines:
# to leave them as they are saves 1 of 4 seconds for 10,000 notes.
_PLAIN = re.compile(
    r"[^\W\d_\u115f\u1160\u3164\uffa0](?:(?!www\.)[^\x00-\x1f\x7f-\xa0<>&\\`!*_\[\]#~^=$@/{}])*"
)
_CODE_CLASS = re.compile(r'<pre class="highlight"><code(?: class="language-[^"]*")?>')
_HEADING = re.compile(r"<h[1-6]>(.*?)</h[1-6]>", re.DOTALL)
_WIDTH = re.compile(r'(<img [^>]*)>\{:?[ ]*width="?(\d{1,4}%?)(?:px)?"?[ ]*\}')


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A picture or sound in a text: the address, the alternative text, and where it stands."""

    source: str
    alt: str
    place: Place


@dataclass(frozen=True, slots=True)
class RenderedText:
    """The HTML of a text, what it holds that a card may not, and its pictures and sounds.

    A text of one paragraph comes without its <p>. Media stay as the text refers to them:
    `media/x.png`.
    """

    html: str
    problems: tuple[Problem, ...] = ()
    media: tuple[MediaReference, ...] = ()


class MarkdownRenderer:
    """Markdown to clean HTML; see `renderer`.

    `known` holds the HTML of texts that were rendered before, and found faultless, by their source:
    those of a deck, and any other text with the same source that is no cloze.
    """

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def html(self, source: str) -> str:
        """Return the HTML of a text that is not a cloze."""
        return self.render(text_at(source, Place(""))).html

    def render(self, text: Text, *, cloze: bool = False) -> RenderedText:
        """Render a text; with `cloze`, `{{c1::…}}` in it are gaps."""
        if _is_plain(text.value):
            return RenderedText(text.value)
        if not cloze and text.value in self.known:
            return RenderedText(self.known[text.value])
        marks = Marks(text.value, cloze=cloze)
        made = self._convert(marks.marked)
        if made is None:
            message = Message(
                "Markdown cannot read this: lists or quotes nested too deep, or broken HTML"
            )
            return RenderedText("", (refused(text, "", message, Message("write it more simply")),))
        clean = _cleaner().clean(made).strip()
        found = HtmlContents(made)
        kept = found if clean == made else HtmlContents(clean)
        clean = _without_paragraph(clean)
        problems = list(_shown_text.lost_lines(text, self._markdown.references))
        problems = problems or list(_faults(text, marks, found, kept))
        for fault in marks.faults(clean):
            problems.append(Problem(text.place, fault.code, fault.message, fault.hint))
        media = tuple(
            MediaReference(source, alt, text.at(max(text.value.find(source), 0)))
            for source, alt in found.images
        )
        return RenderedText(marks.unmarked(clean), tuple(problems), media)

    def _convert(self, source: str) -> str | None:
        """Return what Markdown makes of a text, as a card may hold it; None where it gives up."""
        if _DEEP.search(source):
            return None
        try:
            made = self._markdown.reset().convert(source)
        except (RecursionError, AssertionError):  # the latter is how html.parser gives up
            del self._markdown  # it would go on with what was interrupted: begin with a new one
            return None
        made = _HEADING.sub(r"<p><strong>\1</strong></p>", _CODE_CLASS.sub("<pre><code>", made))
        return _WIDTH.sub(r'\1 width="\2">', made)

    @cached_property
    def _markdown(self) -> "Markdown":
        from markdown import Markdown  # most builds render nothing anew

        from deckwright.cards._typed_markdown import SETTINGS, extensions

        return Markdown(extensions=extensions(), extension_configs=SETTINGS, output_format="html")


@cache
def renderer() -> MarkdownRenderer:
    """Return the one renderer of this process: making one takes as long as a hundred texts."""
    return MarkdownRenderer()


def _is_plain(source: str) -> bool:
    return _PLAIN.fullmatch(source) is not None and not source[-1].isspace()


def _without_paragraph(html: str) -> str:
    inside = html[3:-4]
    alone = html == f"<p>{inside}</p>" and "<p>" not in inside and "</p>" not in inside
    return inside if alone else html


def _faults(text: Text, marks: Marks, found: HtmlContents, kept: HtmlContents) -> Iterator[Problem]:
    """Yield what is wrong with a text whose HTML is `found`, and `kept` once it is clean."""
    yield from run_by_anki(text, text.value)
    forbidden = [refused(text, needle, said, hint) for said, needle, hint in found.forbidden]
    yield from forbidden
    if not forbidden:
        yield from _shown_text.lost(text, marks.marked, found, kept)
    yield from _formula_faults(text, marks)
    yield from _shown_text.disguised(text, marks.as_words(marks.marked), marks.as_words(kept.words))
    yield from _shown_text.stray(text, marks.as_words(kept.prose))


def _formula_faults(text: Text, marks: Marks) -> Iterator[Problem]:
    for typed, formula in marks.formulas():
        for code, message, hint in formulas.faults(formula):
            yield Problem(text.at(max(text.value.find(typed), 0)), code, message, hint)


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
    return nh3.Cleaner(tags=set(ALLOWED), attributes=attributes, url_schemes=SCHEMES, link_rel=None)
