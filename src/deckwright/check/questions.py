"""Rules for questions and answers; the thresholds were tried on the deck in `cards/`."""

import re
from collections.abc import Iterator

from deckwright.check._prose import content_words, strip_markdown, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Fix, Problem
from deckwright.source.deck import Note, QuestionNote, Text
from deckwright.words.messages import Message

# Words that an explanation may have more than an answer, and a case more than a question.
MORE_FOR_EXPLANATION, MORE_FOR_CASE = 20, 15
LEAK = 0.75
_ANSWER, _QUESTION = "answer-long", "question-long"
# Where a phone breaks a line: at a sign, and anywhere in a script without spaces.
_UNBROKEN = re.compile(r"[-.\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_OPENING = 2  # 'Waarom helpt …': no pronoun can point to the first two words


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


def two_questions(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a second question mark, and for "and why" without a case."""
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    if text.count("?") > 1:
        place = note.question.at(text.index("?", text.index("?") + 1))
        hint = Message("make it two notes")
        message = Message("the note asks twice")
        yield Problem(place, "two-questions", message, hint)
    elif note.case is None and known.words.and_why in strip_markdown(text).casefold():
        message = Message("'{and_why}' asks a second thing", and_why=known.words.and_why)
        hint = Message("ask only for the reason, or give the note a 'case'")
        yield Problem(note.question.place, "two-questions", message, hint)


def list_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each text with too many list items."""
    for role, text in note.texts().items():
        items = re.findall(r"^[ \t]*(?:[-+*]|\d+[.)])\s", text.value, re.MULTILINE)
        if len(items) > known.limits["list-long"]:
            message = Message("a list of {count} items under '{role}'", count=len(items), role=role)
            yield Problem(text.place, "list-long", message, Message("make a note of each item"))


def yes_no(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that begins, or an answer that answers, as yes or no do."""
    if not isinstance(note, QuestionNote):
        return
    asked, said = words_of(note.question.value), words_of(note.answer.value)
    if asked and asked[0].casefold() in known.words.finite_verbs:
        message = Message(
            "a question that begins with '{asked}' has yes or no for an answer", asked=asked[0]
        )
        yield Problem(note.question.place, "yes-no", message, Message("ask what, why, how or when"))
    elif said and said[0].casefold() in known.words.yes_no:
        message = Message("the answer begins with '{said}'", said=said[0])
        yield Problem(note.answer.place, "yes-no", message, Message("ask what, why, how or when"))


def vague_reference(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a pronoun before which the card named nothing."""
    if not isinstance(note, QuestionNote) or note.case:
        return
    asked = [word.casefold() for word in words_of(note.question.value)]
    for index, word in enumerate(asked):
        if content_words(asked[_OPENING:index], known.words):
            return
        following = asked[index + 1] if index + 1 < len(asked) else None
        weak = word in known.words.weak_pronouns and (
            following is None or following in known.words.finite_verbs
        )
        if word in known.words.pronouns or weak:
            message = Message("'{word}' points to nothing on this card", word=word)
            hint = Message("name the thing itself")
            yield Problem(note.question.place, "vague-reference", message, hint)
            return


def answer_leak(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that holds most of its answer's words.

    At half of them, it also warned about good cards that ask about the words themselves.
    """
    if isinstance(note, QuestionNote):
        said = set(content_words(words_of(note.answer.value), known.words))
        asked = set(content_words(words_of(note.question.value), known.words))
        if said and len(said & asked) / len(said) >= LEAK:
            message = Message(
                "the question already says: {words}", words=", ".join(sorted(said & asked))
            )
            hint = Message("ask without those words")
            yield Problem(note.question.place, "answer-leak", message, hint)


def negation(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each negation in a question that is not bold."""
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    for found in re.finditer(r"[^\W\d_]+", text):
        if found[0].casefold() in known.words.negations and text[: found.start()][-1:] not in (
            "*",
            "_",
        ):
            message = Message("'{found}' is easily missed", found=found[0])
            place = note.question.at(found.start())
            hint = Message("write **{found}**", found=found[0])
            fix = Fix(place, found[0], f"**{found[0]}**")
            yield Problem(place, "negation", message, hint, fix)


def word_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each word with too many letters."""
    most = known.limits["word-long"]
    for text in note.texts().values():
        for word in words_of(text.value):
            if len(word) > most < max(map(len, _UNBROKEN.split(word))):
                place = text.at(max(text.value.find(word), 0))
                hint = Message("split it with a hyphen, or write it as two words")
                message = Message("'{word}' has {count} letters", word=word, count=len(word))
                yield Problem(place, "word-long", message, hint)


def _too_long(text: Text, what: Message, most: int, code: str) -> Iterator[Problem]:
    count = len(words_of(text.value))
    if count > most:
        message = Message(
            "{what} has {count} words; {most} is the most", what=what, count=count, most=most
        )
        hint = Message("make it shorter, or split it into two notes")
        yield Problem(text.place, code, message, hint)
