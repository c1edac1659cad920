"""Rules for questions and answers; the thresholds were tried on the deck in `cards/`."""

import re
from collections.abc import Iterator

from deckwright.check._prose import content_words, strip_markdown, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import Note, QuestionNote, Text

# Words that an explanation may have more than an answer, and a case more than a question.
MORE_FOR_EXPLANATION, MORE_FOR_CASE = 20, 15
LEAK = 0.75
_ANSWER, _QUESTION = "answer-long", "question-long"
_OPENING = 2  # 'Waarom helpt …': no pronoun can point to the first two words


def answer_long(note: Note, known: Standard) -> Iterator[Problem]:
    """An answer has at most 25 words, an explanation at most 20 more.

    What cannot be said in one breath cannot be recalled as one thing (SuperMemo: minimum
    information principle).

    Bad:
      question: Wat doe je bij de lijn?
      answer: >-
        Je kijkt, je vraagt, je luistert, je vat samen, je bedankt, je noteert, je belt, je wacht,
        je komt terug, je vraagt nog eens, je legt uit.
    Good:
      question: Wat doe je bij de lijn?
      answer: Je kijkt eerst, en vraagt dan pas.
    """
    most = known.limits[_ANSWER]
    if isinstance(note, QuestionNote):
        yield from _too_long(note.answer, "the answer", most, _ANSWER)
    if note.explanation:
        most += MORE_FOR_EXPLANATION
        yield from _too_long(note.explanation, "the explanation", most, _ANSWER)


def question_long(note: Note, known: Standard) -> Iterator[Problem]:
    """A question has at most 25 words, and the case before it at most 15 more.

    Reading must not take longer than remembering; on a phone, a longer text pushes the question off
    the first screen.

    Bad:
      question: >-
        Wat doe je als een collega die je al jaren kent en die altijd op tijd was ineens drie keer
        in een week te laat aan de lijn komt staan?
    Good:
      case: Een collega die je al jaren kent, komt voor de derde keer te laat.
      question: Wat doe je eerst?
    """
    if isinstance(note, QuestionNote):
        most = known.limits[_QUESTION]
        yield from _too_long(note.question, "the question", most, _QUESTION)
        if note.case:
            yield from _too_long(note.case, "the case", most + MORE_FOR_CASE, _QUESTION)


def two_questions(note: Note, known: Standard) -> Iterator[Problem]:
    """A question asks one thing: one '?', and 'en waarom' only after a case.

    If a learner knows one thing and not the other, which button is right? (SuperMemo, rule 4.)
    After a case, a choice and its reason are one thought.

    Bad:
      question: Wat is een bril? En wat is een helm?
    Good:
      question: Wat is een bril?
    """
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    if text.count("?") > 1:
        place = note.question.at(text.index("?", text.index("?") + 1))
        yield Problem(place, "two-questions", "the note asks twice", "make it two notes")
    elif note.case is None and known.words.and_why in strip_markdown(text).casefold():
        message = f"'{known.words.and_why}' asks a second thing"
        hint = "ask only for the reason, or give the note a 'case'"
        yield Problem(note.question.place, "two-questions", message, hint)


def list_long(note: Note, known: Standard) -> Iterator[Problem]:
    """A list has at most three items.

    Sets are the hardest thing to remember: with four items, the card fails as a whole again and
    again (SuperMemo, rules 9 and 10).

    Bad:
      question: Wat neem je mee?
      answer: |
        - bril
        - helm
        - jas
        - pas
    Good:
      question: Wat neem je mee?
      answer: |
        - bril
        - helm
        - jas
    """
    for role, text in note.texts().items():
        items = re.findall(r"^[ \t]*(?:[-+*]|\d+[.)])\s", text.value, re.MULTILINE)
        if len(items) > known.limits["list-long"]:
            message = f"a list of {len(items)} items under '{role}'"
            yield Problem(text.place, "list-long", message, "make a note of each item")


