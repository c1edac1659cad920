"""`deckwright help`: longer texts for authors, and the help of each command."""

import difflib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import cast

import click

from deckwright.cli._options import common
from deckwright.cli._printing import show
from deckwright.cli._spoken_language import in_words, language
from deckwright.words.messages import Message

_SUFFIX = ".md"


@click.command(name="help")
@click.argument("topic", required=False)
@common
@click.pass_context
def help_topic(context: click.Context, topic: str | None) -> None:
    """Print the text on a topic, or list the topics.

    A command is a topic, too: then this is its help.

    \b
    Example:
      deckwright help releases
    """
    topics = _topics(language())
    program = cast("click.Group", context.find_root().command)
    command = program.get_command(context, topic) if topic else None
    if not topic:
        show("".join(f"{name:<10} {_title(file)}\n" for name, file in topics.items()))
    elif topic in topics:
        show(topics[topic].read_text("utf-8"))
    elif command:
        show(f"{command.get_help(click.Context(command, context.parent, topic))}\n")
    else:
        names = [*topics, *program.commands]
        close = ", ".join(difflib.get_close_matches(topic, names, n=1) or topics)
        message = Message("there is no topic '{topic}'; try: {close}", topic=topic, close=close)
        raise click.BadParameter(in_words(message))


def _topics(code: str) -> dict[str, Traversable]:
    """Return the files of the topics in a language, by the names of the topics."""
    files = (resources.files(__package__) / "topics" / code).iterdir()
    found = {file.name.removesuffix(_SUFFIX): file for file in files}
    return {name: found[name] for name in sorted(found)}


def _title(file: Traversable) -> str:
    return file.read_text("utf-8").partition("\n")[0].removeprefix("# ")
