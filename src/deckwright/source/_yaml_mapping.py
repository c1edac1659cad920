"""One mapping of a YAML file: hands out its values, and reports what is wrong with them."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self

from deckwright.problem import Place, Problem
from deckwright.source._broken_yaml import parse_leniently
from deckwright.source._yaml_nodes import BrokenNode, ListNode, MappingNode, Node, TextNode
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import Text

# Ten times as long as a phone shows; the time that Markdown takes grows with the square of the
# number of its marks.
MAX_LENGTH, MAX_MARKS = 5_000, 200
MARKS = "[<{*_`"
_OTHER_NAMES = {
    other: key
    for key, others in {
        "question": "front voorkant vraag q prompt frage",
        "answer": "back achterkant antwoord a ans reply antwort",
        "cloze": "text tekst zin invulzin gatenzin gap",
        "tags": "tag label labels",
        "explanation": "toelichting uitleg extra explain note opmerking",
        "source": "bron bronnen ref reference",
        "theme": "thema onderwerp topic subject",
        "case": "situatie casus situation context",
        "kind": "soort type",
        "hint": "tip clue",
        "reverse": "omgekeerd andersom reversed bidirectional umgekehrt",
        "covers": "dekt behandelt",
        "notes": "notities kaarten cards vragen",
        "subdeck": "deck stapel onderdeel substapel",
        "name": "naam titel",
        "title": "titel naam",
        "key": "sleutel",
        "language": "taal lang",
        "description": "omschrijving beschrijving",
        "retired": "vervallen",
        "author": "auteur",
        "license": "licentie licence",
        "homepage": "website site url",
        "parts": "delen hoofdstukken",
        "points": "punten",
    }.items()
    for other in (key, *others.split())
}
_WHAT_IT_IS = {TextNode: "a text", ListNode: "a list", MappingNode: "a group of keys"}


@dataclass
class YamlMapping:
    """The keys of `node`. Ask for every key that may stand here, then `close()`."""

    node: MappingNode
    problems: list[Problem]
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of_file(cls, source: str, file: str, problems: list[Problem]) -> Self | None:
        """Return the mapping that a file holds, None where it holds none (reported)."""
        node, found = parse_leniently(source, file)
        problems += found
        if node is None and not found:
            hint = "write the file's keys, or remove the file"
            problems.append(Problem(Place(file), "value-empty", "the file is empty", hint))
        return cls.of(node, problems) if node else None

    @classmethod
    def of(cls, node: Node, problems: list[Problem]) -> Self | None:
        """Return the mapping of a node, None where it is something else (reported)."""
        if isinstance(node, MappingNode):
            return cls(node, problems)
        if not isinstance(node, BrokenNode):
            message, hint = "no 'key: value' lines here", "write lines such as 'id: my-note'"
            problems.append(Problem(node.place, "type-wrong", message, hint))
        return None

    def __contains__(self, key: str) -> bool:
        """Return whether the author wrote this key."""
        return key in self.node.pairs

    def means(self, *keys: str) -> bool:
        """Return whether the author wrote one of these keys by another name."""
        return any(_meant(key) in keys for key in self.node.pairs)

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.node.place

    def text(self, key: str, *, required: bool = False, prose: bool = True) -> Text | None:
        """Return the text under `key`, or None where none can be used (reported where needed).

        In `prose`, a ` #` that ends a text is an error: YAML would drop what follows in silence.
        """
        node = self._value(key, required=required)
        return None if node is None else self._text(node, f"'{key}'", prose=prose)

    def choice(
        self, key: str, values: Collection[str], *, shown: str = "", required: bool = False
    ) -> Text | None:
        """Return the text under `key`, which must be one of `values`; None as in `text`.

        `shown` is what the hint lists instead of the values.
        """
        known = shown or ", ".join(values)
        if required and key not in self:
            self.missing(key, f"add a line '{key}: …' with one of {known}")
        text = self.text(key, prose=False)
        if text is None or text.value in values:
            return text
        self.unknown_value(key, text, f"write one of {known}{_did_you_mean(text.value, values)}")
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the texts of a list under `key`; a text alone counts as a list of one."""
        node = self._value(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        texts = (self._text(item, f"an item of '{key}'", prose=False) for item in items)
        return tuple(text for text in texts if text)

    def pairs(self, key: str) -> tuple[tuple[Text, Text | None], ...]:
        """Return the keys and texts of a group under `key`; an empty text counts as None."""
        node = self._value(key)
        if node is None or isinstance(node, BrokenNode):
            return ()
        if not isinstance(node, MappingNode):
            message = f"'{key}' is {_WHAT_IT_IS[type(node)]}, not a group of keys"
            self._problem(node.place, "type-wrong", message, f"write '{key}: {{code: why}}'")
            return ()
        return tuple(
            (name.text, value.text if isinstance(value, TextNode) and value.text.value else None)
            for name, value in node.pairs.values()
        )

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """Return the items of the list under `key`; none where there is no list (reported)."""
        node = self._value(key, required=required)
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, TextNode) and not node.text.value:
            self._problem(node.place, "value-empty", f"'{key}' is empty", "add an item: '- …'")
        elif node is not None and not isinstance(node, BrokenNode):
            message = f"'{key}' is {_WHAT_IT_IS[type(node)]}, not a list"
            self._problem(node.place, "type-wrong", message, "begin each item with '- '")
        return ()

    def close(self, *also: str) -> None:
        """Report every key that was not asked for; `also` names more keys that are known."""
        known = (*self.asked, *also)
        for key, (name, _) in self.node.pairs.items():
            if key not in known:
                close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.7)
                meant = next((each for each in (_meant(key), *close) if each in known), "")
                hint = f"write '{meant}'" if meant else f"known here: {', '.join(known)}"
                self._problem(name.place, "key-unknown", f"the key '{key}' is unknown here", hint)

    def missing(self, key: str, hint: str) -> None:
        """Report that a key is not there, unless its author has another name for it."""
        if key not in map(_meant, self.node.pairs):
            self.problem("key-missing", f"'{key}' is missing", hint)

    def unknown_value(self, key: str, text: Text, hint: str) -> None:
        """Report a text that the key cannot have."""
        message = f"'{text.value}' is not a value for '{key}'"
        self._problem(text.place, "value-unknown", message, hint)

    def problem(self, code: str, message: str, hint: str, key: str = "") -> None:
        """Report a problem with the mapping as a whole, or with the line of a key that is there."""
        place = self.node.pairs[key][0].place if key else self.place
        self._problem(place, code, message, hint)

    def _value(self, key: str, *, required: bool = False) -> Node | None:
        self.asked.append(key)
        if key in self.node.pairs:
            return self.node.pairs[key][1]
        if required:
            self.missing(key, f"add a line '{key}: …'")
        return None

    def _text(self, node: Node, what: str, *, prose: bool) -> Text | None:
        if isinstance(node, BrokenNode):
            return None
        if not isinstance(node, TextNode):
            message = f"{what} is {_WHAT_IT_IS[type(node)]}, not a text"
            self._problem(node.place, "type-wrong", message, "write a single text, between quotes")
            return None
        text = node.text
        if not text.value.strip():
            hint = "write a text, or remove the line"
            self._problem(node.place, "value-empty", f"{what} is empty", hint)
            return None
        if prose and node.cut:
            message = "YAML drops everything from this # on"
            hint = "put the text between quotes, or a comment on a line of its own"
            self._problem(node.cut, "yaml-comment", message, hint)
        # YAML's escapes can bring in what no file may hold.
        if found := NOT_TEXT.search(text.value) or HIDDEN.search(text.value):
            message = f"the character U+{ord(found[0]):04X} cannot stand in a card"
            self._problem(text.at(found.start()), "value-character", message, "remove it")
            return None
        if len(text.value) > MAX_LENGTH or sum(map(text.value.count, MARKS)) > MAX_MARKS:
            message = (
                f"{what} has more than {MAX_LENGTH:,} characters, or more than {MAX_MARKS} of "
                f"{' '.join(MARKS)}"
            )
            hint = "make it shorter, or split it into several notes"
            self._problem(node.place, "value-large", message, hint)
            return None
        return text

    def _problem(self, place: Place, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, code, message, hint))


def _meant(key: str) -> str:
    """Return the key that is meant by a word that other tools, or Dutch authors, have for it."""
    return _OTHER_NAMES.get(key.casefold(), "")


def _did_you_mean(word: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
    return f"; did you mean '{close[0]}'?" if close else ""
