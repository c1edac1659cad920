"""What `--help` says, in the language in which the command speaks."""

import copy
import re
import tomllib
from functools import cache, partial
from importlib import resources
from inspect import cleandoc
from typing import Any, TypeVar

import click

from deckwright.cli._printing import plain_errors
from deckwright.cli._spoken_language import language

_Command = TypeVar("_Command", bound=click.Command)
_EXAMPLE = "\n\n\b\n"  # before the example of a command


class SpokenGroup(click.Group):
    """A group whose help, and that of its commands, is in the language of the command."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command with its help in that language, and a summary that is never cut off."""
        command = super().get_command(ctx, cmd_name)
        if command is None:
            return None
        spoken = _in_language(command, cmd_name)
        # `--lang` of the command itself is known only when its help is asked for.
        spoken.get_help = partial(_help, command, cmd_name)  # type: ignore[method-assign]
        spoken.short_help = re.split(r"\.\s|\.$", cleandoc(spoken.help or ""), maxsplit=1)[0]
        return spoken

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with plain_errors():
            return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help of the group."""
        return _framed(super(SpokenGroup, _in_language(self, "main")).get_help(ctx))


def _help(command: click.Command, name: str, ctx: click.Context) -> str:
    return _framed(_in_language(command, name).get_help(ctx))


def _framed(text: str) -> str:
    """Return a help with what click itself says in the language of the command, too."""
    for english, words in _texts(language()).get("frame", {}).items():
        text = text.replace(english, words)
    return text


def _in_language(command: _Command, name: str) -> _Command:
    texts = _texts(language())
    spoken = copy.copy(command)
    if not texts:
        return spoken
    _, example, lines = cleandoc(command.help or "").partition(_EXAMPLE)
    spoken.help = texts["commands"][name] + example + lines.replace("Example:", "Voorbeeld:")
    spoken.params = [copy.copy(each) for each in command.params]
    for option in (each for each in spoken.params if isinstance(each, click.Option)):
        option.help = texts["options"].get(option.help or "", option.help)
    return spoken


@cache
def _texts(code: str) -> dict[str, Any]:
    file = resources.files(__package__) / "help" / f"{code}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
