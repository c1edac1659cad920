"""A folder of cards to a deck with its notes prepared: from memory, or by many hands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckwright import files, sheet, sheet_json
from deckwright.cache import Entry, tidy
from deckwright.notes import Deck
from deckwright.problem import Place, Problem
from deckwright.read import read_frame
from deckwright.render import Prepared
from deckwright.sheet import Sheet

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Of less than this many bytes of cards, starting another process takes longer than it saves.
MANY = 400_000
# A deck of 100,000 notes takes a gigabyte of memory, and no learner has that many years.
MAX_BYTES, MAX_NOTES = 60_000_000, 150_000
_NO_LANGUAGE = "nl"  # for a folder without a usable deck.yaml: only problems of form count then

# Is told what is being done now.
Progress = Callable[[str], None]
# The bytes of a file, its name, and the deck's language.
_Task = tuple[bytes, str, str]
# Gives the JSON of the sheet of a file, None where no worker makes it.
_Answer = Callable[[Path], str | None]


class Speed(NamedTuple):
    """How to be fast: `cache` is the folder to remember in, None for nowhere.

    `workers` is how many processes may work, 1 for this one alone. Neither changes what is made.
    """

    cache: Path | None = None
    workers: int = 1
    progress: Progress = lambda _doing: None


class Gathered(NamedTuple):
    """The deck as far as it could be read, None without a usable deck.yaml.

    `prepared` belongs to the deck's notes; `problems` are of the form, `faults` of the cards.
    """

    deck: Deck | None
    prepared: tuple[Prepared, ...]
    problems: list[Problem]
    faults: list[Problem]


class _Source(NamedTuple):
    """A file with notes, and where it is remembered."""

    path: Path
    raw: bytes
    entry: Entry | None

    def task(self, code: str) -> _Task:
        return self.raw, str(self.path), code


def gather(folder: Path, speed: Speed) -> Gathered:
    """Read, check and render the cards of `folder`, note by note; never raises."""
    deck, paths, problems = read_frame(folder)
    code = deck.language.value if deck else _NO_LANGUAGE
    settings = f"{sheet.MADE_WITH} {code}"
    sources = list(_sources(paths, settings, speed.cache, problems))
    sheets = list(_sheets(sources, code, speed))
    if speed.cache:
        tidy(speed.cache)
    prepared = tuple(each for made in sheets for each in made.notes)
    problems += [problem for made in sheets for problem in made.problems]
    problems += _too_many(folder, sum(len(source.raw) for source in sources), len(prepared))
    faults = [problem for made in sheets for problem in made.faults]
    whole = replace(deck, notes=tuple(each.note for each in prepared)) if deck else None
    return Gathered(whole, prepared, problems, faults)


def _sources(
    paths: list[Path], settings: str, cache: Path | None, problems: list[Problem]
) -> Iterator[_Source]:
    """Yield the files as they are now, until there are too many bytes of them."""
    left = MAX_BYTES
    for path in paths:
        raw, found = files.read(path)
        problems += found
        if raw is not None and left >= 0:
            left -= len(raw)
            yield _Source(path, raw, Entry(cache, path, raw, settings) if cache else None)


def _too_many(folder: Path, size: int, notes: int) -> Iterator[Problem]:
    if size > MAX_BYTES or notes > MAX_NOTES:
        message = f"more than {MAX_BYTES:,} bytes of cards, or than {MAX_NOTES:,} notes"
        yield Problem(Place(str(folder)), "deck-large", message, "part it into several decks")


def _sheets(sources: list[_Source], code: str, speed: Speed) -> Iterator[Sheet]:
    """Yield the sheet of each file, in order; those that are remembered are not made again."""
    remembered = {source.path: source.entry.read() for source in sources if source.entry}
    lacking = {s.path: s.task(code) for s in sources if remembered.get(s.path) is None}
    many = speed.workers > 1 and sum(len(source.raw) for source in sources) > MANY
    notes = 0
    with _workers(lacking, speed.workers if many else 0) as answer:
        for number, source in enumerate(sources, 1):
            speed.progress(f"read {number} of {len(sources)} files")
            found = _loaded(remembered.get(source.path), source.path)
            if found is None:
                made = answer(source.path) or _work(source.task(code))
                found = sheet_json.load(made, str(source.path))
                if source.entry:
                    source.entry.write(made)
            yield found
            notes += len(found.notes)
            if notes > MAX_NOTES:
                return


def _loaded(text: str | None, path: Path) -> Sheet | None:
    """Return what was remembered; None where it is nothing, or nothing that we ever wrote."""
    try:
        return sheet_json.load(text, str(path)) if text else None
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None


@contextmanager
def _workers(tasks: dict[Path, _Task], most: int) -> Iterator[_Answer]:
    """Start up to `most` processes on the tasks.

    Yields what gives the answer to each task if asked in order, or None where this system gave no
    process or ended one. Plain processes and pipes: the threads of an executor would wait for the
    very thread that they are to help.
    """
    from multiprocessing import Pipe, Process  # few decks are so large

    workers = min(most, len(tasks))
    pipes: list[Connection] = []
    place = {path: number for number, path in enumerate(tasks)}
    with suppress(OSError):
        for number in range(workers):
            ours, theirs = Pipe(duplex=False)
            pipes.append(ours)
            share = list(tasks.values())[number::workers]
            Process(target=_serve, args=(theirs, list(pipes), share), daemon=True).start()
            theirs.close()

    def answer(path: Path) -> str | None:
        number = place.get(path, 0) % max(workers, 1)
        if path not in place or number >= len(pipes):
            return None
        try:
            return pipes[number].recv_bytes().decode()
        except (OSError, EOFError):
            return None

    try:
        yield answer
    finally:
        for pipe in pipes:
            pipe.close()


def _serve(pipe: "Connection", inherited: "list[Connection]", tasks: list[_Task]) -> None:
    for other in inherited:  # while a worker holds one, no worker sees that the build was killed
        other.close()
    with suppress(OSError, KeyboardInterrupt):
        for task in tasks:
            pipe.send_bytes(_work(task).encode())


def _work(task: _Task) -> str:
    return sheet_json.dump(sheet.make(*task))
