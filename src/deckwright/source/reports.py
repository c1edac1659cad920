"""Where learners report a mistake: a mail address, or the address of an issue tracker's form."""

import re

from deckwright.source._yaml_mapping import YamlMapping
from deckwright.source.deck import Text
from deckwright.source.key import Key
from deckwright.words.messages import Message

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})+"
MAIL = re.compile(rf"[a-zA-Z0-9._+-]+@{_HOST}")
# A page fills in the id of the note, and the message: without it, nobody knows which note is meant.
TRACKER = re.compile(
    rf"(?=.*\{{text\}})https://{_HOST}(?::[0-9]+)?/(?:[!-;=?-z~]|\{{(?:id|text)\}})*"
)
_BARE = re.compile(r"mailto:|[<>()\s]|\?.*")


def report_under(mapping: YamlMapping, key: Key) -> Text | None:
    """Return the address under a key, None where there is none to use (reported where needed)."""
    text = mapping.text(key)
    if not text or MAIL.fullmatch(text.value) or TRACKER.fullmatch(text.value):
        return text
    mapping.unknown_value(key.name, text, _hint(text.value))
    return None


def _hint(value: str) -> Message:
    mail = _BARE.sub("", value)
    if MAIL.fullmatch(mail):
        return Message("write '{mail}'", mail=mail)
    if re.match("https?:", value):
        return Message(
            "write {{text}} where the form takes the message, as in "
            "https://github.com/OWNER/NAME/issues/new?title={{id}}&body={{text}}"
        )
    return Message("write a mail address, or the https:// address of a form that reports mistakes")
