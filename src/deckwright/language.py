"""What the tool must know of a language: one data file each, `languages/<code>.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """Words that the rules need, in lower case, and what learners read of an update."""

    dictionary: str
    and_why: str
    finite_verbs: frozenset[str]
    yes_no: frozenset[str]
    negations: frozenset[str]
    pronouns: frozenset[str]
    weak_pronouns: frozenset[str]
    articles_and_prepositions: frozenset[str]
    stop_words: frozenset[str]
    question_stems: frozenset[str]
    changelog: dict[str, str]
    preview: dict[str, str]


@cache
def language(code: str) -> Language:
    """Return the language of a deck; `code` is one that `read` lets through."""
    file = resources.files("deckwright").joinpath("languages", f"{code}.toml")
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    for name in data.keys() - {"dictionary", "and_why", "changelog", "preview"}:
        data[name] = frozenset(data[name].split())
    return Language(**data)
