"""Rules for names and gaps: what breaks one makes Anki lose or mix up a note."""

import difflib
import re
import unicodedata
from collections.abc import Iterator

from deckwright import cloze
from deckwright.files import is_portable
from deckwright.language import Language
from deckwright.notes import ClozeNote, Deck, Note, Text
from deckwright.problem import Problem

CLOZE_CODES = (
    "cloze-missing",
    "cloze-syntax",
    "cloze-number",
    "cloze-empty",
    "cloze-nested",
    "cloze-hints",
    "cloze-split",
)

MAX_ID = 80
MAX_LEVELS = 5  # of a deck, and of a subdeck: Anki takes ten together
_TEMPLATE = re.compile(r"\{\{\s*(?:c\d+\s*::|.{,40}?\}\})")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Return whether a text can be an id."""
    return bool(_SLUG.fullmatch(text)) and len(text) <= MAX_ID


def _slug(text: str) -> str:
    """Return the id that was meant: without accents, spaces and capitals; maybe empty."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_ID].strip("-")


def id_malformed(deck: Deck) -> Iterator[Problem]:
    """Ids and the deck's key are slugs: a-z, 0-9 and single hyphens, at most 80 characters.

    An id outlives every rewording of its note and stands in the lock, in links and in file names;
    capitals, spaces and accents differ from system to system. The key names the package, so it is
    none of the names that Windows keeps for itself.
    """
    for text in _ids(deck):
        if not is_slug(text.value):
            slug = _slug(text.value)
            hint = f"write it as '{slug}'" if slug else "use a-z, 0-9 and hyphens"
            yield Problem(text.place, "id-malformed", f"'{text.value}' is no id", hint)
    if is_slug(deck.key.value) and not is_portable(deck.key.value):
        message = f"Windows can hold no file of the name '{deck.key.value}'"
        yield Problem(deck.key.place, "id-malformed", message, "take another key")


def id_repeated(deck: Deck) -> Iterator[Problem]:
    """An id is unique over all files: Anki would take two notes of one id for the same note.

    The points and parts of the guide have ids of their own, unique among themselves.
    """
    points = [point.id for point in deck.guide.points()] if deck.guide else []
    parts = [part.id for part in deck.guide.parts] if deck.guide else []
    for ids in ([note.id for note in deck.notes], points, parts):
        first: dict[str, Text] = {}
        for text in ids:
            earlier = first.setdefault(text.value, text)
            if earlier is not text:
                message = f"the id '{text.value}' is taken"
                hint = f"it stands in {earlier.place.file}:{earlier.place.line}; choose another"
                yield Problem(text.place, "id-repeated", message, hint)


def tag_malformed(deck: Deck) -> Iterator[Problem]:
    """A tag has no space, quote, star, backslash or hidden sign, and no empty level in `a::b`.

    Anki parts tags by spaces: one tag would arrive as two, and a learner's filter finds neither.
    """
    values = {tag.value for note in deck.notes for tag in note.tags}
    wrong = {value for value in values if not _is_tag(value)}
    tags = (tag for note in deck.notes for tag in note.tags if tag.value in wrong)
    for text in {tag.place: tag for tag in tags}.values():
        hint = "join the words with hyphens; levels with ::"
        yield Problem(text.place, "tag-malformed", f"'{text.value}' is no tag", hint)


def _is_tag(value: str) -> bool:
    return value.isprintable() and not re.search(r'[\s"*\\]', value) and all(value.split("::"))


def deck_name(deck: Deck) -> Iterator[Problem]:
    """A deck's or subdeck's name has no empty level in `a::b`, no double quote or hidden sign.

    Anki rewrites such a name on import, and matches decks by name: each update would then make
    the deck anew. It has at most five levels, and no other name is the same but for capitals.
    """
    first: dict[str, Text] = {}
    subdecks = {(note.subdeck.file, note.subdeck.value): note.subdeck for note in deck.notes}
    for text in (deck.name, *subdecks.values()):
        levels = text.value.split("::")
        refused = '"' in text.value or not text.value.isprintable() or len(levels) > MAX_LEVELS
        if refused or any(p.strip() != p or not p for p in levels):
            message = f"'{text.value}' is no name for a deck"
            hint = 'write one line without "; put :: only between a deck and its subdeck'
            yield Problem(text.place, "deck-name", message, hint)
        alike = first.setdefault(unicodedata.normalize("NFC", text.value).casefold(), text)
        if alike.value != text.value:
            message = f"'{text.value}' and '{alike.value}' are one deck to Anki"
            yield Problem(text.place, "deck-name", message, "write both in the same way")


def covers_unknown(deck: Deck) -> Iterator[Problem]:
    """What a note covers is a point of guide.yaml.

    A mistyped point would count as not taught, and its note as teaching nothing. Without a
    guide.yaml there is nothing to cover.
    """
    points = dict.fromkeys(p.id.value for p in deck.guide.points()) if deck.guide else {}
    for text in (text for note in deck.notes for text in note.covers):
        if text.value not in points:
            close = difflib.get_close_matches(text.value, points, n=1)
            hint = f"did you mean '{close[0]}'?" if close else "add the point to guide.yaml"
            message = f"the guide has no point '{text.value}'"
            yield Problem(text.place, "covers-unknown", message, hint)


def cloze_faults(note: Note, _known: Language) -> Iterator[Problem]:
    """Every gap is one that Anki makes a card of: `{{c1::hidden}}` or `{{c1::hidden::hint}}`.

    Anki imports a broken gap without a word and gives it no card, or another one than was meant.

    Bad:
      cloze: Draag aan de zaag altijd een {{c1:bril}} die goed past.
    Good:
      cloze: Draag aan de zaag altijd een {{c1::bril}} die goed past.
    """
    if isinstance(note, ClozeNote):
        found = cloze.faults(note.cloze.value)
        for fault in found:
            yield Problem(note.cloze.at(fault.offset), fault.code, fault.message, fault.hint)
        if not found and not cloze.gaps(note.cloze.value):
            hint = "hide the word that matters: {{c1::word}}"
            yield Problem(note.cloze.place, "cloze-missing", "the cloze has no gap", hint)


def cloze_misplaced(note: Note, _known: Language) -> Iterator[Problem]:
    """A gap stands only under `cloze`, and a field of a template nowhere.

    Elsewhere a learner would see the braces; and what begins like a template is never the author's
    own words.

    Bad:
      question: Wat is een {{c1::bril}}?
    Good:
      question: Wat is een bril?
    """
    for role, text in note.texts().items():
        if role != "cloze" and (found := _TEMPLATE.search(text.value)):
            what = "a gap" if "::" in found[0] else f"'{found[0]}'"
            message = f"{what} under '{role}' stays as it is, braces and all"
            hint = "make this a note with 'cloze', or remove the braces"
            yield Problem(text.at(found.start()), "cloze-misplaced", message, hint)


def _ids(deck: Deck) -> Iterator[Text]:
    yield deck.key
    yield from (note.id for note in deck.notes)
    for part in deck.guide.parts if deck.guide else ():
        yield part.id
        yield from (point.id for point in part.points)
