"""Notes to check, and what is wrong with them."""

from pathlib import Path
from typing import Any

from author import Author

from deckwright.build.plan import BuildOptions, plan_build
from deckwright.release.next_release import Clock

GIVEN = {"id": "n", "answer": "Vooral wachten."}


def codes(folder: Path, *notes: dict[str, Any], **settings: Any) -> list[str]:
    """Return the codes of what is wrong with a deck of these notes."""
    author = Author(folder, list(notes))
    author.settings |= settings
    author.save()
    options = BuildOptions(hints=True)
    return [p.code for p in plan_build(author.cards, Clock(author.now), options).problems]


def some(count: int, word: str = "woord") -> str:
    """Return a text of `count` different words."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join(f"{word}{letters[i // 26]}{letters[i % 26]}" for i in range(count))


def question(**texts: str) -> dict[str, Any]:
    """Return a note that has no problem but for these texts."""
    return {"id": "n", "question": "Welke bril past hier?", "answer": "Een dichte."} | texts


def gap(**texts: str) -> dict[str, Any]:
    """Return a cloze note."""
    return {"id": "n"} | texts
