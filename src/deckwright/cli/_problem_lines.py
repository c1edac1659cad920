"""Problems as lines for people, JSON for programs, and annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Callable

from deckwright.cli._printing import BOLD, CYAN, NORMAL, RED, YELLOW, plain
from deckwright.problem import Level, Problem, in_order
from deckwright.words.messages import Message, said

_LEVELS = (
    {
        Level.ERROR: Message("error"),
        Level.WARNING: Message("warning"),
        Level.HINT: Message("hint"),
    },
    {
        Level.ERROR: Message("errors"),
        Level.WARNING: Message("warnings"),
        Level.HINT: Message("hints"),
    },
)
_COLOURS = {Level.ERROR: RED, Level.WARNING: YELLOW, Level.HINT: CYAN}
MOST = 20  # of one code, in a text for people


def problems(
    found: list[Problem], form: str, code: str, *, every: bool = False, counted: bool = True
) -> str:
    """Return the problems in one of FORMATS and languages, sorted by place, each once.

    As text, no more than MOST of one code are shown, unless `every`, they are `counted`, and the
    marks of colours stand in it.
    """
    found = in_order(found)
    if form == "text":
        lines = _text(found, code, len(found) if every else MOST)
        return lines + (f"{said(_count(found), code)}\n" if counted else "")
    return FORMATS[form](found, code)


def _text(found: list[Problem], language: str, most: int) -> str:
    lines = []
    shown: Counter[str] = Counter()
    for problem in found:
        shown[problem.code] += 1
        if shown[problem.code] <= most:
            place, code = problem.place, problem.code
            message, hint = (
                plain(said(each, language)) for each in (problem.message, problem.hint)
            )
            at = f"{BOLD}{plain(place.file)}:{place.line}:{place.col}{NORMAL}"
            level = f"{_COLOURS[problem.level]}{problem.level}[{code}]{NORMAL}"
            lines.append(f"{at}: {level}: {message}\n  {CYAN}hint{NORMAL}: {hint}\n")
    rest = {code: count - most for code, count in shown.items() if count > most}
    more = [
        Message("and {count} more of {code}: --all shows them", count=count, code=code)
        for code, count in rest.items()
    ]
    lines += [f"{said(each, language)}\n" for each in more]
    return "".join(lines)


def _json(found: list[Problem], language: str) -> str:
    rows = [
        {
            "file": plain(p.place.file),
            "line": p.place.line,
            "col": p.place.col,
            "level": p.level,
            "code": p.code,
            "message": said(p.message, language),
            "hint": said(p.hint, language),
        }
        for p in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _github(found: list[Problem], language: str) -> str:
    """Return workflow commands (docs.github.com: workflow commands, 'setting an error message')."""
    lines = []
    for problem in found:
        file, line, col = problem.place
        at = f"file={_property(plain(file))},line={line},col={col},title={_property(problem.code)}"
        message, hint = (said(each, language) for each in problem[2:4])
        level = "notice" if problem.level is Level.HINT else problem.level
        lines.append(f"::{level} {at}::{_command(f'{message}. Hint: {hint}')}\n")
    return "".join(lines)


def _count(found: list[Problem]) -> Message:
    """Return '2 errors, 1 warning: 2 × id-malformed, 1 × spelling', or that nothing was found."""
    counts = Counter(problem.level for problem in found)
    one, several = _LEVELS[0], _LEVELS[1]
    words = [
        Message("{count} {level}", count=n, level=one[level] if n == 1 else several[level])
        for level in Level
        if (n := counts[level])
    ]
    if len(found) <= 1:
        return words[0] if words else Message("no problems")
    codes = Counter(problem.code for problem in found).most_common()
    by_code = [f"{count} × {code}" for code, count in codes]
    return Message("{words}: {codes}", words=words, codes=by_code)


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[list[Problem], str], str]] = {
    "json": _json,
    "github": _github,
}
