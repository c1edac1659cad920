"""When two words are hardly more than one: an inflection, or a part of a compound."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, product

_ENDING = re.compile(r"(?:[a-zà-ÿ]?(?:en|es|ed|ing|e|n|s|t|d|de|te)|['’]s?)?")
MIN_STEM, MOST_ENDING = 4, 3


def inflected(one: str, other: str) -> bool:
    """Return whether two words in lower case differ only in their endings."""
    if one == other:
        return True
    length = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    if length < MIN_STEM or one.isdecimal():
        return False
    return bool(_ENDING.fullmatch(one[length:]) and _ENDING.fullmatch(other[length:]))


def part_of(part: str, whole: str) -> bool:
    """Return whether a word, but for its ending, begins or ends a longer one."""
    return any(
        len(one) >= MIN_STEM and (other.startswith(one) or other.endswith(one))
        for one, other in product(_forms(part), _forms(whole))
    )


def made_of(whole: str, parts: Iterable[str]) -> bool:
    """Return whether a word is a compound of two of the parts, in their order or the other."""
    firsts = {form for part in parts for form in _forms(part) if whole.startswith(form)}
    for part in parts if firsts else ():
        for two in _forms(part):
            for one in firsts:
                between = whole[len(one) : len(whole) - len(two)]
                long_enough = len(one) >= MIN_STEM - 1 <= len(two) < len(whole) - len(one) + 1
                if long_enough and whole.endswith(two) and between in ("", "s", "e", "en"):
                    return True
    return False


def stands_in(phrase: list[str], text: list[str]) -> bool:
    """Return whether the words of a phrase stand in a text one after the other.

    A longer word counts that begins with one of the phrase and has up to three letters more.
    """
    windows = zip(*(text[start:] for start in range(len(phrase))), strict=False)
    return any(all(map(_gives_away, window, phrase)) for window in windows)


def in_same_order(one: list[str], other: list[str]) -> bool:
    """Return whether the words that two texts share come in the same order in both."""
    places = [other.index(word) for word in one if word in other]
    return all(before <= after for before, after in pairwise(places))


def _gives_away(shown: str, hidden: str) -> bool:
    if shown == hidden:
        return True
    return (
        len(hidden) >= MIN_STEM
        and shown.startswith(hidden)
        and len(shown) - len(hidden) <= MOST_ENDING
    )


@lru_cache(maxsize=10_000)  # the words of a deck come back again and again
def _forms(word: str) -> frozenset[str]:
    stem = re.sub(r"(?:['’]s|eren|eert|ing|en|er|es|ed|e|s|t|d|n)$", "", word)
    return frozenset({word, stem, re.sub(r"(.)\1$", r"\1", stem)})
