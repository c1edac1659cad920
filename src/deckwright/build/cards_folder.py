"""A folder of cards to a deck with its texts rendered: from the cache, or by worker processes."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from deckwright.build import _rendered_file_json, rendered_file
from deckwright.build._cache import Entry, tidy
from deckwright.build._workers import Task, run_task, workers
from deckwright.build.rendered_file import RenderedFile
from deckwright.cards.fields import RenderedTexts, deck_texts
from deckwright.cards.markdown_renderer import renderer
from deckwright.check.note_words import NoteWords
from deckwright.check.standard import Rules, rules_of
from deckwright.problem import Place, Problem
from deckwright.source.deck import Deck, Text
from deckwright.source.reader import SETTINGS, read_settings
from deckwright.source.text_files import read_file
from deckwright.words.messages import Message, Tell, nobody

# Below this many bytes of cards, starting another process takes longer than it saves.
MANY = 400_000
# A deck of 100,000 notes takes a gigabyte of memory, and no learner has that many years.
MAX_BYTES, MAX_CARDS = 40_000_000, 100_000
SHOWN = 3  # times that a text counts for each further card: both its sides are made, and looked at
# Of all files: each problem takes a kilobyte, and no text may keep a computer busy for hours.
_MOST_PROBLEMS, MAX_SECONDS = 200_000, 40
_LARGE = "deck-large"
# For a folder without a usable deck.yaml: then only the problems of reading count.
_ANY_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Resources:
    """What a build may use: `cache` is the folder to remember in, None for none.

    `workers` is how many processes may work, 1 for this one alone. Neither changes what is made.
    `tell` is told what is being done now.
    """

    cache: Path | None = None
    workers: int = 1
    tell: Tell = nobody


@dataclass(frozen=True, slots=True)
class CardsFolder:
    """The deck as far as it could be read, None without a usable deck.yaml.

    `texts` and `words` belong to the deck's notes, as in a `CheckedNote`. `reading_problems` were
    found in the files, `note_problems` in the notes.
    """

    deck: Deck | None
    texts: tuple[RenderedTexts, ...]
    words: tuple[NoteWords, ...]
    reading_problems: list[Problem]
    note_problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file with notes, and where it is remembered."""

    path: Path
    raw: bytes
    entry: Entry | None

    def task(self, code: str, rules: Rules) -> Task:
        return self.raw, str(self.path), code, rules, self.entry.earlier if self.entry else None


def read_cards_folder(folder: Path, resources: Resources) -> CardsFolder:
    """Read, check and render the cards of `folder`, note by note; never raises."""
    resources.tell(Message("read {folder}", folder=folder))
    deck, paths, problems = read_settings(folder)
    code = deck.language.value if deck else _ANY_LANGUAGE
    rules = rules_of(deck) if deck else ()
    settings = f"{rendered_file.MADE_WITH} {code} {rules}"
    if deck and resources.cache:
        _remember_texts(deck, resources.cache, folder / SETTINGS, settings)
    sources = list(_sources(paths, settings, resources.cache, problems))
    files = list(_rendered_files(sources, (code, rules), resources))
    if resources.cache:
        tidy(resources.cache)
    problems += [problem for file in files for problem in file.reading_problems]
    size, count = sum(len(source.raw) for source in sources), sum(map(_cards, files))
    if large := list(_too_many(folder, size + sum(map(_repeated, files)), count)):
        problems += large
        files = []
    elif len(files) < len(sources):
        problems.append(_stopped(folder))
    notes = [each for file in files for each in file.notes]
    return CardsFolder(
        deck=_whole(deck, files) if deck else None,
        texts=tuple(each.texts for each in notes),
        words=tuple(each.words for each in notes),
        reading_problems=problems,
        note_problems=[problem for each in notes for problem in each.problems],
    )


