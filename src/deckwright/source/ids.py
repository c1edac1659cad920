"""Ids of notes, parts and points, and the deck's key: a-z, 0-9 and single hyphens."""

import re
import unicodedata

MAX_LENGTH = 80
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return bool(ID.fullmatch(text)) and len(text) <= MAX_LENGTH


def suggested_id(text: str) -> str:
    """Return the id that was meant: without accents, spaces and capitals; "" where none is left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_LENGTH].strip("-")
