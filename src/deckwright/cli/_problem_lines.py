"""Problems as lines for people, JSON for programs, and annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Callable

from deckwright.problem import Level, Problem

MOST = 20  # of one code, in a text for people


def problems(found: list[Problem], form: str, *, every: bool = False) -> str:
    """Return the problems in one of FORMATS, sorted by place, each once.

    As text, no more than MOST of one code are shown, unless `every`.
    """
    found = sorted(set(found), key=lambda p: (p.place, p.code, p.message))
    text = FORMATS[form](found) if form != "text" else _text(found, len(found) if every else MOST)
    return text.encode(errors="backslashreplace").decode()  # a file's name may not be UTF-8


def plain(text: str) -> str:
    """Return a stranger's text so that it cannot move the cursor of whoever reads it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _text(found: list[Problem], most: int) -> str:
    lines = []
    shown: Counter[str] = Counter()
    for problem in found:
        shown[problem.code] += 1
        if shown[problem.code] <= most:
            place, code, message, hint = problem
            at = f"{plain(place.file)}:{place.line}:{place.col}"
            lines.append(
                f"{at}: {problem.level}[{code}]: {plain(message)}\n  hint: {plain(hint)}\n"
            )
    rest = {code: count - most for code, count in shown.items() if count > most}
    lines += [f"and {count} more of {code}: --all shows them\n" for code, count in rest.items()]
    return "".join(lines) + _count(found)


def _json(found: list[Problem]) -> str:
    rows = [
        {
            "file": plain(p.place.file),
            "line": p.place.line,
            "col": p.place.col,
            "level": p.level,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _github(found: list[Problem]) -> str:
    """Return workflow commands (docs.github.com: workflow commands, 'setting an error message')."""
    return "".join(
        f"::{p.level} file={_property(plain(p.place.file))},line={p.place.line},col={p.place.col},"
        f"title={_property(p.code)}::{_command(f'{p.message}. Hint: {p.hint}')}\n"
        for p in found
    )


def _count(found: list[Problem]) -> str:
    """Return '2 errors, 1 warning: 2 × id-malformed, 1 × spelling', or that nothing was found."""
    counts = {level: sum(p.level is level for p in found) for level in Level}
    words = [f"{n} {level}{'s' * (n != 1)}" for level, n in counts.items() if n]
    codes = Counter(problem.code for problem in found).most_common()
    by_code = ", ".join(f"{count} × {code}" for code, count in codes)
    return ", ".join(words or ["no problems"]) + (f": {by_code}" if len(found) > 1 else "") + "\n"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[list[Problem]], str]] = {
    "json": _json,
    "github": _github,
}
