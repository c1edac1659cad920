"""`deckwright verify`: a package in the real Anki."""

import sys
from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE
from deckwright.cli._running import one_line_errors


@click.command()
@click.argument("package", type=PACKAGE, required=False)
@click.option("--from", "old", type=PACKAGE, help="Play someone who studied this package.")
@CARDS
def verify(package: Path | None, old: Path | None, cards: Path) -> None:
    """Try a package, or the cards as they are now, in the real Anki; exit code 1 on harm.

    \b
    Example:
      deckwright verify build/managerspet.apkg --from published/managerspet.apkg
    """
    from deckwright.anki.verification import verify_package
    from deckwright.cli._decks import package_file
    from deckwright.cli._problem_lines import plain

    try:
        with one_line_errors(), package_file(package, cards) as file:
            verdict = verify_package(file, old)
    except ImportError as error:
        hint = "install it with: pip install 'deckwright[verify]'"
        raise click.ClickException(f"this needs Anki's engine ({error}); {hint}") from error
    click.echo("".join(f"{plain(line)}\n" for line in verdict.facts), nl=False)
    harm = "".join(f"harm: {plain(line)}\n" for line in verdict.harm)
    click.echo(harm or "no harm\n", nl=False)
    sys.exit(1 if verdict.harm else 0)
