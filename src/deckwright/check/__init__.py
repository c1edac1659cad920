"""Is it a good deck? Each rule yields problems, and its docstring is its manual."""

import inspect
from collections.abc import Callable, Iterator, Sequence

from deckwright.check import clozes, form, questions, spelling, whole
from deckwright.language import Language, language
from deckwright.notes import Deck, Note
from deckwright.problem import Problem

DeckRule = Callable[[Deck], Iterator[Problem]]
NoteRule = Callable[[Note, Language], Iterator[Problem]]

DECK_RULES: tuple[DeckRule, ...] = (
    form.id_malformed,
    form.id_repeated,
    form.tag_malformed,
    form.deck_name,
    form.covers_unknown,
    whole.cloze_share,
    whole.application_share,
    whole.coverage,
)

NOTE_RULES: tuple[NoteRule, ...] = (
    form.cloze_faults,
    form.cloze_misplaced,
    questions.question_mark,
    questions.answer_long,
    questions.question_long,
    questions.two_questions,
    questions.list_long,
    questions.yes_no,
    questions.vague_reference,
    questions.answer_leak,
    questions.negation,
    questions.word_long,
    clozes.cloze_leak,
    clozes.cloze_many,
    clozes.cloze_long,
    clozes.cloze_trivial,
    clozes.cloze_context,
)

# A rule's code is its name, but for these.
_SEVERAL = {
    "cloze-faults": form.CLOZE_CODES,
    "spelling": ("spelling", "word-reason", "word-unneeded"),
}

# What `deckwright rule CODE` prints: the manual of a code is the docstring of its rule.
_RULES: tuple[Callable[..., Iterator[Problem]], ...]
_RULES = (*DECK_RULES, whole.near_duplicate, *NOTE_RULES, spelling.spelling)
_NAMES = {rule.__name__.replace("_", "-"): rule for rule in _RULES}
MANUALS = {code: rule for name, rule in _NAMES.items() for code in _SEVERAL.get(name, (name,))}


def check_deck(deck: Deck, gists: Sequence[str]) -> list[Problem]:
    """Return what the rules for a whole deck find in it, unsorted.

    `gists` belongs to `deck.notes`: what `whole.gist` says of each.
    """
    found = [problem for rule in DECK_RULES for problem in rule(deck)]
    return [*found, *whole.near_duplicate(deck, gists)]


def check_note(note: Note, code: str) -> list[Problem]:
    """Return what the rules for a note find in it, unsorted; `code` is the deck's language."""
    known = language(code)
    return [problem for rule in NOTE_RULES for problem in rule(note, known)]


def manual(code: str) -> str:
    """Return what a rule asks, why, and a bad and a good card; KeyError for an unknown code."""
    return inspect.getdoc(MANUALS[code]) or ""
