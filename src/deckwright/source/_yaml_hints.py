"""What to say of broken YAML: the parser's own messages mean little to an author."""

import difflib
import re
from collections.abc import Collection
from functools import cache

from deckwright.problem import Fix, Place, Problem
from deckwright.source._line_slips import slip
from deckwright.words.messages import Message

SYNTAX, _QUOTES = "yaml-syntax", "yaml-quotes"
_LONG = 60  # characters of a text that a hint shows
FORGOTTEN_HYPHEN = (
    Message("a new note begins with a hyphen"),
    Message("write '- id: …' on this line"),
)
_VALUE = re.compile(r" *(?:- +)*[^\s:]+: +(?P<text>\S.*)")
QUOTE_IT = Message('put the text between quotes: "…", or below the key after a |')
BRACES = (_QUOTES, Message("a text that begins with {{ is not text to YAML"), QUOTE_IT)
CUT = (
    "yaml-comment",
    Message("YAML drops everything from this # on"),
    Message("put the text between quotes, or a comment on a line of its own"),
)
JOINED = (
    "lines-joined",
    Message("YAML puts the lines of this list or table on one line"),
    Message("write | behind the key, and the whole text on the lines below it"),
)
SECOND_DOCUMENT = (
    SYNTAX,
    Message("a line of --- begins a second document, which nothing reads"),
    Message("remove the line, or put what follows in a file of its own"),
)
DIRECTIVE = (
    SYNTAX,
    Message("a line that begins with %TAG is an instruction to YAML"),
    Message("remove the line"),
)


def too_deep(limit: int) -> tuple[str, Message, Message]:
    """Return code, message and hint for lists and mappings nested more than `limit` deep."""
    message = Message("lists or groups are nested more than {limit} levels deep", limit=limit)
    return "yaml-depth", message, Message("a deck needs at most five levels")


def lost_block(header: str) -> tuple[str, Message, Message]:
    """Return code, message and hint for a text such as `>1`, which YAML reads as an empty block."""
    message = Message(
        "'{header}' begins a block to YAML, so this text would be empty", header=header
    )
    return ("yaml-block", message, QUOTE_IT)


def refused(
    anchor: str | None, tag: str | None, *, alias: bool
) -> tuple[str, Message, Message] | None:
    """Return code, message and hint where an anchor, alias or tag would swallow a text."""
    if alias:
        message = Message("'*{anchor}' is a reference to YAML, not text", anchor=anchor)
        return ("yaml-anchor", message, QUOTE_IT)
    if anchor:
        message = Message("'&{anchor}' is a name to YAML and would be lost", anchor=anchor)
        return ("yaml-anchor", message, QUOTE_IT)
    if tag:
        message = Message("'{tag}' is a type to YAML and would be lost", tag=tag)
        return ("yaml-tag", message, QUOTE_IT)
    return None


def syntax_problem(said: str, at: Place, opened: Place, source: str) -> Problem:
    """Return the problem for a syntax error, at the place where an author looks.

    `said` is the parser's message, `at` where it gave up, `opened` where the thing that it was
    reading began, `source` the whole text.
    """
    lines = [*source.split("\n"), ""]
    problem = _problem_of(said, at, opened, lines)
    if problem.fix and problem.code == _QUOTES and _says_more(lines, problem.fix):
        return problem._replace(hint=QUOTE_IT, fix=None)
    return problem


def _says_more(lines: list[str], fix: Fix) -> bool:
    """Return whether a text may end before a comment on its line, or goes on below it.

    Then only the author knows what to put between quotes.
    """
    number = fix.place.line - 1
    key = len(lines[number]) - len(lines[number].lstrip(" -"))
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    goes_on = len(below) - len(below.lstrip(" ")) > key
    return goes_on or re.search(r"\s#", fix.old) is not None


def _problem_of(said: str, at: Place, opened: Place, lines: list[str]) -> Problem:
    if "quoted scalar" in said and ("end of stream" in said or "document" in said):
        return _never_closed(opened, lines[opened.line - 1])
    number = min(at.line, len(lines)) - 1
    line = lines[number]
    if re.match(r" *\t", line):
        place = Place(at.file, at.line, line.index("\t") + 1)
        hint = Message("use spaces")
        message = Message("a tab in the indentation")
        return Problem(place, "yaml-tab", message, hint)
    if found := slip(lines, number):
        return found.problem(SYNTAX, at.file)
    for place in (at, opened):
        if place.line <= len(lines) and (quoting := _quoting(said, place, lines[place.line - 1])):
            return quoting
    hint = Message("compare its indentation, colon and quotes with the lines above")
    message = Message("this line is neither 'key: text' nor part of the text above")
    return Problem(at, SYNTAX, message, hint)


