"""What a shell completes beside commands and options: ids of notes, and codes."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from deckwright.cli._found_cards import found_cards
from deckwright.cli._spoken_language import language

# To read cards as `check` does takes longer than anybody waits for a key.
_ID = re.compile(rb"(?:^|[\s{,])[\"']?id[\"']?\s*:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)
_NO_CARDS = ("deck.yaml", "guide.yaml")


def note_ids(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem | str]:
    """Return the ids of the notes that begin so, sorted."""
    cards = context.params.get("cards") or found_cards()
    found = set(_ids(cards)) if cards else set()
    return sorted(each for each in found if each.startswith(incomplete))


def one_code(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem | str]:
    """Return the codes that begin so, with what each asks."""
    from deckwright.check.pages import page
    from deckwright.problem import LEVELS

    found = sorted(code for code in LEVELS if code.startswith(incomplete))
    return [CompletionItem(code, help=page(code, language()).asks) for code in found]


def some_codes(
    context: click.Context, option: click.Parameter, incomplete: str
) -> list[CompletionItem | str]:
    """Return the same for the last of several codes with commas between them."""
    before, comma, last = incomplete.rpartition(",")
    items = one_code(context, option, last)
    for item in items:
        if isinstance(item, CompletionItem):
            item.value = f"{before}{comma}{item.value}"
    return items


def _ids(cards: Path) -> Iterator[str]:
    from deckwright.disk.reading import UnreadableFileError, read_bytes

    for path in cards.glob("*.y*ml"):
        with suppress(UnreadableFileError):
            raw = b"" if path.name in _NO_CARDS else read_bytes(path)
            yield from (found.decode() for found in _ID.findall(raw))
