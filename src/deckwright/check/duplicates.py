"""The rule that no two questions of a deck are alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from deckwright.check._likeness import in_same_order, inflected
from deckwright.check._prose import looks_calculated, words_of
from deckwright.check.note_words import NoteWords
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Note, QuestionNote, ReverseNote
from deckwright.words.language import Language, language
from deckwright.words.messages import Message

ALIKE, WHOLE = 90, 75
LONGEST = 300  # characters of a question that are compared; the words are sorted
FEW = 4  # words of an answer that says the same as another in other words
RARE = 3  # of two questions that are alike, one of the three rarest words is the same
CROWD = 200  # a word in more questions than this says nothing about any of them
_BEGINS = re.compile(r"(?:^|[.?!:])\W*$")
_HTML = re.compile(r"</?(?!img)[a-zA-Z][^>]*>")
# Pictures, formulas, code and quotations are one piece; so are words, numbers and signs of sums.
_PIECE = re.compile(
    r"\\\[[\s\S]+?\\\]|!\[[^\]]*\]\([^)]*\)|\[sound:[^\]]*\]|<img[^>]*>|`[^`]+`|\$[^$]+\$|\\\([^\n]+?\\\)|\"[^\"]+\"|“[^”]+”"
    r"|(?<!\w)'[^'\n]+'(?!\w)|\w+|[×÷+<>=≤≥→←^/%°|-]"
)


def compared_words(note: Note, known: Language) -> str:
    """Return the words that a question is compared by, sorted; "" for a cloze."""
    if isinstance(note, ClozeNote):
        return ""
    text = f"{note.case.value if note.case else ''} {note.question.value}"
    found = {word for word in words_of(text.casefold()) if len(word) > 1}
    return " ".join(sorted(found - known.stop_words - known.question_stems))[:LONGEST]


def near_duplicate(deck: Deck, words: Sequence[NoteWords]) -> Iterator[Problem]:
    """Yield a problem for each question that is much like an earlier one, on either card.

    A token_set_ratio (rapidfuzz) of 90 alone also warned about 'Wat is X?' beside 'Waarom is X goed
    voor Y?', so the token_sort_ratio must be 75, too. `words` belongs to `deck.notes`.
    """
    pairs = zip(deck.notes, words, strict=True)
    asked = [(note, said.compared) for note, said in pairs if isinstance(note, QuestionNote)]
    known = language(deck.language.value)
    often = Counter(word for _, text in asked for word in text.split())
    seen: dict[str, list[int]] = {}
    yield from _same_answers(note for note, _ in asked)
    for index, (note, text) in enumerate(asked):
        rare = sorted(text.split(), key=often.__getitem__)[:RARE]
        near = sorted({i for word in rare for i in seen.get(word, ())[:CROWD]})
        others = [asked[i][1] for i in near]
        alike = (asked[near[i]][0] for i in (_alike(text, others) if others else ()))
        if twin := next((other for other in alike if _asks_the_same(note, other, known)), None):
            message = Message("much like the question of '{id}'", id=twin.id.value)
            hint = Message(
                "ask from another angle ({file}:{line})",
                file=twin.id.place.file,
                line=twin.id.place.line,
            )
            yield Problem(note.question.place, "near-duplicate", message, hint)
        for word in rare:
            seen.setdefault(word, []).append(index)


def _same_answers(notes: Iterable[Note]) -> Iterator[Problem]:
    """Yield a problem for each note whose second card has the front of an earlier one's."""
    seen: dict[str, Note] = {}
    for note in notes:
        if isinstance(note, ReverseNote):
            answer = " ".join(note.answer.value.casefold().split()).rstrip(".!")
            if (twin := seen.setdefault(answer, note)) is not note:
                message = Message(
                    "'{id}' has the same answer: its second card cannot say which question is"
                    " meant",
                    id=twin.id.value,
                )
                hint = Message(
                    "say more in each answer ({file}:{line})",
                    file=twin.id.place.file,
                    line=twin.id.place.line,
                )
                yield Problem(note.answer.place, "near-duplicate", message, hint)


