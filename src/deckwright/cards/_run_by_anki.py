"""What Anki would play, read aloud or run where it stands in the text of a card."""

import re
from collections.abc import Collection, Iterator

from deckwright.cards import media
from deckwright.problem import Problem
from deckwright.source.deck import Text
from deckwright.words.messages import Message

# What is never closed on a text may be closed by the next one of the card.
_RUN_BY_ANKI = re.compile(
    r"\[sound:(?P<sound>[^\]]*)|\[/?anki:[a-z]*|\[/?(?:latex|\$\$?)\]|\[\[type:", re.IGNORECASE
)


def runs(shown: str, own: Collection[str]) -> bool:
    """Return whether a card has any such thing but sounds of its `own`, by their packed names."""
    return any(each["sound"] not in own for each in _RUN_BY_ANKI.finditer(shown))


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
