"""Words: what is visible of a text, and which of its words carry the meaning."""

import html
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from deckwright.cards import typed_gaps
from deckwright.cards.code_and_formulas import prose
from deckwright.words.language import Language

_PICTURE = r"!\[(?P<alternative>[^\]]*)\]\([^)]*\)(?:\{[^}]*\})?|\[sound:[^\]]*\]"
_SHOWN = re.compile(rf"{_PICTURE}|<(?:img|audio|video)\b")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<(?:https?:|mailto:)[^>]*>")
_ADDRESS = re.compile(r"(?<![\w(<])(?:https?://|www\.)\S+|(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]+")
_BREAK = re.compile(r"</?(?:br|div|p|li|ul|ol|tr|td|th|hr|h[1-6])\b[^>]*>", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^>]*>")
_MARK = re.compile(r"[*_`]|^[ \t]*(?:[-+*]|\d+[.)])\s+|^#+\s", re.MULTILINE)
_MARKED = re.compile(r"[\[<*_`#&]|^[ \t]*(?:[-+*]|\d+[.)])\s", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’]?|\d+")
_CHUNK = re.compile(r"[^\W_]\S*")  # from its first letter or digit on, what no space divides
_BLANK = re.compile(
    rf"{_PICTURE}|(?<=\])\([^)]*\)|</?[a-zA-Z][^>]*>|&#?\w+;|{_ADDRESS.pattern}", re.IGNORECASE
)
_QUOTED = re.compile(
    r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|„[^”“\n]{1,200}[”“]|«[^»\n]{1,200}»|‘[^’\n]{1,200}’(?!\w)"
    r"|(?<![\w’'])'(?![stnmk]\s)[^'\n]+(?:'\w[^'\n]*)*'(?!\w)"
)
# A sentence ends before a capital; so 'no. of' and 'bijv. zo' go on.
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)*_]*\s+(?=[\"'“‘(*_¿¡]*[A-ZÀ-Þ0-9])|\n+")
# What looks like a formula, though no dollars stand around it.
_CALCULATION = re.compile(r"[=<>^+×÷√∫±]|\w\(")
# A small letter by itself that is a word in no language: 'n log n'.
_VARIABLE = re.compile(r"(?<![\w'’.])[b-df-hj-np-tv-xz](?![\w'’.])")


@lru_cache(maxsize=100)  # rule after rule asks for the words of the same note
def strip_markdown(markdown: str, *, alternatives: bool = False) -> str:
    """Return a text without marks of Markdown and HTML, code, formulas, addresses and pictures.

    With `alternatives`, the words for those who cannot see the pictures stay.
    """
    markdown = _ADDRESS.sub(" ", prose(markdown))
    if not _MARKED.search(markdown):
        return markdown
    markdown = re.sub(_PICTURE, r" \g<alternative> " if alternatives else " ", markdown)
    markdown = _HTML.sub("", _BREAK.sub(" ", _LINK.sub(lambda found: found[1] or "", markdown)))
    return html.unescape(_MARK.sub("", markdown))


@lru_cache(maxsize=100)
def words_of(markdown: str) -> tuple[str, ...]:
    """Return the words of a text in Markdown, as a learner reads them."""
    return tuple(words_in(strip_markdown(markdown)))


def words_in(text: str) -> list[str]:
    """Return the words of a plain text, as written; a word with a hyphen or apostrophe is one."""
    return _WORD.findall(text)


@lru_cache(maxsize=100)
def count_words(markdown: str) -> int:
    """Return how many words a learner reads: what looks like a formula counts as none."""
    text = strip_markdown(markdown)
    if not _CALCULATION.search(text):
        return len(_CHUNK.findall(text))
    return sum(bool(_CHUNK.search(c)) for c in text.split() if not _CALCULATION.search(c))


def content_words(found: Iterable[str], known: Language) -> list[str]:
    """Return those of the words that carry a meaning, in lower case."""
    lower = (word.casefold() for word in found)
    return [word for word in lower if word not in known.stop_words and len(word) > 1]


def telling_words(found: Iterable[str], known: Language) -> list[str]:
    """Return the words that carry a meaning, and numbers and capitals, as in 'vitamin C'."""
    return [
        word.casefold()
        for word in found
        if word.isdecimal() or content_words([word], known) or (len(word) == 1 and word.isupper())
    ]


@lru_cache(maxsize=100)
def plain(markdown: str) -> str:
    """Return a text with a space for each character that is no prose; offsets stay as they are."""
    return _BLANK.sub(lambda found: " " * len(found[0]), prose(markdown))


@lru_cache(maxsize=100)
def unquoted(markdown: str) -> str:
    """Return the plain text with a space for each character of a quotation, too."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), plain(markdown))


@lru_cache(maxsize=100)
def asking(markdown: str) -> tuple[int, str]:
    """Return where the sentence begins that asks, and that sentence, without its quotations.

    It is the last one with a question mark, or else the last one.
    """
    text = unquoted(markdown)
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    parts = list(zip(starts, [*starts[1:], len(text)], strict=True))
    said = [(start, text[start:end]) for start, end in parts if text[start:end].strip(" \n*_")]
    asked = [each for each in said if "?" in each[1]]
    start, sentence = [(0, ""), *said, *asked][-1]
    lead = len(sentence) - len(sentence.lstrip(" \n*_\"'([-"))
    return start + lead, sentence[lead:]


def shows_more(markdown: str) -> bool:
    """Return whether a text shows more than prose: a picture, a sound, code or a formula."""
    return bool(_SHOWN.search(markdown)) or prose(markdown) != markdown


def looks_calculated(text: str) -> bool:
    """Return whether a text has a sign, call or variable, as sums have them without dollars."""
    return bool(_CALCULATION.search(text) or _VARIABLE.search(text))


def pattern(known: Language, name: str) -> re.Pattern[str] | None:
    """Return a turn of phrase of a language, None where the language does not list it."""
    return _compiled(known.patterns[name]) if name in known.patterns else None


def uncapitalised(sentence: str) -> str:
    """Return a sentence with its first letter in lower case, as patterns want it."""
    return sentence[:1].lower() + sentence[1:]


def without_gaps(text: str, show: int = 0) -> str:
    """Return a cloze text as the card of number `show` shows it: its own gaps blank, others open.

    With `show` 0, all gaps are blank.
    """
    return typed_gaps.replace_gaps(
        text, shown=lambda gap: " " if show in (0, gap.number) else gap.hidden
    )


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.VERBOSE)
