"""One language: what the rules must know of it, and what learners read in it."""

import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Language:
    """The content of a language's data file.

    The sets hold words in lower case. `linking` holds what may stand between two words of a
    compound, where compounds are one word; `capital_nouns` says whether every noun has a capital.
    `dictionary` names its Hunspell dictionaries,
    `word_list` that of the file beside deck.yaml with words that the dictionary need not know;
    `name_reason` is the reason of a name in it.
    `labels` name the fields and note types that learners see in Anki, by field role;
    `change_notes`, `preview` and `learner` are the texts of the notes for learners and of the
    pages, `study` what the scripts of the learner's page say, `spoken` what a voice says for what
    is no word, `signs` for those of formulas. `patterns` are regular expressions for turns of
    phrase, by name; a rule whose pattern is not there steps back. `limits` are those of rules, by
    code, where a language needs others.
    """

    dictionary: str
    word_list: str
    and_why: str  # asks for a reason behind another question
    name_reason: str
    finite_verbs: frozenset[str]  # a question that begins with one is answered with yes or no
    yes_no: frozenset[str]
    negations: frozenset[str]
    pronouns: frozenset[str]
    weak_pronouns: frozenset[str]  # pronouns only at the end, or before a finite verb
    articles_and_prepositions: frozenset[str]
    stop_words: frozenset[str]
    question_stems: frozenset[str]  # words of questions, whatever their subject
    joins: frozenset[str]  # before the last item of a list
    reasons: frozenset[str]  # who asks so is not misread, though a negation follows
    subordinates: frozenset[str]  # nor who negates in a clause behind one of these
    question_words: frozenset[str]
    commands: frozenset[str]
    closed_commands: frozenset[str]  # ask for one thing, as a question does
    true_false: frozenset[str]  # answers that only judge a statement
    subjects: frozenset[str]  # with one, a text is a sentence and no term
    either: frozenset[str]  # parts what a question lets choose from
    because: frozenset[str]  # follows a yes or no that answers
    contrasts: frozenset[str]  # make another question of the same words
    grammar: frozenset[str]  # a card with one may well hide a preposition
    light: frozenset[str]  # a gap that hides one is filled by feeling
    vague_words: frozenset[str]
    linking: frozenset[str]
    capital_nouns: bool
    labels: dict[str, str]
    change_notes: dict[str, str]
    preview: dict[str, str]
    learner: dict[str, str]
    study: dict[str, str]
    spoken: dict[str, str]
    signs: dict[str, str]
    patterns: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)


_TEXTS = ("dictionary", "word_list", "and_why", "name_reason")


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file here, sorted; a deck may have others."""
    names = (file.name for file in _folder().iterdir())
    return tuple(sorted(n.removesuffix(_SUFFIX) for n in names if n.endswith(_SUFFIX)))


@cache
def language(code: str) -> Language:
    """Return a language by its code, with a country behind it (nl-BE) or without.

    Of one that has no file here, learners read English, and the rules know no words: those that
    need words step back.
    """
    bare = code.partition("-")[0]
    if bare not in languages():
        return _unknown(code)
    data: dict[str, Any] = tomllib.loads((_folder() / f"{bare}{_SUFFIX}").read_text("utf-8"))
    if code != bare:
        data["dictionary"] = code.replace("-", "_")
    for name, value in data.items():
        if isinstance(value, str) and name not in _TEXTS:
            data[name] = frozenset(value.split())
    return Language(**data)


def _unknown(code: str) -> Language:
    english = language("en")
    names = [each.name for each in fields(Language)]
    words = {n: frozenset[str]() for n in names if isinstance(getattr(english, n), frozenset)}
    changed: dict[str, Any] = {**words, "dictionary": code.replace("-", "_"), "and_why": "\0"}
    changed |= {"patterns": {}, "limits": {}}
    return replace(english, **changed)


def _folder() -> Traversable:
    return resources.files(__package__)
