"""A note's texts to the HTML of Anki's fields, in two steps.

`prepare` does what follows from the note alone, and so can be done elsewhere and remembered;
`finish` adds what the deck and its media say.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from deckwright import cloze
from deckwright.content import content_hash
from deckwright.markup import ALLOWED, Image, Renderer
from deckwright.media import MediaFile, missing, unused
from deckwright.note_types import CLOZE, FIELDS, QUESTION
from deckwright.notes import ClozeNote, Deck, Note, QuestionNote
from deckwright.problem import Problem

# What would part a gap inside a tag, where Anki's tokeniser sees it too.
_IN_ATTRIBUTE = re.compile(r'="[^"]*(?:\{\{|\}\}|::)[^"]*"')
_IMAGE = re.compile(r'<img (?=[^>]*src="([^"]*)")[^>]*>')


class Prepared(NamedTuple):
    """A note and the HTML by field role of those of its texts that are not HTML as they are.

    Media stay as the texts refer to them. `ords` are the cards it gets, `hash` is that of its
    content, "" where it also depends on media; `gist` are the words that near-duplicate compares.
    """

    note: Note
    html: dict[str, str]
    ords: tuple[int, ...]
    hash: str
    images: tuple[Image, ...] = ()
    gist: str = ""


class RenderedNote(NamedTuple):
    """A note as Anki will hold it, but for guid and time.

    `ords` are the cards it gets, `hash` is that of what its author wrote, `media` are the names of
    the files it shows.
    """

    id: str
    kind: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    hash: str = ""
    media: tuple[str, ...] = ()


def prepare(note: Note, renderer: Renderer) -> tuple[Prepared, list[Problem]]:
    """Render the texts of a note, and report what a card cannot hold.

    What is rendered counts only where no problem is an error.
    """
    problems: list[Problem] = []
    images: list[Image] = []
    html: dict[str, str] = {}
    for role, text in note.texts().items():
        if (made := renderer.html(text.value)) != text.value:
            html[role] = made
        found, seen = renderer.contents(text)
        problems += found
        images += seen
    ords: tuple[int, ...] = (0,)
    if isinstance(note, ClozeNote):
        shown = html.get("cloze", note.cloze.value)
        problems += _lost_gaps(note, shown)
        ords = tuple(sorted({gap.number - 1 for gap in cloze.gaps(shown)}))
    content = "" if images else content_hash(note)
    return Prepared(note, html, ords, content, tuple(images)), problems


def finish(
    deck: Deck, prepared: Sequence[Prepared], library: dict[str, MediaFile]
) -> tuple[list[RenderedNote], list[Problem]]:
    """Make the notes of a deck from those that are prepared, in study order.

    `library` are the files that cards may show, by how texts refer to them. Returns the notes, and
    what is wrong with the deck's media and its description.
    """
    problems: list[Problem] = []
    notes = []
    for each in prepared:
        notes.append(_finished(each, deck.name.value, library))
        for image in each.images:
            problems += _faults(image, library)
    problems += unused(library, {name for note in notes for name in note.media})
    renderer = Renderer()
    for text in (deck.description, deck.author, deck.license, deck.homepage):
        found, images = renderer.contents(text) if text else ([], [])
        problems += found
        for image in images:  # Anki imports the media of notes alone
            problems += _faults(image, {})
    return notes, problems


def description(deck: Deck) -> str:
    """Return the HTML that Anki shows with the deck: its description, then who made it."""
    renderer = Renderer()
    made_by = (deck.author, deck.license, deck.homepage)
    footer = " · ".join(renderer.html(text.value) for text in made_by if text)
    return renderer.html(deck.description.value) + (f"<p>{footer}</p>" if footer else "")


def _finished(prepared: Prepared, deck_name: str, library: dict[str, MediaFile]) -> RenderedNote:
    note, html = prepared.note, prepared.html
    used: set[str] = set()
    if prepared.images:
        html = {role: _with_media(text, library, used) for role, text in html.items()}
    kind = QUESTION if isinstance(note, QuestionNote) else CLOZE
    fields = {role: text.value for role, text in note.texts().items()} | html
    fields["key"] = note.id.value
    media = tuple(sorted(used))
    return RenderedNote(
        id=note.id.value,
        kind=kind,
        deck=f"{deck_name}::{note.subdeck.value}",
        fields=tuple([fields.get(role, "") for role in FIELDS[kind]]),
        tags=tuple(sorted({tag.value for tag in note.tags})),
        ords=prepared.ords,
        hash=prepared.hash or content_hash(note, media),
        media=media,
    )


def _with_media(html: str, library: dict[str, MediaFile], used: set[str]) -> str:
    def shown(image: re.Match[str]) -> str:
        file = library.get(unquote(unescape(image[1])))
        if file is None:
            return image[0]
        used.add(file.name)
        return f"[sound:{file.name}]" if file.sound else image[0].replace(image[1], file.name)

    return _IMAGE.sub(shown, html)


def _faults(image: Image, library: dict[str, MediaFile]) -> Iterator[Problem]:
    if wrong := missing(unquote(image.source), library):
        yield Problem(image.place, *wrong)
    elif not image.alt.strip():
        hint = f"say what it shows: ![…]({image.source})"
        yield Problem(image.place, "image-alt", "nobody can hear what this shows", hint)


def _lost_gaps(note: ClozeNote, html: str) -> Iterator[Problem]:
    """Yield a problem where Markdown tore a gap apart, as `**bold {{c1::and** hidden}}` does."""
    if cloze.faults(note.cloze.value):
        return
    hidden = [gap.hidden + gap.hint for gap in cloze.gaps(html)]
    blank = [gap for gap in cloze.gaps(html) if not unescape(gap.hidden).strip()]
    meant = [gap.number for gap in cloze.gaps(note.cloze.value)]
    torn = any(
        len(re.findall(rf"<{tag}\b", text)) != text.count(f"</{tag}>")
        for text in hidden
        if "<" in text
        for tag in ALLOWED.keys() - {"br", "img"}
    )
    torn = torn or bool(blank) or _IN_ATTRIBUTE.search(html) is not None
    if torn or [gap.number for gap in cloze.gaps(html)] != meant or cloze.faults(html):
        hint = "let bold, links and lists begin and end on the same side of the braces"
        yield Problem(note.cloze.place, "cloze-split", "Markdown cuts a gap in two", hint)
