"""The rule that a question looks like one."""

import re
from collections.abc import Iterator

from deckwright.cards.code_and_formulas import prose
from deckwright.check._prose import pattern, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote
from deckwright.words.messages import Message

# A question mark of any script, or what leaves a sentence open.
_ASKS = tuple("?\uff1f\u061f\u037e\u055e\u2e2e…:\uff1a")
_BEHIND = re.compile(
    r"(?:\s|[\"'”’)»*_~=.]|\([^()]*\)|!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|<[^>]*>)+$"
)
_TERM = 5  # words of a term at most


def question_mark(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that does not end in a question mark.

    A term, a picture, a formula or an unfinished sentence needs none.
    """
    if not isinstance(note, QuestionNote):
        return
    asked = _BEHIND.sub("", prose(note.question.value))
    words = [word.casefold() for word in words_of(asked)]
    if asked.endswith(_ASKS) or _is_statement(note, known):
        return
    orders = {*words[:1]} & known.words.commands
    closed = {*words[:1]} & known.words.closed_commands or ":" in asked
    gives = pattern(known.words, "gives")
    closed = closed or (gives and gives.match(asked.casefold()))
    sentence = known.words.finite_verbs | known.words.question_words | known.words.subjects
    is_term = len(words) <= _TERM and not sentence & {*words}
    if not closed and (orders or not is_term):
        message = Message("the question ends in '{asked}'", asked=asked[-12:])
        yield Problem(note.question.place, "question-mark", message, Message("end it with '?'"))


def _is_statement(note: QuestionNote, known: Standard) -> bool:
    """Return whether the answer only says whether it is true."""
    said = words_of(note.answer.value)
    return len(said) == 1 and said[0].casefold() in known.words.true_false
