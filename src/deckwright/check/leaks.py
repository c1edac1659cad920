"""Rules for answers that stand on a front: that of their own card, or of one that comes soon."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
from deckwright.check.note_words import AskedAnswer, NoteWords
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Note, QuestionNote
from deckwright.words.language import Language
from deckwright.words.messages import Message

LEAK = 0.75
MIN_TELLING = 0.25  # of an answer's words: with fewer, the small words are the answer
YEAR = 4  # digits
NEAR = 20  # new cards of one day, unless a learner changes it
MOST_WORDS, MIN_LETTERS, MIN_SHARED = 4, 4, 2
_MOST_LETTERS = 100  # of an answer of so few words
_MOST_GAPS = 20  # of a text: one with more has other faults
SAME = 0.75  # of the words that ask for an answer, as many stand beside it


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


def sibling_leak(deck: Deck, words: Sequence[NoteWords]) -> Iterator[Problem]:
    """Yield a problem for each note whose answer the front of a note of the same day gives away.

    `words` belongs to `deck.notes`.
    """
    fronts = [f" {each.front} " for each in words]
    for index, (note, said) in enumerate(zip(deck.notes, words, strict=True)):
        near = [i for i in range(index - NEAR + 1, index + NEAR) if 0 <= i < len(words)]
        near.remove(index)
        for each in said.asked:
            first = f" {each.answer.partition(' ')[0]} "
            shown = [i for i in near if first in fronts[i]]
            tellers = (deck.notes[i] for i in shown if _tells(fronts[i].split(), each))
            if teller := next(tellers, None):
                yield _problem(note, each, teller)
                break


def _tells(front: list[str], asked: AskedAnswer) -> bool:
    """Return whether a front asks much the same, and says the answer."""
    asks = asked.asks.split()
    if not stands_in(asked.answer.split(), front):
        return False
    stems: dict[str, set[str]] = defaultdict(set)  # two words that differ in endings begin alike
    for word in front:
        stems[word[:MIN_STEM]].add(word)
    alike = (any(inflected(word, each) for each in stems.get(word[:MIN_STEM], ())) for word in asks)
    return sum(alike) >= max(MIN_SHARED, SAME * len(asks))


def _problem(note: Note, told: AskedAnswer, teller: Note) -> Problem:
    message = Message(
        "the front of '{id}' says the answer: {answer}", id=teller.id.value, answer=told.answer
    )
    hint = Message(
        "put them further apart, or say less there ({file}:{line})",
        file=teller.id.place.file,
        line=teller.id.place.line,
    )
    place = (note.cloze if isinstance(note, ClozeNote) else note.question).place
    return Problem(place, "sibling-leak", message, hint)


def asked_answers(note: Note, known: Language) -> Iterator[AskedAnswer]:
    """Yield the short answers of a note, for `sibling_leak`."""
    if isinstance(note, QuestionNote):
        pairs = [(note.answer.value, note.question.value)]
    else:
        cloze = note.cloze.value
        gaps = typed_gaps.gaps(cloze)[:_MOST_GAPS]
        pairs = [(gap.hidden, without_gaps(cloze, gap.number)) for gap in gaps]
    for answer, question in pairs:
        if len(answer) > _MOST_LETTERS:
            continue
        said = _without_stops(answer, known)
        asks = {*content_words(words_in(unquoted(question)), known)} - {*said}
        asks -= known.question_stems
        short = 0 < len(said) <= MOST_WORDS and sum(map(len, said)) >= MIN_LETTERS
        if short and asks and not all(word.isdecimal() for word in said):
            yield AskedAnswer(" ".join(said), " ".join(sorted(asks)))


def _without_stops(answer: str, known: Language) -> list[str]:
    said = [word.casefold() for word in words_of(answer)]
    while said and said[0] in known.articles_and_prepositions:
        said.pop(0)
    return said


def front_words(note: Note) -> str:
    """Return what the fronts of a note show, for `sibling_leak`."""
    texts = [note.theme, note.hint]
    if isinstance(note, QuestionNote):
        shown = [note.case.value if note.case else "", note.question.value]
    else:
        shown = [without_gaps(note.cloze.value)]
    whole = " . ".join([*(text.value for text in texts if text), *shown])
    return " ".join(words_in(strip_markdown(whole))).casefold()
