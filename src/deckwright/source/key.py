"""One key of a YAML file: what stands under it, and how much of it."""

from enum import StrEnum
from typing import NamedTuple

from deckwright.words.kinds import PointKind, QuestionKind, Switch
from deckwright.words.messages import Message

# Ten times as long as a phone shows; the time that Markdown takes grows with the square of the
# number of its marks. Python reads no number of more than 4,300 digits, as in &#1…;.
MAX_LENGTH, MAX_MARKS = 4_000, 200
# Characters of a name, and things of a list: Anki has them again for each note.
MAX_NAME, MAX_ITEMS = 200, 100
MARKS = "[<{*_`"
Choices = type[QuestionKind] | type[PointKind] | type[Switch]


class Holds(StrEnum):
    """What stands under a key."""

    PROSE = "a text"
    NAME = "a name"
    ID = "an id"
    NAMES = "names"
    LANGUAGE = "a language"
    REPORT = "where one reports"
    CHOICE = "a choice"
    PAIRS = "pairs"
    ITEMS = "items"


class Key(NamedTuple):
    """One key. `about` says what it is for.

    `most` is how many characters a text, or things a group, may have; None for what is usual.
    `choices` are the values of a choice, `of` the keys of each item. `others` are the words that
    other tools, or Dutch authors, have for it; `example` is one of its pairs.
    """

    name: str
    holds: Holds
    about: Message
    required: bool = False
    most: int | None = None
    choices: Choices | None = None
    of: "Keys" = ()
    others: str = ""
    example: Message | None = None

    @property
    def limit(self) -> int:
        """How many characters a text, or things a group, may have."""
        if self.most:
            return self.most
        many = self.holds in (Holds.NAMES, Holds.PAIRS)
        return MAX_ITEMS if many else MAX_LENGTH if self.holds is Holds.PROSE else MAX_NAME


Keys = tuple[Key, ...]


def named(keys: Keys, name: str) -> Key:
    """Return the key of this name."""
    return next(key for key in keys if key.name == name)
