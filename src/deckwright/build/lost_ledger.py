"""A lost ledger, made again from a package and the cards of today."""

import os
import re
from pathlib import Path

from deckwright.anki.package_reader import read_package
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.cards import media
from deckwright.cards.fields import fill_fields
from deckwright.cards.note_types import needed_kinds, note_types
from deckwright.disk import writing
from deckwright.problem import Problem
from deckwright.release import ledger, ledger_reader
from deckwright.release.ledger import LEDGER_NAME, Ledger
from deckwright.release.packaged import is_our_guid
from deckwright.release.recovery import RecoveryError, recover
from deckwright.words.language import language
from deckwright.words.messages import Message


def recover_ledger(folder: Path, package: Path) -> tuple[Ledger | None, list[str], list[Problem]]:
    """Make the lost ledger of `folder` again from a package, and write it.

    Returns the ledger, or None and the problems, and the ids of notes that are left out, as a
    learner added them. RecoveryError where there is a ledger, or where
    the package holds none of this deck; PackageError where it cannot be read; OSError as
    `writing.write`.
    """
    target = folder / LEDGER_NAME
    if os.path.lexists(target):
        raise RecoveryError(
            Message("{target} is there; move it away first if it is worth nothing", target=target)
        )
    cards = read_cards_folder(folder, Resources())
    deck = cards.deck
    if deck is None:
        return None, [], cards.reading_problems
    rendered, _ = fill_fields(deck, cards.texts, media.scan(folder)[0])
    foot = deck.report is not None
    types = note_types(deck.key.value, deck.language.value, foot=foot)
    published = read_package(package, {each.id for each in types.values()})
    kinds = needed_kinds({made.kind for made in rendered} | published.types.keys())
    types = {kind: types[kind] for kind in kinds}
    found = recover(deck, rendered, types, published)
    if number := _number(published.about, deck.language.value):
        first = number - found.number + 1
        found = recover(deck, rendered, types, published, first) if first > 1 else found
    text = ledger.dump(found)
    if ledger_reader.parse(text, str(target))[1]:
        raise RecoveryError(
            Message("deckwright did not make this package, or it is only the clean-up")
        )
    writing.write(target, text.encode())
    others = [note.id for note in published.notes.values() if not is_our_guid(note.guid)]
    return found, others, []


def _number(about: str, code: str) -> int:
    """Return the number of the release that a description ends with; 0 where it names none."""
    edition = re.escape(language(code).labels["edition"])
    edition = edition.replace(r"\{number\}", r"(\d{1,9})").replace(r"\{date\}", ".*")
    numbers = [int(number) for number in re.findall(edition, about)]
    return max(numbers, default=0)
