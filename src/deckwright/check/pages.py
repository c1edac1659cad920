"""The page of each code: what is asked, why, what to do, and the cards that show it."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from deckwright.problem import LEVELS

LANGUAGES = ("en", "nl")
_EXAMPLES, _FIGURES = "examples", "figures"


class Page(NamedTuple):
    """What there is to know of a code.

    `asks` is one line; `bad` gives the code and `good` does not, both "" where no card can show it;
    `released` is what learners have before `bad`, "" where that does not matter.
    """

    asks: str
    why: str
    do: str
    bad: str = ""
    good: str = ""
    released: str = ""


def page(code: str, language: str) -> Page:
    """Return the page of a code in one of LANGUAGES; KeyError for a code that is not in LEVELS."""
    if code not in LEVELS:
        raise KeyError(code)
    texts = {name: " ".join(text.split()) for name, text in _data(language)[code].items()}
    return Page(**texts, **_data(_EXAMPLES).get(code, {}))


class Figures(NamedTuple):
    """How sure a rule is, on labelled cards: `found` of so many bad, `right` of so many flagged."""

    bad: int
    found: int
    flagged: int
    right: int


def figures(code: str, half: str = "") -> dict[str, Figures]:
    """Return how sure a rule is, by the language of the cards; empty for what is not measured.

    With `half` "_tune", on the cards that it was tuned by.
    """
    data = _data(_FIGURES).get(code, {})
    names = {language: f"{language}{half}" for language in LANGUAGES}
    return {language: Figures(*data[name]) for language, name in names.items() if name in data}


def read_by_hand(code: str) -> tuple[int, int]:
    """Return how many warnings of a rule on real decks were read by hand, and were right."""
    read, right = _data(_FIGURES).get(code, {}).get("real", (0, 0))
    return read, right


def labels(language: str) -> dict[str, str]:
    """Return the words that stand around the texts of a page."""
    return dict(_data(language)["labels"])


def headings(language: str) -> dict[str, str]:
    """Return the headings of `problem.GROUPS`, by the names of the groups."""
    return dict(_data(language)["groups"])


@cache
def _data(name: str) -> dict[str, dict[str, Any]]:
    file = resources.files(__package__) / "pages" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))
