"""What is wrong in the cards, and where; and the list of all codes, with their levels.

Only the command line prints problems and ends with an exit code; every other module returns them.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from deckwright.words.messages import Message


class Level(StrEnum):
    """How serious a problem is: an error stops the build, a warning does not.

    A hint is a warning of a rule that is wrong too often to be believed: nobody sees it unasked.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Place(NamedTuple):
    """A place in a file; line and column count characters from 1, as editors do."""

    file: str
    line: int = 1
    col: int = 1


# Every code that deckwright can report. A code is an API, since `allow` names it: never rename one.
# Errors come first, then warnings.
_FOLDER = (
    "folder-unreadable",
    "deck-missing",
    "notes-missing",
    "file-unreadable",
    "file-unwritable",
    "file-outside",
    "file-large",
    "file-name",
    "files-changing",
    "deck-large",
    "deck-busy",
    "file-encoding",
    "file-character",
)
# YAML, and what YAML would lose in silence.
_YAML = (
    "yaml-syntax",
    "yaml-tab",
    "yaml-quotes",
    "yaml-comment",
    "yaml-block",
    "yaml-anchor",
    "yaml-tag",
    "yaml-depth",
    "key-repeated",
)
_STRUCTURE = (
    "key-unknown",
    "key-missing",
    "type-wrong",
    "value-empty",
    "value-unknown",
    "value-character",
    "value-large",
    "note-kind",
    "rule-unknown",
    "problems-many",
)
_NAMES = ("id-malformed", "id-repeated", "tag-malformed", "deck-name", "covers-unknown")
_CLOZES = (
    "cloze-missing",
    "cloze-syntax",
    "cloze-number",
    "cloze-gap",
    "cloze-empty",
    "cloze-nested",
    "cloze-hints",
    "cloze-occlusion",
    "cloze-split",
    "cloze-misplaced",
)
_TEXTS = ("html-not-allowed", "text-lost", "formula-runs", "formula-broken")
_MEDIA = (
    "media-missing",
    "media-outside",
    "media-unreadable",
    "media-kind",
    "media-case",
    "media-active",
    "media-large",
    "image-alt",
)
# The ledger, and what a learner would lose.
_LEDGER = (
    "lock-broken",
    "lock-conflict",
    "lock-version",
    "lock-key",
    "lock-edited",
    "lock-rewritten",
    "lock-time",
    "lock-old",
    "not-released",
    "first-release",
    "key-common",
    "kind-changed",
    "note-type-changed",
    "adopted-field",
    "note-gone",
    "id-changed",
    "was-taken",
    "retired-kept",
    "files-unread",
)
# The Anki that runs on this computer.
_DESKTOP = ("anki-missing", "anki-refused")
# Errors about one note, which its `allow` may permit: the author means what looks like a slip.
_DELIBERATE = ("meaning-changed", "ids-swapped", "cloze-changed")
# Warnings about one note, which its `allow` may permit.
_NOTE_WARNINGS = (
    "question-mark",
    "cloze-leak",
    "cloze-many",
    "cloze-long",
    "cloze-context",
    "answer-long",
    "question-long",
    "two-questions",
    "list-long",
    "yes-no",
    "vague-reference",
    "lacks-context",
    "several-answers",
    "answer-leak",
    "sibling-leak",
    "near-duplicate",
    "negation",
    "lines-joined",
    "marks-shown",
    "marks-hidden",
    "formula-unknown",
    "cloze-code",
)
# Of warnings about one note, those that are right about fewer than four in five real cards, or that
# nobody has measured on enough of them (see check/pages/figures.toml).
_NOTE_HINTS = ("cloze-trivial", "word-long")
_OTHER_HINTS = ("word-unknown",)
# Warnings about a word, a media file, the deck as a whole, or an allowance itself.
_OTHER_WARNINGS = (
    "spelling",
    "word-reason",
    "word-unneeded",
    "deck-moved",
    "since-base",
    "subdeck-order",
    "was-unneeded",
    "retired-unneeded",
    "retired-reason",
    "media-heavy",
    "media-unused",
    "cloze-share",
    "application-share",
    "coverage",
    "allow-unknown",
    "allow-reason",
    "allow-unneeded",
)
GROUPS: dict[str, tuple[str, ...]] = {
    "folder": _FOLDER,
    "yaml": _YAML,
    "structure": _STRUCTURE,
    "names": _NAMES,
    "clozes": _CLOZES,
    "texts": _TEXTS,
    "media": _MEDIA,
    "ledger": _LEDGER,
    "desktop": _DESKTOP,
    "deliberate": _DELIBERATE,
    "note": _NOTE_WARNINGS + _NOTE_HINTS,
    "other": _OTHER_WARNINGS + _OTHER_HINTS,
}
_WARNINGS = frozenset(_NOTE_WARNINGS + _OTHER_WARNINGS)
_LEVELS = dict.fromkeys(_WARNINGS, Level.WARNING) | dict.fromkeys(
    _NOTE_HINTS + _OTHER_HINTS, Level.HINT
)
LEVELS = {code: _LEVELS.get(code, Level.ERROR) for group in GROUPS.values() for code in group}
ALLOWABLE = frozenset(_NOTE_WARNINGS + _NOTE_HINTS + _DELIBERATE)


class Fix(NamedTuple):
    """What a program may write for an author: `new` where `old` stands on the line of a place."""

    place: Place
    old: str
    new: str


class Problem(NamedTuple):
    """One thing that is wrong: `message` says what is there, `hint` what to write instead.

    `fix` is how a program can do so without changing what a card says, None where only the author
    knows.
    """

    place: Place
    code: str
    message: Message
    hint: Message
    fix: Fix | None = None

    @property
    def level(self) -> Level:
        """The level of this problem's code; KeyError where LEVELS does not list the code."""
        return LEVELS[self.code]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place, each once."""
    return sorted(set(problems), key=lambda each: (each.place, each.code, each.message))


def errors(problems: list[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the `problems` that stop a build: the errors, and the warnings too if `strict`."""
    stopping = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return [problem for problem in problems if problem.level in stopping]


def without_hints(problems: list[Problem]) -> list[Problem]:
    """Return the `problems` that are shown unasked."""
    return [problem for problem in problems if problem.level is not Level.HINT]
