"""The rule that every word is in a dictionary."""

import re
from collections.abc import Iterator, Mapping

from deckwright.check._dictionary import MOST_WORDS, SpellingDictionary, find_dictionary
from deckwright.check._prose import strip_markdown, words_in
from deckwright.problem import Problem
from deckwright.source.deck import Deck, Text
from deckwright.source.text_files import at_most
from deckwright.words.language import language
from deckwright.words.messages import Message


def check_spelling(deck: Deck) -> tuple[list[Problem], list[Message]]:
    """Return what is misspelt, and remarks about this computer: whether it has a dictionary.

    A note in another language than the deck's is left alone where there is no dictionary for it.
    """
    code = deck.language.value
    others = {note.language.value for note in deck.notes if note.language}
    dictionaries = {each: find_dictionary(each) for each in {code, *others}}
    known = {each: found for each, found in dictionaries.items() if found}
    problems = at_most(spelling(deck, known))
    for dictionary in known.values():
        dictionary.remember()
    package = f"hunspell-{code}"
    remark = Message(
        "spelling was not checked: no dictionary here (on Debian: apt install {package})",
        package=package,
    )
    more = Message(
        "more than {most:,} new words: the next check looks up the rest", most=MOST_WORDS
    )
    remarks = [] if code in known else [remark]
    return problems, remarks + [more] * (not all(each.left for each in known.values()))


def spelling(deck: Deck, dictionaries: Mapping[str, SpellingDictionary]) -> Iterator[Problem]:
    """Yield a problem for each word that neither the dictionary nor the word list knows."""
    own = {word.value.casefold() for word, _ in deck.word_list}
    found: dict[str, list[tuple[Text, int]]] = {}
    seen: set[str] = set()
    for text, code in _texts(deck):
        for word in dict.fromkeys(words_in(_visible(text.value))):
            seen.add(word.casefold())
            dictionary = dictionaries.get(code)
            if dictionary and word.casefold() not in own and not _is_right(word, dictionary):
                offset = max(text.value.find(word), 0)
                found.setdefault(word, []).append((text, offset))
    for word, places in found.items():
        text, offset = places[0]
        message = Message("the dictionary does not know '{word}'", word=word)
        if len(places) > 1:
            more = len(places) - 1
            message = Message(
                "the dictionary does not know '{word}', here and in {more} more places",
                word=word,
                more=more,
            )
        word_list = language(deck.language.value).word_list
        hint = Message(
            "correct it, or write '{word}: ' and the reason in {word_list}",
            word=word,
            word_list=word_list,
        )
        yield Problem(text.at(offset), "spelling", message, hint)
    if main := dictionaries.get(deck.language.value):
        yield from _word_list(deck, seen, main)


def _word_list(deck: Deck, seen: set[str], dictionary: SpellingDictionary) -> Iterator[Problem]:
    for word, reason in deck.word_list:
        if not reason:
            message = Message("'{word}' has no reason", word=word.value)
            hint = Message("write '{word}: ' and why", word=word.value)
            yield Problem(word.place, "word-reason", message, hint)
        elif word.value.casefold() not in seen or dictionary.knows(word.value):
            message = Message(
                "'{word}' is not needed: no card has it, or the dictionary knows it",
                word=word.value,
            )
            yield Problem(word.place, "word-unneeded", message, Message("remove the line"))


def _texts(deck: Deck) -> Iterator[tuple[Text, str]]:
    """Yield each text of a deck with its language."""
    code = deck.language.value
    yield deck.description, code
    for note in deck.notes:
        for text in note.texts().values():
            yield text, note.language.value if note.language else code
    for part in deck.guide.parts if deck.guide else ():
        yield part.title, code
        for point in part.points:
            yield point.title, code


def _visible(text: str) -> str:
    """Return a text with its gaps opened: hidden texts and hints are checked, too."""
    opened = re.sub(r"\{\{c\d+::|\}\}|::", " ", text) if "{{" in text else text
    return strip_markdown(opened, alternatives=True)


def _is_right(word: str, dictionary: SpellingDictionary) -> bool:
    return word.isdecimal() or dictionary.knows(word) or dictionary.knows(word.rstrip("'’."))
