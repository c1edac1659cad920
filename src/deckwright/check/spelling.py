"""The rule that every word is in a dictionary."""

import re
from collections.abc import Iterator

from deckwright.check._dictionary import SpellingDictionary, find_dictionary
from deckwright.check._prose import strip_markdown, words_in
from deckwright.problem import Problem
from deckwright.source.deck import Deck, Text
from deckwright.words.language import language


def check_spelling(deck: Deck) -> tuple[list[Problem], list[str]]:
    """Return what is misspelt, and remarks about this computer: whether it has a dictionary."""
    code = deck.language.value
    if dictionary := find_dictionary(code):
        problems = list(spelling(deck, dictionary))
        dictionary.remember()
        return problems, []
    package = f"hunspell-{code}"
    remark = f"spelling was not checked: no dictionary here (on Debian: apt install {package})"
    return [], [remark]


def spelling(deck: Deck, dictionary: SpellingDictionary) -> Iterator[Problem]:
    """Yield a problem for each word that neither the dictionary nor the word list knows."""
    own = {word.value.casefold() for word, _ in deck.word_list}
    found: dict[str, list[tuple[Text, int]]] = {}
    seen: set[str] = set()
    for text in _texts(deck):
        for word in dict.fromkeys(words_in(_visible(text.value))):
            seen.add(word.casefold())
            if word.casefold() not in own and not _is_right(word, dictionary):
                offset = max(text.value.find(word), 0)
                found.setdefault(word, []).append((text, offset))
    for word, places in found.items():
        text, offset = places[0]
        more = f", here and in {len(places) - 1} more places" if len(places) > 1 else ""
        message = f"the dictionary does not know '{word}'{more}"
        word_list = language(deck.language.value).word_list
        hint = f"correct it, or write '{word}: ' and the reason in {word_list}"
        yield Problem(text.at(offset), "spelling", message, hint)
    yield from _word_list(deck, seen, dictionary)


def _word_list(deck: Deck, seen: set[str], dictionary: SpellingDictionary) -> Iterator[Problem]:
    for word, reason in deck.word_list:
        if not reason:
            message = f"'{word.value}' has no reason"
            yield Problem(word.place, "word-reason", message, f"write '{word.value}: ' and why")
        elif word.value.casefold() not in seen or dictionary.knows(word.value):
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
    """Return a text with its gaps opened: hidden texts and hints are checked, too."""
    opened = re.sub(r"\{\{c\d+::|\}\}|::", " ", text) if "{{" in text else text
    return strip_markdown(opened)


def _is_right(word: str, dictionary: SpellingDictionary) -> bool:
    return word.isdecimal() or dictionary.knows(word) or dictionary.knows(word.rstrip("'’."))
