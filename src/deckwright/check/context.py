"""Rules for what a card leaves open: what it points to, and which of several answers is meant."""

import re
from collections.abc import Iterator

from deckwright.check._prose import (
    asking,
    content_words,
    pattern,
    shows_more,
    uncapitalised,
    unquoted,
    words_in,
)
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Note, QuestionNote, Text
from deckwright.words.messages import Message

_MOST_CONTENT = 2  # a question with more words that carry a meaning says what it is about
_SHOWN_BEHIND = re.compile(r":|[\"“„«‘]|(?<!\w)'")
_BLANK = re.compile(r"\s{3}")  # where a quotation stands: it says which one is meant
_NAMES = re.compile(r"[,:;\d(]|(?<=\w )[A-ZÀ-Þ]|\s{3}")


def vague_reference(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a pronoun where neither the question nor the card names a thing.

    A picture, a case, a theme, code or an earlier sentence may name it.
    """
    if not isinstance(note, QuestionNote) or _says_more(note, note.question):
        return
    offset, sentence = asking(note.question.value)
    asked = [word.casefold() for word in words_in(sentence)]
    if not set(asked[:1]) & known.words.question_words:
        return
    content = set(content_words(asked[1:], known.words)) - known.words.finite_verbs
    if len(content) > _MOST_CONTENT or _NAMES.search(sentence[1:]):
        return
    empty = pattern(known.words, "empty_subject")
    if empty and empty.search(sentence):
        return
    acts = pattern(known.words, "acts")
    verb = bool(acts and acts.search(uncapitalised(sentence)))
    for index, word in enumerate(asked):
        # 'Why did he': the word before a pronoun is a verb.
        between = asked[2 if verb or index == 2 else 1 : index]  # noqa: PLR2004
        if set(content_words(between, known.words)) - known.words.finite_verbs:
            return
        following = asked[index + 1] if index + 1 < len(asked) else None
        weak = word in known.words.weak_pronouns and (
            following is None or following in known.words.finite_verbs
        )
        if index and (word in known.words.pronouns or weak):
            message = Message("'{word}' points to nothing on this card", word=word)
            hint = Message("name the thing itself")
            yield Problem(note.question.at(offset), "vague-reference", message, hint)
            return


def lacks_context(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a card that speaks of a text, a method or a figure which it lacks."""
    text = note.cloze if isinstance(note, ClozeNote) else note.question
    if isinstance(note, QuestionNote) and note.case:
        return
    offset, sentence = asking(text.value)
    said = uncapitalised(sentence)
    for name in ("reported", "pointed", "shown", "announced"):
        expression = pattern(known.words, name)
        found = expression.search(said) if expression else None
        if not found or (name != "reported" and _says_more(note, text)):
            continue
        if name in ("shown", "announced") and "\n" in text.value.strip():
            continue
        if name == "announced" and (
            _SHOWN_BEHIND.search(text.value, offset + found.end()) or not _asks(sentence, known)
        ):
            continue
        if name == "pointed" and _NAMES.search(said[: found.start()]):
            continue
        message = Message(
            "'{words}' speaks of what is not on this card", words=" ".join(found[0].split())
        )
        hint = Message("name it: who learns this card has not just read the text")
        yield Problem(text.at(offset + found.start()), "lacks-context", message, hint)
        return


def _asks(sentence: str, known: Standard) -> bool:
    """Return whether a sentence asks or orders: one that does not leads to its answer."""
    orders = known.words.commands | known.words.closed_commands
    return "?" in sentence or any(word.casefold() in orders for word in words_in(sentence))


def several_answers(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that several answers fit ("What is a benefit of …")."""
    expression = pattern(known.words, "several")
    if not isinstance(note, QuestionNote) or not expression:
        return
    offset, sentence = asking(note.question.value)
    found = expression.search(uncapitalised(sentence))
    if found and not _BLANK.search(found[0]):
        message = Message(
            "'{words}' has more than one right answer", words=" ".join(found[0].split())
        )
        hint = Message("ask for the one that is meant: the first, the largest, that of one case")
        yield Problem(note.question.at(offset + found.start()), "several-answers", message, hint)


def _says_more(note: Note, text: Text) -> bool:
    """Return whether a card shows something before or beside the sentence that asks."""
    others = [note.theme, note.hint, note.case if isinstance(note, QuestionNote) else None]
    before = unquoted(text.value)[: asking(text.value)[0]]
    return any(others) or shows_more(text.value) or bool(words_in(before))
