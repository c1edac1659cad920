"""An import, tried in a copy of the folder: what would be an error there is left out, by name."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from deckwright.build.cards_folder import Resources
from deckwright.build.fixes import copied
from deckwright.build.plan import BuildOptions, ReadyDeck, plan_build
from deckwright.cards.media import FOLDER
from deckwright.disk import writing
from deckwright.exchange._drafts import DraftNote
from deckwright.exchange._files import CardFile, Wanted, card_files, used_media
from deckwright.exchange.source import LeftOut
from deckwright.problem import Problem, errors
from deckwright.release.next_release import Clock
from deckwright.source.deck import ReverseNote
from deckwright.source.reader import read_notes
from deckwright.words.messages import Message

_ROUNDS = 20  # some errors are seen only when others are gone
_SETTINGS = "deck.yaml"


@dataclass(frozen=True, slots=True)
class Checked:
    """What can be written: files by path, their notes, and the deck with them, None without any."""

    files: dict[Path, bytes]
    notes: list[DraftNote]
    ready: ReadyDeck | None


def checked(
    wanted: Wanted, clock: Clock, resources: Resources, left_out: list[LeftOut]
) -> tuple[Checked | None, list[Problem]]:
    """Return what of `wanted` makes no error; each other note is added to `left_out`.

    None and the problems where an error is that of no note. OSError where nothing can be copied.
    """
    with writing.temporary_folder() as room:
        there = wanted.folder.is_dir()
        copy = copied(wanted.folder, room) if there else room / wanted.folder.name
        found: list[Problem] = []
        for _ in range(_ROUNDS):
            if not wanted.notes:
                return Checked({}, [], None), []
            files = card_files(wanted)
            contents = _contents(wanted, files)
            wrong, ready = dict(_unlike(files)), None
            if not wrong:
                found, ready = _tried(copy, contents, clock, resources)
                wrong = _wrong(copy, files, found)
            if not found and not wrong:
                made = {wanted.folder / name: data for name, data in contents.items()}
                return Checked(made, wanted.notes, ready), []
            if not wrong:
                break
            wanted = _without(wanted, wrong, left_out)
        return None, found


def _without(wanted: Wanted, wrong: dict[str, Message], left_out: list[LeftOut]) -> Wanted:
    """Return what is wanted without the notes that are wrong."""
    left_out += [LeftOut(n.source, wrong[n.id]) for n in wanted.notes if n.id in wrong]
    return replace(wanted, notes=[note for note in wanted.notes if note.id not in wrong])


def _tried(
    copy: Path, contents: dict[str, bytes], clock: Clock, resources: Resources
) -> tuple[list[Problem], ReadyDeck | None]:
    """Return the errors of a folder with these files in it, and its deck; then they are gone."""
    files = {copy / name: data for name, data in contents.items()}
    writing.write_all(files, durable=False)
    plan = plan_build(copy, clock, BuildOptions(resources=resources))
    for file in files:
        file.unlink()
    return errors(plan.problems), plan.ready


def _contents(wanted: Wanted, files: list[CardFile]) -> dict[str, bytes]:
    settings = {_SETTINGS: wanted.settings} if wanted.settings else {}
    cards = {file.name: file.text.encode() for file in files}
    return {**used_media(wanted), **settings, **cards}


def _unlike(files: list[CardFile]) -> Iterator[tuple[str, Message]]:
    """Yield each note, by its id, that the reader reads otherwise than it was meant, and why."""
    for file in files:
        notes, _, problems = read_notes(file.text.encode(), file.name)
        read = {note.id.value: note for note in notes}
        for draft, start, end in zip(
            file.notes, file.starts, [*file.starts[1:], len(file.text)], strict=True
        ):
            note = read.get(draft.id)
            texts = {role: text.value for role, text in note.texts().items()} if note else {}
            tags = [tag.value for tag in note.tags] if note else []
            same = texts == {role: text.strip() for role, text in draft.texts.items()}
            if same and tags == draft.tags and isinstance(note, ReverseNote) == draft.reverse:
                continue
            why = [p.message for p in problems if start <= p.place.line < end]
            why.append(Message("it would be read as another text"))
            yield draft.id, why[0]


def _wrong(copy: Path, files: list[CardFile], found: list[Problem]) -> dict[str, Message]:
    """Return the notes with an error, by id, with what it says."""
    by_path = {str(copy / file.name): file for file in files}
    wrong: dict[str, Message] = {}
    for problem in found:
        place = problem.place
        for note in _at(place.file, place.line, copy, by_path):
            wrong.setdefault(note.id, problem.message)
    return wrong


def _at(file: str, line: int, copy: Path, by_path: dict[str, CardFile]) -> list[DraftNote]:
    """Return the note at a line of a file; all of the file at its top, all that show a picture."""
    if cards := by_path.get(file):
        at = bisect_right(cards.starts, line) - 1
        return cards.notes if at < 0 else [cards.notes[at]]
    path = Path(file)
    if path.parent == copy / FOLDER:
        return [n for each in by_path.values() for n in each.notes if path.name in n.media]
    return []
