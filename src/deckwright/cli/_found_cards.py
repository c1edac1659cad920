"""The folder of cards of a command that names none: here or in a folder above, as git looks."""

import os
from collections.abc import Iterable
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


def cards_of(paths: Iterable[Path]) -> Path | None:
    """Return the folder of cards that some paths lie in, or that lies in one; None without one.

    It is absolute only where the path is.
    """
    for path in paths:
        folders = (path, path / NAME, *path.absolute().parents)
        if found := next((each for each in folders if (each / "deck.yaml").is_file()), None):
            return found if path.is_absolute() else Path(os.path.relpath(found))
    return None


def part_of(path: Path, cards: Path) -> Path | None:
    """Return a path as it is seen from the folder of cards, "." where that is below it.

    None for a path that is neither in there nor above.
    """
    for whole in (os.path.abspath, _real):
        here, folder = Path(whole(path)), Path(whole(cards))
        if here.is_relative_to(folder):
            return here.relative_to(folder)
        if folder.is_relative_to(here):
            return Path()
    return None


def _real(path: Path) -> Path:
    """Return where a file or folder stands; where it leads if it is a link does not matter."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - absolute() keeps `..`
    return Path(os.path.realpath(whole.parent), whole.name)
