"""Takes a note out of the cards, and lists it as retired, with the reason that learners read."""

import re
from pathlib import Path

from deckwright.release._yaml_edit import EditError, bytes_of, edited, lines_of, without_note
from deckwright.release.ledger import Ledger
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import Deck, Note, Retired
from deckwright.source.reader import read_notes
from deckwright.words.messages import Message, MessageError


class RetirementError(MessageError):
    """A note that cannot be retired; the text says why."""


def retire(
    deck: Deck, ledger: Ledger, name: str, reason: str, settings: Path
) -> tuple[Message, dict[Path, bytes]]:
    """Take the note `name` out of its file, and list it in `settings` (deck.yaml) with the reason.

    A note that learners never had is taken out and not listed. The rest of both files stays as it
    is. Returns what is done, with the place, and the new bytes of the files; writes nothing.
    RetirementError where there is no such note.
    """
    note = next((each for each in deck.notes if each.id.value == name), None)
    was = note.was.value if note and note.was else name
    held = was if was in ledger.live else ""
    if note is None and not held:
        raise RetirementError(Message("no note has the id '{name}'", name=name))
    files: dict[Path, bytes] = {}
    try:
        if held:
            files[settings] = _listed(settings, held, reason)
        if note:
            path = Path(note.place.file)
            files[path] = _without(path, note)
    except EditError as error:
        raise RetirementError(error.message) from error
    return _done(note, held, name, settings), files


def _done(note: Note | None, held: str, name: str, settings: Path) -> Message:
    if note is None:
        return Message(
            "'{name}' is gone; {settings} lists it as retired", name=name, settings=settings
        )
    at, line = note.place.file, note.place.line
    if held:
        return Message(
            "{file}:{line}: '{name}' is taken out; {settings} lists it as retired",
            file=at,
            line=line,
            name=name,
            settings=settings,
        )
    return Message(
        "{file}:{line}: '{name}' is taken out; learners never had it", file=at, line=line, name=name
    )


def _listed(settings: Path, name: str, reason: str) -> bytes:
    """Return deck.yaml with one more line under `retired`, proved by reading it."""
    text = "\n".join(lines_of(settings))
    reason = " ".join(reason.split())
    if NOT_TEXT.search(reason) or HIDDEN.search(reason):
        raise EditError(Message("the reason has characters that are no text, or cannot be read"))
    quoted = reason.replace("\\", "\\\\").replace('"', '\\"')
    line = f'{name}: "{quoted}"\n'
    text = text if text.endswith("\n") else f"{text}\n"
    if found := re.search(r"^retired:[ \t]*(?:#[^\n]*)?\n(?P<indent> *)", text, re.MULTILINE):
        line = f"{found['indent'] or '  '}{line}"
        at = found.start("indent")
        changed = text[:at] + line + text[at:]
    elif re.search(r"^retired:", text, re.MULTILINE):
        raise EditError(
            Message(
                "write each retired note on a line of its own first: {settings}", settings=settings
            )
        )
    else:
        changed = f"{text}\nretired:\n  {line}"
    content = bytes_of(settings, changed.split("\n"))
    before, after = (read_notes(raw, str(settings)) for raw in (settings.read_bytes(), content))
    if len(after[2]) > len(before[2]) or _said(after[1]) != {**_said(before[1]), name: reason}:
        raise EditError(
            Message(
                "write '{name}: ' and the reason under 'retired' by hand: {settings}",
                name=name,
                settings=settings,
            )
        )
    return content


def _said(retired: Retired) -> dict[str, str]:
    """Return what is listed as retired, with the reasons."""
    return {name.value: reason.value if reason else "" for name, reason in retired}


def _without(path: Path, note: Note) -> bytes:
    lines = lines_of(path)
    here = [each.id.value for each in _notes(path)]
    here.remove(note.id.value)

    def fits(notes: list[Note]) -> bool:
        return [each.id.value for each in notes] == here

    by_hand = Message("take the note out by hand: {path}:{line}", path=path, line=note.place.line)
    return edited(path, without_note(lines, note), fits, by_hand)


def _notes(path: Path) -> list[Note]:
    return read_notes(path.read_bytes(), str(path))[0]
