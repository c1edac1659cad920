"""All rules: what runs over a note, and what over a deck."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from deckwright.check import (
    asking,
    clozes,
    context,
    coverage,
    duplicates,
    leaks,
    names,
    question_marks,
    questions,
    shares,
    spelling,
)
from deckwright.check.note_words import NoteWords
from deckwright.check.own_rules import rule_unknown
from deckwright.check.standard import Rules, Standard, standard
from deckwright.problem import Problem
from deckwright.source.deck import Deck, Note
from deckwright.source.text_files import at_most
from deckwright.words.language import language

DeckRule = Callable[[Deck], Iterator[Problem]]
WordRule = Callable[[Deck, Sequence[NoteWords]], Iterator[Problem]]
NoteRule = Callable[[Note, Standard], Iterator[Problem]]

DECK_RULES: tuple[DeckRule, ...] = (
    names.id_malformed,
    names.id_repeated,
    names.tag_malformed,
    names.deck_name,
    names.subdeck_order,
    names.covers_unknown,
    rule_unknown,
    shares.cloze_share,
    shares.application_share,
    coverage.coverage,
)

WORD_RULES: tuple[WordRule, ...] = (leaks.sibling_leak, duplicates.near_duplicate)

NOTE_RULES: tuple[NoteRule, ...] = (
    clozes.cloze_faults,
    clozes.cloze_misplaced,
    clozes.cloze_code,
    question_marks.question_mark,
    questions.answer_long,
    questions.question_long,
    asking.two_questions,
    questions.list_long,
    asking.yes_no,
    context.vague_reference,
    context.lacks_context,
    context.several_answers,
    leaks.answer_leak,
    asking.negation,
    questions.word_long,
    clozes.cloze_leak,
    clozes.cloze_many,
    clozes.cloze_long,
    clozes.cloze_trivial,
    clozes.cloze_context,
)

# What these find may be because a file or a note could not be read.
_NEED_ALL_NOTES = (shares.cloze_share, shares.application_share, coverage.coverage)

# The code of a rule is its name, but these rules have several. Some faults of clozes are found
# earlier: where Markdown is read.
_SEVERAL = {
    "cloze-faults": (
        "cloze-missing",
        "cloze-syntax",
        "cloze-number",
        "cloze-empty",
        "cloze-nested",
        "cloze-hints",
        "cloze-occlusion",
        "cloze-split",
    ),
    "spelling": ("spelling", "word-unknown", "word-reason", "word-unneeded"),
}

_RULES: tuple[Callable[..., Iterator[Problem]], ...]
_RULES = (*DECK_RULES, *WORD_RULES, *NOTE_RULES, spelling.spelling)
_NAMES = [rule.__name__.replace("_", "-") for rule in _RULES]

# What is asked of a card, in the order of the README; the last are found where Markdown is read.
CARD_CODES = (
    *(code for name in _NAMES for code in _SEVERAL.get(name, (name,))),
    "text-lost",
    "lines-joined",
    "marks-shown",
    "marks-hidden",
    "formula-runs",
    "formula-broken",
    "formula-unknown",
)


def check_deck(
    deck: Deck, words: Sequence[NoteWords], unread: Sequence[Problem] = ()
) -> list[Problem]:
    """Return what the rules for a whole deck find in it, unsorted.

    `words` belongs to `deck.notes`: what `note_words` says of each. `unread` are the errors met in
    reading: what may follow from them is not reported.
    """
    rules = [rule for rule in DECK_RULES if not unread or rule not in _NEED_ALL_NOTES]
    if any(Path(problem.place.file).name == "guide.yaml" for problem in unread):
        rules.remove(names.covers_unknown)
    found = [problem for rule in rules for problem in at_most(rule(deck))]
    return found + [problem for rule in WORD_RULES for problem in at_most(rule(deck, words))]


def check_note(note: Note, code: str, rules: Rules = ()) -> list[Problem]:
    """Return what the rules for a note find in it, unsorted.

    `code` is the deck's language, `rules` what the deck says of rules; a note may have a language
    of its own.
    """
    known = standard(note.language.value if note.language else code, rules)
    return [problem for rule in NOTE_RULES for problem in rule(note, known)]


def note_words(note: Note, code: str) -> NoteWords:
    """Return what the rules for a deck need of a note; `code` is the deck's language."""
    own = language(note.language.value if note.language else code)
    return NoteWords(
        compared=duplicates.compared_words(note, language(code)),
        front=leaks.front_words(note),
        asked=tuple(leaks.asked_answers(note, own)),
        spelled=spelling.words_to_spell(note),
    )
