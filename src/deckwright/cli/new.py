"""`deckwright new`: one more note."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.cli._options import CARDS, common
from deckwright.cli._running import alone, one_line_errors
from deckwright.cli._spoken_language import in_words, usage_error
from deckwright.cli._writing import DRY_RUN, save
from deckwright.words.kinds import QuestionKind
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.build.new_note import NewNote

_ONLY_A_QUESTION = ("question", "answer", "case", "kind")


@click.command()
@click.argument("question", default="")
@click.option("--answer", default="", help="The back of the card.")
@click.option("--case", default="", help="A situation before the question.")
@click.option(
    "--kind",
    default="",
    type=click.Choice(["", *QuestionKind.by_name()]),
    metavar="KIND",
    help="What the question asks for, such as why or waarom.",
)
@click.option("--cloze", default="", help="A text with gaps, in place of a question.")
@click.option("--explanation", default="", help="More on the back.")
@click.option("--covers", multiple=True, metavar="POINT", help="A point of the guide it teaches.")
@click.option("--file", default="", help="The file to add it to; else the last one.")
@CARDS
@DRY_RUN
@common
def new(cards: Path, file: str, *, dry_run: bool, **wishes: Any) -> None:
    """Add a note to a file, with an id made of its question.

    \b
    Example:
      deckwright new 'Waarom giet je langzaam?' --kind waarom
      deckwright new --cloze 'Neem {{c1::60}} gram koffie op een liter water.'
    """
    from deckwright.build.new_note import new_note

    values = _values(wishes)
    with one_line_errors(), alone(cards):
        made = new_note(cards, values, file)
        save({Path(made.place.file): made.content}, *_done(made), dry_run=dry_run)


def _done(made: "NewNote") -> list[Message]:
    at = {"file": made.place.file, "line": made.place.line, "id": made.id}
    empty = (Message("write its '{key}' there", key=key) for key in made.empty)
    return [Message("{file}:{line}: the note '{id}' is new", **at), *empty]


def _values(wishes: dict[str, Any]) -> dict[str, Any]:
    """Return what was said of the note; UsageError where that makes none."""
    values = {key: _tidy(value) for key, value in wishes.items() if value}
    if not (values.get("question") or values.get("cloze")) and sys.stdin.isatty():
        values["question"] = _tidy(click.prompt(in_words(Message("The question"))))
    if not (values.get("question") or values.get("cloze")):
        raise usage_error(Message("say what it asks: deckwright new 'Why …?', or --cloze '…'"))
    if values.get("cloze") and any(values.get(key) for key in _ONLY_A_QUESTION):
        raise usage_error(Message("a note has either a question and its answer, or a cloze"))
    return values


def _tidy(value: Any) -> Any:
    """Return a text without what stands around it, and without spaces at the ends of lines."""
    if isinstance(value, tuple):
        return value
    return "\n".join(line.rstrip() for line in value.strip().splitlines())
