"""Which words of a deck are right: those of its dictionary, and its own."""

from deckwright.check._dictionary import SpellingDictionary
from deckwright.check._spelled_words import forms
from deckwright.words.messages import Message, Tell

_TOLD = 500  # words after which somebody who waits is told


class Speller:
    """Tells which words of a language are right; each is looked up once.

    `known` says of each word that was asked whether it is right, in their order; `right` are those
    that are.
    """

    def __init__(self, own: set[str], dictionary: SpellingDictionary | None, tell: Tell) -> None:
        """Take the deck's own words in lower case; without a dictionary, all words are right."""
        self.known: dict[str, bool] = {}
        self.right: set[str] = set()
        self._own, self._dictionary, self._tell = own, dictionary, tell

    def is_right(self, word: str) -> bool:
        """Return whether a word of `spelled_words` is right."""
        if word not in self.known:
            found = forms(word)
            own = not self._own.isdisjoint(map(str.casefold, found))
            right = self._dictionary is None or own or self._dictionary.knows(found)
            self.known[word] = right
            if right:
                self.right.add(word)
            if len(self.known) % _TOLD == 0:
                self._tell(Message("{count:,} words looked up", count=len(self.known)))
        return self.known[word]
