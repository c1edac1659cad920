"""Which words of a text are looked up in a dictionary, and which of them look like names."""

import html
import re
import unicodedata
from functools import lru_cache

from deckwright.cards.code_and_formulas import prose

BEGINS = "^"

_ADDRESS = re.compile(
    r"\]\([^)]*\)(?:\{[^}]*\})?|^\[[^\]]+\]:.*$|<(?:https?:|mailto:)[^>]*>"
    r"|(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b[A-Za-z]:\\\S+|(?<!\w)\w[\w.-]*(?:/[\w.-]+)+\.\w+",
    re.MULTILINE,
)
_IN_A_WORD = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|mark|del|s|wbr)>|\*+|~~|==|\\(?=\W)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_SPECIAL = re.compile(r"[<>&*~=\\@/{\[:]|www")
_WORD = re.compile(r"(?<!\w)['’]?\w+(?:['’.\-\u2011]\w+)*['’.]?")
_NOT_LETTERS = re.compile(r"[\d_\u0250-\u02ff]")  # digits, and signs of phonetics
_BEGINS = re.compile(r"(?:^|[.?!:…|>;]|\n)[^\w\n]*(?:\d+[.)]\s*)?$")
_BEFORE = 20  # characters that tell whether a sentence begins


def spelled_words(text: str) -> list[str]:
    """Return the distinct words of a text in Markdown that a dictionary may know.

    A word with a capital that begins a sentence has BEGINS before it. Code, formulas, addresses and
    tags are no words, and neither are single letters and what has a digit, an underscore or a
    phonetic sign. What a gap hides, and its hint, are words, too.
    """
    plain = _plain(text)
    found: dict[str, None] = {}
    for match in _WORD.finditer(plain):
        word = match[0]
        if len(word.strip("'’.")) > 1 and not _NOT_LETTERS.search(word):
            if word != word.lower() and _BEGINS.search(plain[: match.start()][-_BEFORE:]):
                word = f"{BEGINS}{word}"
            found[word] = None
    return list(found)


def is_name(word: str) -> bool:
    """Return whether the capitals of a word of `spelled_words` say that it is a name."""
    letters = word.strip(f"{BEGINS}'’.")
    inside = letters[1:] != letters[1:].lower()
    return inside or (letters != letters.lower() and not word.startswith(BEGINS))


@lru_cache(maxsize=100_000)  # a word stands in many texts
def forms(word: str) -> tuple[str, ...]:
    """Return the forms of a word of `spelled_words` that a dictionary may have, the barest first.

    An apostrophe or full stop may belong to it (`'s-Hertogenbosch`, `o.a.`) or to the sentence.
    """
    bare = word.removeprefix(BEGINS)
    if bare.isalpha():
        return (bare,)
    straight = bare.replace("’", "'").replace("\N{NON-BREAKING HYPHEN}", "-")
    return tuple(
        dict.fromkeys((straight.strip("'."), straight.strip("'"), straight.rstrip("."), straight))
    )


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if "`" in text or "$" in text or "\\" in text or "<" in text or "~" in text:
        text = prose(text)
    if not _SPECIAL.search(text):
        return text
    opened = _ADDRESS.sub(" ", text)
    return html.unescape(_TAG.sub(" ", _IN_A_WORD.sub("", opened)))
