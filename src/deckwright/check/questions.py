"""Rules for questions and answers; the thresholds were tried on the deck in `cards/`."""

import re
from collections.abc import Iterator

from deckwright.check._prose import content_words, strip_markdown, words_of
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote, Text
from deckwright.words.language import Language

MAX_ANSWER, MAX_EXPLANATION, MAX_QUESTION, MAX_CASE = 25, 45, 25, 40
MAX_ITEMS = 3
MAX_LETTERS = 24
LEAK = 0.75
_OPENING = 2  # 'Waarom helpt …': no pronoun can point to the first two words


def question_mark(note: Note, _known: Language) -> Iterator[Problem]:
    """Yield a problem for a question that does not end in a question mark."""
    if isinstance(note, QuestionNote):
        text = strip_markdown(note.question.value).rstrip(" \n\"'”’)»")
        if not text.endswith("?"):
            message = f"the question ends in '{text[-12:]}'"
            yield Problem(note.question.place, "question-mark", message, "end it with '?'")


def answer_long(note: Note, _known: Language) -> Iterator[Problem]:
    """Yield a problem for an answer or explanation with too many words."""
    if isinstance(note, QuestionNote):
        yield from _too_long(note.answer, "the answer", MAX_ANSWER, "answer-long")
    if note.explanation:
        yield from _too_long(note.explanation, "the explanation", MAX_EXPLANATION, "answer-long")


def question_long(note: Note, _known: Language) -> Iterator[Problem]:
    """Yield a problem for a question or case with too many words."""
    if isinstance(note, QuestionNote):
        yield from _too_long(note.question, "the question", MAX_QUESTION, "question-long")
        if note.case:
            yield from _too_long(note.case, "the case", MAX_CASE, "question-long")


def two_questions(note: Note, known: Language) -> Iterator[Problem]:
    """Yield a problem for a second question mark, and for "and why" without a case."""
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    if text.count("?") > 1:
        place = note.question.at(text.index("?", text.index("?") + 1))
        yield Problem(place, "two-questions", "the note asks twice", "make it two notes")
    elif note.case is None and known.and_why in strip_markdown(text).casefold():
        message = f"'{known.and_why}' asks a second thing"
        hint = "ask only for the reason, or give the note a 'case'"
        yield Problem(note.question.place, "two-questions", message, hint)


def list_long(note: Note, _known: Language) -> Iterator[Problem]:
    """Yield a problem for each text with more than MAX_ITEMS list items."""
    for role, text in note.texts().items():
        items = re.findall(r"^[ \t]*(?:[-+*]|\d+[.)])\s", text.value, re.MULTILINE)
        if len(items) > MAX_ITEMS:
            message = f"a list of {len(items)} items under '{role}'"
            yield Problem(text.place, "list-long", message, "make a note of each item")


def yes_no(note: Note, known: Language) -> Iterator[Problem]:
    """Yield a problem for a question that begins, or an answer that answers, as yes or no do."""
    if not isinstance(note, QuestionNote):
        return
    asked, said = words_of(note.question.value), words_of(note.answer.value)
    if asked and asked[0].casefold() in known.finite_verbs:
        message = f"a question that begins with '{asked[0]}' has yes or no for an answer"
        yield Problem(note.question.place, "yes-no", message, "ask what, why, how or when")
    elif said and said[0].casefold() in known.yes_no:
        message = f"the answer begins with '{said[0]}'"
        yield Problem(note.answer.place, "yes-no", message, "ask what, why, how or when")


def vague_reference(note: Note, known: Language) -> Iterator[Problem]:
    """Yield a problem for a pronoun before which the card named nothing."""
    if not isinstance(note, QuestionNote) or note.case:
        return
    asked = [word.casefold() for word in words_of(note.question.value)]
    for index, word in enumerate(asked):
        if content_words(asked[_OPENING:index], known):
            return
        following = asked[index + 1] if index + 1 < len(asked) else None
        weak = word in known.weak_pronouns and (
            following is None or following in known.finite_verbs
        )
        if word in known.pronouns or weak:
            message = f"'{word}' points to nothing on this card"
            yield Problem(note.question.place, "vague-reference", message, "name the thing itself")
            return


def answer_leak(note: Note, known: Language) -> Iterator[Problem]:
    """Yield a problem for a question that holds most of its answer's words.

    At half of them, it also warned about good cards that ask about the words themselves.
    """
    if isinstance(note, QuestionNote):
        said = set(content_words(words_of(note.answer.value), known))
        asked = set(content_words(words_of(note.question.value), known))
        if said and len(said & asked) / len(said) >= LEAK:
            message = f"the question already says: {', '.join(sorted(said & asked))}"
            yield Problem(note.question.place, "answer-leak", message, "ask without those words")


def negation(note: Note, known: Language) -> Iterator[Problem]:
    """Yield a problem for each negation in a question that is not bold."""
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    for found in re.finditer(r"[^\W\d_]+", text):
        if found[0].casefold() in known.negations and text[: found.start()][-1:] not in ("*", "_"):
            message = f"'{found[0]}' is easily missed"
            place = note.question.at(found.start())
            yield Problem(place, "negation", message, f"write **{found[0]}**")


def word_long(note: Note, _known: Language) -> Iterator[Problem]:
    """Yield a problem for each word with more than MAX_LETTERS letters."""
    for text in note.texts().values():
        for word in words_of(text.value):
            if len(word) > MAX_LETTERS < max(map(len, re.split(r"[-.]", word))):
                place = text.at(max(text.value.find(word), 0))
                hint = "split it with a hyphen, or write it as two words"
                yield Problem(place, "word-long", f"'{word}' has {len(word)} letters", hint)


def _too_long(text: Text, what: str, most: int, code: str) -> Iterator[Problem]:
    count = len(words_of(text.value))
    if count > most:
        message = f"{what} has {count} words; {most} is the most"
        yield Problem(text.place, code, message, "make it shorter, or split it into two notes")
