"""What to say of broken YAML: the parser's own messages mean little to an author."""

import re

from deckwright.problem import Place, Problem

QUOTE_IT = 'put the text between quotes: "…", or below the key after a |'
BRACES = ("yaml-quotes", "a text that begins with { is not text to YAML", QUOTE_IT)
SECOND_DOCUMENT = (
    "yaml-syntax",
    "a line of --- begins a second document, which nothing reads",
    "remove the line, or put what follows in a file of its own",
)
DIRECTIVE = (
    "yaml-syntax",
    "a line that begins with %TAG is an instruction to YAML",
    "remove the line",
)


def too_deep(limit: int) -> tuple[str, str, str]:
    """Return code, message and hint for lists and mappings nested more than `limit` deep."""
    message = f"lists or groups are nested more than {limit} levels deep"
    return "yaml-depth", message, "a deck needs at most five levels"


def lost_block(header: str) -> tuple[str, str, str]:
    """Return code, message and hint for a text such as `>1`, which YAML reads as an empty block."""
    return (
        "yaml-block",
        f"'{header}' begins a block to YAML, so this text would be empty",
        QUOTE_IT,
    )


def refused(anchor: str | None, tag: str | None, *, alias: bool) -> tuple[str, str, str] | None:
    """Return code, message and hint where an anchor, alias or tag would swallow a text."""
    if alias:
        return ("yaml-anchor", f"'*{anchor}' is a reference to YAML, not text", QUOTE_IT)
    if anchor:
        return ("yaml-anchor", f"'&{anchor}' is a name to YAML and would be lost", QUOTE_IT)
    if tag:
        return ("yaml-tag", f"'{tag}' is a type to YAML and would be lost", QUOTE_IT)
    return None


def syntax_problem(said: str, at: Place, opened: Place, source: str) -> Problem:
    """Return the problem for a syntax error, at the place where an author looks.

    `said` is the parser's message, `at` where it gave up, `opened` where the thing that it was
    reading began, `source` the whole text.
    """
    if "end of stream" in said and "quoted scalar" in said:
        message = "a quote is opened and not closed"
        return Problem(opened, "yaml-syntax", message, "add the closing quote")
    line = [*source.split("\n"), ""][at.line - 1]
    if re.match(r" *\t", line):
        place = Place(at.file, at.line, line.index("\t") + 1)
        return Problem(place, "yaml-tab", "a tab in the indentation", "use spaces")
    if found := _unquoted(said, at, line):
        return found
    hint = "compare the indentation, colons and quotes with the lines above"
    return Problem(at, "yaml-syntax", f"YAML cannot read this: {said.strip(': ')}", hint)


def _unquoted(said: str, at: Place, line: str) -> Problem | None:
    """Return the problem of a text that needs other quotes, None where something else is wrong."""
    value = re.match(r" *(?:- +)*[^\s:]+: +(?P<text>\S.*)", line)
    if not value or at.col <= value.start("text"):
        return None
    place = Place(at.file, at.line, value.start("text") + 1)
    first = value["text"][0]
    if re.search("escape c|hexdec", said):
        place = Place(at.file, at.line, max(line.rfind("\\", 0, at.col), 0) + 1)
        message = "between double quotes, a backslash begins an escape"
        hint = "write \\\\ for a backslash, or put the text between '…'"
    elif first in "\"'":
        message = f"the text goes on after its closing {first}"
        inner = '\\"' if first == '"' else "''"
        hint = f"inside this text write {inner} for {first}"
    elif first in "{[@`%*&!|>-":
        message, hint = f"to YAML, no text begins with {first}", QUOTE_IT
    elif "mapping values" in said:
        message, hint = "a colon and a space inside a text look like a key to YAML", QUOTE_IT
    else:
        return None
    return Problem(place, "yaml-quotes", message, hint)
