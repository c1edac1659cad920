"""The folder `cards/` to a deck, and everything that is wrong with its structure."""

import re
from collections.abc import Iterator
from pathlib import Path

from deckwright.disk.reading import names_in, reason
from deckwright.problem import Place, Problem
from deckwright.source import _yaml_mapping, _yaml_parser
from deckwright.source._card_files import clashing, is_source, unread
from deckwright.source._languages import language_under
from deckwright.source._notes import chosen, mappings, notes_under
from deckwright.source._yaml_mapping import YamlMapping
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
from deckwright.source.text_files import decode, read_text
from deckwright.words.kinds import PointKind
from deckwright.words.language import language, languages
from deckwright.words.messages import Message

# What other wings must know of reading.
MADE_WITH, MAX_DEPTH = _yaml_parser.MADE_WITH, _yaml_parser.MAX_DEPTH
MAX_NAME, MAX_ITEMS = _yaml_mapping.MAX_NAME, _yaml_mapping.MAX_ITEMS
MAX_LENGTH, MAX_MARKS, MARKS = (
    _yaml_mapping.MAX_LENGTH,
    _yaml_mapping.MAX_MARKS,
    _yaml_mapping.MARKS,
)
DECK_MISSING, NOTES_MISSING = "deck-missing", "notes-missing"
_DECK, _GUIDE = "deck.yaml", "guide.yaml"
_MOST_RETIRED = 100_000  # as many as notes


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
        _top(folder / name, problems) if name in names else None for name in (_DECK, _GUIDE)
    )
    problems += [*_missing(folder, names), *clashing(folder, names), *unread(folder, listed)]
    word_list = tuple(_word_list(folder, listed, problems))
    outline = _guide(guide, problems) if guide else None
    deck = _deck(settings, outline, word_list) if settings else None
    files = [folder / name for name in names if name not in (_DECK, _GUIDE)]
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
    retired = top.pairs("retired", _MOST_RETIRED)
    return list(notes_under(top, problems)), retired, problems


def _missing(folder: Path, names: list[str]) -> Iterator[Problem]:
    if _DECK not in names:
        hint = Message("add deck.yaml with name, key, language and description")
        message = Message("no deck.yaml in this folder")
        yield Problem(Place(str(folder)), DECK_MISSING, message, hint)
    if not set(names) - {_DECK, _GUIDE}:
        hint = Message("add a file such as 1-start.yaml with subdeck and notes")
        message = Message("no file with notes in this folder")
        yield Problem(Place(str(folder)), NOTES_MISSING, message, hint)


def _word_list(
    folder: Path, listed: list[str], problems: list[Problem]
) -> Iterator[tuple[Text, str]]:
    """Yield the words that the dictionary need not know: lines of `word: reason`, `#` comments."""
    for code in languages():
        path = folder / language(code).word_list
        source, found = read_text(path) if path.name in listed else ("", [])
        problems += found
        for number, line in enumerate((source or "").split("\n"), 1):
            word, _, why = line.partition(":")
            if word.strip() and not word.startswith("#"):
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
    name = top.text("name", required=True, most=MAX_NAME)
    key = top.text("key", required=True, prose=False)
    code = language_under(top, required=True)
    description = top.text("description", required=True)
    author, license_ = top.text("author"), top.text("license")
    homepage = top.text("homepage", prose=False)
    retired, rules = top.pairs("retired", _MOST_RETIRED), top.pairs("rules")
    top.close()
    if not (name and key and code and description):
        return None
    return Deck(
        name=name,
        key=key,
        language=code,
        description=description,
        author=author,
        license=license_,
        homepage=homepage,
        guide=guide,
        retired=retired,
        rules=rules,
        word_list=word_list,
    )


def _guide(top: YamlMapping, problems: list[Problem]) -> Guide | None:
    title = top.text("title", required=True)
    parts = []
    for mapping in mappings(top.items("parts", required=True), problems):
        part_id = mapping.text("id", required=True, prose=False)
        part_title = mapping.text("title", required=True)
        points = mappings(mapping.items("points", required=True), problems)
        found = tuple(point for point in map(_point, points) if point)
        mapping.close()
        if part_id and part_title:
            parts.append(Part(part_id, part_title, found))
    top.close()
    return Guide(title, tuple(parts)) if title else None


def _point(mapping: YamlMapping) -> Point | None:
    point_id = mapping.text("id", required=True, prose=False)
    kind = chosen(mapping, "kind", PointKind, required=True)
    title = mapping.text("title", required=True)
    mapping.close()
    return Point(point_id, kind, title) if point_id and kind and title else None
