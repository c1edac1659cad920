"""What a deck holds its notes to: the words of its language, and its own limits (`rules`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deckwright.source.deck import Deck
from deckwright.words.language import Language, language

# The limits that a deck may set, each as it is without; a language may have others.
LIMITS = {
    "answer-long": 25,  # words; an explanation may have 25 more
    "question-long": 25,  # words; a case may have 15 more
    "list-long": 3,  # items
    "word-long": 24,  # letters
    "cloze-many": 3,  # gaps
    "cloze-long": 5,  # words
}
MOST = 10_000
# Rules of a deck by code: 'off', or a limit.
Rules = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """What the rules for a note measure by."""

    words: Language
    limits: Mapping[str, int] = field(default_factory=lambda: LIMITS)


def standard(code: str, rules: Rules = ()) -> Standard:
    """Return the standard for a language and the rules of a deck; what is wrong in them is left."""
    own = {name: int(value) for name, value in rules if name in LIMITS and is_limit(value)}
    words = language(code)
    return Standard(words, {**LIMITS, **words.limits, **own})


def rules_of(deck: Deck) -> Rules:
    """Return what a deck says of rules, without places."""
    return tuple((name.value, value.value if value else "") for name, value in deck.rules)


def is_limit(value: str) -> bool:
    """Return whether a text is a number that a limit can be."""
    return (
        value.isascii()
        and value.isdecimal()
        and len(value) <= len(str(MOST))
        and 1 <= int(value) <= MOST
    )
