"""What a card shows of a text, held against what its author typed."""

import html
import re
from collections.abc import Collection, Iterator

from deckwright.cards._html_contents import HtmlContents
from deckwright.cards._run_by_anki import refused, run_by_anki
from deckwright.cards.code_and_formulas import prose
from deckwright.problem import Problem
from deckwright.source.characters import HIDDEN, NOT_TEXT, is_blank
from deckwright.source.deck import Text
from deckwright.words.messages import Message

# What is styling, and has letters or digits in it: tags, fences, numbers of lists, links by name.
_STYLING = re.compile(
    r"</?[a-zA-Z!][^<>]*>|^[ >\t]*(?:`{3,}|~{3,})[^\n`]*$"
    r"|^[ >\t]*(?:[-*•◦▪●‣][ \t]+)*\d{1,3}[.)](?=[ \t])"
    r"|\[[xX]\](?=[ \t])|\{:?[ ]*width=[^}\n]*\}|(?<=\])[ ]?\[[^\]\n]*\]",
    re.MULTILINE,
)
_NO_CHARACTER = "\ufffd"  # so a browser shows one that there is not
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*\S.*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
# Marks of Markdown that one sees when they do nothing.
# Three underscores and more are a blank to fill in, and two may begin the name of a function.
_STRAY = re.compile(
    r"(?<![\w*])\*\*(?=\w)|(?<=\w)\*\*(?![\w*])"
    r"|(?<!\S)__(?=[^\W_])(?!\w+\()|(?<=[^\W_])__(?!\S)"
    r"|(?<!\w)~~(?=\w)|(?<=\w)~~(?!\w)|`+|!\[|\]\("
)
_PATH = re.compile(r"(?<!\S)(?:[A-Za-z]:\\|\\\\(?=\w))\S+(?<![.,;:?!)])")
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+.!|~^=$<-]")
_SPECIAL_NAME = re.compile(r"(?<![\w*`])__(?P<name>[a-z]+(?:_[a-z]+)*)__(?!\w)")
# The names that Python writes with two underscores on both sides.
_PYTHON_NAMES = frozenset(
    name[2:-2]
    for known in (
        object,
        type,
        int,
        str,
        list,
        dict,
        set,
        bytes,
        float,
        complex,
        property,
        re,
        _DEFINITION,
    )
    for name in dir(known)
    if name.startswith("__")
) | {
    "main",
    "all",
    "slots",
    "future",
    "version",
    "author",
    "enter",
    "exit",
    "await",
    "next",
    "get",
    "call",
    "import",
}


def disguised(text: Text, typed: str, shown: str) -> Iterator[Problem]:
    """Yield what entities and backslashes bring in, unseen by rules that read the author's text.

    `typed` is the text with marks for its gaps.
    """
    yield from (
        each for each in run_by_anki(text, shown) if each not in [*run_by_anki(text, text.value)]
    )
    if shown.count(_NO_CHARACTER) > text.value.count(_NO_CHARACTER):
        yield refused(text, "&#", Message("'&#…;' names no character here"), Message("remove it"))
    if found := NOT_TEXT.search(shown) or HIDDEN.search(shown):
        hint = Message("remove it")
        message = Message("U+{ord:04X} cannot stand in a card", ord=ord(found[0]))
        yield refused(text, "&", message, hint)
    if shown.count("{{c") > typed.count("{{c"):
        hint = Message("write the characters themselves")
        message = Message("'{{{{c' stands here in disguise")
        yield refused(text, "&", message, hint)


