"""One mapping of a YAML file: hands out its values, and reports what is wrong with them."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self, TypeVar

from deckwright.problem import Fix, Place, Problem
from deckwright.source._broken_yaml import parse_leniently
from deckwright.source._yaml_nodes import BrokenNode, ListNode, MappingNode, Node, TextNode
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import Text
from deckwright.source.other_names import meant
from deckwright.words.messages import Message

# Ten times as long as a phone shows; the time that Markdown takes grows with the square of the
# number of its marks. Python reads no number of more than 4,300 digits, as in &#1…;.
MAX_LENGTH, MAX_MARKS = 4_000, 200
# Characters of a name, and things of a list: Anki has them again for each note.
MAX_NAME, MAX_ITEMS = 200, 100
MARKS = "[<{*_`"
_SHORTER = Message("make it shorter, or split it into several notes")
_Item = TypeVar("_Item")
_KINDS = {
    TextNode: Message("a text"),
    ListNode: Message("a list"),
    MappingNode: Message("a group of keys"),
}


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
            hint = Message("write the file's keys, or remove the file")
            problems.append(Problem(Place(file), "value-empty", Message("the file is empty"), hint))
        return cls.of(node, problems) if node else None

    @classmethod
    def of(cls, node: Node, problems: list[Problem]) -> Self | None:
        """Return the mapping of a node, None where it is something else (reported)."""
        if isinstance(node, MappingNode):
            return cls(node, problems)
        if not isinstance(node, BrokenNode):
            message, hint = (
                Message("no 'key: value' lines here"),
                Message("write lines such as 'id: my-note'"),
            )
            problems.append(Problem(node.place, "type-wrong", message, hint))
        return None

    def __contains__(self, key: str) -> bool:
        """Return whether the author wrote this key."""
        return key in self.node.pairs

    def means(self, *keys: str) -> bool:
        """Return whether the author wrote one of these keys by another name."""
        return any(meant(key) in keys for key in self.node.pairs)

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.node.place

    def text(
        self, key: str, *, required: bool = False, prose: bool = True, most: int = MAX_LENGTH
    ) -> Text | None:
        """Return the text under `key`, or None where none can be used (reported where needed).

        In `prose`, a ` #` that ends a text is an error: YAML would drop what follows in silence.
        What is no prose is a name; `most` is how many characters it may have.
        """
        node, what = self._value(key, required=required), Message("'{key}'", key=key)
        most = most if prose else MAX_NAME
        return None if node is None else self._text(node, what, prose=prose, most=most)

    def choice(
        self, key: str, values: Collection[str], *, shown: str = "", required: bool = False
    ) -> Text | None:
        """Return the text under `key`, which must be one of `values`; None as in `text`.

        `shown` is what the hint lists instead of the values.
        """
        known = shown or ", ".join(values)
        if required and key not in self:
            hint = Message("add a line '{key}: …' with one of {known}", key=key, known=known)
            self.missing(key, hint)
        text = self.text(key, prose=False)
        if text is None or text.value in values:
            return text
        self.unknown_value(key, text, _one_of(known, text.value, values))
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the texts of a list under `key`; a text alone counts as a list of one."""
        node = self._value(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        what = Message("an item of '{key}'", key=key)
        texts = (
            self._text(item, what, prose=False, most=MAX_NAME)
            for item in self._at_most(MAX_ITEMS, items, key)
        )
        return tuple(text for text in texts if text)

    def pairs(self, key: str, most: int = MAX_ITEMS) -> tuple[tuple[Text, Text | None], ...]:
        """Return the keys and texts of a group under `key`; an empty text counts as None.

        `most` is how many there may be.
        """
        node = self._value(key)
        if node is None or isinstance(node, BrokenNode):
            return ()
        if isinstance(node, TextNode) and not node.text.value:  # its last line was taken out
            return ()
        if not isinstance(node, MappingNode):
            message = Message(
                "'{key}' is {kind}, not a group of keys", key=key, kind=_KINDS[type(node)]
            )
            hint = Message("write '{key}: {{code: why}}'", key=key)
            self._problem(node.place, "type-wrong", message, hint)
            return ()
        kept = []
        for name, value in self._at_most(most, tuple(node.pairs.values()), key):
            text = value.text if isinstance(value, TextNode) and value.text.value else None
            if not any(
                self._is_large(t, Message("'{key}'", key=key)) for t in (name.text, text) if t
            ):
                kept.append((name.text, text))
        return tuple(kept)

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """Return the items of the list under `key`; none where there is no list (reported)."""
        node = self._value(key, required=required)
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, TextNode) and not node.text.value:
            hint = Message("add an item: '- …'")
            message = Message("'{key}' is empty", key=key)
            self._problem(node.place, "value-empty", message, hint)
        elif node is not None and not isinstance(node, BrokenNode):
            message = Message("'{key}' is {kind}, not a list", key=key, kind=_KINDS[type(node)])
            self._problem(node.place, "type-wrong", message, Message("begin each item with '- '"))
        return ()

    def close(self, *also: str) -> None:
        """Report every key that was not asked for; `also` names more keys that are known."""
        known = (*self.asked, *also)
        unknown = [(key, name) for key, (name, _) in self.node.pairs.items() if key not in known]
        for key, name in unknown[:MAX_ITEMS]:
            close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.7)
            right = next((each for each in (meant(key), *close) if each in known), "")
            hint = (
                Message("write '{right}'", right=right)
                if right
                else Message("known here: {known}", known=", ".join(known))
            )
            message = Message("the key '{key}' is unknown here", key=key)
            self._problem(name.place, "key-unknown", message, hint)

    def missing(self, key: str, hint: Message, fix: Fix | None = None) -> None:
        """Report that a key is not there, unless its author has another name for it."""
        if key not in map(meant, self.node.pairs):
            message = Message("'{key}' is missing", key=key)
            self.problems.append(Problem(self.place, "key-missing", message, hint, fix))

    def unknown_value(self, key: str, text: Text, hint: Message) -> None:
        """Report a text that the key cannot have."""
        message = Message("'{text}' is not a value for '{key}'", text=text.value, key=key)
        self._problem(text.place, "value-unknown", message, hint)

    def problem(self, code: str, message: Message, hint: Message, key: str = "") -> None:
        """Report a problem with the mapping as a whole, or with the line of a key that is there."""
        place = self.node.pairs[key][0].place if key else self.place
        self._problem(place, code, message, hint)

    def _value(self, key: str, *, required: bool = False) -> Node | None:
        self.asked.append(key)
        if key in self.node.pairs:
            return self.node.pairs[key][1]
        if required:
            self.missing(key, Message("add a line '{key}: …'", key=key))
        return None

    def _at_most(self, most: int, items: tuple[_Item, ...], key: str) -> tuple[_Item, ...]:
        """Return the items under `key`; none where there are more than `most` (reported)."""
        if len(items) <= most:
            return items
        message = Message("'{key}' has more than {most:,} items", key=key, most=most)
        self.problem("value-large", message, _SHORTER, key)
        return ()

    def _is_large(self, text: Text, what: Message, most: int = MAX_LENGTH) -> bool:
        """Return whether a text is too large to be read (reported)."""
        if len(text.value) <= most and sum(map(text.value.count, MARKS)) <= MAX_MARKS:
            return False
        message = Message(
            "{what} has more than {max_length:,} characters, or more than {max_marks} of {marks}",
            what=what,
            max_length=most,
            max_marks=MAX_MARKS,
            marks=" ".join(MARKS),
        )
        self._problem(text.place, "value-large", message, _SHORTER)
        return True

    def _text(self, node: Node, what: Message, *, prose: bool, most: int) -> Text | None:
        if isinstance(node, BrokenNode):
            return None
        if not isinstance(node, TextNode):
            message = Message("{what} is {kind}, not a text", what=what, kind=_KINDS[type(node)])
            hint = Message("write a single text, between quotes")
            self._problem(node.place, "type-wrong", message, hint)
            return None
        text = node.text
        if not text.value.strip():
            hint = Message("write a text, or remove the line")
            self._problem(node.place, "value-empty", Message("{what} is empty", what=what), hint)
            return None
        if prose and node.cut:
            message = Message("YAML drops everything from this # on")
            hint = Message("put the text between quotes, or a comment on a line of its own")
            self._problem(node.cut, "yaml-comment", message, hint)
        # YAML's escapes can bring in what no file may hold.
        if found := NOT_TEXT.search(text.value) or HIDDEN.search(text.value):
            message = Message("the character U+{ord:04X} cannot stand in a card", ord=ord(found[0]))
            self._problem(text.at(found.start()), "value-character", message, Message("remove it"))
            return None
        return None if self._is_large(text, what, most) else text

    def _problem(self, place: Place, code: str, message: Message, hint: Message) -> None:
        self.problems.append(Problem(place, code, message, hint))


def _one_of(known: str, word: str, values: Collection[str]) -> Message:
    close = difflib.get_close_matches(word.casefold(), values, n=1, cutoff=0.7)
    if close:
        return Message("write one of {known}; did you mean '{close}'?", known=known, close=close[0])
    return Message("write one of {known}", known=known)
