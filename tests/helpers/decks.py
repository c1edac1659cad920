"""Decks of any size and of three kinds, the same on every computer with the same dictionary.

`short`: facts, as in most public decks. `long`: cases, as trainers write. `mixed`: half questions
with a list, bold and a link, half cloze, all of invented words, which takes a spelling check
longest. Real words are those of the Dutch dictionary, 2% invented names and jargon among them;
without a dictionary all are invented.
"""

import math
import random
import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from deckwright.check._dictionary import find_dictionary

NOTES_PER_FILE = 250
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou"]
_PLAIN_WORD = re.compile(r"^[a-z]{2,14}(?=[/\t\n])", re.MULTILINE)
_INVENTED = 50  # one word in so many
_EDITED = re.compile(r"((?:answer|explanation): \|\n +[^\n]*?)(?: Versie \d+)?\n")


def write(folder: Path, count: int, kind: str = "mixed") -> Path:
    """Write a deck of `count` notes of a kind into `folder`, 250 a file; returns the folder."""
    folder.mkdir(parents=True)
    settings = "name: Meting\nkey: meting\nlanguage: nl\ndescription: Om te meten.\n"
    (folder / "deck.yaml").write_text(settings, "utf-8")
    made = KINDS[kind]
    known = _known_words() if made.in_dictionary else ()
    dice = _Dice(round(made.vocabulary * math.sqrt(count / 10_000)), known)
    for number, first in enumerate(range(0, count, NOTES_PER_FILE), 1):
        last = min(first + NOTES_PER_FILE, count)
        notes = "\n".join(made.note(dice, index) for index in range(first, last))
        text = f"subdeck: Deel {number}\ntags: [meting::deel-{number}]\nnotes:\n{notes}"
        (folder / f"{number}-deel.yaml").write_text(text, "utf-8")
    return folder


def parts(folder: Path) -> list[Path]:
    """Return the files with the notes of a deck."""
    settings = ("deck.yaml", "guide.yaml")
    return sorted(file for file in folder.glob("*.yaml") if file.name not in settings)


def edit(folder: Path, version: int) -> str:
    """Change one text in the middle of a deck, as an author does between two builds.

    Returns what that text now ends with.
    """
    files = parts(folder)
    for file in files[len(files) // 2 :] + files:
        text = file.read_text("utf-8")
        changed, times = _EDITED.subn(rf"\1 Versie {version}\n", text, count=1)
        if times:
            file.write_text(changed, "utf-8")
            return f"Versie {version}"
    raise ValueError(f"no answer and no explanation in a block of its own: {folder}")


class _Dice:
    """Words by chance, the same each time.

    As in a language, a few stand everywhere and most hardly anywhere (Zipf's law), the short ones
    most often, and a deck of a hundred times the length has ten times the words (Heaps' law).
    """

    def __init__(self, many: int, known: tuple[str, ...]) -> None:
        self._random = random.Random(20_261_124)  # noqa: S311 - no secret
        self._asked: set[str] = set()
        lengths = (self._random.randint(2, 4) for _ in range(many))
        self._words = ["".join(self._random.choices(_SYLLABLES, k=length)) for length in lengths]
        if known:
            chosen = self._random.sample(known, min(many, len(known)))
            chosen.sort(key=lambda word: len(word) + self._random.uniform(0, 8))
            for rank in range(_INVENTED // 2, len(chosen), _INVENTED):
                chosen[rank] = self._words[rank]
            self._words = chosen
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def words(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def sentence(self) -> str:
        return f"{self.words(self.number(8, 16)).capitalize()}."

    def new_words(self, least: int, most: int) -> str:
        """Return words that were not asked before: nobody asks the same twice."""
        while (asked := self.words(self.number(least, most))) in self._asked:
            pass
        self._asked.add(asked)
        return asked


def _known_words() -> tuple[str, ...]:
    """Return the plain words of the Dutch dictionary, none where there is none."""
    found = find_dictionary("nl")
    if not found:
        return ()
    text = "".join(path.read_text("utf-8", "replace") for path in found.paths)
    return tuple(sorted(set(_PLAIN_WORD.findall(text))))


def _short(dice: _Dice, index: int) -> str:
    return _short_cloze(dice, index) if index % 6 == 5 else _fact(dice, index)


def _fact(dice: _Dice, index: int) -> str:
    return f"""\
  - id: n-{index}
    question: |
      Wat is {dice.new_words(3, 6)}?
    answer: |
      {dice.words(dice.number(1, 5)).capitalize()}
"""


def _short_cloze(dice: _Dice, index: int) -> str:
    return f"""\
  - id: n-{index}
    cloze: |
      De {dice.new_words(3, 5)} {{{{c1::{dice.words(1)}}}}} {dice.words(dice.number(1, 3))}.
"""


def _case(dice: _Dice, index: int) -> str:
    case = " ".join(dice.sentence() for _ in range(dice.number(5, 8)))
    items = "\n".join(f"      - **{dice.words(2)}** {dice.words(5)}" for _ in range(3))
    return f"""\
  - id: n-{index}
    kind: situatie
    theme: {dice.words(1)}
    tags: [meting::{dice.words(1)}]
    case: |
      {case}
    question: |
      Wat doe je eerst met {dice.new_words(6, 10)}?
    answer: |
      Je {dice.words(4)}:

{items}
    explanation: |
      {dice.sentence()} {dice.sentence()}
    source: "Deel {index % 5 + 1} · {dice.words(5)}"
"""


def _mixed(dice: _Dice, index: int) -> str:
    return _question(dice, index) if index % 2 == 0 else _cloze(dice, index)


def _question(dice: _Dice, index: int) -> str:
    return f"""\
  - id: n-{index}
    kind: waarom
    theme: {dice.words(1)}
    tags: [meting::{dice.words(1)}]
    question: |
      Waarom is {dice.words(9)}?
    answer: |
      De **{dice.words(2)}** van [{dice.words(1)}](https://example.org/{index}):

      - {dice.words(4)}
      - {dice.words(4)}
    explanation: |
      {dice.words(14).capitalize()}.
    source: "Deel {index % 5 + 1} · {dice.words(5)}"
"""


def _cloze(dice: _Dice, index: int) -> str:
    return f"""\
  - id: n-{index}
    theme: {dice.words(1)}
    tags: [meting::{dice.words(1)}]
    cloze: |
      De {dice.words(5)} {{{{c1::hya{dice.words(1)}}}}} *{dice.words(2)}*
      {{{{c2::hyb{dice.words(1)} {dice.words(1)}y::tip}}}} {dice.words(4)}.
    explanation: |
      {dice.words(14).capitalize()}.
    source: "Deel {index % 5 + 1} · {dice.words(5)}"
"""


class _Kind(NamedTuple):
    """How a note is made, and how many words 10,000 of them have: 30 times the root of all."""

    note: Callable[[_Dice, int], str]
    vocabulary: int
    in_dictionary: bool


KINDS = {
    "short": _Kind(_short, 9_000, in_dictionary=True),
    "long": _Kind(_case, 35_000, in_dictionary=True),
    "mixed": _Kind(_mixed, 4_000, in_dictionary=False),
}
