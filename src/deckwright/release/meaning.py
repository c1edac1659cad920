"""Whether a note still asks what learners learnt by it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from deckwright.cards import cloze
from deckwright.cards.note_types import CLOZE
from deckwright.release.html_text import likeness, plain
from deckwright.words.language import language, languages

# Of the 2,675 pairs of notes of one kind in the deck of this repository, 99% share less than 0.21
# of the words that carry a meaning, the closest pair 0.37; a rewording in its history shares 0.88.
SHARED = 0.25
REWORDED = 0.8  # a question or an answer this alike is that question or answer
COPIED = 0.85  # two notes this alike are one note
SAME_PLACE = 0.5  # of what stands around a gap
_AROUND = 3  # words on each side of a gap
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A gap whose number belonged to another place: `home` is the number of that place."""

    number: str
    home: str


def same_meaning(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Return whether a note asks the same as before, in whatever words; both are HTML by role.

    It does where its question, its answer or its cloze text is much the same, or where enough of
    the words that carry a meaning are.
    """
    texts = [_texts(kind, fields) for fields in (before, after)]
    words, others = (_meaningful(" ".join(each)) for each in texts)
    if 2 * len(words & others) >= SHARED * (len(words) + len(others)):
        return True
    return any(likeness(*both) >= REWORDED for both in zip(*texts, strict=True))


def copied(kind: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two notes have the same text, but for a word."""
    if kind == CLOZE:
        return likeness(_opened(one["cloze"]), _opened(other["cloze"])) >= COPIED
    both = [plain(f"{fields['question']} {fields.get('answer', '')}") for fields in (one, other)]
    return likeness(both[0], both[1]) >= COPIED


def identical(kind: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return what is equal for two notes that ask the same in the same words."""
    if kind == CLOZE:
        return kind, _opened(fields["cloze"]).casefold()
    return kind, plain(f"{fields['question']} {fields.get('answer', '')}").casefold()


def renumbered(before: str, after: str) -> list[Renumbered]:
    """Return the gaps of `after` whose number stood elsewhere in `before`; both are cloze HTML.

    A gap is known by what stands around it, not by what it hides: a corrected answer is not a swap.
    """
    old, new = _surroundings(before), _surroundings(after)
    found = []
    for number, around in new.items():
        if number in old and around != old[number]:
            scores = {home: _alike(around, was) for home, was in old.items()}
            home = max(scores, key=scores.__getitem__)
            if home != number and scores[home] >= SAME_PLACE and scores[home] > scores[number]:
                found.append(Renumbered(number, home))
    return found


def moved_gaps(before: str, after: str) -> list[str]:
    """Return the numbers of gaps that now hide something else at another place of the text."""
    old, new = _surroundings(before), _surroundings(after)
    hid, hides = cloze.hidden(before), cloze.hidden(after)
    return [
        number
        for number in new
        if number in old
        and _alike(new[number], old[number]) < SAME_PLACE
        and likeness(plain(hides[number]), plain(hid[number])) < SAME_PLACE
    ]


def _texts(kind: str, fields: Mapping[str, str]) -> list[str]:
    """Return what a note asks and answers, as plain texts."""
    if kind == CLOZE:
        return [_opened(fields.get("cloze", ""))]
    asked = plain(f"{fields.get('case', '')} {fields.get('question', '')}")
    return [asked, plain(fields.get("answer", ""))]


def _meaningful(text: str) -> set[str]:
    """Return the words of a text that carry a meaning, in lower case."""
    words = set(_WORD.findall(text.casefold()))
    return {word for word in words - _stop_words() if len(word) > 1}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset().union(*(language(code).stop_words for code in languages()))


def _opened(text: str) -> str:
    """Return a cloze text with its gaps opened, as plain text."""
    return plain(cloze.replace_gaps(text, shown=lambda gap: gap.hidden))


@lru_cache(maxsize=100)  # two guards ask for the same text in turn
def _surroundings(text: str) -> dict[str, tuple[str, str]]:
    """Return the words around the gaps of each number, in lower case, the other gaps opened."""
    found = {}
    for number in dict.fromkeys(gap.number for gap in cloze.gaps(text)):
        before, _, after = plain(_with_gap(text, number)).partition("\0")
        after = after.rpartition("\0")[2]  # of several gaps of one number, around all of them
        sides = before.casefold().split()[-_AROUND:], after.casefold().split()[:_AROUND]
        found[str(number)] = (" ".join(sides[0]), " ".join(sides[1]))
    return found


def _alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    before, after = zip(one, other, strict=True)
    return (
        Levenshtein.normalized_similarity(*before) + Levenshtein.normalized_similarity(*after)
    ) / 2


def _with_gap(text: str, number: int) -> str:
    return cloze.replace_gaps(
        text, shown=lambda gap: " \0 " if gap.number == number else gap.hidden
    )
