"""What authors read: messages, written in English where they arise, and said in their language.

The messages of a language are one data file, `messages/<code>.toml`: from each English text, with
its holes, to the text in that language with the same holes.
"""

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any, Self

LANGUAGES = ("en", "nl")
_NUMBERS = {"nl": str.maketrans(",.", ".,")}


class Message(str):
    """A text for authors: as a `str` it is English, and it remembers how it was made.

    `template` is a literal with `{named}` holes, `values` what stands in them: texts, numbers,
    lists, or messages, which are said in the same language.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Make a message; KeyError where a hole of the template has no value."""
        kept = {name: _kept(value) for name, value in values.items()}
        message = super().__new__(cls, _filled(template, kept, LANGUAGES[0]))
        message.template, message.values = template, kept
        return message


# Is told what is being done now, in work that may take long.
Tell = Callable[[Message], None]


def nobody(_: Message) -> None:
    """Be told, and do nothing: what a `Tell` is where nobody waits."""


class MessageError(Exception):
    """What a command could not do, for people."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def said(message: Message, code: str) -> str:
    """Return a message in one of LANGUAGES; in English where its data file lacks it."""
    return _filled(_texts(code).get(message.template, message.template), message.values, code)


def _filled(template: str, values: dict[str, Any], code: str) -> str:
    return template.format(**{name: _in(code, value) for name, value in values.items()})


def _in(code: str, value: Any) -> Any:
    """Return a value as it stands in a text of a language."""
    if isinstance(value, Message):
        return said(value, code)
    if isinstance(value, list):
        return ", ".join(str(_in(code, each)) for each in value)
    return _Number(value, code) if isinstance(value, (int, float)) and code in _NUMBERS else value


class _Number:
    """A number that is written as a language writes it."""

    def __init__(self, value: float, code: str) -> None:
        self._value, self._code = value, code

    def __format__(self, spec: str) -> str:
        return format(self._value, spec).translate(_NUMBERS[self._code])


def _kept(value: object) -> Any:
    if isinstance(value, list):
        return [_kept(each) for each in value]
    return value if isinstance(value, (Message, int, float)) else str(value)


@cache
def _texts(code: str) -> dict[str, str]:
    if code == LANGUAGES[0]:
        return {}
    import tomllib  # --help needs none of this

    file = resources.files(__package__) / "messages" / f"{code}.toml"
    return tomllib.loads(file.read_text("utf-8"))
