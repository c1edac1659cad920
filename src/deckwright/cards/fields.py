"""A note's texts to the HTML of Anki's fields, in two steps.

`render_texts` does what follows from the note alone, so that it can be done in another process and
remembered; `fill_fields` adds what the deck and its media say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from deckwright.cards import cloze
from deckwright.cards.markdown_renderer import MediaReference, renderer
from deckwright.cards.media import MediaFile, in_a_description, refused_reference, unused
from deckwright.cards.note_types import FIELDS, fixed_ordinals
from deckwright.disk.file_names import composed
from deckwright.problem import Problem
from deckwright.source.content_hash import content_hash
from deckwright.source.deck import ClozeNote, Deck, Note, Text
from deckwright.words.language import language
from deckwright.words.messages import Message

# What stands before the address, the address, and the rest; other attributes may hold anything.
_IMAGE = re.compile(r'(<img (?:[^\s=>"]+="[^"]*" )*?src=")([^"]*)("[^>"]*(?:"[^"]*"[^>"]*)*>)')
# In words about a picture, Anki takes this for its file (rslib/src/text.rs), and rewrites it.
_LIKE_MEDIA = re.compile(r"\b(src|data)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RenderedTexts:
    """A note and the HTML, by role, of those of its texts that differ from their HTML.

    Media stay as the texts refer to them. `ordinals` are those of its cards, from 0. `hash` is that
    of its content, "" where it also depends on media.
    """

    note: Note
    html: dict[str, str]
    ordinals: tuple[int, ...]
    hash: str
    media: tuple[MediaReference, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note as Anki will hold it, but for guid and time.

    `fields` are HTML, in the order of the note type's fields; `ordinals` are those of its cards,
    from 0; `hash` is that of what its author wrote; `media` are the packed names of the files that
    it shows.
    """

    id: str
    kind: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    hash: str = ""
    media: tuple[str, ...] = ()


def render_texts(note: Note) -> tuple[RenderedTexts, list[Problem]]:
    """Render the texts of a note, and report what a card cannot hold.

    What is rendered counts only where no problem is an error.
    """
    problems: list[Problem] = []
    media: list[MediaReference] = []
    html: dict[str, str] = {}
    for role, text in note.texts().items():
        rendered = renderer().render(text, cloze=role == ClozeNote.KIND)
        if rendered.html != text.value:
            html[role] = rendered.html
        problems += rendered.problems
        media += rendered.media
    ordinals = fixed_ordinals(note.KIND)
    if isinstance(note, ClozeNote):
        shown = html.get("cloze", note.cloze.value)
        ordinals = tuple(sorted({gap.number - 1 for gap in cloze.gaps(shown)}))
    known_hash = "" if media else content_hash(note)
    return RenderedTexts(note, html, ordinals, known_hash, tuple(media)), problems


def fill_fields(
    deck: Deck, texts: Sequence[RenderedTexts], library: dict[str, MediaFile]
) -> tuple[list[RenderedNote], list[Problem]]:
    """Make the notes of a deck from their rendered texts, in study order.

    `library` holds the files that cards may show, by how texts refer to them. Returns the notes,
    and what is wrong with the deck's media and with its description.
    """
    problems: list[Problem] = []
    notes = []
    for each in texts:
        notes.append(filled(each, deck.name.value, library))
        for reference in each.media:
            problems += _faults(reference, library)
    problems += unused(library, {name for note in notes for name in note.media})
    for text in deck_texts(deck):
        rendered = renderer().render(text)
        problems += rendered.problems
        problems += (Problem(each.place, *in_a_description()) for each in rendered.media)
    return notes, problems


def deck_texts(deck: Deck) -> tuple[Text, ...]:
    """Return the texts that `description` is made of: its own, and who made the deck."""
    return tuple(filter(None, (deck.description, deck.author, deck.license, deck.homepage)))


def description(deck: Deck) -> str:
    """Return the HTML that Anki shows with the deck: its description, who made it, where to report.

    That is words, and no link: learners on a phone may not be able to follow one.
    """
    first, *made_by = (renderer().html(text.value) for text in deck_texts(deck))
    footer = " · ".join(made_by)
    report = ""
    if deck.report:
        says = language(deck.language.value).labels["report"]
        report = says.format(address=escape(deck.report.value.partition("?")[0]))
    return first + "".join(f"<p>{each}</p>" for each in (footer, report) if each)


def filled(texts: RenderedTexts, deck_name: str, library: dict[str, MediaFile]) -> RenderedNote:
    """Return a note with the media of `library` in place; what is not in it stays as it was."""
    note, html = texts.note, texts.html
    used: set[str] = set()
    if texts.media:
        html = {role: _with_media(text, library, used) for role, text in html.items()}
    fields = {role: text.value for role, text in note.texts().items()} | html
    fields["key"] = note.id.value
    media = tuple(sorted(used))
    return RenderedNote(
        id=note.id.value,
        kind=note.KIND,
        deck=f"{deck_name}::{note.subdeck.value}",
        fields=tuple([fields.get(role, "") for role in FIELDS[note.KIND]]),
        tags=tuple(sorted({tag.value for tag in note.tags})),
        ordinals=texts.ordinals,
        hash=texts.hash or content_hash(note, media),
        media=media,
    )


def _with_media(html: str, library: dict[str, MediaFile], used: set[str]) -> str:
    """Return HTML with each address of a file replaced by its packed name, added to `used`."""

    def shown(image: re.Match[str]) -> str:
        file = library.get(composed(unquote(unescape(image[2]))))
        if file is None or not file.name:
            return image[0]
        used.add(file.name)
        if file.format.played:
            return f"[sound:{file.name}]"
        before, after = (
            _LIKE_MEDIA.sub("\\1&#61;", each) for each in (image[1].removesuffix('src="'), image[3])
        )
        return f'{before}src="{file.name}{after}'

    return _IMAGE.sub(shown, html)


def _faults(reference: MediaReference, library: dict[str, MediaFile]) -> Iterator[Problem]:
    if refused := refused_reference(unquote(reference.source), library):
        yield Problem(reference.place, *refused)
    elif not reference.alt.strip():
        hint = Message("say what it shows: ![…]({source})", source=reference.source)
        message = Message("this has no text for people who cannot see or hear it")
        yield Problem(reference.place, "image-alt", message, hint)
