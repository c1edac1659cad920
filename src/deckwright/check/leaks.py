"""Rules for answers that stand on a front: that of their own card, or of one that comes soon."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from deckwright.cards import typed_gaps
from deckwright.check._likeness import MIN_STEM, inflected, made_of, part_of, stands_in
from deckwright.check._prose import (
    asking,
    content_words,
    looks_calculated,
    shows_more,
    strip_markdown,
    telling_words,
    unquoted,
    without_gaps,
    words_in,
    words_of,
)
from deckwright.check.standard import Standard, standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Note, QuestionNote, Text
from deckwright.words.messages import Message

LEAK = 0.75
MIN_TELLING = 0.25  # of an answer's words: with fewer, the small words are the answer
YEAR = 4  # digits
NEAR = 20  # new cards of one day, unless a learner changes it
MOST_WORDS, MIN_LETTERS, MIN_SHARED = 4, 4, 2
_MOST_LETTERS = 100  # of an answer of so few words
_MOST_GAPS = 20  # of a text: one with more has other faults
SAME = 0.75  # of the words that ask for an answer, as many stand beside it


class _Asked(NamedTuple):
    """An answer that a card asks for, and the words that ask for it."""

    note: Note
    text: Text
    answer: tuple[str, ...]
    asks: frozenset[str]


def answer_leak(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a question that holds most of its answer's words.

    At half of them, it also warned about good cards that ask about the words themselves. A question
    that lets choose, or that quotes a word, must hold them; one that calculates has its numbers and
    variables from the question.
    """
    if not isinstance(note, QuestionNote) or shows_more(note.answer.value):
        return
    _, sentence = asking(note.question.value)
    asked = words_in(sentence)
    lower = {word.casefold() for word in asked}
    words = words_of(note.answer.value)
    denied = known.words.negations & {word.casefold() for word in words} - lower
    if known.words.either & lower or "/" in sentence or denied or "?" not in sentence:
        return
    says_yes = {word.casefold() for word in words[:1]} & known.words.yes_no
    if says_yes or looks_calculated(note.answer.value):
        return
    telling = {*telling_words(words, known.words)}
    said = telling - known.words.vague_words
    if len(telling) < MIN_TELLING * len(words) or LEAK * len(said) > len(asked):
        return
    shared = {word for word in said if _is_said(word, asked, known)}
    if any(map(_tells_alone, shared)) and len(shared) >= LEAK * len(said):
        message = Message("the question already says: {words}", words=", ".join(sorted(shared)))
        hint = Message("ask without those words")
        yield Problem(note.question.place, "answer-leak", message, hint)


def _tells_alone(word: str) -> bool:
    """Return whether a word is no letter or small number, as every sum has; a year tells."""
    return len(word) >= YEAR if word.isdecimal() else len(word) > 1


def _is_said(word: str, asked: list[str], known: Standard) -> bool:
    """Return whether a question has a word, or one made of it; a name is no such compound."""
    lower = [other.casefold() for other in asked]
    if word.isdecimal() or len(word) == 1:
        return word in lower
    telling = content_words(lower, known.words)
    plain_words = content_words((w for w in asked if w[0].islower()), known.words)
    return (
        any(inflected(word, other) for other in telling)
        or any(part_of(word, other) for other in plain_words)
        or made_of(word, telling)
    )


def sibling_leak(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each card whose answer the front of a card of the same day gives away."""
    known = {code: standard(code) for code in {_code(note, deck) for note in deck.notes}}
    asked: dict[str, list[tuple[int, _Asked]]] = defaultdict(list)
    fronts: list[tuple[int, Note, list[str]]] = []
    for index, note in enumerate(deck.notes):
        words = known[_code(note, deck)]
        for each in _asked(note, words):
            asked[each.answer[0]].append((index, each))
        fronts.append((index, note, _front(note)))
    told = set()
    for index, note, front in fronts:
        stems: dict[str, set[str]] = defaultdict(set)
        for word in front:
            stems[word[:MIN_STEM]].add(word)
        for word in dict.fromkeys(front):
            for other, each in _near(asked.get(word, []), index):
                if other != index and each.text not in told and _tells(front, stems, each):
                    told.add(each.text)
                    yield _problem(each, note)


def _near(found: list[tuple[int, _Asked]], index: int) -> list[tuple[int, _Asked]]:
    """Return those of a list, sorted by the index of their note, that come on the same day."""
    first = bisect_left(found, index - NEAR + 1, key=itemgetter(0))
    return found[first : bisect_left(found, index + NEAR, key=itemgetter(0))]


def _tells(front: list[str], stems: Mapping[str, set[str]], each: _Asked) -> bool:
    """Return whether a front asks much the same, and says the answer.

    `stems` are its words by how they begin: two that differ in their endings begin alike.
    """
    alike = (
        any(inflected(word, other) for other in stems.get(word[:MIN_STEM], ()))
        for word in each.asks
    )
    enough = max(MIN_SHARED, SAME * len(each.asks))
    return stands_in(list(each.answer), front) and sum(alike) >= enough


def _problem(each: _Asked, note: Note) -> Problem:
    message = Message(
        "the front of '{id}' says the answer: {answer}",
        id=note.id.value,
        answer=" ".join(each.answer),
    )
    hint = Message(
        "put them further apart, or say less there ({file}:{line})",
        file=note.id.place.file,
        line=note.id.place.line,
    )
    return Problem(each.text.place, "sibling-leak", message, hint)


def _asked(note: Note, known: Standard) -> Iterator[_Asked]:
    """Yield the short answers of a note."""
    if isinstance(note, QuestionNote):
        pairs = [(note.answer.value, note.question.value)]
    else:
        cloze = note.cloze.value
        gaps = typed_gaps.gaps(cloze)[:_MOST_GAPS]
        pairs = [(gap.hidden, without_gaps(cloze, gap.number)) for gap in gaps]
    text = note.cloze if isinstance(note, ClozeNote) else note.question
    for answer, question in pairs:
        if len(answer) > _MOST_LETTERS:
            continue
        said = _without_stops(answer, known)
        asks = frozenset(content_words(words_in(unquoted(question)), known.words)) - {*said}
        asks -= known.words.question_stems
        short = 0 < len(said) <= MOST_WORDS and sum(map(len, said)) >= MIN_LETTERS
        if short and asks and not all(word.isdecimal() for word in said):
            yield _Asked(note, text, said, asks)


def _without_stops(answer: str, known: Standard) -> tuple[str, ...]:
    said = [word.casefold() for word in words_of(answer)]
    while said and said[0] in known.words.articles_and_prepositions:
        said.pop(0)
    return tuple(said)


def _front(note: Note) -> list[str]:
    texts = [note.theme, note.hint]
    if isinstance(note, QuestionNote):
        shown = [note.case.value if note.case else "", note.question.value]
    else:
        shown = [without_gaps(note.cloze.value)]
    whole = " . ".join([*(text.value for text in texts if text), *shown])
    return [word.casefold() for word in words_in(strip_markdown(whole))]


def _code(note: Note, deck: Deck) -> str:
    return note.language.value if note.language else deck.language.value
