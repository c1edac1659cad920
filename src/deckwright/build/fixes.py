"""What a program fixes in a folder of cards, proved not to change what a card says."""

import codecs
import os
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path

from deckwright.build.packages import files_changing
from deckwright.build.plan import BuildPlan
from deckwright.build.rendered_file import render_file
from deckwright.cards.fields import RenderedTexts
from deckwright.check.allowances import NotesByPlace
from deckwright.disk import writing
from deckwright.problem import Fix, Level, Problem, errors
from deckwright.release.html_text import plain
from deckwright.release.known_notes import known_notes
from deckwright.source.content_hash import content_hash

_ROUNDS = 10  # of a broken note, the next slip is seen when the first is gone
_SUFFIXES = (".yaml", ".yml")
_UNTIDIED = {"deck.yaml", "guide.yaml"}  # what they say is not proved
_ANY_LANGUAGE = "en"  # what a note says does not depend on it


def fixable(plan: BuildPlan, selected: Container[str]) -> list[Problem]:
    """Return the problems of a plan without the warnings on notes that learners hold.

    What fixes those changes the note, and its update replaces a learner's own correction. The codes
    in `selected` are asked for by name, and stay.
    """
    if not (plan.deck and plan.held):
        return plan.problems
    notes = NotesByPlace(plan.deck)
    held = known_notes(plan.deck, plan.held)

    def is_free(problem: Problem) -> bool:
        note = notes.at(problem.place)
        return problem.code in selected or not (note and note.id.value in held)

    return [p for p in plan.problems if p.level is Level.ERROR or is_free(p)]


def fixed_files(
    folder: Path, find: Callable[[Path], Sequence[Problem]]
) -> dict[Path, tuple[bytes, bytes]]:
    """Return the old and new bytes of each file of `folder` that can be fixed; writes nothing.

    `find` returns the problems of a folder of cards. OSError where the folder cannot be copied.
    """
    with writing.temporary_folder() as room:
        copy = copied(folder, room)
        before = {path.name: path.read_bytes() for path in copy.iterdir() if path.is_file()}
        for _ in range(_ROUNDS):
            changed = _changed(copy, find(copy))
            if not changed:
                break
            writing.write_all(changed, durable=False)
        after = {name: (copy / name).read_bytes() for name in sorted(before)}
        return {
            folder / name: (before[name], after[name])
            for name in after
            if after[name] != before[name]
        }


def write_fixed(folder: Path, fixed: Mapping[Path, tuple[bytes, bytes]]) -> list[Problem]:
    """Write what `fixed_files` returned; the problem where a file has changed since, and nothing.

    OSError as `writing.write_all`.
    """
    if any(path.read_bytes() != old for path, (old, _) in fixed.items()):
        return [files_changing(folder)]
    writing.write_all({path: new for path, (_, new) in fixed.items()})
    return []


def copied(folder: Path, room: Path) -> Path:
    """Return a copy of a folder below `room`; what is written into it leaves the folder alone."""
    copy = room / folder.absolute().name
    shutil.copytree(folder, copy, ignore=_not_read, copy_function=_linked)
    return copy


def _not_read(folder: str, names: list[str]) -> list[str]:
    """Return the names in a folder that are no plain files or folders: links lead elsewhere."""
    paths = [Path(folder, name) for name in names]
    return [p.name for p in paths if p.is_symlink() or not (p.is_file() or p.is_dir())]


def _linked(source: str, target: str) -> None:
    """Copy a file in no time where the system can: what is written later takes its place."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _changed(folder: Path, problems: Iterable[Problem]) -> dict[Path, bytes]:
    """Return the new bytes of the files that a fix or tidying changes."""
    fixes: dict[Path, list[Fix]] = defaultdict(list)
    for problem in problems:
        if problem.fix:
            fixes[Path(problem.fix.place.file)].append(problem.fix)
    changed = {}
    taken: set[str] = set()
    for path in sorted(folder.iterdir()):
        if path.is_file() and (path.suffix in _SUFFIXES or path in fixes):
            raw = path.read_bytes()
            new = (
                _tidied(raw, path)
                if path.suffix in _SUFFIXES and path.name not in _UNTIDIED
                else raw
            )
            new = _with_fixes(new, _distinct(fixes[path], taken), path)
            if new != raw:
                changed[path] = new
    return changed


def _distinct(fixes: Iterable[Fix], taken: set[str]) -> list[Fix]:
    """Return the fixes in their order, new ids with a number where one is taken."""
    distinct = []
    for fix in sorted(set(fixes)):
        new, number = fix.new, 2
        while not fix.old and new in taken:
            head, _, rest = fix.new.partition("\n")
            new, number = f"{head}-{number}\n{rest}", number + 1
        taken.add(new)
        distinct.append(fix._replace(new=new))
    return distinct


def _with_fixes(raw: bytes, fixes: Sequence[Fix], path: Path) -> bytes:
    """Return the bytes with all fixes, or with those that change nothing that a note says."""
    new = _applied(raw, fixes)
    if new == raw or path.suffix not in _SUFFIXES or _is_proved(raw, new, path):
        return new
    for fix in reversed(fixes):  # from the end on, so that places stay true
        new = _applied(raw, [fix])
        raw = new if _is_proved(raw, new, path) else raw
    return raw


def _applied(raw: bytes, fixes: Sequence[Fix]) -> bytes:
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    end = "\r\n" if b"\r\n" in raw else "\n"
    try:
        lines = raw.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        return raw
    lines = [f"{line}\n" for line in lines]
    for fix in sorted(fixes, reverse=True):
        at, start = fix.place.line - 1, fix.place.col - 1
        line = lines[at] if at < len(lines) else ""
        if line[start:].startswith(fix.old):
            lines[at] = line[:start] + fix.new + line[start + len(fix.old) :]
    return mark + "".join(lines)[:-1].replace("\n", end).encode()


def _tidied(raw: bytes, path: Path) -> bytes:
    """Return the bytes composed (NFC), without spaces at the ends of lines, if no note changes."""
    try:
        text = unicodedata.normalize("NFC", raw.decode())
    except UnicodeDecodeError:
        return raw
    new = "\n".join(line.rstrip(" \t") for line in text.split("\n")).encode()
    if b"\r\n" in raw:
        new = new.replace(b" \r", b"\r")
    return new if _hashes(raw, path) == _hashes(new, path) else raw


def _hashes(raw: bytes, path: Path) -> list[str]:
    made = render_file(raw, str(path), _ANY_LANGUAGE)
    return [str(len(made.reading_problems)), *(content_hash(each.note) for each in made.texts)]


def _is_proved(old: bytes, new: bytes, path: Path) -> bool:
    """Return whether all notes of `old` are in `new` and say the same, and no error was added."""
    before, after = (render_file(raw, str(path), _ANY_LANGUAGE) for raw in (old, new))
    faults = [
        len(errors([*each.reading_problems, *each.note_problems])) for each in (before, after)
    ]
    says = iter(_says(after.texts))
    return faults[1] <= faults[0] and all(said in says for said in _says(before.texts))


def _says(texts: Iterable[RenderedTexts]) -> list[tuple[str, ...]]:
    """Return the id of each note, and its texts as a learner reads them."""
    return [
        (note.id.value, *(plain(html.get(role, text.value)) for role, text in note.texts().items()))
        for note, html in ((each.note, each.html) for each in texts)
    ]
