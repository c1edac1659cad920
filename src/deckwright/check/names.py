"""Rules for ids, tags and names of decks: a wrong one makes Anki lose or mix up notes."""

import difflib
import re
from collections.abc import Iterator

from deckwright.disk.file_names import is_portable, same_name
from deckwright.problem import Problem
from deckwright.source.deck import Deck, Text
from deckwright.source.ids import is_id, suggested_id

MAX_LEVELS = 5  # of a deck, and of a subdeck: Anki takes ten together


def id_malformed(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each id, and the key, that is not one, or no name for a package."""
    for text in _ids(deck):
        if not is_id(text.value):
            name = suggested_id(text.value)
            hint = f"write it as '{name}'" if name else "use a-z, 0-9 and hyphens"
            yield Problem(text.place, "id-malformed", f"'{text.value}' is not an id", hint)
    if is_id(deck.key.value) and not is_portable(deck.key.value):
        message = f"Windows can hold no file of the name '{deck.key.value}'"
        yield Problem(deck.key.place, "id-malformed", message, "choose another key")
    elif deck.key.value == "collection" or deck.key.value.startswith("backup"):
        message = f"Anki takes '{deck.key.value}.apkg' for a whole collection"
        yield Problem(deck.key.place, "id-malformed", message, "choose another key")


def id_repeated(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each id that another note, point or part has already."""
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
    """Yield a problem for each tag that Anki would split or change."""
    values = {tag.value for note in deck.notes for tag in note.tags}
    wrong = {value for value in values if not _is_tag(value)}
    tags = (tag for note in deck.notes for tag in note.tags if tag.value in wrong)
    for text in {tag.place: tag for tag in tags}.values():
        hint = "join words with hyphens and levels with ::"
        yield Problem(text.place, "tag-malformed", f"'{text.value}' is not a tag", hint)


def _is_tag(value: str) -> bool:
    return value.isprintable() and not re.search(r'[\s"*\\]', value) and all(value.split("::"))


def deck_name(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each name of a deck that Anki would change, or take for another."""
    first: dict[str, Text] = {}
    subdecks = {(note.subdeck.file, note.subdeck.value): note.subdeck for note in deck.notes}
    for text in (deck.name, *subdecks.values()):
        levels = text.value.split("::")
        refused = '"' in text.value or not text.value.isprintable() or len(levels) > MAX_LEVELS
        if refused or any(p.strip() != p or not p for p in levels):
            message = f"'{text.value}' is not a name for a deck"
            hint = 'write it on one line without "; put :: only between a deck and its subdeck'
            yield Problem(text.place, "deck-name", message, hint)
        alike = first.setdefault(same_name(text.value), text)
        if alike.value != text.value:
            message = f"'{text.value}' and '{alike.value}' are one deck to Anki"
            yield Problem(text.place, "deck-name", message, "write both the same way")


def covers_unknown(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each covered point that the guide does not have."""
    points = dict.fromkeys(p.id.value for p in deck.guide.points()) if deck.guide else {}
    for text in (text for note in deck.notes for text in note.covers):
        if text.value not in points:
            close = difflib.get_close_matches(text.value, points, n=1)
            hint = f"did you mean '{close[0]}'?" if close else "add the point to guide.yaml"
            message = f"the guide has no point '{text.value}'"
            yield Problem(text.place, "covers-unknown", message, hint)


def _ids(deck: Deck) -> Iterator[Text]:
    yield deck.key
    yield from (note.id for note in deck.notes)
    for part in deck.guide.parts if deck.guide else ():
        yield part.id
        yield from (point.id for point in part.points)
