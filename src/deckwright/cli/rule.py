"""`deckwright rule`: the manual of each rule."""

import click


@click.command()
@click.argument("code", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="The list for people, or as the table of the README.",
)
def rule(code: str | None, form: str) -> None:
    """Print the manual of a rule: what it asks, why, and a bad and a good card; or list all rules.

    \b
    Example:
      deckwright rule answer-long
    """
    from deckwright.check.rules import MANUALS, manual

    if code and code not in MANUALS:
        raise click.BadParameter(f"there is no rule '{code}'; 'deckwright rule' lists them")
    if code:
        click.echo(manual(code))
    else:
        click.echo(_list({name: manual(name) for name in MANUALS}, form), nl=False)


def _list(manuals: dict[str, str], form: str) -> str:
    """Return a line for each rule: its codes, its level, and the first line of its manual.

    `manuals` maps codes to manuals; in `form` 'markdown' the lines make a table.
    """
    from deckwright.problem import LEVELS

    codes: dict[str, list[str]] = {}
    for code, text in manuals.items():
        codes.setdefault(text.partition("\n")[0], []).append(code)
    if form == "text":
        return "".join(
            f"{LEVELS[code]:7}  {code:18} {first}\n" for first in codes for code in codes[first]
        )
    rows = []
    for first, names in codes.items():
        listed = ", ".join(f"`{code}`" for code in names)
        rows.append(f"| {listed} | {LEVELS[names[0]]} | {first} |\n")
    return "".join(["| code | level | what it asks |\n|---|---|---|\n", *rows])
