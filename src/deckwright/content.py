"""What the lock remembers of a note: whether it changed, how it begins, what its gaps hide."""

import hashlib
import json
import unicodedata

from deckwright import cloze
from deckwright.notes import ClozeNote, Note

OPENING = 100


def content_hash(note: Note, media: tuple[str, ...] = ()) -> str:
    """Return a hash of what the author wrote of a note: its texts by role, its tags, its media.

    `media` are the names of the files it shows; they hold a hash of the bytes.

    Not of the HTML, nor of the order of tags or notes: what a learner would not see must not reach
    a learner.
    """
    texts = {role: unicodedata.normalize("NFC", text.value) for role, text in note.texts().items()}
    tags = sorted({unicodedata.normalize("NFC", tag.value) for tag in note.tags})
    content = json.dumps([texts, tags, *media], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def opening(note: Note) -> str:
    """Return how the question or the cloze begins, on one line: what the lock knows a note by."""
    text = note.cloze if isinstance(note, ClozeNote) else note.question
    return " ".join(text.value.split())[:OPENING]


def hidden_texts(note: Note) -> dict[str, str]:
    """Return what each number of a cloze hides; empty for a question."""
    return cloze.hidden(note.cloze.value) if isinstance(note, ClozeNote) else {}
