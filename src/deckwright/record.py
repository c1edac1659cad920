"""One mapping of a YAML file: hands out its values, and reports what is wrong with them."""

import difflib
from dataclasses import dataclass, field

from deckwright.files import HIDDEN, UNFIT
from deckwright.notes import Text
from deckwright.problem import Place, Problem
from deckwright.tree import Broken, Items, Pairs, Scalar, Tree

# A text ten times as long as a phone shows; Markdown's time grows with the square of its marks.
MAX_LENGTH, MAX_MARKS = 5_000, 200
_TREE_NAMES = {Scalar: "a text", Items: "a list", Pairs: "a group of keys"}


@dataclass
class Record:
    """The keys of `tree`. Ask for every key that may stand here, then `close()`."""

    tree: Pairs
    problems: list[Problem]
    asked: list[str] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        """Whether the author wrote this key."""
        return key in self.tree.pairs

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.tree.place

    def text(self, key: str, *, required: bool = False, prose: bool = True) -> Text | None:
        """Return the text under `key`; None where there is none fit to use (reported as needed).

        In `prose`, a ` #` that ends a text is an error: YAML would drop what follows in silence.
        """
        tree = self._value(key, required=required)
        return None if tree is None else self._text(tree, f"'{key}'", prose=prose)

    def choice(self, key: str, values: tuple[str, ...], *, required: bool = False) -> Text | None:
        """Return the text under `key`, which must be one of `values`; None as in `text`."""
        text = self.text(key, required=required, prose=False)
        if text is None or text.value in values:
            return text
        hint = f"write one of {', '.join(values)}{_did_you_mean(text.value, values)}"
        message = f"'{text.value}' is no value for '{key}'"
        self.problems.append(Problem(text.place, "value-unknown", message, hint))
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the texts of a list under `key`; one text alone counts as a list of one."""
        tree = self._value(key)
        if tree is None:
            return ()
        items = tree.items if isinstance(tree, Items) else (tree,)
        texts = (self._text(item, f"an item of '{key}'", prose=False) for item in items)
        return tuple(text for text in texts if text)

    def pairs(self, key: str) -> tuple[tuple[Text, Text | None], ...]:
        """Return the keys and texts of a group under `key`; a text that is empty counts as None."""
        tree = self._value(key)
        if tree is None or isinstance(tree, Broken):
            return ()
        if not isinstance(tree, Pairs):
            message = f"'{key}' is {_TREE_NAMES[type(tree)]}, not a group of keys"
            self._problem(tree.place, "type-wrong", message, f"write '{key}: {{code: why}}'")
            return ()
        return tuple(
            (name.text, value.text if isinstance(value, Scalar) and value.text.value else None)
            for name, value in tree.pairs.values()
        )

    def items(self, key: str, *, required: bool = False) -> Items | None:
        """Return the list under `key`; None where there is no list (reported as needed)."""
        tree = self._value(key, required=required)
        if tree is None or isinstance(tree, Items | Broken):
            return tree if isinstance(tree, Items) else None
        if isinstance(tree, Scalar) and not tree.text.value:
            self._problem(tree.place, "value-empty", f"'{key}' is empty", "add an item: '- …'")
        else:
            message = f"'{key}' is {_TREE_NAMES[type(tree)]}, not a list"
            self._problem(tree.place, "type-wrong", message, "begin each item with '- '")
        return None

    def close(self, *also: str) -> None:
        """Report every key that nobody asked for; `also` names keys that are known all the same."""
        known = (*self.asked, *also)
        for key, (name, _) in self.tree.pairs.items():
            if key not in known:
                hint = f"known here: {', '.join(known)}{_did_you_mean(key, known)}"
                self._problem(name.place, "key-unknown", f"the key '{key}' is unknown here", hint)

    def problem(self, code: str, message: str, hint: str) -> None:
        """Report a problem with the mapping as a whole."""
        self._problem(self.place, code, message, hint)

    def _value(self, key: str, *, required: bool = False) -> Tree | None:
        self.asked.append(key)
        if key in self.tree.pairs:
            return self.tree.pairs[key][1]
        if required:
            self.problem("key-missing", f"'{key}' is missing", f"add a line '{key}: …'")
        return None

    def _text(self, tree: Tree, what: str, *, prose: bool) -> Text | None:
        if isinstance(tree, Broken):
            return None
        if not isinstance(tree, Scalar):
            message = f"{what} is {_TREE_NAMES[type(tree)]}, not a text"
            self._problem(tree.place, "type-wrong", message, "write one text, between quotes")
            return None
        text = tree.text
        if not text.value.strip():
            hint = "write a text, or remove the line"
            self._problem(tree.place, "value-empty", f"{what} is empty", hint)
            return None
        if prose and tree.cut:
            message = "YAML drops everything from this # on"
            hint = "put the text between quotes, or a comment on a line of its own"
            self._problem(tree.cut, "yaml-comment", message, hint)
        # YAML's escapes can bring in what no file may hold.
        if unfit := UNFIT.search(text.value) or HIDDEN.search(text.value):
            message = f"the character U+{ord(unfit[0]):04X} cannot stand in a card"
            self._problem(text.at(unfit.start()), "value-character", message, "remove it")
            return None
        if len(text.value) > MAX_LENGTH or sum(map(text.value.count, "[<{*_`")) > MAX_MARKS:
            message = (
                f"{what} has more than {MAX_LENGTH:,} signs, or than {MAX_MARKS} of [ < {{ * _ `"
            )
            self._problem(tree.place, "value-large", message, "say less, or make it several notes")
            return None
        return text

    def _problem(self, place: Place, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, code, message, hint))


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
