"""Points of the guide against the notes that teach them, for people and programs."""

import json

from deckwright.check.coverage import PointCoverage
from deckwright.words.messages import Message, said

_HEADS = [
    Message("point"),
    Message("kind"),
    Message("Q/A"),
    Message("cloze"),
    Message("case"),
    Message("missing"),
]


def table(rows: list[PointCoverage], form: str, code: str) -> str:
    """Return the points as a table in a language, or as JSON for any other form than text."""
    if form != "text":
        return json.dumps(list(map(_row, rows)), ensure_ascii=False, indent=2) + "\n"
    heads = [said(head, code) for head in _HEADS]
    lines = ["{:30} {:10} {:>5} {:>5} {:>5}  {}\n".format(*heads)]
    for row in rows:
        counts = f"{len(row.questions):5} {len(row.clozes):5} {len(row.cases):5}"
        missing = ", ".join(said(each, code) for each in row.missing()) or "-"
        kind = row.point.kind.dutch if code == "nl" else row.point.kind.value
        lines.append(f"{row.point.id.value:30} {kind:10} {counts}  {missing}\n")
    lacking = sum(bool(row.missing()) for row in rows)
    count = Message(
        "{count} points, {lacking} with something missing", count=len(rows), lacking=lacking
    )
    return "".join(lines) + f"{said(count, code)}\n"


def _row(row: PointCoverage) -> dict[str, object]:
    return {
        "point": row.point.id.value,
        "kind": row.point.kind.value,
        "questions": len(row.questions),
        "clozes": len(row.clozes),
        "cases": len(row.cases),
        "notes": [note.id.value for note in row.notes],
        "missing": row.missing(),
    }