def lost_lines(text: Text, references: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each line that Markdown keeps for itself.

    `references` are the names of the addresses that it found on lines of their own.
    """
    for found in _DEFINITION.finditer(text.value) if references else ():
        name = found["name"]
        place = text.at(found.end() - len(found[0].lstrip()))
        if name.lower() in references and name.startswith("^"):
            message = Message(
                "a card has no footnotes: '{found}' would not be shown", found=found[0].strip()[:20]
            )
            yield Problem(place, _LOST, message, _INSTEAD_OF_FOOTNOTE)
        elif name.lower() in references and not _refers(text.value, found):
            message = Message(
                "to Markdown, this line is the address of a link, and would not be shown"
            )
            hint = Message("write the address alone, or [words](https://…)")
            yield Problem(place, _LOST, message, hint)


def lost(text: Text, typed: str, found: HtmlContents, kept: HtmlContents) -> Iterator[Problem]:
    """Yield a problem where a letter or digit of a text is neither seen nor styling.

    `typed` is the text with marks for its gaps; `found` is what Markdown made of it, `kept` what
    the sanitiser left.
    """
    if is_blank(kept.shape):
        hint = Message("write some words, or a picture")
        yield Problem(text.place, _LOST, Message("a card would show nothing of this"), hint)
        return
    typed = html.unescape(_STYLING.sub(" ", _DEFINITION.sub(" ", typed)))
    if missing := _first_missing(typed, found.seen):
        offset = max(text.value.find(missing), 0)
        begins = text.value.rfind("\n", 0, offset) + 1
        if "|" in text.value[begins:].partition("\n")[0]:
            hint = Message("give each row of the table as many cells as its first row")
        else:
            hint = Message("put a backslash before the character in front of it")
        message = Message("'{missing}' would not be shown", missing=missing)
        yield Problem(text.at(offset), _LOST, message, hint)
    elif found.shape != kept.shape:
        hint = Message("check that each address is valid")
        yield refused(text, "", Message("some of this would be lost"), hint)


_INSTEAD_OF_FOOTNOTE = Message("put the note between brackets, or under 'explanation'")
_LOST = "text-lost"


def stray(text: Text, shown: str) -> Iterator[Problem]:
    """Yield a problem for each mark of Markdown that a learner would see, or would miss."""
    typed = prose(text.value)
    for found in _FOOTNOTE.finditer(typed):
        if found[0] in shown:
            message = Message(
                "a card has no footnotes: '{found}' is shown as it stands", found=found[0]
            )
            yield Problem(text.at(found.start()), _SHOWN, message, _INSTEAD_OF_FOOTNOTE)
    unescaped = re.sub(r"\\.", "  ", typed)
    for mark in dict.fromkeys(found[0].strip() for found in _STRAY.finditer(shown)):
        if mark in unescaped:
            message = Message("'{mark}' does nothing here, and is shown as it stands", mark=mark)
            if mark in ("![", "]("):
                hint = Message(
                    "write [words](https://…) or ![words](media/…), and no space before a bracket"
                )
            else:
                shown_as = "".join(f"\\{sign}" for sign in mark)
                hint = Message(
                    "write it before and after the words, without <p>; to show it: {shown_as}",
                    shown_as=shown_as,
                )
            yield Problem(text.at(unescaped.find(mark)), _SHOWN, message, hint)
    for found in _PATH.finditer(typed):
        if _ESCAPE.search(found[0]):
            message = Message("of '{found}', Markdown does not show each backslash", found=found[0])
            hint = Message("write `{found}`", found=found[0])
            yield Problem(text.at(found.start()), _HIDDEN, message, hint)
    for found in _SPECIAL_NAME.finditer(typed):
        if found["name"] in _PYTHON_NAMES:
            message = Message(
                "Markdown makes '{name}' bold, and its underscores are not shown",
                name=found["name"],
            )
            hint = Message(
                "write `{found}`, or **{name}** if bold is meant",
                found=found[0],
                name=found["name"],
            )
            yield Problem(text.at(found.start()), _HIDDEN, message, hint)


_SHOWN, _HIDDEN = "marks-shown", "marks-hidden"


def _refers(text: str, definition: re.Match[str]) -> bool:
    name = re.escape(definition["name"])
    rest = text[: definition.start()] + text[definition.end() :]
    return re.search(rf"\[{name}\](?!:)", rest, re.IGNORECASE) is not None


def _first_missing(typed: str, seen: str) -> str:
    """Return the first word of which a letter or digit is not seen in its place, "" without one."""
    at = 0
    for word in re.finditer(r"\w+", typed):
        for char in word[0].replace("_", ""):
            found = seen.find(char, at)
            if found < 0:
                words = (each[0] for each in re.finditer(r"\w+", typed))
                return next((each for each in words if each.strip("_") not in seen), word[0])
            at = found + 1
    return ""
