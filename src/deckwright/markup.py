"""A text in Markdown to clean HTML, and what it holds that a card may not."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from html.parser import HTMLParser
from typing import NamedTuple

import markdown
import nh3

from deckwright.files import HIDDEN, UNFIT
from deckwright.notes import Text
from deckwright.problem import Place, Problem

MADE_WITH = f"markdown {markdown.__version__}, nh3 {nh3.__version__}"  # type: ignore[attr-defined]
ALLOWED = {
    **dict.fromkeys(("b", "i", "em", "strong", "ul", "ol", "li", "br", "p", "code"), frozenset()),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt"}),
}
SCHEMES = {"http", "https", "mailto"}

# What stands for a text that Markdown cannot read; so many lists or quotes begin in one line.
_UNREAD = "<unread>"
_DEEP = re.compile(r"^(?:[ \t]*(?:[-+*>]|\d+[.)])(?=[ \t>])){20}", re.MULTILINE)
# A line without any character that means something to Markdown or HTML.
_PLAIN = re.compile(r"[^\W\d_][^\x00-\x1f\x7f-\xa0<>&\\`!*_\[\]#]*")
# What everyday texts lack: what can bring HTML, code, escapes, pictures, references, headings,
# quotes, rules and line breaks.
_RARE = re.compile(
    r"[<>&\\`!#\x00-\x09\x0b-\x1f]|\]:|\]\s?\[| {4}|  $|(?:[-_*] {0,2}){3}|^[=-]+ *$",
    re.MULTILINE,
)
_RARE_BLOCKS = ("code", "hashheader", "setextheader", "hr", "quote", "reference")
_RARE_PATTERNS = (
    *("backtick", "escape", "reference", "short_reference", "html", "entity"),
    *("image_link", "image_reference", "short_image_ref", "autolink", "automail", "linebreak"),
)
# Tags that the sanitiser leaves as they are, and links to a host of plain letters.
_HARMLESS = re.compile(
    r"</?(?:b|i|em|strong|ul|ol|li|br|p|code)>|</a>"
    r'|<a href="https?://(?:(?!xn--)[a-z][a-z-]*\.)+[a-z]+(?:/[\w./%=-]*)?">',
    re.ASCII,
)

_RUN = re.compile(
    r"\[sound:(?P<sound>[^\]]*)\]|\[anki:[a-z]+|\[/?(?:latex|\$\$?)\]|\\[(\[]", re.IGNORECASE
)


class Image(NamedTuple):
    """A picture or sound in a text: what it refers to, what it shows, and where it stands."""

    source: str
    alt: str
    place: Place


class Renderer:
    """Markdown to clean HTML; keep one for a whole deck, making it is what takes time."""

    def __init__(self) -> None:
        """Set up nothing yet: most texts need no Markdown."""
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

    def contents(self, text: Text) -> tuple[list[Problem], list[Image]]:
        """Return what the HTML of a text holds and a card may not, and its pictures and sounds."""
        if _is_plain(text.value):
            return [], []
        problems = list(_run_by_anki(text, text.value))
        html = self._convert(text.value)
        if html == _UNREAD:
            message = "Markdown cannot read this: lists or quotes too deep, or broken HTML"
            return [_refused(text, "", message, "write it with fewer signs")], []
        if not _RARE.search(text.value) and "<" not in _HARMLESS.sub("", html):
            return problems, []
        finder, kept = _Finder(html), _Finder(_cleaner().clean(html))
        hint = "use Markdown; HTML may be " + ", ".join(ALLOWED)
        problems += [_refused(text, needle, what, hint) for what, needle in finder.forbidden]
        if not problems and (finder.shape != kept.shape or not kept.shape.strip()):
            hint = "see that each address is one, and close each tag, the last one first"
            problems.append(_refused(text, "", "some of this would be lost", hint))
        problems += _disguised(text, kept.words)
        return problems, [
            Image(source, alt, text.at(max(text.value.find(source), 0)))
            for source, alt in finder.images
        ]

    def _convert(self, source: str) -> str:
        if source != self._last[0]:
            chosen = self._whole.reset() if _RARE.search(source) else self._everyday
            try:
                html = _UNREAD if _DEEP.search(source) else chosen.convert(source)
            except (RecursionError, AssertionError):  # the latter is how html.parser gives up
                vars(self).clear()  # what was interrupted goes on with it: begin with a new one
                html = _UNREAD
            self._last = (source, html)
        return self._last[1]

    @cached_property
    def _whole(self) -> markdown.Markdown:
        return _markdown()

    @cached_property
    def _everyday(self) -> markdown.Markdown:
        """Half the time of Markdown goes into looking for what an everyday text cannot hold."""
        made = _markdown()
        for pattern in _RARE_PATTERNS:
            made.inlinePatterns.deregister(pattern)
        for block in _RARE_BLOCKS:
            made.parser.blockprocessors.deregister(block)
        made.preprocessors.deregister("html_block")
        made.treeprocessors.deregister("unescape")
        made.postprocessors.deregister("raw_html")
        return made


def _is_plain(source: str) -> bool:
    return _PLAIN.fullmatch(source) is not None and not source[-1].isspace()


def _refused(text: Text, needle: str, message: str, hint: str) -> Problem:
    offset = max(text.value.lower().find(needle), 0)
    return Problem(text.at(offset), "html-not-allowed", message, hint)


def _run_by_anki(text: Text, shown: str) -> Iterator[Problem]:
    """Yield what Anki would play, read aloud or run wherever it stands in what is shown."""
    for found in _RUN.finditer(shown):
        place = text.at(max(text.value.find(found[0]), 0))
        if found["sound"] is not None:
            hint = f"put the file into media/ and write ![what it says](media/{found['sound']})"
            message = "Anki would look for this file among the learner's own"
            yield Problem(place, "media-outside", message, hint)
        else:
            message = f"Anki would run '{found[0]}' on the learner's computer"
            yield Problem(place, "html-not-allowed", message, "say it in words, or in a picture")


def _disguised(text: Text, shown: str) -> Iterator[Problem]:
    """Yield what entities and backslashes bring in, and no rule sees in the author's own text."""
    yield from _run_by_anki(text, shown)
    hint = "write the signs themselves"
    if found := UNFIT.search(shown) or HIDDEN.search(shown):
        yield _refused(text, "&", f"U+{ord(found[0]):04X} cannot stand in a card", "remove it")
    for sign in ("{{", "}}", "::"):
        if shown.count(sign) > text.value.count(sign):
            yield _refused(text, "&", f"'{sign}' stands here in disguise", hint)


