"""`python -m deckwright` is the command `deckwright`."""

from deckwright.cli import run

if __name__ == "__main__":  # worker processes import this file too, on some systems
    run()
