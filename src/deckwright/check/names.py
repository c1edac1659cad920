"""Rules for ids, tags and names of decks: a wrong one makes Anki lose or mix up notes."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from deckwright.cards.gate import says_itself
from deckwright.check._default_decks import DEFAULT_DECKS
from deckwright.disk.file_names import is_portable, same_name
from deckwright.problem import Place, Problem
from deckwright.source.characters import is_visible
from deckwright.source.deck import Deck, Text
from deckwright.source.ids import is_id, suggested_id
from deckwright.words.language import language, languages
from deckwright.words.messages import Message

_REPEATED, _TAG = "id-repeated", "tag-malformed"
# By these tags Anki itself keeps what it does with a note.
_ANKI_TAGS = {"leech", "marked"}
_DEFAULT = {same_name(name) for name in DEFAULT_DECKS}
# Packages beside that of a release, each with a label behind its key (see `build.packages`).
_OTHER_PACKAGES = {"draft": Message("a draft"), "cleanup": Message("the clean-up")}
_MOST_COPIES = 10  # files that hold one id and are compared
# Per cent from which on a point may be meant; of more unknown ones, nobody reads the hints.
_ALIKE, _MOST_GUESSES = 60, 100
MAX_LEVELS = 5  # of a deck, and of a subdeck: Anki takes ten together


def id_malformed(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each id, and the key, that is not one, or no name for a package."""
    for text in _ids(deck):
        if not is_id(text.value):
            name = suggested_id(text.value)
            hint = (
                Message("write it as '{name}'", name=name)
                if name
                else Message("use a-z, 0-9 and hyphens")
            )
            message = Message("'{text}' is not an id", text=text.value)
            yield Problem(text.place, "id-malformed", message, hint)
    if is_id(deck.key.value) and (why := _no_package(deck.key.value)):
        yield Problem(deck.key.place, "id-malformed", why, Message("choose another key"))


def _no_package(key: str) -> Message | None:
    """Return why no package can be called as a key, None where one can."""
    if not is_portable(key):
        return Message("Windows can hold no file of the name '{key}'", key=key)
    if key == "collection" or key.startswith("backup"):
        return Message("Anki takes '{key}.apkg' for a whole collection", key=key)
    for code in languages():
        labels = language(code).labels
        for other, what in _OTHER_PACKAGES.items():
            if key.endswith(f"-{labels[other]}"):
                return Message("'{key}.apkg' would be {what} of another deck", key=key, what=what)
    return None


