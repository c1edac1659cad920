"""A text in Markdown to clean HTML, and what it holds that a card may not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import markdown
import nh3

from deckwright.cards._html_contents import ALLOWED, SCHEMES, HtmlContents
from deckwright.cards._run_by_anki import refused, run_by_anki
from deckwright.problem import Place, Problem
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import Text

MADE_WITH = f"markdown {markdown.__version__}, nh3 {nh3.__version__}"  # type: ignore[attr-defined]

# Stands for the HTML of a text that Markdown cannot read.
_UNREAD = "<unread>"
# Twenty lists or quotes that begin on one line, each inside the last.
_DEEP = re.compile(r"^(?:[ \t]*(?:[-+*>]|\d+[.)])(?=[ \t>])){20}", re.MULTILINE)
# A line without any character that means something to Markdown or HTML. Most texts are such lines:
# to leave them as they are saves 1 of 4 seconds for 10,000 notes.
_PLAIN = re.compile(r"[^\W\d_][^\x00-\x1f\x7f-\xa0<>&\\`!*_\[\]#]*")
# What brings HTML, entities or escapes into a text.
_BRINGS_HTML = re.compile(r"[<&\\]")
# Elements that the sanitiser leaves as they are, and links to a host of plain letters.
_HARMLESS = re.compile(
    r"</?(?:b|i|em|strong|ul|ol|li|br|p|code)>|</a>"
    r'|<a href="https?://(?:(?!xn--)[a-z][a-z-]*\.)+[a-z]+(?:/[\w./%=-]*)?">',
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A picture or sound in a text: the address, the alternative text, and where it stands."""

    source: str
    alt: str
    place: Place


class MarkdownRenderer:
    """Markdown to clean HTML; keep one for a whole deck, since making it is what takes time."""

    def __init__(self) -> None:
        self._last = ("", "")

    def html(self, source: str) -> str:
        """Return the HTML of a Markdown text; a text of one paragraph comes without its <p>.

        Media stay as the text refers to them: `media/x.png`.
        """
        if _is_plain(source):
            return source
        html = _cleaner().clean(self._convert(source)).strip()
        inside = html[3:-4]
        alone = html == f"<p>{inside}</p>" and "<p>" not in inside and "</p>" not in inside
        return inside if alone else html

    def contents(self, text: Text) -> tuple[list[Problem], list[MediaReference]]:
        """Return what the HTML of a text holds that a card may not, and its pictures and sounds."""
        if _is_plain(text.value):
            return [], []
        problems = list(run_by_anki(text, text.value))
        html = self._convert(text.value)
        if html == _UNREAD:
            message = "Markdown cannot read this: lists or quotes nested too deep, or broken HTML"
            return [refused(text, "", message, "write it more simply")], []
        bare = _HARMLESS.sub("", html)
        if "<" not in bare and bare.strip() and not _BRINGS_HTML.search(text.value):
            return [*problems, *_disguised(text, bare)], []
        found, kept = HtmlContents(html), HtmlContents(_cleaner().clean(html))
        hint = "use Markdown; of HTML, a text may hold " + ", ".join(ALLOWED)
        problems += [refused(text, needle, what, hint) for what, needle in found.forbidden]
        if not problems and (found.shape != kept.shape or not kept.shape.strip()):
            hint = "check that each address is valid, and close each tag, the last one first"
            problems.append(refused(text, "", "some of this would be lost", hint))
        problems += _disguised(text, kept.words)
        return problems, [
            MediaReference(source, alt, text.at(max(text.value.find(source), 0)))
            for source, alt in found.images
        ]

    def _convert(self, source: str) -> str:
        if source != self._last[0]:
            try:
                html = _UNREAD if _DEEP.search(source) else self._markdown.reset().convert(source)
            except (RecursionError, AssertionError):  # the latter is how html.parser gives up
                del self._markdown  # it would go on with what was interrupted: begin with a new one
                html = _UNREAD
            self._last = (source, html)
        return self._last[1]

    @cached_property
    def _markdown(self) -> markdown.Markdown:
        """Markdown with lists as people type them, and nothing that changes their words."""
        return markdown.Markdown(extensions=["sane_lists"], output_format="html")


def _is_plain(source: str) -> bool:
    return _PLAIN.fullmatch(source) is not None and not source[-1].isspace()


def _disguised(text: Text, shown: str) -> Iterator[Problem]:
    """Yield what entities and backslashes bring in, unseen by rules that read the author's text."""
    yield from run_by_anki(text, shown)
    if found := NOT_TEXT.search(shown) or HIDDEN.search(shown):
        yield refused(text, "&", f"U+{ord(found[0]):04X} cannot stand in a card", "remove it")
    for characters in ("{{", "}}", "::"):
        if shown.count(characters) > text.value.count(characters):
            message = f"'{characters}' stands here in disguise"
            yield refused(text, "&", message, "write the characters themselves")


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
    return nh3.Cleaner(tags=set(ALLOWED), attributes=attributes, url_schemes=SCHEMES, link_rel=None)
