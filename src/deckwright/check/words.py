"""Words: what is visible of a text, and what a language calls a verb, a pronoun, a stop word."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from deckwright import cloze

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<(?:https?:|mailto:)[^>]*>")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>")
_MARK = re.compile(r"[*_`]|^\s*(?:[-+*]|\d+[.)])\s+|^#+\s", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’]?|\d+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Language:
    """What the rules know of a language: from `languages/<code>.toml`."""

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


@cache
def language(code: str) -> Language:
    """Return the language of a deck; `code` is one that `read` lets through."""
    file = resources.files("deckwright").joinpath("languages", f"{code}.toml")
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    for name in data.keys() - {"dictionary", "and_why"}:
        data[name] = frozenset(data[name].split())
    return Language(**data)


def plain(markdown: str) -> str:
    """Return a text without the marks of Markdown and HTML, as a learner reads it."""
    return _MARK.sub("", _HTML.sub("", _LINK.sub(r"\1", markdown)))


def words(text: str) -> list[str]:
    """Return the words of a plain text, as written; a word with a hyphen or apostrophe is one."""
    return _WORD.findall(text)


def content(text: str, known: Language) -> list[str]:
    """Return the words of a plain text that carry its meaning, in lower case."""
    lower = (word.casefold() for word in words(text))
    return [word for word in lower if word not in known.stop_words and len(word) > 1]


def without_gaps(text: str, show: int = 0) -> str:
    """Return a cloze text as the card of number `show` shows it: its own gaps blank, others open.

    With `show` 0, all gaps are blank.
    """
    shown, end = [], 0
    for gap in sorted(cloze.gaps(text), key=lambda gap: gap.start):
        shown.append(text[end : gap.start])
        shown.append(" " if show in (0, gap.number) else gap.hidden)
        end = text.index("}}", gap.start) + 2
    return "".join([*shown, text[end:]])
