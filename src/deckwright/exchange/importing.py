"""Files of other programs to a folder of cards, checked before anything is written."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from deckwright.build.cards_folder import Resources
from deckwright.check.names import is_default_deck
from deckwright.exchange._arrangement import Arrangement, deck_name
from deckwright.exchange._checked import Checked, checked
from deckwright.exchange._drafts import Carrier, DraftNote, media_of
from deckwright.exchange._existing import existing
from deckwright.exchange._files import Wanted
from deckwright.exchange._media_names import MediaNames
from deckwright.exchange._yaml_writer import settings_text
from deckwright.exchange.adopting import adopted_ledger
from deckwright.exchange.reading import read_source
from deckwright.exchange.roles import FieldNames
from deckwright.exchange.source import LeftOut, SourceError
from deckwright.problem import Problem
from deckwright.release.ledger import LEDGER_NAME, dump
from deckwright.release.next_release import Clock
from deckwright.source.ids import suggested_id
from deckwright.words.messages import Message, said


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: all notes into `subdeck`, fields as `fields` names them.

    `language` is that of a new deck. `adopt` says that learners have the notes of the one package.
    """

    subdeck: str = ""
    fields: tuple[FieldNames, ...] = ()
    language: str = "en"
    adopt: bool = False
    resources: Resources = field(default_factory=Resources)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import writes: `files` by path, with `notes` of the `count` that the sources hold.

    `left_out` is what is not carried over; `from_anki` says that learners may have these notes,
    and `adopted` how many of them stay the notes that they have.
    """

    files: dict[Path, bytes]
    notes: list[DraftNote]
    count: int
    left_out: list[LeftOut]
    from_anki: bool
    adopted: int = 0


def import_notes(
    files: Sequence[Path], folder: Path, clock: Clock, options: ImportOptions
) -> tuple[Imported | None, list[Problem]]:
    """Make cards for `folder` of the notes in some files; writes nothing.

    Returns what is to be written, or None and the errors of the folder as it is. SourceError,
    PackageError and UnreadableFileError for a file that is not what its name says; ImportError
    without the libraries that read HTML; OSError.
    """
    if options.adopt:
        _refuse_to_adopt(files, folder)
    here, problems = existing(folder, clock, options.resources)
    if problems:
        return None, problems
    left_out: list[LeftOut] = []
    names = MediaNames(here.media)
    arrangement = Arrangement(here, options.subdeck)
    notes: list[DraftNote] = []
    tops, count = [], 0
    for file in files:
        source = read_source(file, options.fields)
        left_out += source.left_out
        count += len(source.notes)
        found = source.media(media_of(source.notes))
        drafts = list(Carrier(options.fields, found, names, left_out).drafts(source.notes))
        top = deck_name(draft.deck for draft in drafts) or file.stem
        tops.append(top)
        notes += arrangement.arranged(drafts, top, left_out)
    settings = b"" if here.has_deck else _settings(files, tops, options).encode()
    wanted = Wanted(folder, settings, notes, names.files, here.number)
    made, problems = checked(wanted, clock, options.resources, left_out)
    if made is None:
        return None, problems
    from_anki = any(note.guid for note in made.notes)
    imported = Imported(made.files, made.notes, count, left_out, from_anki)
    return (_adopted(imported, made, folder, clock, options) if options.adopt else imported), []


def _adopted(
    imported: Imported, made: Checked, folder: Path, clock: Clock, options: ImportOptions
) -> Imported:
    """Return an import with a ledger in which its notes are those that learners have."""
    if made.ready is None:
        return imported
    held, others = adopted_ledger(made.ready, made.notes, options.fields, clock.now)
    files = {folder / LEDGER_NAME: dump(held).encode()} if held else {}
    return replace(
        imported,
        files={**made.files, **files},
        left_out=imported.left_out + others,
        adopted=len(held.notes) if held else 0,
    )


def _refuse_to_adopt(files: Sequence[Path], folder: Path) -> None:
    """Raise SourceError where nobody could say what learners have."""
    if len(files) != 1 or files[0].suffix.lower() not in (".apkg", ".colpkg"):
        raise SourceError(Message("--adopt takes one .apkg or .colpkg: the one that learners have"))
    if os.path.lexists(folder / LEDGER_NAME):
        message = Message(
            "{file}: learners have this deck already; adopt into a folder without a ledger",
            file=folder / LEDGER_NAME,
        )
        raise SourceError(message)


def _settings(files: Sequence[Path], tops: list[str], options: ImportOptions) -> str:
    """Return a deck.yaml: the key has an ending that no other deck has."""
    name = next((top for top in tops if not is_default_deck(top)), files[0].stem)
    name = " ".join(name.replace('"', "'").split()) or files[0].stem
    digest = hashlib.sha256(f"{name}{options.language}".encode()).hexdigest()[:4]
    made_from = Message("Made from {files}.", files=[file.name for file in files])
    return settings_text(
        {
            "name": name,
            "key": f"{suggested_id(name)[:60].strip('-') or 'deck'}-{digest}",
            "language": options.language,
            "description": said(made_from, options.language),
        }
    )