def id_repeated(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each id that another note, point or part has already."""
    points = [point.id for point in deck.guide.points()] if deck.guide else []
    parts = [part.id for part in deck.guide.parts] if deck.guide else []
    copies = dict(_copies(deck))
    for copied, original in copies.items():
        message = Message("this file repeats every note of {original}", original=original)
        yield Problem(Place(copied), _REPEATED, message, Message("delete one of the two files"))
    for ids in ([note.id for note in deck.notes if note.id.file not in copies], points, parts):
        first: dict[str, Text] = {}
        for text in ids:
            earlier = first.setdefault(text.value, text)
            if earlier is not text:
                message = Message("the id '{text}' is taken", text=text.value)
                hint = Message(
                    "it stands in {file}:{line}; choose another",
                    file=earlier.place.file,
                    line=earlier.place.line,
                )
                yield Problem(text.place, _REPEATED, message, hint)


def _copies(deck: Deck) -> Iterator[tuple[str, str]]:
    """Yield each file that repeats another, and that other: of two alike, the longer name."""
    ids: dict[str, dict[str, None]] = {}
    for note in deck.notes:
        ids.setdefault(note.id.file, {})[note.id.value] = None
    holders: dict[str, list[str]] = {}  # the files of an id, the largest first
    for file in sorted(ids, key=lambda file: (-len(ids[file]), len(file))):
        earlier = holders.get(next(iter(ids[file])), [])[:_MOST_COPIES]
        other = next((other for other in earlier if ids[file].keys() <= ids[other].keys()), None)
        if other and len(ids[file]) > 1:
            yield file, other
        for name in ids[file]:
            holders.setdefault(name, []).append(file)


def tag_malformed(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each tag that Anki would split or change."""
    values = {tag.value for note in deck.notes for tag in note.tags}
    wrong = {value for value in values if not _is_tag(value)}
    tags = (tag for note in deck.notes for tag in note.tags if tag.value in wrong)
    for text in {tag.place: tag for tag in tags}.values():
        if "," in text.value:
            hint = Message("write several tags as a list: [one, two]")
        else:
            hint = Message("join words with hyphens and levels with ::")
        yield Problem(text.place, _TAG, Message("'{text}' is not a tag", text=text.value), hint)
    first: dict[str, Text] = {}
    for text in {tag.value: tag for note in reversed(deck.notes) for tag in note.tags}.values():
        yield from _not_itself(text, _TAG)
        if text.value.casefold() in _ANKI_TAGS:
            message = Message("Anki keeps the tag '{text}' for itself", text=text.value)
            yield Problem(text.place, _TAG, message, Message("choose another word"))
    for text in (tag for note in deck.notes for tag in note.tags):
        alike = first.setdefault(same_name(text.value), text)
        if alike.value != text.value and first.setdefault(text.value + "\0", text) is text:
            message = Message(
                "'{text}' and '{alike}' are one tag to Anki", text=text.value, alike=alike.value
            )
            hint = Message("write '{alike}' in both places", alike=alike.value)
            yield Problem(text.place, _TAG, message, hint)


def _not_itself(text: Text, code: str) -> Iterator[Problem]:
    """Yield a problem where a page, or an Anki, that took a name for HTML would show another."""
    if not says_itself(text.value):
        message = Message("to a browser, '{text}' is HTML", text=text.value)
        yield Problem(text.place, code, message, Message("write it without '<' and '&…;'"))


def _is_tag(value: str) -> bool:
    return is_visible(value) and not re.search(r'[\s"*\\]', value) and all(value.split("::"))


def is_default_deck(name: str) -> bool:
    """Return whether every learner has a deck of this name, in some language, from Anki."""
    return same_name(name) in _DEFAULT


def deck_name(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each name of a deck that Anki would change, or take for another."""
    if is_default_deck(deck.name.value):
        message = Message("learners have a deck '{name}' from Anki", name=deck.name.value)
        hint = Message("name it after what it teaches: the description would replace theirs")
        yield Problem(deck.name.place, "deck-name", message, hint)
    first: dict[str, Text] = {}
    subdecks = {(note.subdeck.file, note.subdeck.value): note.subdeck for note in deck.notes}
    for text in (deck.name, *subdecks.values()):
        levels = text.value.split("::")
        refused = '"' in text.value or not is_visible(text.value) or len(levels) > MAX_LEVELS
        if refused or any(p.strip() != p or not p for p in levels):
            message = Message("'{text}' is not a name for a deck", text=text.value)
            hint = Message(
                'write it on one line without "; put :: only between a deck and its subdeck'
            )
            yield Problem(text.place, "deck-name", message, hint)
        yield from _not_itself(text, "deck-name")
        alike = first.setdefault(same_name(text.value), text)
        if alike.value != text.value:
            message = Message(
                "'{text}' and '{alike}' are one deck to Anki", text=text.value, alike=alike.value
            )
            yield Problem(text.place, "deck-name", message, Message("write both the same way"))


def subdeck_order(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for the first subdeck that Anki, which sorts by name, shows elsewhere."""
    subdecks = list({note.subdeck.value: note.subdeck for note in reversed(deck.notes)}.values())[
        ::-1
    ]
    by_name = sorted(subdecks, key=lambda text: text.value.casefold().split("::"))
    for text, other in zip(subdecks, by_name, strict=True):
        if text.value != other.value:
            message = Message(
                "Anki shows '{other}' before '{text}', which stands before it here",
                other=other.value,
                text=text.value,
            )
            hint = Message("begin the names with numbers of as many digits each: 01, 02 … 10")
            yield Problem(text.place, "subdeck-order", message, hint)
            return


def covers_unknown(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each covered point that the guide does not have."""
    points = [point.id.value for point in deck.guide.points()] if deck.guide else []
    known = set(points)
    unknown = (t for note in deck.notes for t in note.covers if t.value not in known)
    for number, text in enumerate(unknown):
        hint = Message("add the point to guide.yaml")
        near = points if number < _MOST_GUESSES else ()
        if close := process.extractOne(text.value, near, scorer=fuzz.ratio, score_cutoff=_ALIKE):
            hint = Message("did you mean '{close}'?", close=close[0])
        message = Message("the guide has no point '{text}'", text=text.value)
        yield Problem(text.place, "covers-unknown", message, hint)


def _ids(deck: Deck) -> Iterator[Text]:
    yield deck.key
    yield from (note.id for note in deck.notes)
    for part in deck.guide.parts if deck.guide else ():
        yield part.id
        yield from (point.id for point in part.points)
