"""A text as nothing but its letters, so that hyphens, spaces and ends of lines do not count."""

import re
import unicodedata
from dataclasses import dataclass

_LETTERS = re.compile(r"[a-z0-9]+")
SLACK = 3  # letters that a likeness may begin or end beside the word that is meant


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "".join(_LETTERS.findall(plain))


@dataclass(frozen=True)
class Letters:
    """The letters of a text: `at` says where each of them stands in the text.

    `starts` and `ends` are the places, between two of the letters, where words begin and end.
    """

    text: str
    stream: str
    at: tuple[int, ...]
    starts: frozenset[int]
    ends: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "Letters":
        """Return the letters of a text."""
        stream: list[str] = []
        at: list[int] = []
        starts, ends, inside = set(), set(), False
        for place, character in enumerate(text):
            found = letters(character)
            if found and not inside:
                starts.add(len(stream))
            elif inside and not found and not unicodedata.combining(character):
                ends.add(len(stream))
            inside = bool(found) or (inside and bool(unicodedata.combining(character)))
            stream += found
            at += [place] * len(found)
        ends.add(len(stream))
        return cls(text, "".join(stream), tuple(at), frozenset(starts), frozenset(ends))

    def whole(self, word: str) -> list[tuple[int, int]]:
        """Return where just these letters stand as whole words."""
        found, at = [], self.stream.find(word)
        while at >= 0:
            if at in self.starts and at + len(word) in self.ends:
                found.append((at, at + len(word)))
            at = self.stream.find(word, at + 1)
        return found

    def words_at(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of whole words that begin and end about there."""
        begins = [n for n in range(start - SLACK, start + SLACK + 1) if n in self.starts]
        stops = [n for n in range(end - SLACK, end + SLACK + 1) if n in self.ends]
        return [(begin, stop) for begin in begins for stop in stops if begin < stop]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of letters begins and ends in the text."""
        return self.at[start], self.at[end - 1] + 1
