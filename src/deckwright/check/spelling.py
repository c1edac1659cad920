"""The rule that every word is in a dictionary."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from deckwright.check._dictionary import (
    MOST_WORDS,
    SpellingDictionary,
    find_dictionary,
    own_folder,
)
from deckwright.check._spelled_words import forms, is_name, spelled_words
from deckwright.problem import Fix, Problem
from deckwright.source.deck import Deck, Note, Text
from deckwright.source.text_files import at_most
from deckwright.words.language import Language, language
from deckwright.words.messages import Message, Tell, nobody

UNKNOWN, MISSPELT = "word-unknown", "spelling"
# From this share of unknown words on, a text is in another language.
FOREIGN = 0.4
# From this many places on, an unknown word is a term.
TERM = 3
_TOLD = 500  # words after which somebody who waits is told
# Debian's packages, where their names are not the codes.
_DEBIAN = {"en": "en-us", "de": "de-de", "pt": "pt-pt"}


def words_to_spell(note: Note) -> str:
    """Return what `spelling` needs of a note, to be remembered: a line of words for each text."""
    return "\n".join(" ".join(spelled_words(text.value)) for text in note.texts().values())


def check_spelling(
    deck: Deck, spelled: Sequence[str], tell: Tell = nobody
) -> tuple[list[Problem], list[Message]]:
    """Return what is misspelt, and remarks about this computer: whether it has a dictionary.

    `spelled` belongs to `deck.notes`: what `words_to_spell` says of each. A note in another
    language than the deck's is left alone where there is no dictionary for it.
    """
    code = deck.language.value
    others = {note.language.value for note in deck.notes if note.language}
    dictionaries = {each: find_dictionary(each) for each in {code, *others}}
    known = {each: found for each, found in dictionaries.items() if found}
    files = [str(path) for dictionary in known.values() for path in dictionary.paths]
    if files:
        tell(Message("look up words in the dictionary: {files}", files=files))
    problems = at_most(spelling(deck, spelled, known, tell))
    for dictionary in known.values():
        dictionary.remember()
    remarks = [] if code in known else [_missing(code)]
    remarks += [fault for dictionary in known.values() for fault in dictionary.faults]
    if any(dictionary.is_exhausted for dictionary in known.values()):
        more = Message(
            "more than {most:,} new words: the next check looks up the rest", most=MOST_WORDS
        )
        remarks.append(more)
    return problems, remarks


def _missing(code: str) -> Message:
    """Return where this system takes a dictionary from."""
    name = language(code).dictionary.partition(" ")[0]
    if sys.platform == "linux":
        package = f"hunspell-{_DEBIAN.get(code, code)}".lower()
        return Message(
            "spelling was not checked: no dictionary here (on Debian: apt install {package})",
            package=package,
        )
    return Message(
        "spelling was not checked: no dictionary here; put {name}.aff and {name}.dic into {folder}"
        " (they come with LibreOffice, or from github.com/LibreOffice/dictionaries)",
        name=name,
        folder=str(own_folder()),
    )


def spelling(
    deck: Deck,
    spelled: Sequence[str],
    dictionaries: Mapping[str, SpellingDictionary],
    tell: Tell = nobody,
) -> Iterator[Problem]:
    """Yield a problem for each word that neither the dictionary nor the word list knows."""
    own = {word.value.casefold() for word, _ in deck.word_list}
    right: dict[tuple[str, str], bool] = {}
    misspelt: dict[str, list[tuple[Text, bool]]] = {}
    for text, code, words in _texts(deck, spelled):
        for word in words:
            if (code, word) not in right:
                right[code, word] = _is_right(word, own, dictionaries.get(code))
                if len(right) % _TOLD == 0:
                    tell(Message("{count:,} words looked up", count=len(right)))
        unknown = [word for word in words if not right[code, word]]
        foreign = 1 < len(unknown) >= FOREIGN * len(words)
        for word in unknown:
            misspelt.setdefault(word, []).append((text, foreign))
    yield from _unknown(misspelt, language(deck.language.value))
    if main := dictionaries.get(deck.language.value):
        seen = {form.casefold() for _, word in right for form in forms(word)}
        yield from _word_list(deck, seen, main)


def _unknown(misspelt: dict[str, list[tuple[Text, bool]]], known: Language) -> Iterator[Problem]:
    """Yield a problem for each word that no dictionary knows.

    `misspelt` is the texts in which it stands, and whether each is in another language. There,
    a word is seldom misspelt, and neither is a name, or what comes again and again.
    """
    places: dict[str, list[tuple[Text, bool]]] = {}
    for word, texts in misspelt.items():
        name = is_name(word) and not known.capital_nouns
        places.setdefault(forms(word)[0], []).extend((text, name or other) for text, other in texts)
    for word, found in places.items():
        doubtful = any(doubt for _, doubt in found) or len(found) >= TERM
        message = Message("the dictionary does not know '{word}'", word=word)
        if len(found) > 1:
            message = Message(
                "the dictionary does not know '{word}', here and in {more} more places",
                word=word,
                more=len(found) - 1,
            )
        hint = Message(
            "correct it, or write '{word}: ' and the reason in {word_list}",
            word=word,
            word_list=known.word_list,
        )
        text, _ = found[0]
        place = text.at(max(text.value.find(word), 0))
        yield Problem(place, UNKNOWN if doubtful else MISSPELT, message, hint)


def _word_list(deck: Deck, seen: set[str], dictionary: SpellingDictionary) -> Iterator[Problem]:
    for word, reason in deck.word_list:
        if not reason:
            message = Message("'{word}' has no reason", word=word.value)
            hint = Message("write '{word}: ' and why", word=word.value)
            yield Problem(word.place, "word-reason", message, hint)
        elif word.value.casefold() not in seen or dictionary.knows(forms(word.value)):
            if dictionary.is_exhausted or dictionary.faults:
                continue  # what was not looked up may be needed
            message = Message(
                "'{word}' is not needed: no card has it, or the dictionary knows it",
                word=word.value,
            )
            fix = Fix(word.place, f"{word.value}: {reason}\n", "")
            yield Problem(word.place, "word-unneeded", message, Message("remove the line"), fix)


def _texts(deck: Deck, spelled: Sequence[str]) -> Iterator[tuple[Text, str, list[str]]]:
    """Yield each text of a deck with its language and its words."""
    code = deck.language.value
    parts = deck.guide.parts if deck.guide else ()
    points = [point.title for part in parts for point in part.points]
    for text in (deck.description, *(part.title for part in parts), *points):
        yield text, code, spelled_words(text.value)
    for note, lines in zip(deck.notes, spelled, strict=True):
        own_code = note.language.value if note.language else code
        for text, line in zip(note.texts().values(), lines.split("\n"), strict=True):
            yield text, own_code, line.split()


def _is_right(word: str, own: set[str], dictionary: SpellingDictionary | None) -> bool:
    known = forms(word)
    return (
        dictionary is None
        or any(form.casefold() in own for form in known)
        or dictionary.knows(known)
    )
