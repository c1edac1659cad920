"""The folder of deckwright in this user's cache."""

from pathlib import Path

from platformdirs import user_cache_path


def user_cache_folder() -> Path | None:
    """Return the folder, wherever this system keeps it; None for a user without a home."""
    try:
        return user_cache_path("deckwright", appauthor=False)
    except RuntimeError:
        return None
