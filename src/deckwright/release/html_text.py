"""The HTML of a field as plain text, and how alike two texts are."""

import html
import re
from collections import Counter
from difflib import SequenceMatcher

_BREAK = re.compile(r"</(?:p|li|ul|ol)>|<br>")
_TAG = re.compile(r"<[^<>]*>")
_IMAGE = re.compile(r"<img\b[^<>]*>")
_ATTRIBUTE = re.compile(r'\b(alt|src)="([^"]*)"')
_WORD = re.compile(r"\w+")
_LONG = 2_000  # characters; of longer texts, the beginnings are compared


def plain(field_html: str) -> str:
    """Return the text of a field without its HTML, on one line."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", field_html))).split())


def with_pictures(field_html: str) -> str:
    """Return the text of a field with its pictures as Markdown writes them, on one line."""
    return plain(_IMAGE.sub(_picture, field_html))


def likeness(one: str, other: str) -> float:
    """Return how alike two plain texts are: 1 if they are equal but for case, 0 if not at all.

    The better of two measures: the characters in their order, or the words in any order.
    """
    one, other = one.casefold().strip()[:_LONG], other.casefold().strip()[:_LONG]
    if one == other:
        return 1.0
    words, others = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    shared = 2 * (words & others).total() / max(words.total() + others.total(), 1)
    return max(shared, SequenceMatcher(None, one, other, autojunk=False).ratio())


def _picture(tag: re.Match[str]) -> str:
    known = dict(_ATTRIBUTE.findall(tag[0]))
    return f" ![{known.get('alt', '')}]({known.get('src', '')}) "
