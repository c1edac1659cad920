"""The folder `cards/` to a deck, and everything that is wrong with its structure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deckwright.disk.reading import names_in, reason
from deckwright.problem import Place, Problem
from deckwright.source import _yaml_parser, key
from deckwright.source._card_files import clashing, is_source, unread
from deckwright.source._notes import mappings, notes_in
from deckwright.source._values import values
from deckwright.source._yaml_mapping import YamlMapping
from deckwright.source._yaml_nodes import MappingNode, Node, TextNode
from deckwright.source.deck import (
    Deck,
    Guide,
    Note,
    Part,
    Point,
    Retired,
    Text,
    text_at,
)
from deckwright.source.key import named
from deckwright.source.keys import DECK, FILE, GUIDE, PART, POINT
from deckwright.source.text_files import decode, read_text, too_many_words
from deckwright.words.language import language, languages
from deckwright.words.messages import Message

# What other wings must know of reading.
MADE_WITH, MAX_DEPTH = _yaml_parser.MADE_WITH, _yaml_parser.MAX_DEPTH
MAX_NAME, MAX_ITEMS = key.MAX_NAME, key.MAX_ITEMS
MAX_LENGTH, MAX_MARKS, MARKS = key.MAX_LENGTH, key.MAX_MARKS, key.MARKS
MAX_WORDS = 100_000  # of the word lists of a deck: each takes a kilobyte
SETTINGS, _GUIDE = "deck.yaml", "guide.yaml"
DECK_MISSING, NOTES_MISSING = "deck-missing", "notes-missing"


def read_settings(folder: Path) -> tuple[Deck | None, list[Path], list[Problem]]:
    """Read the deck of a folder without its notes.

    `folder` holds deck.yaml, perhaps guide.yaml and a word list, and one YAML file for each part.
    Returns the deck (None without a usable deck.yaml), the files with its notes in study order, and
    all problems found; never raises.
    """
    problems: list[Problem] = []
    try:
        listed = names_in(folder)
    except OSError as error:
        message = Message("the folder cannot be read: {reason}", reason=reason(error))
        hint = Message("name the folder with deck.yaml: --cards FOLDER")
        return None, [], [Problem(Place(str(folder)), "folder-unreadable", message, hint)]
    names = sorted(filter(is_source, listed), key=_natural)
    settings, guide = (
        _top(folder / name, problems) if name in names else None for name in (SETTINGS, _GUIDE)
    )
    problems += [*_missing(folder, names), *clashing(folder, names), *unread(folder, listed)]
    word_list = tuple(_word_list(folder, listed, problems))
    outline = _guide(guide, problems) if guide else None
    deck = _deck(settings, outline, word_list) if settings else None
    files = [folder / name for name in names if name not in (SETTINGS, _GUIDE)]
    return deck, files, problems


def read_notes(raw: bytes, file: str) -> tuple[list[Note], Retired, list[Problem]]:
    """Read the bytes of a file with notes; `file` is its name for places.

    Returns the notes, the ids that its `retired` lists, and all problems found. A note that lacks
    something is reported and left out.
    """
    source, problems = decode(raw, file)
    top = None if source is None else YamlMapping.of_file(source, file, problems)
    if top is None:
        return [], (), problems
    found = values(top, FILE)
    top.close()
    return list(notes_in(found, top, problems)), found["retired"], problems


class NoteItem(NamedTuple):
    """One item of a file's list of notes, readable or not: where it begins, and all its ids."""

    place: Place
    ids: tuple[str, ...]


def note_items(raw: bytes, file: str) -> tuple[list[NoteItem], list[Problem]]:
    """Return the items of a file's list of notes, and the problems that reading them met."""
    source, problems = decode(raw, file)
    top = None if source is None else YamlMapping.of_file(source, file, problems)
    nodes = top.items(named(FILE, "notes")) if top else ()
    return [NoteItem(node.place, _ids(node)) for node in nodes], problems


def _ids(node: Node) -> tuple[str, ...]:
    pairs = node.pairs if isinstance(node, MappingNode) else {}
    found = (pairs[name][1] for name in ("id", "was") if name in pairs)
    return tuple(each.text.value for each in found if isinstance(each, TextNode))


def _missing(folder: Path, names: list[str]) -> Iterator[Problem]:
    if SETTINGS not in names:
        hint = Message("add deck.yaml with name, key, language and description")
        message = Message("no deck.yaml in this folder")
        yield Problem(Place(str(folder)), DECK_MISSING, message, hint)
    if not set(names) - {SETTINGS, _GUIDE}:
        hint = Message("add a file such as 1-start.yaml with subdeck and notes")
        message = Message("no file with notes in this folder")
        yield Problem(Place(str(folder)), NOTES_MISSING, message, hint)


def _word_list(
    folder: Path, listed: list[str], problems: list[Problem]
) -> Iterator[tuple[Text, str]]:
    """Yield the words that the dictionary need not know: lines of `word: reason`, `#` comments.

    No more than MAX_WORDS, of all languages together.
    """
    left = MAX_WORDS
    for code in languages():
        path = folder / language(code).word_list
        source, found = read_text(path) if path.name in listed else ("", [])
        problems += found
        for number, line in enumerate((source or "").split("\n"), 1):
            word, _, why = line.partition(":")
            if word.strip() and not word.lstrip().startswith("#"):
                if not left:
                    problems.append(too_many_words(Place(str(path), number), MAX_WORDS))
                    return
                left -= 1
                yield text_at(word.strip(), Place(str(path), number)), why.strip()


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts 2-x before 10-x, as file managers do."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", name)]


def _top(path: Path, problems: list[Problem]) -> YamlMapping | None:
    source, found = read_text(path)
    problems += found
    return None if source is None else YamlMapping.of_file(source, str(path), problems)


def _deck(
    top: YamlMapping, guide: Guide | None, word_list: tuple[tuple[Text, str], ...]
) -> Deck | None:
    found = values(top, DECK)
    top.close()
    if not all(found[each.name] for each in DECK if each.required):
        return None
    return Deck(**found, guide=guide, word_list=word_list)


def _guide(top: YamlMapping, problems: list[Problem]) -> Guide | None:
    found = values(top, GUIDE)
    parts = []
    for mapping in mappings(found["parts"], problems):
        part = values(mapping, PART)
        points = map(_point, mappings(part["points"], problems))
        own = tuple(point for point in points if point)
        mapping.close()
        if part["id"] and part["title"]:
            parts.append(Part(part["id"], part["title"], own))
    top.close()
    return Guide(found["title"], tuple(parts)) if found["title"] else None


def _point(mapping: YamlMapping) -> Point | None:
    found = values(mapping, POINT)
    mapping.close()
    return Point(**found) if all(found.values()) else None
