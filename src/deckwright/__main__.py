"""`python -m deckwright` is the command `deckwright`."""

from deckwright.cli import main

main(prog_name="deckwright")
