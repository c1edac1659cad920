"""Which known word an unknown one is a slip of, by one letter."""

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

_VOWELS = frozenset("aeiouyáàâäéèêëíìîïóòôöúùûü")
# Letters that a word has at least, by what is wrong in it: of so long ones, few are as near as that
# by chance. Those of one deck may be shorter, as there are fewer.
_OF_ALL = {"swapped": 5, "doubled": 6, "missed": 9, "vowel": 9}
_OF_A_DECK = {"swapped": 5, "doubled": 5, "missed": 5, "vowel": 6, "other": 6}


class NearWords:
    """Words by their first letter and length: slips keep the first letter, and change one more."""

    def __init__(self, words: Iterable[str], *, of_a_deck: bool = False) -> None:
        """Take the words that are right; those of one deck may be nearer to a slip."""
        self._least = _OF_A_DECK if of_a_deck else _OF_ALL
        # The words, and each in lower case.
        self._words: dict[tuple[str, int], tuple[list[str], list[str]]]
        self._words = defaultdict(lambda: ([], []))
        for word in filter(None, words):
            known, lowered = self._words[word[0].casefold(), len(word)]
            known.append(word)
            lowered.append(word.casefold())

    def near(self, word: str) -> str:
        """Return the word that an unknown one is a slip of, "" where it is probably right."""
        lower, length = word.casefold(), len(word)
        for size in (length, length + 1, length - 1):
            known, lowered = self._words.get((lower[:1], size), ([], []))
            close = process.extract(lower, lowered, scorer=OSA.distance, score_cutoff=1, limit=None)
            for index in sorted(index for _, _, index in close):
                if self._is_slip(word, lower, known[index]):
                    return known[index]
        return ""

    def _is_slip(self, word: str, lower: str, right: str) -> bool:
        other = right.casefold()
        if lower == other:  # a name without its capital; the same word is a part of compounds alone
            return len(word) >= self._least["swapped"] and word.islower() and word != right
        return len(word) >= self._least.get(_what_is_wrong(lower, other), len(word) + 1)


def _what_is_wrong(word: str, right: str) -> str:
    """Return how a word differs from one that is a letter off; "" for another ending or sign."""
    if sorted(word) == sorted(right):
        return "swapped"
    shorter, longer = sorted((word, right), key=len)
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), -1)
    letter = longer[at]
    if len(word) == len(right):
        letters = word[at].isalpha() and right[at].isalpha()
        if at == len(word) - 1 or not letters or normalize("NFD", word[at])[0] == right[at]:
            return ""  # an accent may be stress, as in 'buíten'
        return "vowel" if {word[at], right[at]} <= _VOWELS else "other"
    if letter == longer[at - 1]:
        return "doubled"
    return "missed" if at >= 0 and letter.isalpha() else ""
