"""Figures of cards as a table for people, and as JSON for programs."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from deckwright.cli._printing import plain
from deckwright.feedback.failing_cards import CardFigures, Verdict
from deckwright.problem import Place
from deckwright.site.review_page import HEADS, card_names, cells
from deckwright.words.messages import Message, said

MOST = 20  # cards in a text for people, unless more of them fail
_WORDS = (0, 1, 7)  # the columns that begin at the left


def table(
    figures: Sequence[CardFigures], places: Mapping[str, Place], code: str, *, every: bool
) -> str:
    """Return a line for each card in a language: at least MOST, and all with `every`."""
    failing = sum(each.verdict is Verdict.FAILS for each in figures)
    shown = figures if every else figures[: max(failing, MOST)]
    rows = [[said(head, code) for head in HEADS]]
    names = card_names(figures)
    for each in shown:
        row = cells(each, names[each.card], places[each.card.note], code)
        rows.append([plain(cell) for cell in row])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column in _WORDS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    if more := len(figures) - len(shown):
        lines.append(said(Message("and {count} more cards: --all shows them", count=more), code))
    return "".join(f"{line}\n" for line in lines)


def summary(figures: Sequence[CardFigures]) -> Message:
    """Return of how many cards what is said."""
    counts = Counter(each.verdict for each in figures)
    return Message(
        "cards that fail: {fails}; fine: {fine}; too early to say: {early}",
        **{verdict.value: counts[verdict] for verdict in Verdict},
    )


def as_json(figures: Sequence[CardFigures], places: Mapping[str, Place]) -> str:
    """Return the figures for programs: shares from 0 to 1, null where nothing was answered."""
    rows = [_row(each, places[each.card.note]) for each in figures]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(each: CardFigures, place: Place) -> dict[str, object]:
    numbers = {
        name: round(getattr(each, name), 4) if each.reviews else None
        for name in ("rate", "low", "high", "expected")
    }
    return {
        "note": each.card.note,
        "card": each.card.number,
        "file": plain(place.file),
        "line": place.line,
        "reviews": each.reviews,
        "lapses": each.lapses,
        "learners": each.learners,
        **numbers,
        "verdict": each.verdict,
    }
