"""Problems as lines for people, JSON for programs, and annotations for GitHub."""

import json
from collections.abc import Callable

from deckwright.problem import Level, Problem


def problems(found: list[Problem], form: str) -> str:
    """Return the problems in one of FORMATS, sorted by place, each once."""
    text = FORMATS[form](sorted(set(found), key=lambda p: (p.place, p.code, p.message)))
    return text.encode(errors="backslashreplace").decode()  # a file's name may not be UTF-8


def plain(text: str) -> str:
    """Return a stranger's text so that it cannot move the cursor of whoever reads it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _text(found: list[Problem]) -> str:
    lines = [
        f"{plain(p.place.file)}:{p.place.line}:{p.place.col}: "
        f"{p.level}[{p.code}]: {plain(p.message)}\n"
        f"  hint: {plain(p.hint)}\n"
        for p in found
    ]
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
    """Return '2 errors, 1 warning', or that nothing was found."""
    counts = {level: sum(p.level is level for p in found) for level in Level}
    words = [f"{n} {level}{'s' * (n != 1)}" for level, n in counts.items() if n]
    return ", ".join(words or ["no problems"]) + "\n"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[list[Problem]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
