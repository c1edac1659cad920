"""Rules for the deck as a whole: alike questions, the mix of kinds, coverage of the guide."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from deckwright.check.coverage import lacks
from deckwright.check.words import spoken
from deckwright.language import Language
from deckwright.notes import ClozeNote, Deck, Note, QuestionNote
from deckwright.problem import Problem

ALIKE, WHOLE = 90, 75
RARE = 3  # of two questions that are alike, one of the three rarest words is the same
CROWD = 200  # a word in more questions than this says nothing of any of them
MAX_CLOZE, MIN_APPLICATION = 0.30, 0.50
ENOUGH = 20  # of fewer notes, shares say nothing
APPLICATION = {"situatie", "waarom", "contrast", "als-dan", "dilemma", "wanneer", "reflectie"}


def gist(note: Note, known: Language) -> str:
    """Return the words that a question is compared by, sorted; "" for a cloze."""
    if isinstance(note, ClozeNote):
        return ""
    text = f"{note.case.value if note.case else ''} {note.question.value}"
    found = {word for word in spoken(text.casefold()) if len(word) > 1}
    return " ".join(sorted(found - known.stop_words - known.question_stems))


def near_duplicate(deck: Deck, gists: Sequence[str]) -> Iterator[Problem]:
    """No two questions are alike.

    They disturb each other for years: the learner knows one and answers the other (SuperMemo, rule
    11: combat interference). Compared without stop words, cases included. rapidfuzz's
    token_set_ratio of 90 alone also fired on 'Wat is X?' against 'Waarom is X goed voor Y?', so
    token_sort_ratio must be 75 too.

    Bad:
      question: Welke bril draag je bij de ronde zaag van hout?
      answer: Een dichte.
      other: Welke bril draag je voor de ronde zaag van hout?
    Good:
      question: Welke bril draag je bij de ronde zaag van hout?
      answer: Een dichte.
      other: Hoe vaak wissel je van handschoenen in de koelcel?
    """
    asked = [(n, g) for n, g in zip(deck.notes, gists, strict=True) if isinstance(n, QuestionNote)]
    often = Counter(word for text in gists for word in text.split())
    seen: dict[str, list[int]] = {}
    for index, (note, text) in enumerate(asked):
        rare = sorted(text.split(), key=often.__getitem__)[:RARE]
        near = sorted({i for word in rare for i in seen.get(word, ())[:CROWD]})
        if (first := _first_alike(text, [asked[i][1] for i in near])) is not None:
            twin = asked[near[first]][0]
            message = f"much like the question of '{twin.id.value}'"
            hint = f"ask from another angle ({twin.id.place.file}:{twin.id.place.line})"
            yield Problem(note.question.place, "near-duplicate", message, hint)
        for word in rare:
            seen.setdefault(word, []).append(index)


def _first_alike(text: str, others: list[str]) -> int | None:
    """Return the index of the first of `others` that is like `text`; all hold sorted words.

    Of a text of two words, another may hold both by chance.
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


def cloze_share(deck: Deck) -> Iterator[Problem]:
    """At most 30% of the notes are cloze.

    Fill-in practice mostly helps the same item; open recall transfers (Hinze & Wiley 2011). Of
    fewer than 20 notes nothing is said.
    """
    share = sum(isinstance(note, ClozeNote) for note in deck.notes) / max(len(deck.notes), 1)
    if len(deck.notes) >= ENOUGH and share > MAX_CLOZE:
        message = f"{share:.0%} of the notes are cloze; {MAX_CLOZE:.0%} is the most"
        yield Problem(deck.name.place, "cloze-share", message, "turn some into questions")


def application_share(deck: Deck) -> Iterator[Problem]:
    """At least half of the notes ask for application, reasons or contrasts.

    Mixed fact and application questions beat either (Agarwal 2019). Counts the `kind` of notes, in
    decks of 20 notes and more where at least one note has a kind.
    """
    kinds = Counter(
        note.kind.value if isinstance(note, QuestionNote) and note.kind else ""
        for note in deck.notes
    )
    share = sum(kinds[kind] for kind in APPLICATION) / max(len(deck.notes), 1)
    if len(deck.notes) >= ENOUGH and set(kinds) != {""} and share < MIN_APPLICATION:
        message = (
            f"{share:.0%} of the notes ask for application; {MIN_APPLICATION:.0%} is the least"
        )
        hint = f"write more notes of the kinds {', '.join(sorted(APPLICATION))}"
        yield Problem(deck.name.place, "application-share", message, hint)


def coverage(deck: Deck) -> Iterator[Problem]:
    """Every point of guide.yaml is taught, and the important ones from more than one side.

    Every point by a note; a principle or tip by two and a dilemma by three, one of them a
    question; a principle and a dilemma also by a cloze, a dilemma also by a case, a tip also by an
    if-then note (rehearsed if-then plans work: Sheeran 2024).
    """
    for point, missing in lacks(deck):
        hint = f"write a note with 'covers: {point.id.value}'"
        message = f"'{point.id.value}' ({point.kind.value}) lacks {', '.join(missing)}"
        yield Problem(point.id.place, "coverage", message, hint)