def _alike(text: str, others: list[str]) -> Iterator[int]:
    """Yield the index of each of `others` that is like `text`, the most alike first.

    All hold sorted words. Texts of one or two words must be equal: another text may hold both words
    by chance.
    """
    found = process.extract_iter(
        text, others, scorer=fuzz.ratio, processor=None, score_cutoff=WHOLE
    )
    for other, _, index in sorted(found, key=lambda each: -each[1]):
        if min(text.count(" "), other.count(" ")) < RARE - 1:
            if text == other:
                yield index
        elif fuzz.token_set_ratio(text, other) >= ALIKE:
            yield index


def _asks_the_same(one: QuestionNote, other: QuestionNote, known: Language) -> bool:
    """Return whether two questions that are alike differ in no word that matters.

    A number more makes another question, and so does a name, a letter, a picture, code or a sign
    for another; so does any other word, unless the answers are alike, too.
    """
    words, others = (list(_pieces(_asked(note), known, RARE - 1)) for note in (one, other))
    more, less = {*words} - {*others}, {*others} - {*words}
    differ = bool(more) == bool(less) and sorted(words) != sorted(others)
    names = more & _names(one, known) or less & _names(other, known)
    if (differ and names) or any(map(str.isdecimal, more | less)):
        return False
    if _answers_alike(one.answer.value, other.answer.value, known, strictly=differ):
        return True
    if not more and not less:
        return not differ and in_same_order(words, others)
    return len(more) == len(less) and _within(more, less)


def _answers_alike(one: str, other: str, known: Language, *, strictly: bool) -> bool:
    """Return whether one of two answers says all that the other says; strictly, both do.

    What says the same in a few words may be shorter than the other; a sum must be the same. That
    two numbers or sums are the same may be chance, which strictly says nothing.
    """
    if looks_calculated(one + other):
        return not strictly and one.split() == other.split()
    shorter, longer = sorted(([*_pieces(text, known, 1)] for text in (one, other)), key=len)
    fewer, more = {*shorter}, {*longer}
    if strictly and not (any(map(str.isalpha, fewer)) and in_same_order(shorter, longer)):
        return False
    whole = not strictly or len(fewer) <= FEW or _within(more, fewer)
    return whole and _within(fewer, more)


def _asked(note: QuestionNote) -> str:
    return " ".join(text.value for text in (note.theme, note.case, note.question) if text)


def _names(note: QuestionNote, known: Language) -> set[str]:
    """Return the pieces of a question that mean one thing alone, and those of its theme.

    Those are all but words of small letters. A capital is no sign of a name where a sentence
    begins, nor where each noun has one.
    """
    found = {
        piece[0].casefold() for piece in _PIECE.finditer(note.theme.value if note.theme else "")
    }
    for text in (note.case, note.question):
        asked = _HTML.sub(" ", text.value) if text else ""
        for piece in _PIECE.finditer(asked):
            word = piece[0]
            small = known.capital_nouns or _BEGINS.search(asked[: piece.start()])
            rest = word[1:] if small else word
            if not (word.isalpha() and len(word) > 1 and rest.islower()):
                found.add(word.casefold())
    return found


def _within(words: set[str], others: set[str]) -> bool:
    return all(any(inflected(word, each) for each in others) for word in words)


def _pieces(text: str, known: Language, least: int) -> Iterator[str]:
    """Yield what tells a text from others: its words, and whatever it shows beside them.

    In a text with fewer than `least` telling ones, small words count, too.
    """
    found = list(_PIECE.finditer(_HTML.sub(" ", text)))
    weak = known.stop_words - known.contrasts - known.joins - known.either
    telling = [
        f for f in found if f[0].casefold() not in weak or (f[0].isupper() and f.start() > 1)
    ]
    for each in telling if len(telling) >= least else found:
        yield each[0].casefold()