def _remember_texts(deck: Deck, cache: Path, source: Path, settings: str) -> None:
    """Have the deck's own texts rendered once: what Markdown needs takes a third of a small build.

    Those with a problem, or with media, are rendered each time.
    """
    texts = deck_texts(deck)
    entry = Entry(cache, source, repr([text.value for text in texts]).encode(), settings)
    with suppress(ValueError, AttributeError, RecursionError):  # no entry, or not one of ours
        known = json.loads(entry.current or "").items()
        renderer().known |= {source: html for source, html in known if isinstance(html, str)}
        return
    made = {text.value: renderer().render(text) for text in texts}
    faultless = {k: v.html for k, v in made.items() if not v.problems and not v.media}
    if any(source != html for source, html in faultless.items()):
        entry.write(json.dumps(faultless))


def _whole(deck: Deck, files: list[RenderedFile]) -> Deck:
    notes = tuple(each.note for file in files for each in file.texts)
    retired = tuple(pair for file in files for pair in file.retired)
    return replace(deck, notes=notes, retired=deck.retired + retired)


def _sources(
    paths: list[Path], settings: str, cache: Path | None, problems: list[Problem]
) -> Iterator[_Source]:
    """Yield the files as they are now, until there are too many bytes of them."""
    left = MAX_BYTES
    for path in paths:
        raw, found = read_file(path)
        problems += found
        if raw is not None and left >= 0:
            left -= len(raw)
            yield _Source(path, raw, Entry(cache, path, raw, settings) if cache else None)


def _stopped(folder: Path) -> Problem:
    message = Message(
        "more than {most_problems:,} problems, or {seconds} seconds: the rest was not read",
        most_problems=_MOST_PROBLEMS,
        seconds=MAX_SECONDS,
    )
    hint = Message("fix what was found, and run this again: what was read is remembered")
    return Problem(Place(str(folder)), _LARGE, message, hint)


def _repeated(file: RenderedFile) -> int:
    """Return the size of what a package repeats: for each note of a file, each card of a note."""
    first = file.texts[0].note if file.texts else None
    said = (first.subdeck, *first.file_tags) if first else ()
    again = sum((len(each.ordinals) - 1) * _size(each.note.texts().values()) for each in file.texts)
    return len(file.texts) * _size(said) + SHOWN * again


def _size(texts: Iterable[Text]) -> int:
    return sum(len(text.value.encode()) for text in texts)


def _cards(file: RenderedFile) -> int:
    return sum(len(each.ordinals) for each in file.texts)


def _too_many(folder: Path, size: int, cards: int) -> Iterator[Problem]:
    if size > MAX_BYTES or cards > MAX_CARDS:
        message = Message(
            "more than {max_bytes:,} bytes of cards, or more than {max_cards:,} cards",
            max_bytes=MAX_BYTES,
            max_cards=MAX_CARDS,
        )
        hint = Message("split it into several decks")
        yield Problem(Place(str(folder)), _LARGE, message, hint)


def _rendered_files(
    sources: list[_Source], settings: tuple[str, Rules], resources: Resources
) -> Iterator[RenderedFile]:
    """Yield each file rendered, in order; those that are remembered are not made again."""
    remembered = {source.path: source.entry.current for source in sources if source.entry}
    lacking = {s.path: s.task(*settings) for s in sources if remembered.get(s.path) is None}
    many = resources.workers > 1 and sum(len(source.raw) for source in sources) > MANY
    cards = wrong = 0
    end = monotonic() + MAX_SECONDS
    with workers(lacking, resources.workers if many else 0) as answer:
        for number, source in enumerate(sources, 1):
            at = {"number": number, "count": len(sources), "file": source.path}
            found = _rendered_file_json.load_if_ours(remembered.get(source.path), str(source.path))
            if found:
                resources.tell(Message("file {number} of {count}, from the cache: {file}", **at))
            else:
                resources.tell(Message("file {number} of {count}: {file}", **at))
                made = answer(source.path) or run_task(source.task(*settings))
                found = _rendered_file_json.load(made, str(source.path))
                if source.entry:
                    source.entry.write(made)
            yield found
            cards += _cards(found)
            wrong += len(found.reading_problems) + len(found.note_problems)
            if cards > MAX_CARDS or wrong > _MOST_PROBLEMS or monotonic() > end:
                return