def _markdown() -> markdown.Markdown:
    """Return Markdown with lists as people type them, and nothing that changes their words."""
    return markdown.Markdown(extensions=["sane_lists"], output_format="html")


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
    return nh3.Cleaner(tags=set(ALLOWED), attributes=attributes, url_schemes=SCHEMES, link_rel=None)


class _Finder(HTMLParser):
    """Collects tags, attributes and addresses outside the allow-list, with what to look for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[tuple[str, str]] = []
        self.images: list[tuple[str, str]] = []
        self.shape = ""  # all that a learner would see of it
        self.words = ""
        self._open: Counter[str] = Counter()
        try:
            self.feed(html)
            self.close()
        except AssertionError as error:  # how html.parser gives up
            self.forbidden.append((f"this is no HTML: {error}", "<"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape += f"<{tag} {sorted(map(repr, attrs))}>" if attrs else ""
        self._open[tag] += 1
        if tag not in ALLOWED:
            self.forbidden.append((f"<{tag}> cannot stand in a card", f"<{tag}"))
            return
        if tag == "img":
            given = dict(reversed(attrs))  # of two, browsers take the first
            self.images.append((given.get("src") or "", given.get("alt") or ""))
        for name, value in attrs:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            if name not in ALLOWED[tag]:
                self.forbidden.append((f"'{name}' cannot stand in <{tag}>", name))
            elif name == "href" and (not scheme or scheme[1].lower() not in SCHEMES):
                self.forbidden.append((f"'{value}' is no web address", (value or "").lower()))

    def handle_endtag(self, tag: str) -> None:
        self._open[tag] -= 1
        if self._open[tag] < 0:
            self.forbidden.append((f"</{tag}> closes nothing", f"</{tag}"))

    def handle_data(self, data: str) -> None:
        self.shape += data
        self.words += data

    def handle_comment(self, data: str) -> None:
        self._lost("<!--", data)

    def handle_pi(self, data: str) -> None:
        self._lost("<?", data)

    def handle_decl(self, decl: str) -> None:
        self._lost("<!", decl)

    def unknown_decl(self, data: str) -> None:
        self._lost("<![", data)

    def _lost(self, opening: str, content: str) -> None:
        self.forbidden.append((f"'{opening}{content[:20]}' would be lost", opening))
