"""`deckwright rule`: the page of each code that a problem can have."""

import difflib
import textwrap

import click

from deckwright.cli._completion import one_code
from deckwright.cli._options import common, no_code
from deckwright.cli._printing import show
from deckwright.cli._spoken_language import in_words, language

_WIDTH = 88  # characters of a line of a page


@click.command()
@click.argument("code", required=False, shell_complete=one_code)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="The list for people, or what is asked of a card as the table of the README.",
)
@common
def rule(code: str | None, form: str) -> None:
    """Explain a code of check, or list all codes.

    The page of a code says what it asks, why, what to do, and shows a card.

    \b
    Example:
      deckwright rule answer-long
    """
    from deckwright.problem import LEVELS

    if code and code not in LEVELS:
        close = difflib.get_close_matches(code, LEVELS, n=1)
        raise click.BadParameter(in_words(no_code(code, close)))
    if code:
        show(_page(code, language()))
    else:
        show((_table if form == "markdown" else _list)(language()))


def _page(code: str, language: str) -> str:
    """Return the page of a code, a blank line between its parts."""
    from deckwright.check.pages import labels, page
    from deckwright.problem import ALLOWABLE, LEVELS

    words, found = labels(language), page(code, language)
    cards = {name: getattr(found, name) for name in ("released", "bad", "good")}
    parts = [
        *(_wrapped(text) for text in (found.asks, found.why, found.do)),
        *(f"{words[name]}:\n{textwrap.indent(text, '  ')}" for name, text in cards.items() if text),
    ]
    if sure := _sure(code, words):
        parts.append("".join([f"{words['sure']}\n", *(f"  {line}\n" for line in sure)]))
    if code in ALLOWABLE:
        parts.append(f"{words['allow']}\n  allow: {{{code}: {words['why']}}}\n")
    return "\n".join([f"{code} ({words[LEVELS[code]]})\n", *parts])


def _sure(code: str, words: dict[str, str]) -> list[str]:
    """Return how sure a rule is, a line for each measurement; empty for what is not measured."""
    from deckwright.check.pages import figures, read_by_hand

    lines = [
        words["labelled"].format(**found._asdict(), language=words[language])
        for language, found in figures(code).items()
    ]
    read, right = read_by_hand(code)
    return [*lines, words["real"].format(read=read, right=right)] if read else lines


def _figures(code: str) -> str:
    """Return the same for a cell of the table: right of flagged, by language and on real decks."""
    from deckwright.check.pages import figures, read_by_hand

    cells = [f"{name} {f.right}/{f.flagged}" for name, f in figures(code).items() if f.flagged]
    read, right = read_by_hand(code)
    return ", ".join([*cells, f"{right}/{read}"] if read else cells)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def _list(language: str) -> str:
    """Return a line for each code, below the heading of its group."""
    from deckwright.check.pages import headings, labels, page
    from deckwright.problem import GROUPS, LEVELS

    words = labels(language)
    wide, longest = max(len(words[level]) for level in LEVELS.values()), max(map(len, LEVELS))
    groups = []
    for name, codes in GROUPS.items():
        lines = (
            f"  {words[LEVELS[code]]:{wide}}  {code:{longest}}  {page(code, language).asks}\n"
            for code in codes
        )
        groups.append(f"{headings(language)[name]}\n{''.join(lines)}")
    return "\n".join(groups)


def _table(language: str) -> str:
    """Return what is asked of a card, as a table in Markdown."""
    from deckwright.check.pages import labels, page
    from deckwright.check.rules import CARD_CODES
    from deckwright.problem import LEVELS

    words = labels(language)
    rows = (
        f"| `{code}` | {words[LEVELS[code]]} | {page(code, language).asks} | {_figures(code)} |\n"
        for code in CARD_CODES
    )
    heads = " | ".join(words[name] for name in ("code", "level", "asks", "figures"))
    return "".join([f"| {heads} |\n|---|---|---|---|\n", *rows])
