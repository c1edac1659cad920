"""The language of a deck, a file or a note: a code such as nl."""

import re
from functools import cache

from deckwright.source._yaml_mapping import YamlMapping
from deckwright.source.deck import Text
from deckwright.source.key import Key
from deckwright.words.language import languages
from deckwright.words.messages import Message

# A code as BCP 47 has it, such as nl, pt-BR, zh-Hans.
CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
CODES_BY_NAME = {
    "nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en", "duits": "de",
    "deutsch": "de", "german": "de", "frans": "fr", "français": "fr", "french": "fr",
    "spaans": "es", "español": "es", "spanish": "es", "ned": "nl", "eng": "en",
}  # fmt: skip


def language_under(mapping: YamlMapping, key: Key) -> Text | None:
    """Return the code of a language: one of ours, or any other that looks like one."""
    text = mapping.text(key, _add_language())
    if not text or (CODE.fullmatch(text.value) and text.value not in CODES_BY_NAME):
        return text
    known = ", ".join(languages())
    hint = Message("write the code of the language, such as one of {known}", known=known)
    code = CODES_BY_NAME.get(text.value.casefold(), "")
    mapping.unknown_value(key.name, text, Message("write '{code}'", code=code) if code else hint)
    return None


@cache  # each note may have a language
def _add_language() -> Message:
    known = ", ".join(languages())
    return Message(
        "add a line 'language: …' with the code of the language, such as one of {known}",
        known=known,
    )
