"""Characters that no text of a card may hold."""

import re
import unicodedata

# What is not text, or ends a line for YAML but for no editor: neither Anki's database nor a phone
# can show it. The last plane belongs to the renderer of cards (`cards._marks`).
NOT_TEXT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U00100000-\U0010ffff]"
)
_OTHER_SCRIPTS = r"\u0590-\u1fff\u2c00-\U000dffff"
# What reverses the direction of a text, or hides in it. What joins characters into one (emoji), and
# what marks a direction once, may stand in a text.
HIDDEN = re.compile(
    r"[\u180e\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb]"
    # a place to break a line, in scripts without spaces; between Latin letters it hides
    rf"|(?<![{_OTHER_SCRIPTS}\u200b])\u200b+(?![{_OTHER_SCRIPTS}\u200b])"
    # a flag may have these behind it, as those of England, Scotland and Wales do
    r"|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e0fff]|[\U000e0080-\U000e0fff]"
)
# What joins or varies the characters beside it, as in a family or a flag, or marks a direction.
# Between Latin, Greek and Cyrillic letters, a joiner does nothing but hide.
_JOINS = re.compile(r"(?<=[\u0590-\U0010ffff])[\u200c-\u200f]|[\ufe00-\ufe0f\U000e0020-\U000e007f]")
# Letters, marks and symbols of Unicode that no font draws.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Return whether nothing of a text can be seen."""
    return all(
        char.isspace() or char in _BLANK or unicodedata.category(char) in ("Cc", "Cf")
        for char in _JOINS.sub("", text)
    )


def is_visible(name: str) -> bool:
    """Return whether a name of a deck or tag can be seen, and holds nothing that hides."""
    return not is_blank(name) and not HIDDEN.search(name) and _JOINS.sub("", name).isprintable()
