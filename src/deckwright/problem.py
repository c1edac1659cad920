"""What is wrong in the cards, and where."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a problem weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A place in a file; line and column count characters from 1, as editors do."""

    file: str
    line: int = 1
    col: int = 1


# Every code deckwright can report. A code is an API (allowances name it): never rename one.
LEVELS = {
    # the folder and its files
    "folder-unreadable": Level.ERROR,
    "deck-missing": Level.ERROR,
    "notes-missing": Level.ERROR,
    "file-unreadable": Level.ERROR,
    "file-unwritable": Level.ERROR,
    "file-outside": Level.ERROR,
    "file-large": Level.ERROR,
    "file-name": Level.ERROR,
    "files-changing": Level.ERROR,
    "deck-large": Level.ERROR,
    "deck-busy": Level.ERROR,
    "file-encoding": Level.ERROR,
    "file-bom": Level.ERROR,
    "file-crlf": Level.ERROR,
    "file-character": Level.ERROR,
    # YAML, and what YAML would lose in silence
    "yaml-syntax": Level.ERROR,
    "yaml-tab": Level.ERROR,
    "yaml-quotes": Level.ERROR,
    "yaml-comment": Level.ERROR,
    "yaml-block": Level.ERROR,
    "yaml-anchor": Level.ERROR,
    "yaml-tag": Level.ERROR,
    "yaml-depth": Level.ERROR,
    "key-repeated": Level.ERROR,
    # the form of a deck
    "key-unknown": Level.ERROR,
    "key-missing": Level.ERROR,
    "type-wrong": Level.ERROR,
    "value-empty": Level.ERROR,
    "value-unknown": Level.ERROR,
    "value-character": Level.ERROR,
    "value-large": Level.ERROR,
    "note-kind": Level.ERROR,
    # names
    "id-malformed": Level.ERROR,
    "id-repeated": Level.ERROR,
    "tag-malformed": Level.ERROR,
    "deck-name": Level.ERROR,
    "covers-unknown": Level.ERROR,
    # clozes
    "cloze-missing": Level.ERROR,
    "cloze-syntax": Level.ERROR,
    "cloze-number": Level.ERROR,
    "cloze-gap": Level.ERROR,
    "cloze-empty": Level.ERROR,
    "cloze-nested": Level.ERROR,
    "cloze-hints": Level.ERROR,
    "cloze-split": Level.ERROR,
    "cloze-misplaced": Level.ERROR,
    "cloze-leak": Level.ERROR,
    "cloze-many": Level.WARNING,
    "cloze-long": Level.WARNING,
    "cloze-trivial": Level.WARNING,
    "cloze-context": Level.WARNING,
    # questions and answers
    "question-mark": Level.ERROR,
    "answer-long": Level.WARNING,
    "question-long": Level.WARNING,
    "two-questions": Level.WARNING,
    "list-long": Level.WARNING,
    "yes-no": Level.WARNING,
    "vague-reference": Level.WARNING,
    "answer-leak": Level.WARNING,
    "near-duplicate": Level.WARNING,
    "negation": Level.WARNING,
    # text
    "html-not-allowed": Level.ERROR,
    "word-long": Level.WARNING,
    "spelling": Level.WARNING,
    "word-reason": Level.WARNING,
    "word-unneeded": Level.WARNING,
    # pictures and sounds
    "media-missing": Level.ERROR,
    "media-outside": Level.ERROR,
    "media-unreadable": Level.ERROR,
    "media-kind": Level.ERROR,
    "media-case": Level.ERROR,
    "media-active": Level.ERROR,
    "media-large": Level.ERROR,
    "media-heavy": Level.WARNING,
    "media-unused": Level.WARNING,
    "image-alt": Level.ERROR,
    # the deck as a whole
    "cloze-share": Level.WARNING,
    "application-share": Level.WARNING,
    "coverage": Level.WARNING,
    # allowances
    "allow-unknown": Level.WARNING,
    "allow-reason": Level.WARNING,
    "allow-unneeded": Level.WARNING,
    # the lock, and what a learner would lose
    "lock-broken": Level.ERROR,
    "lock-conflict": Level.ERROR,
    "lock-version": Level.ERROR,
    "lock-key": Level.ERROR,
    "lock-edited": Level.ERROR,
    "lock-time": Level.ERROR,
    "lock-stale": Level.ERROR,
    "kind-changed": Level.ERROR,
    "note-type-changed": Level.ERROR,
    "deck-moved": Level.ERROR,
    "id-reused": Level.ERROR,
    "cloze-changed": Level.ERROR,
}


class Problem(NamedTuple):
    """One thing that is wrong: `message` says what is there, `hint` what to write instead."""

    place: Place
    code: str
    message: str
    hint: str

    @property
    def level(self) -> Level:
        """The level of this problem's code; KeyError where LEVELS does not list the code."""
        return LEVELS[self.code]


def errors(problems: list[Problem], *, strict: bool = False) -> list[Problem]:
    """Return those of `problems` that stop a build; where `strict`, warnings do too."""
    return [problem for problem in problems if strict or problem.level is Level.ERROR]
