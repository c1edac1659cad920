"""Rules for how a question is asked: what it asks twice, what yes answers, what is overlooked."""

import re
from collections.abc import Iterator
from itertools import pairwise

from deckwright.check._prose import (
    asking,
    pattern,
    plain,
    uncapitalised,
    unquoted,
    words_in,
)
from deckwright.check.standard import Standard
from deckwright.problem import Fix, Problem
from deckwright.source.deck import Note, QuestionNote
from deckwright.words.kinds import QuestionKind
from deckwright.words.messages import Message

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPLIT = Message("make it two notes")
_EMPHASIS = re.compile(r"(?:[*_]|<(?:b|strong|em|i|u|mark)>)$", re.IGNORECASE)
_WITHIN = re.compile(r"[/(]\s*$")
_ASKED_AGAIN = re.compile(r"\?+(?=\W|$)")


def two_questions(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a second question mark, and for a second question word behind 'and'.

    With a case, the second thing is the reason, name or effect of a choice: that is one thought.
    Who looks back (a reflection) tells one story.
    """
    if not isinstance(note, QuestionNote):
        return
    text = unquoted(note.question.value)
    marks = [found.start() for found in _ASKED_AGAIN.finditer(text)]
    marks += [] if note.case else _orders(text, known)
    if len(marks) > 1:
        place = note.question.at(marks[1])
        yield Problem(place, "two-questions", Message("the note asks twice"), _SPLIT)
        return
    offset, sentence = asking(note.question.value)
    second = pattern(known.words, "second")
    looks_back = note.kind is QuestionKind.REFLECTION
    found = second.search(uncapitalised(sentence)) if second and not looks_back else None
    if found and not note.case and not _only_adverbs(sentence, found, known):
        why = known.words.and_why in sentence.casefold()
        message = Message("'{and_why}' asks a second thing", and_why=found[0])
        hint = Message("ask only for the reason, or give the note a 'case'") if why else _SPLIT
        yield Problem(note.question.at(offset + found.start()), "two-questions", message, hint)


def _orders(text: str, known: Standard) -> list[int]:
    """Return where an order asks for more than a question before it: '… conductor? Name two.'."""
    more = pattern(known.words, "more")
    return [found.end() for found in more.finditer(text.lower())][:1] if more else []


def _only_adverbs(sentence: str, found: re.Match[str], known: Standard) -> bool:
    """Return whether 'and' joins two question words inside a sentence, or two relative ones."""
    before = [word.casefold() for word in words_in(sentence[: found.start()])]
    relative = words_in(found[0])[-1].casefold()
    joins = len(before) > 1 and before[-1] in known.words.question_words
    return joins or relative in before[2:]


def yes_no(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that yes or no answers, and for an answer that begins so.

    A question that lets choose ("a fish or a mammal?") or that asks why is answered otherwise.
    """
    if not isinstance(note, QuestionNote):
        return
    _, sentence = asking(note.question.value)
    asked = [word.casefold() for word in words_in(sentence)]
    hint = Message("ask what, why, how or when")
    said = _answers(note.answer.value, known) or _judges(note.answer.value, known)
    why = words_in(known.words.and_why)[-1:]
    invites = pattern(known.words, "invites")
    if (why and why[0] in asked) or (invites and invites.search(uncapitalised(sentence))):
        return
    lets_choose = known.words.either & {*asked}
    if said:
        message = Message("the answer begins with '{said}'", said=said)
        yield Problem(note.answer.place, "yes-no", message, hint)
    elif "?" in sentence and {*asked[:1]} & known.words.finite_verbs and not lets_choose:
        message = Message(
            "a question that begins with '{asked}' has yes or no for an answer",
            asked=words_in(sentence)[0],
        )
        yield Problem(note.question.place, "yes-no", message, hint)


def _answers(answer: str, known: Standard) -> str:
    """Return the yes or no that an answer begins with: 'No padding' begins with another no."""
    text = plain(answer).strip(" *_\"'")
    first = _WORD.match(text)
    if not first or first[0].casefold() not in known.words.yes_no:
        return ""
    after = text[first.end() :].lstrip("*_\"'")
    following = words_in(after)[:1]
    answers = not after.strip() or not after.startswith(" ") or after.strip()[0] in "(\u2013\u2014-"
    because = following and following[0].casefold() in known.words.because
    return first[0] if answers or because else ""


def _judges(answer: str, known: Standard) -> str:
    """Return the answer where it is nothing but 'true' or 'false'."""
    said = words_in(plain(answer))
    return said[0] if len(said) == 1 and said[0].casefold() in known.words.true_false else ""


def negation(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a negation that a question to choose by has, and that is not emphasised.

    Only the clause that asks counts, and only where it asks what, which, who or where: why
    something is not so, nobody misreads. What stands behind 'and' is asked both ways.
    """
    if not isinstance(note, QuestionNote):
        return
    text, (offset, sentence) = note.question.value, asking(note.question.value)
    none = pattern(known.words, "not_negated")
    spared = [each.span() for each in none.finditer(sentence)] if none else []
    for before, found in pairwise(_clause(sentence, known)):
        at, word = found.start(), found[0].casefold().replace("’", "'")
        negates = word in known.words.negations and not found[0].isupper()
        of_a_thing = (
            before[0].casefold() in known.words.articles_and_prepositions | known.words.joins
            or sentence[found.end() : found.end() + 1] == "-"
            or bool(_WITHIN.search(sentence[:at]))
            or any(start <= at < end for start, end in spared)
        )
        if negates and not of_a_thing and not _EMPHASIS.search(text[: offset + at]):
            message = Message("'{found}' is easily missed", found=found[0])
            hint = Message("write **{found}**", found=found[0])
            place = note.question.at(offset + at)
            fix = Fix(place, found[0], f"**{found[0]}**")
            yield Problem(place, "negation", message, hint, fix)


def _clause(sentence: str, known: Standard) -> list[re.Match[str]]:
    """Return the words of the clause that asks to choose, and two before it ('All except which').

    It begins with a question word that no other word comes before in its clause, and ends at the
    next one: 'the war where nobody fought', 'grasp what cannot be known'.
    """
    words = list(_WORD.finditer(sentence))
    said = [found[0].casefold() for found in words]
    asks = known.words.question_words - _reasons(known)
    ends = known.words.question_words | known.words.subordinates
    first = 0
    for index, word in enumerate(said):
        sign = sentence[words[index - 1].end() : words[index].start()].strip() if index else ""
        relative = sign == "," and "?" not in sentence
        if (sign and not relative) or said[index - 1] in known.words.negations:
            first = index
        if word in asks and known.words.articles_and_prepositions.issuperset(said[first:index]):
            more = range(index + 1, len(words))
            end = next((i for i in more if said[i] in ends), len(words))
            return words[max(index - 2, 0) : end]
    return []


def _reasons(known: Standard) -> set[str]:
    return {*words_in(known.words.and_why), *known.words.reasons}
