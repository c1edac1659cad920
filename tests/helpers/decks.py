"""Decks of any size, the same on every computer, with notes as long as those of the real deck.

Half of them questions with a list, bold and a link, half of them cloze.
"""

import math
import random
import re
from itertools import accumulate
from pathlib import Path

NOTES_PER_FILE = 250
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou"]
_VOCABULARY = 4_000  # words in a deck of 10,000 notes


def write(folder: Path, count: int) -> Path:
    """Write a deck of `count` notes into `folder`, 250 a file; returns the folder."""
    folder.mkdir(parents=True)
    settings = "name: Meting\nkey: meting\nlanguage: nl\ndescription: Om te meten.\n"
    (folder / "deck.yaml").write_text(settings, "utf-8")
    dice = _Dice(count)
    for number, first in enumerate(range(0, count, NOTES_PER_FILE), 1):
        last = min(first + NOTES_PER_FILE, count)
        notes = "\n".join(_note(dice, index) for index in range(first, last))
        text = f"subdeck: Deel {number}\ntags: [meting::deel-{number}]\nnotes:\n{notes}"
        (folder / f"{number}-deel.yaml").write_text(text, "utf-8")
    return folder


def edit(folder: Path, version: int) -> None:
    """Change one text in the middle of a deck, as an author does between two builds."""
    files = sorted(folder.glob("*-deel.yaml"))
    file = files[len(files) // 2]
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"( Versie \d+)?\.\n", f" Versie {version}.\n", text, count=1), "utf-8")


class _Dice:
    """Words by chance, the same each time.

    As in a language, a few stand everywhere and most hardly anywhere (Zipf's law), and a deck of a
    hundred times the length has ten times the words (Heaps' law).
    """

    def __init__(self, count: int) -> None:
        self._random = random.Random(20_261_124)  # noqa: S311 - no secret
        many = round(_VOCABULARY * math.sqrt(count / 10_000))
        lengths = (self._random.randint(2, 4) for _ in range(many))
        self._words = ["".join(self._random.choices(_SYLLABLES, k=length)) for length in lengths]
        self._weights = list(accumulate(1 / rank for rank in range(1, many + 1)))

    def words(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))


def _note(dice: _Dice, index: int) -> str:
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
