"""What the HTML of a text holds, and which of it may stand in a card."""

import re
from collections import Counter
from html.parser import HTMLParser

# The elements that a card may hold, each with its attributes.
ALLOWED = {
    **dict.fromkeys(("b", "i", "em", "strong", "ul", "ol", "li", "br", "p", "code"), frozenset()),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt"}),
}
SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class HtmlContents(HTMLParser):
    """Reads HTML and keeps what is of interest.

    `forbidden` pairs what may not stand in a card with a text to look for in the author's source;
    `images` pairs the address of each picture with its alternative text; `words` is all text;
    `shape` is all that a learner would see of it: the text, and the elements that have attributes.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[tuple[str, str]] = []
        self.images: list[tuple[str, str]] = []
        self.shape = ""
        self.words = ""
        self._open: Counter[str] = Counter()
        try:
            self.feed(html)
            self.close()
        except AssertionError as error:  # how html.parser gives up
            self.forbidden.append((f"this is not HTML: {error}", "<"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape += f"<{tag} {sorted(map(repr, attrs))}>" if attrs else ""
        self._open[tag] += 1
        if tag not in ALLOWED:
            self.forbidden.append((f"<{tag}> cannot stand in a card", f"<{tag}"))
            return
        if tag == "img":
            given = dict(reversed(attrs))  # of two values for one attribute, browsers use the first
            self.images.append((given.get("src") or "", given.get("alt") or ""))
        for name, value in attrs:
            scheme = _SCHEME.match(value or "")
            if name not in ALLOWED[tag]:
                self.forbidden.append((f"'{name}' cannot stand in <{tag}>", name))
            elif name == "href" and (not scheme or scheme[1].lower() not in SCHEMES):
                self.forbidden.append((f"'{value}' is not a web address", (value or "").lower()))

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
