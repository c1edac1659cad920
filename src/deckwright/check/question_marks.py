"""The rule that a question asks for one thing, and looks like a question."""

import re
from collections.abc import Iterator
from itertools import takewhile

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
_KING = re.compile(r"\b([A-ZÀ-Þ]\w+) I\b")  # 'Alexander I' is no 'I'
_TERM = 5  # words of a term at most, if a full stop ends it
_STOPS = re.compile(r"(?<![A-Z])\.[\s*_)\"'”’»]*$")


def question_mark(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question without its mark, and for an order that leaves all open.

    A term, a picture, a formula, an unfinished sentence, a statement that the answer judges, and an
    order for one thing or for so many ("Translate: …", "Name the four …") need none.
    """
    if not isinstance(note, QuestionNote):
        return
    text = unquoted(note.question.value)
    offset, sentence = asking(note.question.value)
    words = [word.casefold() for word in words_in(_KING.sub(r"\1", sentence))]
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
    elif _is_sentence(words, known) or (len(words) > _TERM and _STOPS.search(sentence)):
        message = Message("the question ends in '{asked}'", asked=" ".join(sentence.split())[-12:])
        yield Problem(place, "question-mark", message, Message("end it with '?'"))


def _is_sentence(words: list[str], known: Standard) -> bool:
    """Return whether words are more than a term, however long: a main clause has a verb or subject.

    "Grounds on which they build" has them only in a clause behind it; two verbs at the end are that
    of the clause and that of the sentence ("De stad waar dat staat is").
    """
    asks, verbs = known.words.question_words, known.words.finite_verbs
    first = next((w for w in words if w not in known.words.articles_and_prepositions), "")
    main = takewhile(lambda word: word not in asks | known.words.subordinates, words)
    signs = {*main} & (verbs | known.words.subjects)
    return first in asks or bool(signs) or {*words[-2:]} <= verbs


def _judged(note: QuestionNote, known: Standard) -> bool:
    """Return whether the answer only says whether the statement before it is true."""
    said = words_of(note.answer.value)
    return len(said) == 1 and said[0].casefold() in known.words.true_false
