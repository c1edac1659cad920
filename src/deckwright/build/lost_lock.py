"""A lost lock, made again from a published package and the cards of today."""

import os
from pathlib import Path

from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.cards import media
from deckwright.cards.fields import fill_fields
from deckwright.cards.note_types import note_types
from deckwright.disk import writing
from deckwright.problem import Problem
from deckwright.release import lock
from deckwright.release.lock import LOCK_NAME, Lock
from deckwright.release.packaged import PackageContents
from deckwright.release.recovery import RecoveryError, recover


def recover_lock(folder: Path, published: PackageContents) -> tuple[Lock | None, list[Problem]]:
    """Make the lost lock of `folder` again from a published package, and write it.

    Returns the lock, or None and the problems. RecoveryError where there is a lock, or where the
    package is of another deck; OSError as `writing.write`.
    """
    target = folder / LOCK_NAME
    if os.path.lexists(target):
        raise RecoveryError(f"{target} is there; move it away first if it is worth nothing")
    cards = read_cards_folder(folder, Resources())
    deck = cards.deck
    if deck is None:
        return None, cards.reading_problems
    rendered, _ = fill_fields(deck, cards.texts, media.scan(folder)[0])
    types = note_types(deck.key.value, deck.language.value)
    recovered = recover(deck, rendered, types, published)
    text = lock.dump(recovered)
    if lock.parse(text, str(target))[1]:
        raise RecoveryError("deckwright did not publish this package, or it is only the clean-up")
    writing.write(target, text.encode())
    return recovered, []
