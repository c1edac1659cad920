"""The rule that no two questions of a deck are alike."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from deckwright.check._prose import words_of
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Note, QuestionNote, ReverseNote
from deckwright.words.language import Language
from deckwright.words.messages import Message

ALIKE, WHOLE = 90, 75
LONGEST = 300  # characters of a question that are compared; the words are sorted
RARE = 3  # of two questions that are alike, one of the three rarest words is the same
CROWD = 200  # a word in more questions than this says nothing about any of them


def compared_words(note: Note, known: Language) -> str:
    """Return the words that a question is compared by, sorted; "" for a cloze."""
    if isinstance(note, ClozeNote):
        return ""
    text = f"{note.case.value if note.case else ''} {note.question.value}"
    found = {word for word in words_of(text.casefold()) if len(word) > 1}
    return " ".join(sorted(found - known.stop_words - known.question_stems))[:LONGEST]


def near_duplicate(deck: Deck, compared: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each question that is much like an earlier one, on either card.

    A token_set_ratio (rapidfuzz) of 90 alone also warned about 'Wat is X?' beside 'Waarom is X goed
    voor Y?', so the token_sort_ratio must be 75, too.
    """
    pairs = zip(deck.notes, compared, strict=True)
    asked = [(note, words) for note, words in pairs if isinstance(note, QuestionNote)]
    often = Counter(word for text in compared for word in text.split())
    seen: dict[str, list[int]] = {}
    yield from _same_answers(note for note, _ in asked)
    for index, (note, text) in enumerate(asked):
        rare = sorted(text.split(), key=often.__getitem__)[:RARE]
        near = sorted({i for word in rare for i in seen.get(word, ())[:CROWD]})
        if (first := _first_alike(text, [asked[i][1] for i in near])) is not None:
            twin = asked[near[first]][0]
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
                    "the answer of '{id}' too: which question is meant?", id=twin.id.value
                )
                hint = Message(
                    "say more in each answer ({file}:{line})",
                    file=twin.id.place.file,
                    line=twin.id.place.line,
                )
                yield Problem(note.answer.place, "near-duplicate", message, hint)


def _first_alike(text: str, others: list[str]) -> int | None:
    """Return the index of the first of `others` that is like `text`; all hold sorted words.

    Texts of one or two words must be equal: another text may hold both words by chance.
    """
    for other, _, index in process.extract_iter(
        text, others, scorer=fuzz.ratio, processor=None, score_cutoff=WHOLE
    ):
        if min(text.count(" "), other.count(" ")) < RARE - 1:
            if text == other:
                return index
        elif fuzz.token_set_ratio(text, other) >= ALIKE:
            return index
    return None
