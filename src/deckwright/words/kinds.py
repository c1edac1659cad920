"""Values that an author chooses from, each by its English and its Dutch name.

An author may write either name, whatever the language of the deck.
"""

from enum import StrEnum
from functools import cache
from typing import Self


class _NamedInTwoLanguages(StrEnum):
    """A kind whose value is its English name; `dutch` is the Dutch one."""

    dutch: str

    def __new__(cls, english: str, dutch: str) -> Self:
        kind = str.__new__(cls, english)
        kind._value_ = english
        kind.dutch = dutch
        return kind

    @property
    def names(self) -> str:
        """Both names for messages, such as 'if-then (als-dan)'; one where they are the same."""
        return self.value if self.value == self.dutch else f"{self.value} ({self.dutch})"

    @classmethod
    @cache  # asked for each note
    def by_name(cls) -> dict[str, Self]:
        """Return the kinds by every name that an author may write."""
        return {name: kind for kind in cls for name in (kind.value, kind.dutch)}


class QuestionKind(_NamedInTwoLanguages):
    """What a question asks for (`kind` on a note)."""

    DEFINITION = "definition", "definitie"
    CONTRAST = "contrast", "contrast"
    WHY = "why", "waarom"
    SITUATION = "situation", "situatie"
    WHEN = "when", "wanneer"
    DILEMMA = "dilemma", "dilemma"
    IF_THEN = "if-then", "als-dan"
    REFLECTION = "reflection", "reflectie"


class Switch(_NamedInTwoLanguages):
    """Whether something is so (`reverse` on a note or a file)."""

    ON = "true", "ja"
    OFF = "false", "nee"


class PointKind(_NamedInTwoLanguages):
    """What a point of the guide is (`kind` on a point in guide.yaml)."""

    PRINCIPLE = "principle", "principe"
    DILEMMA = "dilemma", "dilemma"
    TIP = "tip", "tip"
    FACT = "fact", "feit"
    REFLECTION = "reflection", "reflectie"
