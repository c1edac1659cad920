"""`python -m deckwright` runs the command `deckwright`."""

from deckwright.cli.main import run

if __name__ == "__main__":  # where processes are spawned, each worker imports this file too
    run()
