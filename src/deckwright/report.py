"""Problems and results as lines for people, JSON for programs, and annotations for GitHub."""

import json
from collections.abc import Callable

from deckwright.build import Made
from deckwright.check.coverage import Taught
from deckwright.problem import LEVELS, Level, Problem

NO_LOCK = (
    "There is no deck.lock, so every note counts as new. For a first build that is as it should\n"
    "be. If people already have this deck, stop: put the deck.lock of the last build back first,\n"
    "or their own tags and corrections are replaced at the next import.\n"
)
CLEANUP = (
    "{package}: blanks {count} retired notes, only for people who already have the deck:\n"
    "  they import it and run Tools > Empty Cards. Without it, the notes stay with them.\n"
)


def problems(found: list[Problem], form: str) -> str:
    """Return the problems in one of FORMATS, sorted by place, each once."""
    text = FORMATS[form](sorted(set(found), key=lambda p: (p.place, p.code, p.message)))
    return text.encode(errors="backslashreplace").decode()  # a file's name may be no UTF-8


def summary(made: Made, seconds: float) -> str:
    """Return what a build made: notes and cards by subdeck, and what became of the notes."""
    stamped, changes = made.stamped, made.changes
    counts: dict[str, list[int]] = {}
    for note in (stamped.note for stamped in stamped.notes):
        count = counts.setdefault(note.deck, [0, 0])
        count[0] += 1
        count[1] += len(note.ords)
    counts["together"] = [sum(count[part] for count in counts.values()) for part in (0, 1)]
    wide = max(map(len, counts))
    rows = [
        f"  {plain(deck):{wide}} {notes:5} notes {cards:5} cards\n"
        for deck, (notes, cards) in counts.items()
    ]
    names = ("new", "changed", "unchanged", "retired")
    became = ", ".join(f"{len(getattr(changes, name))} {name}" for name in names)
    lines = [f"{made.package}: {made.size:,} bytes in {seconds:.2f} s\n", *rows, f"  {became}\n"]
    if made.cleanup:
        retired = sum(entry.retired is not None for entry in stamped.lock.notes.values())
        lines.append(CLEANUP.format(package=made.cleanup, count=retired))
    return "".join(lines) + (NO_LOCK if made.first else "")


def rules(manuals: dict[str, str], form: str = "text") -> str:
    """Return a line for each rule: its codes, its level, and the first line of its manual.

    `manuals` maps codes to manuals; in `form` 'markdown' the lines make a table.
    """
    codes: dict[str, list[str]] = {}
    for code, text in manuals.items():
        codes.setdefault(text.partition("\n")[0], []).append(code)
    if form == "text":
        return "".join(
            f"{LEVELS[code]:7}  {code:18} {first}\n" for first in codes for code in codes[first]
        )
    rows = []
    for first, names in codes.items():
        listed = ", ".join(f"`{code}`" for code in names)
        rows.append(f"| {listed} | {LEVELS[names[0]]} | {first} |\n")
    return "".join(["| code | level | what it asks |\n|---|---|---|\n", *rows])


def coverage(rows: list[Taught], form: str) -> str:
    """Return points against notes as a table, or as JSON for any other form than text."""
    if form != "text":
        return json.dumps([_coverage_row(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    lines = [f"{'point':30} {'kind':10} {'Q/A':>5} {'cloze':>5} {'case':>5}  missing\n"]
    for row in rows:
        counts = f"{len(row.questions):5} {len(row.clozes):5} {len(row.cases):5}"
        missing = ", ".join(row.missing()) or "-"
        lines.append(f"{row.point.id.value:30} {row.point.kind.value:10} {counts}  {missing}\n")
    lacking = sum(bool(row.missing()) for row in rows)
    return "".join(lines) + f"{len(rows)} points, {lacking} with something missing\n"


def _coverage_row(row: Taught) -> dict[str, object]:
    return {
        "point": row.point.id.value,
        "kind": row.point.kind.value,
        "questions": len(row.questions),
        "clozes": len(row.clozes),
        "cases": len(row.cases),
        "notes": [note.id.value for note in row.notes],
        "missing": row.missing(),
    }


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


def plain(text: str) -> str:
    """Keep a stranger's text from moving the cursor of whoever reads it, or from being no text."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[list[Problem]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