def yes_no(note: Note, known: Standard) -> Iterator[Problem]:
    """No question can be answered with yes or no.

    Half of the answers would be right by chance, and nothing is recalled (Matuschak: effortful).

    Bad:
      question: Is een bril verplicht?
    Good:
      question: Waarom is een bril verplicht?
    """
    if not isinstance(note, QuestionNote):
        return
    asked, said = words_of(note.question.value), words_of(note.answer.value)
    if asked and asked[0].casefold() in known.words.finite_verbs:
        message = f"a question that begins with '{asked[0]}' has yes or no for an answer"
        yield Problem(note.question.place, "yes-no", message, "ask what, why, how or when")
    elif said and said[0].casefold() in known.words.yes_no:
        message = f"the answer begins with '{said[0]}'"
        yield Problem(note.answer.place, "yes-no", message, "ask what, why, how or when")


def vague_reference(note: Note, known: Standard) -> Iterator[Problem]:
    """A question names what it is about, unless it did so before.

    Cards come in any order, each by itself: 'dit' then points to nothing (Matuschak: consistent).
    It may point to a case, or to an earlier word of the question that carries a meaning.

    Bad:
      question: Waarom helpt dit?
    Good:
      question: Waarom helpt een bril?
    """
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
            message = f"'{word}' points to nothing on this card"
            yield Problem(note.question.place, "vague-reference", message, "name the thing itself")
            return


def answer_leak(note: Note, known: Standard) -> Iterator[Problem]:
    """A question does not contain the words of its answer.

    Otherwise the learner recognises instead of recalling (Roediger & Karpicke: retrieval). The rule
    warns when three quarters of the answer's words that carry a meaning stand in the question; at
    half, it also warned about good cards that ask about the words themselves.

    Bad:
      question: Waarom draag je bij de zaag een bril tegen splinters?
      answer: Tegen splinters van de zaag.
    Good:
      question: Waarom draag je bij de zaag een bril?
      answer: Tegen splinters.
    """
    if isinstance(note, QuestionNote):
        said = set(content_words(words_of(note.answer.value), known.words))
        asked = set(content_words(words_of(note.question.value), known.words))
        if said and len(said & asked) / len(said) >= LEAK:
            message = f"the question already says: {', '.join(sorted(said & asked))}"
            yield Problem(note.question.place, "answer-leak", message, "ask without those words")


def negation(note: Note, known: Standard) -> Iterator[Problem]:
    """A 'niet', 'geen' or 'behalve' in a question is bold.

    A hurried reader misses that word, and it reverses the answer.

    Bad:
      question: Wat doe je niet bij de zaag?
    Good:
      question: Wat doe je **niet** bij de zaag?
    """
    if not isinstance(note, QuestionNote):
        return
    text = note.question.value
    for found in re.finditer(r"[^\W\d_]+", text):
        if found[0].casefold() in known.words.negations and text[: found.start()][-1:] not in (
            "*",
            "_",
        ):
            message = f"'{found[0]}' is easily missed"
            place = note.question.at(found.start())
            yield Problem(place, "negation", message, f"write **{found[0]}**")


def word_long(note: Note, known: Standard) -> Iterator[Problem]:
    """No word has more than 24 letters.

    On a small phone with text at 200%, a longer word breaks in a bad place or not at all.

    Bad:
      question: Wat is arbeidsongeschiktheidsverzekering?
    Good:
      question: Wat is een verzekering tegen arbeidsongeschiktheid?
    """
    most = known.limits["word-long"]
    for text in note.texts().values():
        for word in words_of(text.value):
            if len(word) > most < max(map(len, re.split(r"[-.]", word))):
                place = text.at(max(text.value.find(word), 0))
                hint = "split it with a hyphen, or write it as two words"
                yield Problem(place, "word-long", f"'{word}' has {len(word)} letters", hint)


def _too_long(text: Text, what: str, most: int, code: str) -> Iterator[Problem]:
    count = len(words_of(text.value))
    if count > most:
        message = f"{what} has {count} words; {most} is the most"
        yield Problem(text.place, code, message, "make it shorter, or split it into two notes")
