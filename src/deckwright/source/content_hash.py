"""Whether the author changed a note."""

import hashlib
import json
import unicodedata

from deckwright.source.deck import Note


def content_hash(note: Note, media: tuple[str, ...] = ()) -> str:
    """Return a hash of what the author wrote in a note: its texts by role, its tags, its media.

    `media` are the packed names of the files that the note shows; each holds a hash of the file's
    bytes. Neither the HTML nor the order of tags or notes counts: what a learner would not see must
    not reach a learner.
    """
    texts = {role: unicodedata.normalize("NFC", text.value) for role, text in note.texts().items()}
    tags = sorted({unicodedata.normalize("NFC", tag.value) for tag in note.tags})
    content = json.dumps([texts, tags, *media], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
