"""The rule that every word is in a dictionary."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from deckwright.check._dictionary import (
    MOST_WORDS,
    SpellingDictionary,
    find_dictionary,
    own_folder,
)
from deckwright.check._slips import NearWords
from deckwright.check._spelled_words import BEGINS, forms, is_name, spelled_words
from deckwright.check._speller import Speller
from deckwright.check.note_words import NoteWords
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
# Debian's packages, where their names are not the codes.
_DEBIAN = {"en": "en-us", "de": "de-de", "pt": "pt-pt"}


class _Unknown(NamedTuple):
    """A word that no dictionary knows, where it stands; the text may be in another language."""

    text: Text
    code: str
    word: str
    is_foreign: bool


def words_to_spell(note: Note) -> str:
    """Return the words of a note, for `spelling`: a line for each text."""
    return "\n".join(" ".join(spelled_words(text.value)) for text in note.texts().values())


def check_spelling(
    deck: Deck, spelled: Sequence[NoteWords], tell: Tell = nobody
) -> tuple[list[Problem], list[Message]]:
    """Return what is misspelt, and remarks about this computer: whether it has a dictionary.

    `spelled` belongs to `deck.notes`. A note in another
    language than the deck's is left alone where there is no dictionary for it.
    """
    code = deck.language.value
    others = {note.language.value for note in deck.notes if note.language}
    dictionaries = {each: find_dictionary(each) for each in {code, *others}}
    known = {each: found for each, found in dictionaries.items() if found}
    files = [str(path) for dictionary in known.values() for path in dictionary.paths]
    if files:
        tell(Message("look up words in the dictionary: {files}", files=files))
    english = None if code.startswith("en") else find_dictionary("en")
    problems = at_most(spelling(deck, spelled, known, english, tell))
    for dictionary in [*known.values(), *filter(None, [english])]:
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
    spelled: Sequence[NoteWords],
    dictionaries: Mapping[str, SpellingDictionary],
    english: SpellingDictionary | None = None,
    tell: Tell = nobody,
) -> Iterator[Problem]:
    """Yield a problem for each word that neither the dictionary nor the word list knows.

    What the `english` one knows is no slip in another language either: it is a loan.
    """
    own = {word.value.casefold() for word, _ in deck.word_list}
    spellers: dict[str, Speller] = {}
    unknown: dict[str, list[_Unknown]] = {}
    for code, lines, source in _lines(deck, spelled):
        if code not in spellers:
            spellers[code] = Speller(own, dictionaries.get(code), tell)
        words = lines.split()
        if not spellers[code].right.issuperset(words):
            for text, word, foreign in _wrong_words(lines, source, spellers[code]):
                found = unknown.setdefault(forms(word)[0], [])
                found.append(_Unknown(text, code, word, foreign))
    of_deck = NearWords(_right_words(spellers) if unknown else (), of_a_deck=True)
    for found in unknown.values():
        first = found[0]
        slip_of = ""
        if not _is_doubtful(found, english):
            dictionary = dictionaries[first.code]
            slip_of = dictionary.near(forms(first.word)) or of_deck.near(forms(first.word)[0])
            if _names_another(first, slip_of):
                slip_of = ""
        yield _problem(found, slip_of, language(deck.language.value))
    if deck.word_list and (main := dictionaries.get(deck.language.value)):
        seen = (word for speller in spellers.values() for word in speller.right)
        yield from _word_list(deck, {f.casefold() for word in seen for f in forms(word)}, main)


def _lines(
    deck: Deck, spelled: Sequence[NoteWords]
) -> Iterator[tuple[str, str, tuple[Text, ...] | Note]]:
    """Yield each text outside notes, and each note: its language, a line of words for each text."""
    code = deck.language.value
    parts = deck.guide.parts if deck.guide else ()
    points = [point.title for part in parts for point in part.points]
    for text in (deck.description, *(part.title for part in parts), *points):
        yield code, " ".join(spelled_words(text.value)), (text,)
    for note, said in zip(deck.notes, spelled, strict=True):
        yield note.language.value if note.language else code, said.spelled, note


def _wrong_words(
    lines: str, source: tuple[Text, ...] | Note, speller: Speller
) -> Iterator[tuple[Text, str, bool]]:
    """Yield each wrong word with its text, and whether that is in another language."""
    texts = source if isinstance(source, tuple) else source.texts().values()
    for text, line in zip(texts, lines.split("\n"), strict=True):
        words = line.split()
        asked = (word for word in words if word not in speller.right)  # few, after some notes
        wrong = [word for word in asked if not speller.is_right(word)]
        foreign = 1 < len(wrong) >= FOREIGN * len(words)
        yield from ((text, word, foreign) for word in wrong)


def _right_words(spellers: Mapping[str, Speller]) -> Iterator[str]:
    for code, speller in spellers.items():
        yield from (_uncapitalised(word, code) for word, right in speller.known.items() if right)


def _is_doubtful(found: Sequence[_Unknown], english: SpellingDictionary | None) -> bool:
    """Return whether an unknown word is probably right, whatever is near it.

    It stands in a text in another language, is a name, comes again and again, or is English.
    """
    if len(found) >= TERM:
        return True
    return any(
        each.is_foreign
        or (is_name(each.word) and not language(each.code).capital_nouns)
        or (english is not None and english.knows(forms(each.word)))
        for each in found
    )


def _uncapitalised(word: str, code: str) -> str:
    """Return a word as it stands in a sentence; what begins one may be a noun in German."""
    bare = forms(word)[0]
    begins = word.startswith(BEGINS) and not language(code).capital_nouns
    return bare.lower() if begins else bare


def _names_another(unknown: _Unknown, near: str) -> bool:
    """Return whether two words are names: what begins a sentence may be one, too."""
    names = near[:1].isupper() and forms(unknown.word)[0][:1].isupper()
    return names and not language(unknown.code).capital_nouns


def _problem(found: Sequence[_Unknown], slip_of: str, known: Language) -> Problem:
    """Return the problem of an unknown word: a warning where it is a slip of another."""
    text, _, word, _ = found[0]
    bare, more = forms(word)[0], len(found) - 1
    message = Message("the dictionary does not know '{word}'", word=bare)
    if slip_of and more:
        message = Message(
            "the dictionary knows '{near}', but not '{word}', here and in {more} more places",
            near=slip_of,
            word=bare,
            more=more,
        )
    elif slip_of:
        message = Message(
            "the dictionary knows '{near}', but not '{word}'", near=slip_of, word=bare
        )
    elif more:
        message = Message(
            "the dictionary does not know '{word}', here and in {more} more places",
            word=bare,
            more=more,
        )
    hint = Message(
        "correct it, or write '{word}: ' and the reason in {word_list}",
        word=bare,
        word_list=known.word_list,
    )
    place = text.at(max(text.value.find(bare), 0))
    return Problem(place, MISSPELT if slip_of else UNKNOWN, message, hint)


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
