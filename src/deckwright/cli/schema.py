"""`deckwright schema`: what editors and people must know of the keys of each file."""

import json

import click

from deckwright.cli._options import common
from deckwright.cli._printing import show
from deckwright.cli._spoken_language import in_words, language
from deckwright.source.key import Holds, Key
from deckwright.words.messages import Message

_FORMATS = ["json", "markdown"]


@click.command()
@click.argument("kind", type=click.Choice(["cards", "deck", "guide"]), default="cards")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "markdown"]),
    default="json",
    show_default=True,
    help="For editors, or all keys as the table of the README.",
)
@common
def schema(kind: str, form: str) -> None:
    """Print the JSON Schema of cards, deck.yaml or guide.yaml.

    \b
    Example:
      deckwright schema deck
      deckwright schema --format markdown
    """
    from deckwright.check.schema import schema as schema_of

    if form == "markdown":
        show(_table())
    else:
        show(json.dumps(schema_of(kind, language()), ensure_ascii=False, indent=2) + "\n")


def _table() -> str:
    """Return a row for each key of each file."""
    from deckwright.source import keys

    groups = {
        "`deck.yaml`": keys.DECK,
        "`guide.yaml`": keys.GUIDE,
        in_words(Message("a part there")): keys.PART,
        in_words(Message("a point of it")): keys.POINT,
        in_words(Message("a file of cards")): keys.FILE,
        in_words(Message("a note")): keys.NOTE,
        in_words(Message("a question")): keys.QUESTION,
        in_words(Message("a cloze text")): keys.CLOZE,
    }
    heads = {
        "where": Message("where"),
        "key": Message("key"),
        "value": Message("what stands there"),
        "about": Message("what it is for"),
    }
    rows = [
        f"| {where} | {_name(key)} | {in_words(_holds(key))} | {in_words(key.about)} |\n"
        for where, group in groups.items()
        for key in sorted(group, key=lambda key: not key.required)
    ]
    head = " | ".join(in_words(each) for each in heads.values())
    return "".join([f"| {head} |\n|---|---|---|---|\n", *rows])


def _name(key: Key) -> str:
    return f"**`{key.name}`**" if key.required else f"`{key.name}`"


def _holds(key: Key) -> Message:
    """Return what stands under a key, with its limit."""
    from deckwright.source.ids import MAX_LENGTH
    from deckwright.source.key import MAX_NAME

    words = {
        Holds.PROSE: Message("a text, at most {most:,} characters", most=key.limit),
        Holds.NAME: Message("one line, at most {most:,} characters", most=key.limit),
        Holds.ID: Message("a-z, 0-9 and single hyphens, at most {most:,}", most=MAX_LENGTH),
        Holds.NAMES: Message(
            "a name or a list of at most {most:,}, each of at most {length:,} characters",
            most=key.limit,
            length=MAX_NAME,
        ),
        Holds.LANGUAGE: Message("the code of a language"),
        Holds.REPORT: Message("a mail address, or https://… with `{{text}}` in it"),
        Holds.CHOICE: Message(
            "one of {known}", known=[choice.names for choice in key.choices or ()]
        ),
        Holds.PAIRS: Message("lines `name: text`, at most {most:,}", most=key.limit),
        Holds.ITEMS: Message("a list"),
    }
    return words[key.holds]
