"""Rules for questions and answers; the thresholds were tried on the deck in `cards/`."""

import re
from collections.abc import Iterator

from deckwright.check._prose import count_words, strip_markdown, words_in, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote, Text
from deckwright.words.messages import Message

# Words that an explanation may have more than an answer, and a case more than a question.
MORE_FOR_EXPLANATION, MORE_FOR_CASE = 25, 15
_ANSWER, _QUESTION, _LIST = "answer-long", "question-long", "list-long"
# An item of a list within a sentence has no more words; a part of a sentence has.
_ITEM = 4
# Where a phone breaks a line: at a sign, and anywhere in a script without spaces.
_UNBROKEN = re.compile(r"[-.\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def answer_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for an answer or explanation with too many words."""
    most = known.limits[_ANSWER]
    if isinstance(note, QuestionNote):
        yield from _too_long(note.answer, Message("the answer"), most, _ANSWER)
    if note.explanation:
        most += MORE_FOR_EXPLANATION
        yield from _too_long(note.explanation, Message("the explanation"), most, _ANSWER)


def question_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question or case with too many words."""
    if isinstance(note, QuestionNote):
        most = known.limits[_QUESTION]
        yield from _too_long(note.question, Message("the question"), most, _QUESTION)
        if note.case:
            yield from _too_long(note.case, Message("the case"), most + MORE_FOR_CASE, _QUESTION)


def list_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each text with too many list items, and for such an answer.

    Nobody recalls an explanation: it may list as much as it needs.
    """
    most = known.limits[_LIST]
    for role, text in note.texts().items():
        if role == "explanation":
            continue
        count = len(re.findall(r"^[ \t]*(?:[-*•]|\d+[.)])\s", text.value, re.MULTILINE))
        if role == "answer" and count <= most:
            count = _listed(text.value, known)
        if count > most:
            message = Message("a list of {count} items under '{role}'", count=count, role=role)
            yield Problem(text.place, _LIST, message, Message("make a note of each item"))


def _listed(answer: str, known: Standard) -> int:
    """Return how many short items an answer lists on one line; 0 where it is no such list."""
    text = strip_markdown(answer).strip().rstrip(".")
    if "," not in text and ";" not in text:
        return 0
    sign = ";" if text.count(";") > 1 else ","
    *firsts, last = re.split(rf"{sign}\s+", text)
    # 'a, b and c'; what stands behind a semicolon may have an 'and' of its own.
    before, joins = "^" if sign == ";" else r"(?:^|\s)", "|".join(known.words.joins)
    parts = re.split(rf"{before}(?:{joins})\s+", last) if joins else [last]
    items = [words_in(part) for part in (*firsts, *parts) if part.strip()]
    opening = known.words.stop_words - known.words.articles_and_prepositions
    each_short = all(0 < len(i) <= _ITEM and i[0].casefold() not in opening for i in items)
    sentence = known.words.subjects | known.words.finite_verbs
    said = {word.casefold() for item in items for word in item}
    return len(items) if sign in text and each_short and not sentence & said else 0


def word_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each word with too many letters."""
    most = known.limits["word-long"]
    for text in note.texts().values():
        for word in words_of(text.value):
            if len(word) <= most or max(map(len, _UNBROKEN.split(word))) <= most:
                continue
            if word.isupper() or not any(map(str.isupper, word[1:])):  # else it is code
                place = text.at(max(text.value.find(word), 0))
                hint = Message("split it with a hyphen, or write it as two words")
                message = Message("'{word}' has {count} letters", word=word, count=len(word))
                yield Problem(place, "word-long", message, hint)


def _too_long(text: Text, what: Message, most: int, code: str) -> Iterator[Problem]:
    count = count_words(text.value)
    if count > most:
        message = Message(
            "{what} has {count} words; {most} is the most", what=what, count=count, most=most
        )
        hint = Message("make it shorter, or split it into two notes")
        yield Problem(text.place, code, message, hint)
