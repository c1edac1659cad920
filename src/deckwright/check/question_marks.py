"""The rule that a question looks like one."""

import re
from collections.abc import Iterator

from deckwright.cards.code_and_formulas import prose
from deckwright.check._prose import words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote
from deckwright.words.messages import Message

# A question mark of any script, or what leaves a sentence open.
_ASKS = tuple("?\uff1f\u061f\u037e\u055e\u2e2e…:\uff1a")
_BEHIND = re.compile(
    r"(?:\s|[\"'”’)»*_~=.]|\([^()]*\)|!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|<[^>]*>)+$"
)
_END = 500  # characters; the time that _BEHIND takes grows with their square
_TERM = 2  # words without a verb


def question_mark(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that does not end in a question mark.

    A term, a picture, a formula or an unfinished sentence needs none.
    """
    if not isinstance(note, QuestionNote):
        return
    asked = prose(note.question.value).rstrip()
    asked = asked[:-_END] + _BEHIND.sub("", asked[-_END:])
    words = [word.casefold() for word in words_of(asked)]
    verb = known.words.finite_verbs & {*words}
    article = words[:1] and words[0] in known.words.articles_and_prepositions
    is_term = not verb and len(words) <= _TERM + bool(article)
    if not is_term and not asked.endswith(_ASKS):
        message = Message("the question ends in '{asked}'", asked=asked[-12:])
        yield Problem(note.question.place, "question-mark", message, Message("end it with '?'"))
