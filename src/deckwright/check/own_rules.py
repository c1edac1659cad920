"""What a deck says of rules: `rules: {question-mark: off, answer-long: 40}`."""

import difflib
from collections.abc import Iterator

from deckwright.check.standard import LIMITS, is_limit, rules_of
from deckwright.problem import LEVELS, Level, Problem
from deckwright.source.deck import Deck
from deckwright.words.messages import Message

_UNKNOWN = "rule-unknown"
OFF = {"off", "uit", "no", "nee", "false"}


def without_switched_off(deck: Deck, problems: list[Problem]) -> list[Problem]:
    """Return the problems without the warnings that a deck switches off."""
    off = {name for name, value in rules_of(deck) if value.lower() in OFF}
    return [p for p in problems if p.code not in off or p.level is Level.ERROR]


def rule_unknown(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for what stands under `rules` and is no warning, `off` or limit."""
    for name, value in deck.rules:
        code, given = name.value, value.value if value else ""
        if LEVELS.get(code, Level.ERROR) is Level.ERROR:
            close = difflib.get_close_matches(code, _warnings(), n=1)
            if code in LEVELS:
                hint = Message("fix what it finds: Anki would lose or break it")
            elif close:
                hint = Message("did you mean '{close}'?", close=close[0])
            else:
                hint = Message("write the code of a warning, as check prints it between brackets")
            message = Message("'{code}' is not a warning of check", code=code)
            yield Problem(name.place, _UNKNOWN, message, hint)
        elif given.lower() not in OFF and not (code in LIMITS and is_limit(given)):
            place = value.place if value else name.place
            if code in LIMITS:
                hint = Message("write '{code}: off', or a number of 1 or more", code=code)
            else:
                hint = Message("write '{code}: off'", code=code)
            message = Message("'{code}' cannot be '{given}'", code=code, given=given)
            if not given:
                message = Message("'{code}' has no value", code=code)
            yield Problem(place, _UNKNOWN, message, hint)


def _warnings() -> list[str]:
    return [code for code, level in LEVELS.items() if level is not Level.ERROR]
