"""A note's texts to the HTML of Anki's fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

import markdown
import nh3

from deckwright import cloze
from deckwright.media import MediaFile, missing, unused
from deckwright.note_types import CLOZE, FIELDS, QUESTION
from deckwright.notes import ClozeNote, Deck, Note, QuestionNote, Text
from deckwright.problem import Problem

ALLOWED = {
    **dict.fromkeys(("b", "i", "em", "strong", "ul", "ol", "li", "br", "p", "code"), frozenset()),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt"}),
}
SCHEMES = {"http", "https", "mailto"}

_IMAGE = re.compile(r'<img (?=[^>]*src="([^"]*)")[^>]*>')
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note as Anki will hold it, but for guid and time.

    `ords` are the cards it gets, `media` the names of the files it shows.
    """

    id: str
    kind: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    media: tuple[str, ...] = ()


class Renderer:
    """Markdown to clean HTML; keep one for a whole deck, making it is what takes time.

    `library` are the files that texts may show, `used` gathers the names of those they do.
    """

    def __init__(self, library: dict[str, MediaFile]) -> None:
        """Set up Markdown: lists as people type them, and nothing that changes their words."""
        self.library = library
        self.used: set[str] = set()
        self._markdown = markdown.Markdown(extensions=["sane_lists"], output_format="html")

    def html(self, source: str) -> str:
        """Return the HTML of a Markdown text; a text of one paragraph comes without its <p>."""
        html = _IMAGE.sub(self._shown, self._clean(self._convert(source))).strip()
        alone = _PARAGRAPH.fullmatch(html)
        return alone[1] if alone else html

    def _shown(self, image: re.Match[str]) -> str:
        file = self.library.get(unquote(image[1]))
        if file is None:
            return image[0]
        self.used.add(file.name)
        return f"[sound:{file.name}]" if file.sound else image[0].replace(image[1], file.name)

    def problems(self, text: Text) -> Iterator[Problem]:
        """Yield what the HTML of a text holds and a card may not."""
        finder = _Forbidden()
        finder.feed(self._convert(text.value))
        finder.close()
        for what, needle in finder.found:
            offset = max(text.value.lower().find(needle), 0)
            hint = "use Markdown; HTML may be " + ", ".join(ALLOWED)
            yield Problem(text.at(offset), "html-not-allowed", what, hint)
        for source, alt in finder.images:
            place = text.at(max(text.value.find(source), 0))
            if wrong := missing(unquote(source), self.library):
                yield Problem(place, *wrong)
            elif not alt.strip():
                hint = f"say what it shows: ![…]({source})"
                yield Problem(place, "image-alt", "nobody can hear what this shows", hint)
        for sound in re.finditer(r"\[sound:([^\]]*)\]", text.value):
            hint = f"put the file into media/ and write ![what it says](media/{sound[1]})"
            message = "Anki would look for this file among the learner's own"
            yield Problem(text.at(sound.start()), "media-outside", message, hint)

    def _convert(self, source: str) -> str:
        return self._markdown.reset().convert(source)

    def _clean(self, html: str) -> str:
        attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
        return nh3.clean(
            html,
            tags=set(ALLOWED),
            attributes=attributes,
            url_schemes=SCHEMES,
            link_rel=None,
        )


def render(deck: Deck, library: dict[str, MediaFile]) -> tuple[list[RenderedNote], list[Problem]]:
    """Render every note of a deck, in study order, and report what a card cannot hold.

    `library` are the files that cards may show. The rendered notes count only where no problem is
    an error.
    """
    renderer = Renderer(library)
    notes: list[RenderedNote] = []
    problems: list[Problem] = []
    for note in deck.notes:
        rendered = _note(note, deck.name.value, renderer)
        notes.append(rendered)
        for text in note.texts().values():
            problems += renderer.problems(text)
        if isinstance(note, ClozeNote):
            problems += _lost_gaps(note, rendered)
    problems += unused(library, {name for note in notes for name in note.media})
    problems += Renderer({}).problems(deck.description)  # Anki imports the media of notes alone
    return notes, problems


def description(deck: Deck) -> str:
    """Return the HTML that Anki shows with the deck: its description, then who made it."""
    renderer = Renderer({})
    made_by = (deck.author, deck.license, deck.homepage)
    footer = " · ".join(renderer.html(text.value) for text in made_by if text)
    return renderer.html(deck.description.value) + (f"<p>{footer}</p>" if footer else "")


def _note(note: Note, deck_name: str, renderer: Renderer) -> RenderedNote:
    kind = QUESTION if isinstance(note, QuestionNote) else CLOZE
    renderer.used = set()
    html = {role: renderer.html(text.value) for role, text in note.texts().items()}
    html["key"] = note.id.value
    numbers = {gap.number for gap in cloze.gaps(html.get("cloze", ""))}
    return RenderedNote(
        id=note.id.value,
        kind=kind,
        deck=f"{deck_name}::{note.subdeck.value}",
        fields=tuple(html.get(role, "") for role in FIELDS[kind]),
        tags=tuple(sorted({tag.value for tag in note.tags})),
        ords=(0,) if kind == QUESTION else tuple(sorted(number - 1 for number in numbers)),
        media=tuple(sorted(renderer.used)),
    )


def _lost_gaps(note: ClozeNote, rendered: RenderedNote) -> Iterator[Problem]:
    """Yield a problem where Markdown tore a gap apart, as `**bold {{c1::and** hidden}}` does."""
    if list(cloze.faults(note.cloze.value)):
        return
    html = rendered.fields[FIELDS[CLOZE].index("cloze")]
    hidden = [gap.hidden + gap.hint for gap in cloze.gaps(html)]
    meant = [gap.number for gap in cloze.gaps(note.cloze.value)]
    torn = any(text.count(f"<{t}>") != text.count(f"</{t}>") for text in hidden for t in ALLOWED)
    if torn or [gap.number for gap in cloze.gaps(html)] != meant or list(cloze.faults(html)):
        hint = "let bold, links and lists begin and end on the same side of the braces"
        yield Problem(note.cloze.place, "cloze-split", "Markdown cuts a gap in two", hint)


class _Forbidden(HTMLParser):
    """Collects tags, attributes and addresses outside the allow-list, with what to look for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.images: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append((f"<{tag}> cannot stand in a card", f"<{tag}"))
            return
        if tag == "img":
            given = dict(attrs)
            self.images.append((given.get("src") or "", given.get("alt") or ""))
        for name, value in attrs:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            if name not in ALLOWED[tag]:
                self.found.append((f"'{name}' cannot stand in <{tag}>", name))
            elif name == "href" and (not scheme or scheme[1].lower() not in SCHEMES):
                self.found.append((f"'{value}' is no web address", (value or "").lower()))

    def handle_comment(self, data: str) -> None:
        self._lost("<!--", data)

    def handle_pi(self, data: str) -> None:
        self._lost("<?", data)

    def handle_decl(self, decl: str) -> None:
        self._lost("<!", decl)

    def unknown_decl(self, data: str) -> None:
        self._lost("<![", data)

    def _lost(self, opening: str, content: str) -> None:
        self.found.append((f"'{opening}{content[:20]}' would be lost", opening))
