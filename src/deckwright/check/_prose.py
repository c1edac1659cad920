"""Words: what is visible of a text, and which of its words carry the meaning."""

import re
from collections.abc import Iterable
from functools import lru_cache

from deckwright.cards import typed_gaps
from deckwright.cards.code_and_formulas import prose
from deckwright.words.language import Language

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<(?:https?:|mailto:)[^>]*>")
_ADDRESS = re.compile(r"(?<![\w(<])(?:https?://|www\.)\S+|(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]+")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>")
_MARK = re.compile(r"[*_`]|^[ \t]*(?:[-+*]|\d+[.)])\s+|^#+\s", re.MULTILINE)
_MARKED = re.compile(r"[\[<*_`#]|^[ \t]*(?:[-+*]|\d+[.)])\s", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’]?|\d+")


def strip_markdown(markdown: str) -> str:
    """Return a text without marks of Markdown and HTML, code, formulas and addresses."""
    markdown = _ADDRESS.sub(" ", prose(markdown))
    if not _MARKED.search(markdown):
        return markdown
    return _MARK.sub("", _HTML.sub("", _LINK.sub(r"\1", markdown)))


@lru_cache(maxsize=100)  # rule after rule asks for the words of the same note
def words_of(markdown: str) -> tuple[str, ...]:
    """Return the words of a text in Markdown, as a learner reads them."""
    return tuple(words_in(strip_markdown(markdown)))


def words_in(text: str) -> list[str]:
    """Return the words of a plain text, as written; a word with a hyphen or apostrophe is one."""
    return _WORD.findall(text)


def content_words(found: Iterable[str], known: Language) -> list[str]:
    """Return those of the words that carry a meaning, in lower case."""
    lower = (word.casefold() for word in found)
    return [word for word in lower if word not in known.stop_words and len(word) > 1]


def without_gaps(text: str, show: int = 0) -> str:
    """Return a cloze text as the card of number `show` shows it: its own gaps blank, others open.

    With `show` 0, all gaps are blank.
    """
    return typed_gaps.replace_gaps(
        text, shown=lambda gap: " " if show in (0, gap.number) else gap.hidden
    )
