"""The commands, run as people run them."""

from click.testing import CliRunner, Result

from deckwright.cli.main import main


def run(*arguments: object, **environment: str | None) -> Result:
    """Run the command with these arguments."""
    return CliRunner().invoke(main, [str(word) for word in arguments], env=environment)
