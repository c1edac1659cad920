"""Ids of notes, parts and points, and the deck's key: a-z, 0-9 and single hyphens."""

import re
import unicodedata

MAX_LENGTH = 80
_WORDS = 6
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return bool(ID.fullmatch(text)) and len(text) <= MAX_LENGTH


def suggested_id(text: str) -> str:
    """Return the id that was meant: without accents, spaces and capitals; "" where none is left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_LENGTH].strip("-")


def id_of_text(text: str) -> str:
    """Return an id made of the first words of a question or cloze text; "" where none is left."""
    words = re.findall(r"[^\W_]+", re.sub(r"\{\{c\d+::", "", text))[:_WORDS]
    return suggested_id(" ".join(words))
