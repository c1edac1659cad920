"""What Anki would play, read aloud or run where it stands in the text of a card."""

import re
from collections.abc import Iterator

from deckwright.cards import media
from deckwright.problem import Problem
from deckwright.source.deck import Text
from deckwright.words.messages import Message

_RUN_BY_ANKI = re.compile(
    r"\[sound:(?P<sound>[^\]]*)\]|\[anki:[a-z]+|\[/?(?:latex|\$\$?)\]", re.IGNORECASE
)


def run_by_anki(text: Text, shown: str) -> Iterator[Problem]:
    """Yield a problem for each such thing in `shown`, which is what a card makes of `text`."""
    for found in _RUN_BY_ANKI.finditer(shown):
        if found["sound"] is not None:
            place = text.at(max(text.value.find(found["sound"]), 0))
            yield Problem(place, *media.foreign_sound(found["sound"]))
        else:
            message = Message("Anki would run '{found}' on the learner's computer", found=found[0])
            hint = Message("say it in words, or in a picture")
            yield refused(text, found[0].strip("[").lower(), message, hint)


def refused(text: Text, needle: str, message: Message, hint: Message) -> Problem:
    """Return a problem where `needle` (in lower case) stands in a text, at its start if nowhere."""
    offset = max(text.value.lower().find(needle), 0)
    return Problem(text.at(offset), "html-not-allowed", message, hint)
