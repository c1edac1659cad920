"""The values of all keys that may stand in a mapping, read as their definitions say."""

from collections.abc import Callable
from typing import Any

from deckwright.source._yaml_mapping import YamlMapping
from deckwright.source.key import Holds, Key, Keys
from deckwright.source.languages import language_under
from deckwright.source.reports import report_under

_READ: dict[Holds, Callable[[YamlMapping, Key], Any]] = {
    Holds.PROSE: YamlMapping.text,
    Holds.NAME: YamlMapping.text,
    Holds.ID: YamlMapping.text,
    Holds.NAMES: YamlMapping.texts,
    Holds.LANGUAGE: language_under,
    Holds.REPORT: report_under,
    Holds.CHOICE: YamlMapping.choice,
    Holds.PAIRS: YamlMapping.pairs,
    Holds.ITEMS: YamlMapping.items,
}


def values(mapping: YamlMapping, keys: Keys) -> dict[str, Any]:
    """Return what stands under each of some keys, by its name; what is wrong is reported.

    That is a text, or one of the choices, None where there is none to use; a tuple of texts, pairs
    or nodes, empty where there are none.
    """
    return {key.name: _READ[key.holds](mapping, key) for key in keys}
