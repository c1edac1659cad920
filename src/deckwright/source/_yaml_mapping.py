"""One mapping of a YAML file: hands out its values, and reports what is wrong with them."""

import difflib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self, TypeVar

from deckwright.problem import Fix, Place, Problem
from deckwright.source import _yaml_hints
from deckwright.source._broken_yaml import parse_leniently
from deckwright.source._yaml_nodes import BrokenNode, ListNode, MappingNode, Node, TextNode
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import Text
from deckwright.source.key import MARKS, MAX_ITEMS, MAX_LENGTH, MAX_MARKS, MAX_NAME, Holds, Key
from deckwright.source.keys import meant
from deckwright.words.messages import Message

_SHORTER = Message("make it shorter, or split it into several notes")
_FOR_LEARNERS = "retired"  # of the groups, the one whose texts they read
_Item = TypeVar("_Item")
_KINDS = {
    TextNode: Message("a text"),
    ListNode: Message("a list"),
    MappingNode: Message("a group of keys"),
}


@dataclass
class YamlMapping:
    """The keys of `node`. Ask for every key that may stand here, then `close()`.

    `fixes` say how a program can add a key that is missing.
    """

    node: MappingNode
    problems: list[Problem]
    fixes: dict[str, Fix] = field(default_factory=dict)
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
            message = Message("no 'key: value' lines here")
            hint = Message("write lines such as 'id: my-note'")
            problems.append(Problem(node.place, "type-wrong", message, hint))
        return None

    def __contains__(self, key: str) -> bool:
        """Return whether the author wrote this key."""
        return key in self.node.pairs

    def means(self, *keys: str) -> bool:
        """Return whether the author wrote one of these keys by another name."""
        return any(meant(key, keys) for key in self.node.pairs)

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.node.place

    def text(self, key: Key, add: Message | None = None) -> Text | None:
        """Return the text under `key`, or None where none can be used (reported where needed).

        In prose, a ` #` that ends a text is an error: YAML would drop what follows in silence.
        `add` is the hint where the key is needed and missing.
        """
        node, what = self._value(key, add), _called(key.name)
        prose = key.holds is Holds.PROSE
        return None if node is None else self._text(node, what, prose=prose, most=key.limit)

    def choice(self, key: Key) -> Any:
        """Return the one of its choices that a key names, in either language; None as in `text`."""
        assert key.choices  # noqa: S101 - a choice has some
        values = key.choices.by_name()
        known = ", ".join(choice.names for choice in key.choices)
        text = self.text(key, _yaml_hints.add_one_of(key.name, known))
        if text and text.value not in values:
            self.unknown_value(key.name, text, _yaml_hints.one_of(known, text.value, values))
        return values.get(text.value) if text else None

    def texts(self, key: Key) -> tuple[Text, ...]:
        """Return the texts of a list under `key`; a text alone counts as a list of one."""
        node = self._value(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        what = Message("an item of '{key}'", key=key.name)
        kept = self._at_most(key, items)
        texts = (self._text(item, what, prose=False, most=MAX_NAME) for item in kept)
        return tuple(text for text in texts if text)

    def pairs(self, key: Key) -> tuple[tuple[Text, Text | None], ...]:
        """Return the keys and texts of a group under `key`; an empty text counts as None."""
        node = self._value(key)
        if node is None or isinstance(node, BrokenNode):
            return ()
        if isinstance(node, TextNode) and not node.text.value:  # its last line was taken out
            return ()
        if not isinstance(node, MappingNode):
            message = Message(
                "'{key}' is {kind}, not a group of keys", key=key.name, kind=_KINDS[type(node)]
            )
            hint = Message("write '{key}: {{{example}}}'", key=key.name, example=key.example)
            self._problem(node.place, "type-wrong", message, hint)
            return ()
        kept, what = [], _called(key.name)
        for name, value in self._at_most(key, tuple(node.pairs.values())):
            text = value.text if isinstance(value, TextNode) and value.text.value else None
            if text and key.name == _FOR_LEARNERS:
                text = self._text(value, what, prose=True, most=MAX_LENGTH)
            if not any(self._is_large(each, what) for each in (name.text, text) if each):
                kept.append((name.text, text))
        return tuple(kept)

    def items(self, key: Key) -> tuple[Node, ...]:
        """Return the items of the list under `key`; none where there is no list (reported)."""
        node, name = self._value(key), key.name
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, TextNode) and not node.text.value:
            hint = Message("add an item: '- …'")
            message = Message("'{key}' is empty", key=name)
            self._problem(node.place, "value-empty", message, hint)
        elif node is not None and not isinstance(node, BrokenNode):
            message = Message("'{key}' is {kind}, not a list", key=name, kind=_KINDS[type(node)])
            self._problem(node.place, "type-wrong", message, Message("begin each item with '- '"))
        return ()

    def close(self, *also: str) -> None:
        """Report every key that was not asked for; `also` names more keys that are known."""
        known = (*self.asked, *also)
        unknown = [(key, name) for key, (name, _) in self.node.pairs.items() if key not in known]
        for key, name in unknown[:MAX_ITEMS]:
            close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.7)
            right = meant(key, known) or next(iter(close), "")
            hint = (
                Message("write '{right}'", right=right)
                if right
                else Message("known here: {known}", known=", ".join(known))
            )
            message = Message("the key '{key}' is unknown here", key=key)
            self._problem(name.place, "key-unknown", message, hint)

    def unknown_value(self, key: str, text: Text, hint: Message) -> None:
        """Report a text that the key cannot have."""
        message = Message("'{text}' is not a value for '{key}'", text=text.value, key=key)
        self._problem(text.place, "value-unknown", message, hint)

    def problem(self, code: str, message: Message, hint: Message, key: str = "") -> None:
        """Report a problem with the mapping as a whole, or with the line of a key that is there."""
        place = self.node.pairs[key][0].place if key else self.place
        self._problem(place, code, message, hint)

    def _value(self, key: Key, add: Message | None = None) -> Node | None:
        """Return what stands under `key`; report that it is missing, if it is called nothing else.

        `add` is the hint then.
        """
        self.asked.append(key.name)
        if key.name in self.node.pairs:
            return self.node.pairs[key.name][1]
        if key.required and not self.means(key.name):
            hint = add or Message("add a line '{key}: …'", key=key.name)
            message, fix = Message("'{key}' is missing", key=key.name), self.fixes.get(key.name)
            self.problems.append(Problem(self.place, "key-missing", message, hint, fix))
        return None

    def _at_most(self, key: Key, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
        """Return the items under `key`; none where there are too many (reported)."""
        if len(items) <= key.limit:
            return items
        message = Message("'{key}' has more than {most:,} items", key=key.name, most=key.limit)
        hint = Message("keep the {most:,} that matter", most=key.limit)
        self.problem("value-large", message, hint, key.name)
        return ()

    def _is_large(self, text: Text, what: Message, most: int = MAX_LENGTH) -> bool:
        """Return whether a text is too large to be read (reported)."""
        length, marks = len(text.value), sum(map(text.value.count, MARKS))
        if length > most:
            message = Message(
                "{what} has {count:,} characters; {most:,} is the most",
                what=what,
                count=length,
                most=most,
            )
        elif marks > MAX_MARKS:
            message = Message(
                "{what} has {count:,} of the characters {marks} ; {most} is the most",
                what=what,
                count=marks,
                marks=" ".join(MARKS),
                most=MAX_MARKS,
            )
        else:
            return False
        hint = _SHORTER if most > MAX_NAME else Message("make it shorter")
        self._problem(text.place, "value-large", message, hint)
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
            self._problem(node.cut, *_yaml_hints.CUT)
        if prose and node.joined:
            self._problem(text.place, *_yaml_hints.JOINED)
        # YAML's escapes can bring in what no file may hold.
        if found := NOT_TEXT.search(text.value) or HIDDEN.search(text.value):
            message = Message("the character U+{ord:04X} cannot stand in a card", ord=ord(found[0]))
            self._problem(text.at(found.start()), "value-character", message, Message("remove it"))
            return None
        return None if self._is_large(text, what, most) else text

    def _problem(self, place: Place, code: str, message: Message, hint: Message) -> None:
        self.problems.append(Problem(place, code, message, hint))


@cache  # each note has the same keys
def _called(key: str) -> Message:
    return Message("'{key}'", key=key)
