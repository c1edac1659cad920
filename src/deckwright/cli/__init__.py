"""The doors of deckwright: options, and exit codes (0 fine, 1 problems, 2 wrong usage).

Commands import late: `--help` then needs click alone, and `check` no genanki.
"""

import click

from deckwright.cli import making, showing, updating


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="deckwright", prog_name="deckwright")
def main() -> None:
    """Build Anki decks from YAML, and never cost a learner a review.

    \b
    Example:
      deckwright build
    """


for _command in (
    making.build,
    making.check,
    making.rule,
    updating.diff,
    updating.rename,
    updating.lock,
    updating.verify,
    showing.preview,
):
    main.add_command(_command)
