"""What the HTML of a text holds, and which of it may stand in a card."""

import re
from html.parser import HTMLParser

from deckwright.words.messages import Message

_PLAIN = (
    "b i em strong u s del ins mark small sub sup kbd code pre samp var abbr cite dfn q bdi "
    "p br hr wbr blockquote ul li dl dt dd table thead tbody tr ruby rt rp"
)
# The elements that a card may hold, each with its attributes.
ALLOWED = {
    **dict.fromkeys(_PLAIN.split(), frozenset[str]()),
    "abbr": frozenset({"title"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"align", "colspan", "rowspan"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
}
SCHEMES = {"http", "https", "mailto", "tel", "ftp"}
VOID = frozenset({"br", "hr", "img", "wbr"})
# A browser closes these by itself, where the next one begins or what holds them ends.
_CLOSE_BY_THEMSELVES = frozenset(["li", "dt", "dd", "p", "tr", "td", "th", "thead", "tbody"])
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class HtmlContents(HTMLParser):
    """Reads HTML and keeps what is of interest.

    `forbidden` has what may not stand in a card, a text to look for in the author's source, and
    what to do about it; `images` pairs the address of each picture with its alternative text;
    `words` is all text, and `prose` that outside code; `seen` is all text with what its elements
    say, in their order; `shape` is all that a learner would see of it: the text, and the elements
    that have attributes.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[tuple[Message, str, Message]] = []
        self.images: list[tuple[str, str]] = []
        self.shape = self.words = self.prose = self.seen = ""
        self._open: list[tuple[str, str]] = []
        self._reported: set[str] = set()
        try:
            self.feed(html)
            self.close()
        except AssertionError as error:  # how html.parser gives up
            message = Message("this is not HTML: {error}", error=error)
            self.forbidden.append((message, "<", Message("if < stands for itself, write \\<")))
        for tag, _ in self._open:
            self._never_closed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}  # browsers use the first
        self.shape += f"<{tag} {sorted(map(repr, attrs))}>" if attrs else ""
        said = " ".join(given.get(name, "") for name in ("alt", "src", "href", "title"))
        if tag in VOID:
            self.shape += "—" if tag == "hr" else ""
            self.words += " "
            self.prose += " "
            self.seen += f" {said} "
        else:
            self._open.append((tag, said))
        if tag not in ALLOWED:
            hint = Message(
                "remove it and its end; to show it, write `<{tag}>` between back-ticks", tag=tag
            )
            self.forbidden.append(
                (Message("<{tag}> cannot stand in a card", tag=tag), f"<{tag}", hint)
            )
            return
        if tag == "img":
            self.images.append((given.get("src", ""), given.get("alt", "")))
        for name, value in attrs:
            scheme = _SCHEME.match(value or "")
            if name not in ALLOWED[tag]:
                message = Message("'{name}' cannot stand in <{tag}>", name=name, tag=tag)
                self.forbidden.append((message, name, Message("remove '{name}=…'", name=name)))
            elif name == "href" and (not scheme or scheme[1].lower() not in SCHEMES):
                hint = Message("write a whole address, such as https://example.org/page")
                message = Message("'{value}' is not a web address", value=value)
                self.forbidden.append((message, (value or "").lower(), hint))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag in self._reported:
            return
        if not any(opened == tag for opened, _ in self._open):
            self.forbidden.append(
                (Message("</{tag}> closes nothing", tag=tag), f"</{tag}", Message("remove it"))
            )
            return
        while self._open:
            opened, said = self._open.pop()
            self.seen += f" {said} "
            if opened == tag:
                return
            self._never_closed(opened)

    def _never_closed(self, tag: str) -> None:
        if tag in _CLOSE_BY_THEMSELVES:
            return
        if tag in ALLOWED:
            hint = Message(
                "write </{tag}> where it ends, inside what it stands in; to show a <, write \\<",
                tag=tag,
            )
            self.forbidden.append((Message("<{tag}> is not closed", tag=tag), f"<{tag}", hint))
        self._reported.add(tag)

    def handle_data(self, data: str) -> None:
        self.shape += data
        self.words += data
        self.seen += data
        if not any(tag in ("code", "pre") for tag, _ in self._open):
            self.prose += data

    def handle_comment(self, data: str) -> None:
        self._lost("<!--", data)

    def handle_pi(self, data: str) -> None:
        self._lost("<?", data)

    def handle_decl(self, decl: str) -> None:
        self._lost("<!", decl)

    def unknown_decl(self, data: str) -> None:
        self._lost("<![", data)

    def _lost(self, opening: str, content: str) -> None:
        hint = Message("remove it; a note to yourself stands behind a # in the file")
        self.forbidden.append(
            (
                Message(
                    "'{opening}{content}' would be lost", opening=opening, content=content[:20]
                ),
                opening,
                hint,
            )
        )
