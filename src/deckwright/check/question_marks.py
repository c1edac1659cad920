"""The rule that a question asks for one thing, and looks like a question."""

import re
from collections.abc import Iterator

from deckwright.check._prose import asking, pattern, uncapitalised, unquoted, words_in, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote
from deckwright.words.messages import Message

# A question mark of any script, and what leaves a sentence open.
_ASKS = re.compile("[?\uff1f\u061f\u037e\u055e\u2e2e]")
_OPEN = re.compile(
    r"(?:…|\.\.\.|[:\uff1a])[\s*_)\"'”’»]*$|_{2,}|^[\s*_]*(?:…|\.\.\.)"
    r"|\w\s*(?:…|\.\.\.)\s*\w"
)
_TERM = 5  # words of a term at most


def question_mark(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question without its mark, and for an order that leaves all open.

    A term, a picture, a formula, an unfinished sentence, a statement that the answer judges, and an
    order for one thing or for so many ("Translate: …", "Name the four …") need none.
    """
    if not isinstance(note, QuestionNote):
        return
    text = unquoted(note.question.value)
    offset, sentence = asking(note.question.value)
    words = [word.casefold() for word in words_in(sentence)]
    if _ASKS.search(text) or _OPEN.search(text) or not words or _judged(note, known):
        return
    place = note.question.at(offset)
    if words[0] in known.words.closed_commands or ":" in text:
        return
    if words[0] in known.words.commands:
        closed = pattern(known.words, "closed")
        if not (closed and closed.search(uncapitalised(sentence))):
            message = Message(
                "'{order}' leaves open how much is enough", order=words_in(sentence)[0]
            )
            hint = Message("ask for the one thing that you want to hear")
            yield Problem(place, "question-mark", message, hint)
    elif len(words) > _TERM or {*words} & _signs_of_a_sentence(known):
        message = Message("the question ends in '{asked}'", asked=" ".join(sentence.split())[-12:])
        yield Problem(place, "question-mark", message, Message("end it with '?'"))


def _signs_of_a_sentence(known: Standard) -> frozenset[str]:
    return known.words.finite_verbs | known.words.question_words | known.words.subjects


def _judged(note: QuestionNote, known: Standard) -> bool:
    """Return whether the answer only says whether the statement before it is true."""
    said = words_of(note.answer.value)
    return len(said) == 1 and said[0].casefold() in known.words.true_false