def quoted(text: str, most: int = _LONG) -> str:
    """Return how to write a text so that YAML reads it as it stands; cut at `most` characters."""
    shown = text if len(text) <= most else f"{text[:most].rstrip()} …"
    if '"' not in text and "\\" not in text:
        return f'"{shown}"'
    return f"'{shown}'" if "'" not in text else f"'{shown.replace(chr(39), chr(39) * 2)}'"


def _unquoted(place: Place, message: Message, text: str, meant: str) -> Problem:
    """Return the problem of a text that stands there and needs quotes around what is meant."""
    hint = Message("put the whole text between quotes: {text}", text=quoted(meant))
    return Problem(place, _QUOTES, message, hint, Fix(place, text, quoted(meant, len(meant))))


def _never_closed(opened: Place, line: str) -> Problem:
    value = _VALUE.match(line)
    if value and value["text"][0] in "{[":  # the quote is a part of the text
        return _to_quote(Place(opened.file, opened.line, value.start("text") + 1), value["text"])
    text = line[opened.col - 1 :].rstrip()
    if re.match(r"'\w{1,2}\b", text):  # 's avonds, 't is, 'n beetje
        message = Message("to YAML, an apostrophe at the start opens a quotation")
        return _unquoted(opened, message, text, text)
    message = Message("a quote is opened and not closed")
    hint = Message("add the closing quote: {text}{quote}", text=text[:_LONG], quote=text[0])
    return Problem(opened, SYNTAX, message, hint)


def _quoting(said: str, at: Place, line: str) -> Problem | None:
    """Return the problem of a text that needs other quotes, None where something else is wrong."""
    value = _VALUE.match(line)
    if not value or at.col <= value.start("text"):
        return None
    place = Place(at.file, at.line, value.start("text") + 1)
    text = value["text"].rstrip()
    if re.search("escape c|hexdec", said):
        place = Place(at.file, at.line, max(line.rfind("\\", 0, at.col), 0) + 1)
        message = Message("between double quotes, a backslash begins an escape")
        hint = Message("write \\\\ for a backslash, or put the text between '…'")
    elif text[0] in "\"'":
        message = Message("the text goes on after its closing {text}", text=text[0])
        return _unquoted(place, message, text, _meant(text))
    elif text[0] in "{[@`%*&!|>-":
        return _to_quote(place, text)
    elif "mapping values" in said:
        message = Message("a colon and a space inside a text look like a key to YAML")
        return _to_quote(place, text, message)
    else:
        return None
    return Problem(place, _QUOTES, message, hint)


def _to_quote(place: Place, text: str, message: Message | None = None) -> Problem:
    """Return the problem of a text that YAML reads only between quotes."""
    text = text.rstrip()
    if words := _cut_by_comment(text):
        message = Message("from the # on, this line is a comment to YAML")
        hint = Message("put the words with the # between quotes: {text}", text=quoted(words))
        return Problem(place, _QUOTES, message, hint)
    message = message or Message("to YAML, no text begins with {text}", text=text[0])
    return Problem(place, _QUOTES, message, QUOTE_IT, Fix(place, text, quoted(text, len(text))))


def _cut_by_comment(text: str) -> str:
    """Return the words with a # inside a list or group that is open there, "" where none is."""
    found, end = re.search(r"\s#", text), {"{": "}", "[": "]"}.get(text[0])
    before = text[: found.start()] if found else ""
    if not (found and end) or before.count(text[0]) == before.count(end):
        return ""
    start = max(before.rfind(mark) for mark in ",:{}[]") + 1
    rest = re.split(r"[,{}\[\]]", text[found.end() :], maxsplit=1)[0]
    return (text[start : found.end()] + rest).strip()


def _meant(text: str) -> str:
    """Return a text with the quotes that its author meant, those at its start and end included.

    They belong to the text where the first pair encloses only its first words: `"Ja" zei hij`. Else
    they were to enclose the whole: `"Wat is "nu"?"`.
    """
    quote = text[0]
    second = text.find(quote, 1)
    follows = text[second + 1 : second + 2]
    whole = text.endswith(quote) and len(text) > 1 and second < len(text) - 1
    if whole and (follows.isalnum() or text[second - 1].isspace()):
        return text[1:-1]
    return text


@cache  # each note has the same keys
def add_one_of(key: str, known: str) -> Message:
    """Return the hint for a key that is missing and has a choice of values."""
    return Message("add a line '{key}: …' with one of {known}", key=key, known=known)


def one_of(known: str, word: str, values: Collection[str]) -> Message:
    """Return the hint for a word that is none of the values, which `known` says for people."""
    close = difflib.get_close_matches(word.casefold(), values, n=1, cutoff=0.7)
    if close:
        return Message("write one of {known}; did you mean '{close}'?", known=known, close=close[0])
    return Message("write one of {known}", known=known)
