"""The folder of cards of a command that names none: here or in a folder above, as git looks."""

import os
from contextlib import suppress
from pathlib import Path

NAME = "cards"


def found_cards() -> Path | None:
    """Return the nearest folder `cards` with a deck.yaml, by its way from here; None without one.

    A deck that lost its deck.yaml is found all the same, if there is no other one.
    """
    with suppress(OSError):  # the folder that we are in may be gone
        here = Path.cwd()
        folders = [here, *here.parents]
        whole = (folder for folder in folders if (folder / NAME / "deck.yaml").is_file())
        others = (folder for folder in folders if (folder / NAME).is_dir())
        found = next(whole, None) or next(others, None)
        return Path(os.path.relpath(found, here), NAME) if found else None
    return None
