"""Which words of a deck are right: those of its dictionary, and its own."""

from deckwright.check._dictionary import SpellingDictionary
from deckwright.check._spelled_words import forms
from deckwright.words.messages import Message, Tell

_TOLD = 500  # words after which somebody who waits is told


class Speller:
    """Tells which words of a language are right; each is looked up once."""

    def __init__(self, own: set[str], dictionary: SpellingDictionary | None, tell: Tell) -> None:
        """Take the deck's own words in lower case; without a dictionary, all words are right."""
        self.right: set[str] = set()
        self.wrong: set[str] = set()
        self._own, self._dictionary, self._tell = own, dictionary, tell

    def is_right(self, word: str) -> bool:
        """Return whether a word of `spelled_words` is right."""
        if word in self.right or word in self.wrong:
            return word in self.right
        known = forms(word)
        own = not self._own.isdisjoint(map(str.casefold, known))
        right = self._dictionary is None or own or self._dictionary.knows(known)
        (self.right if right else self.wrong).add(word)
        if (count := len(self.right) + len(self.wrong)) % _TOLD == 0:
            self._tell(Message("{count:,} words looked up", count=count))
        return right
