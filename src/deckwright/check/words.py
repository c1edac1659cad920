"""Words: what is visible of a text, and which of its words carry the meaning."""

import re

from deckwright import cloze
from deckwright.language import Language

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<(?:https?:|mailto:)[^>]*>")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>")
_MARK = re.compile(r"[*_`]|^\s*(?:[-+*]|\d+[.)])\s+|^#+\s", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’]?|\d+", re.UNICODE)


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
