"""A lost ledger, made again from a package and the cards of today."""

import os
import re
from pathlib import Path

from deckwright.anki.foreign_package import read_foreign_package
from deckwright.anki.package_reader import read_package
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.cards import media
from deckwright.cards.fields import fill_fields
from deckwright.cards.note_types import needed_kinds, note_types
from deckwright.problem import Problem
from deckwright.release import edition, ledger, ledger_reader
from deckwright.release.ledger import LEDGER_NAME, Ledger
from deckwright.release.packaged import PackageContents
from deckwright.release.recovery import RecoveryError, recover
from deckwright.words.language import languages
from deckwright.words.messages import Message


def recover_ledger(
    folder: Path, package: Path, resources: Resources | None = None
) -> tuple[Ledger | None, list[str], list[Problem]]:
    """Make the lost ledger of `folder` again from a package; writes nothing.

    Returns the ledger, or None and the problems, and the ids of notes that are left out, as a
    learner added them. RecoveryError where there is a ledger, or where the package is a draft, or
    holds none of this deck; PackageError where it cannot be read.
    """
    target = folder / LEDGER_NAME
    if os.path.lexists(target):
        raise RecoveryError(
            Message("{target} is there; move it away first if it is worth nothing", target=target)
        )
    cards = read_cards_folder(folder, resources or Resources())
    deck = cards.deck
    if deck is None:
        return None, [], cards.reading_problems
    rendered, _ = fill_fields(deck, cards.texts, media.scan(folder)[0])
    foot = deck.report is not None
    types = note_types(deck.key.value, deck.language.value, foot=foot)
    published = read_package(package, {each.id for each in types.values()}, deck.key.value)
    _refuse_strangers(package, published)
    kinds = needed_kinds({made.kind for made in rendered} | published.types.keys())
    types = {kind: types[kind] for kind in kinds}
    about = published.about or ""
    if _is_draft(about):
        raise RecoveryError(
            Message(
                "this package is a draft, which learners do not have: name the one that they got"
            )
        )
    found = recover(deck, rendered, types, published)
    if number := _number(about, deck.language.value):
        first = number - found.number + 1
        found = recover(deck, rendered, types, published, first) if first > 1 else found
    if ledger_reader.parse(ledger.dump(found), str(target))[1]:
        raise RecoveryError(
            Message("deckwright did not make this package, or it is only the clean-up")
        )
    kept = {note.guid for note in found.notes.values()}
    others = [note.id for note in published.notes.values() if note.guid not in kept]
    return found, others, []


def _refuse_strangers(package: Path, published: PackageContents) -> None:
    """Raise RecoveryError where notes beside ours may be adopted: in an export, nothing says so."""
    tops = {note.deck.split("::")[0] for note in published.notes.values()}
    count = sum(
        note.type.kind is None
        and note.guid not in published.notes
        and note.deck.split("::")[0] in tops
        for note in read_foreign_package(package).notes
    )
    if count:
        raise RecoveryError(
            Message(
                "{count} notes beside those of deckwright may be adopted ones, which learners "
                "would get twice: take the package that was released",
                count=count,
            )
        )


def _number(about: str, code: str) -> int:
    """Return the number of the release that a description ends with; 0 where it names none."""
    return max(map(int, re.findall(edition.pattern(edition.EDITION, code), about)), default=0)


def _is_draft(about: str) -> bool:
    patterns = (edition.pattern(edition.DRAFT, code) for code in languages())
    return any(re.search(f"<p>{each}</p>", about) for each in patterns)
