"""Which card a message quotes or describes: by the words that few other cards have."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz, process

_WORD = re.compile(r"[^\W_]+")
# Letters of a word in which a slip is forgiven, and per cent that must be left of it.
_LONG, _ALIKE = 6, 84
_FEW = 0.05  # of the cards have a word that tells which one is meant; two may always
# A card is meant that has so many telling words of a message, or threes side by side; in sum so
# much of what a word counts that stands nowhere else; and so many times what the next card has.
_WORDS, _THREES, _ENOUGH, _AHEAD = 3, 2, 3.0, 1.7


class Wording:
    """The words of some cards, and each two and three side by side; `plain` ones tell nothing."""

    def __init__(self, texts: Sequence[str], plain: Collection[str]) -> None:
        cards: dict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            for term in _terms(_words(text)):
                cards[term].add(number)
        most = max(2, round(_FEW * len(texts)))
        self._plain = plain
        self._cards = {term: found for term, found in cards.items() if len(found) <= most}
        self._known = {term for term in cards if " " not in term}
        self._long = [term for term in self._known if len(term) >= _LONG]
        self._own = math.log(len(texts) + 1)  # what a word counts that one card has

    def scores(self, text: str) -> list[tuple[int, float]]:
        """Return the cards that share telling words with a text, and how much, the likeliest first.

        0 for a card that shares too few.
        """
        found: dict[int, float] = defaultdict(float)
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for term in _terms([self._meant(word) for word in _words(text)]):
            for card in () if term in self._plain else self._cards.get(term, ()):
                found[card] += 1 - math.log(len(self._cards[term])) / self._own
                counts[card][term.count(" ")] += 1
        enough = {
            card
            for card, each in counts.items()
            if each[0] >= _WORDS or (each[0] and each[2] >= _THREES)
        }
        scores = ((card, found[card] if card in enough else 0.0) for card in found)
        return sorted(scores, key=lambda each: (-each[1], -found[each[0]], each[0]))

    def _meant(self, word: str) -> str:
        if len(word) < _LONG or word in self._known:
            return word
        near = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return near[0] if near else word


def meant(scores: list[tuple[int, float]]) -> int | None:
    """Return the card that is meant, None where that is not sure."""
    (best, most), (_, next_most) = [*scores, (0, 0.0), (0, 0.0)][:2]
    return best if most >= _ENOUGH and most >= _AHEAD * next_most else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _terms(words: list[str]) -> set[str]:
    """Return the words, each two and each three side by side."""
    runs = (zip(*(words[start:] for start in range(many)), strict=False) for many in (1, 2, 3))
    return {" ".join(run) for each in runs for run in each}
