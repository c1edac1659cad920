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
    elif _is_sentence(words, known, stops=bool(_STOPS.search(sentence))):
        message = Message("the question ends in '{asked}'", asked=" ".join(sentence.split())[-12:])
        yield Problem(place, "question-mark", message, Message("end it with '?'"))


def _is_sentence(words: list[str], known: Standard, *, stops: bool) -> bool:
    """Return whether words are more than a term, however long: "Grounds on which they build".

    A sentence begins as a question does, or with a subject, or ends in its verb, which may stand
    behind that of a clause ("De stad waar dat staat is"); or the author ends it with a full stop.
    """
    asks, verbs = known.words.question_words, known.words.finite_verbs
    stops = stops and bool(len(words) > _TERM or {*words} & (verbs | known.words.subjects))
    first = next((w for w in words if w not in known.words.articles_and_prepositions), "")
    # 'is' and the like: other verbs are nouns, too ('free will').
    ends = words[-1] in verbs & known.words.light
    in_a_clause = bool({*words} & (asks | known.words.subordinates)) and words[-2:][0] not in verbs
    begins = first in asks or words[0] in verbs | known.words.subjects
    return begins or stops or (ends and not in_a_clause)


def _judged(note: QuestionNote, known: Standard) -> bool:
    """Return whether the answer only says whether the statement before it is true."""
    said = words_of(note.answer.value)
    return len(said) == 1 and said[0].casefold() in known.words.true_false
