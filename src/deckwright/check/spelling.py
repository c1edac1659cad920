"""Spelling by a Hunspell dictionary, where this computer has one."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright import writes
from deckwright.cache import folder
from deckwright.check.words import plain, words
from deckwright.language import language
from deckwright.notes import WORD_LISTS, Deck, Text
from deckwright.problem import Problem

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

# Where Debian, Fedora and macOS put dictionaries. DICPATH, as Hunspell knows it, goes instead.
_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "~/Library/Spelling",
    "/Library/Spelling",
)


class Speller:
    """A dictionary that remembers in the user's cache folder what it said: loading takes 2 s."""

    def __init__(self, path: Path) -> None:
        """Open the dictionary `path`.dic; nothing is loaded before a word is new."""
        self._path = path
        stat = path.with_suffix(".dic").stat()
        self._cache = folder() / f"spelling-{path.name}-{stat.st_size}-{stat.st_mtime_ns}.json"
        self._known = _remembered(self._cache)
        self._dictionary: Dictionary | None = None

    def knows(self, word: str) -> bool:
        """Return whether the dictionary has a word."""
        if word not in self._known:
            self._known[word] = self._lookup(word)
        return self._known[word]

    def _lookup(self, word: str) -> bool:
        from spylls.hunspell import Dictionary

        self._dictionary = self._dictionary or Dictionary.from_files(str(self._path))
        return bool(self._dictionary.lookup(word))

    def remember(self) -> None:
        """Write down what was asked; a cache that cannot be written is no problem."""
        if self._dictionary:
            content = json.dumps(self._known, ensure_ascii=False, sort_keys=True)
            try:
                writes.write(self._cache, content.encode(), durable=False)
            except OSError:
                return


def find(code: str) -> Speller | None:
    """Return the speller for a language such as 'nl', None where there is no dictionary."""
    own = os.environ.get("DICPATH")
    for place in own.split(os.pathsep) if own else _FOLDERS:
        path = Path(os.path.expanduser(place)) / language(code).dictionary  # noqa: PTH111 - calm
        if all(path.with_suffix(end).is_file() for end in (".dic", ".aff")):
            return Speller(path)
    return None


def spelling(deck: Deck, speller: Speller) -> Iterator[Problem]:
    """Every word is in the dictionary or in the deck's own word list.

    A misspelt word is a stain that learners see for years. Names and words of the trade go into
    the word list (`woordenlijst.txt`), each with a reason: `managerspet: uit de titel van de gids`.
    """
    own = {word.value.casefold() for word, _ in deck.word_list}
    found: dict[str, list[tuple[Text, int]]] = {}
    seen: set[str] = set()
    for text in _texts(deck):
        for word in dict.fromkeys(words(_visible(text.value))):
            seen.add(word.casefold())
            if word.casefold() not in own and not _right(word, speller):
                offset = max(text.value.find(word), 0)
                found.setdefault(word, []).append((text, offset))
    speller.remember()
    for word, places in found.items():
        text, offset = places[0]
        more = f", here and in {len(places) - 1} more places" if len(places) > 1 else ""
        message = f"the dictionary does not know '{word}'{more}"
        hint = f"mend it, or write in {WORD_LISTS[deck.language.value]}: '{word}: …' and why"
        yield Problem(text.at(offset), "spelling", message, hint)
    yield from _word_list(deck, seen, speller)


def _word_list(deck: Deck, seen: set[str], speller: Speller) -> Iterator[Problem]:
    for word, reason in deck.word_list:
        if not reason:
            message = f"'{word.value}' has no reason"
            yield Problem(word.place, "word-reason", message, f"write '{word.value}: ' and why")
        elif word.value.casefold() not in seen or speller.knows(word.value):
            message = f"'{word.value}' is not needed: no card has it, or the dictionary knows it"
            yield Problem(word.place, "word-unneeded", message, "remove the line")


def _texts(deck: Deck) -> Iterator[Text]:
    yield deck.description
    for note in deck.notes:
        yield from note.texts().values()
    for part in deck.guide.parts if deck.guide else ():
        yield part.title
        yield from (point.title for point in part.points)


def _visible(text: str) -> str:
    """Return a text with its gaps opened: hidden texts and hints are spelt too."""
    return plain(re.sub(r"\{\{c\d+::|\}\}|::", " ", text) if "{{" in text else text)


def _right(word: str, speller: Speller) -> bool:
    return word.isdecimal() or speller.knows(word) or speller.knows(word.rstrip("'’."))


def _remembered(cache: Path) -> dict[str, bool]:
    """Return what was said before; whatever is not as we write it counts as nothing."""
    try:
        content = json.loads(cache.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(content, dict) or not all(isinstance(v, bool) for v in content.values()):
        return {}
    return content
