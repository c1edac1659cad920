"""Learners who forget by chance, some cards more than others; in Anki's engine, or as it writes."""

# ruff: noqa: S311 - no secrets

import json
import math
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckwright.anki.learner import Learner, learner
from deckwright.release.answers import Card, Tally

DAY = 86_400  # seconds
GOOD, BAD = 0.9, 0.6  # how often a card is known that is due
SKILL, ALIKE = 0.6, 0.5  # spread between learners, and of one of them between cards, as log odds
_STEP_AGAIN = 0.2  # how often a learning step has to be repeated
_AGAIN, _GOOD = 1, 3
# What a night does: everything that has a time lies a day further back.
_NIGHT = (
    "update col set crt = crt - 86400",
    "update revlog set id = id - 86400000",
    "update cards set due = due - 86400 where queue = 1",
)
# Every card is learnt, and due some day.
_LEARNT = "update cards set type = 2, queue = 2, ivl = 10, due = 10, factor = 2500, reps = 1"


def _odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


@dataclass
class Pupil:
    """Knows each card by chance: `bad` are the ids of bad notes, `skill` adds to the log odds."""

    chance: random.Random
    bad: set[str]
    skill: float
    _known: dict[object, float] = field(default_factory=dict)

    def button(self, note: str, card: object, *, is_learnt: bool = True) -> int:
        """Return the button for a card, of a note with this id."""
        if not is_learnt:
            return _AGAIN if self.chance.random() < _STEP_AGAIN else _GOOD
        if card not in self._known:
            odds = _odds(BAD if note in self.bad else GOOD) + self.skill
            self._known[card] = 1 / (1 + math.exp(-odds - self.chance.gauss(0, ALIKE)))
        return _GOOD if self.chance.random() < self._known[card] else _AGAIN


def class_of(size: int, bad: set[str], seed: int) -> Iterator[Pupil]:
    """Yield so many learners of different skill."""
    dice = random.Random(seed)
    for _ in range(size):
        yield Pupil(random.Random(dice.random()), bad, dice.gauss(0, SKILL))


def planted(names: list[str], seed: int) -> set[str]:
    """Return a tenth of some notes, by chance."""
    return set(random.Random(seed).sample(sorted(names), len(names) // 10))


def empty(folder: Path, package: Path) -> Path:
    """Return the collection of somebody who imported a package, and did nothing yet."""
    with learner(folder) as anki:
        anki.imports(package)
    return folder / "collection.anki2"


def studied(folder: Path, start: Path, pupil: Pupil, days: int) -> Path:
    """Let a pupil study a collection in Anki's engine for so many days; returns another one."""
    folder.mkdir(parents=True)
    shutil.copyfile(start, folder / start.name)
    for _ in range(days):
        with learner(folder) as anki:
            _day(anki, pupil)
            for statement in _NIGHT:
                anki.col.db.execute(statement)
    return folder / start.name


def _day(anki: Learner, pupil: Pupil) -> None:
    first = min(anki.cards(), key=lambda card: card.id)
    anki.col.decks.select(anki.col.decks.parents(first.did)[0]["id"])
    while card := anki.col.sched.getCard():
        note = card.note().fields[0]
        is_learnt = card.type == 2
        anki.col.sched.answerCard(card, pupil.button(note, card.id, is_learnt=is_learnt))


def written(folder: Path, start: Path, pupil: Pupil, days: int) -> Path:
    """Write the answers of so many days into a collection, as the engine does; far faster."""
    folder.mkdir(parents=True)
    shutil.copyfile(start, folder / start.name)
    with learner(folder) as anki:
        cards = anki.col.db.all("select c.id, n.flds from cards c join notes n on n.id = c.nid")
        begin = int(time.time() - days * DAY) * 1000 - pupil.chance.randrange(DAY * 1000)
        rows = enumerate(answers_of(pupil, cards, days), begin)
        insert = "insert into revlog values (?, ?, -1, ?, ?, ?, 2500, 4000, ?)"
        anki.col.db.executemany(insert, [(at, *row) for at, row in rows])
        anki.col.db.execute(_LEARNT)
    return folder / start.name


def answers_of(
    pupil: Pupil, cards: Iterable[Sequence[Any]], days: int
) -> Iterator[tuple[Any, int, int, int, int]]:
    """Yield the answers of so many days to cards, each with the fields of its note.

    That is: card, button, interval, the one before, and kind, as Anki's revlog has them.
    """
    for card, fields in cards:
        note = fields.split("\x1f")[0]
        yield card, _GOOD, -600, -60, 0
        yield card, _GOOD, 1, -600, 0
        day, interval = pupil.chance.randrange(days), 1
        while (day := day + interval) < days:
            button, before = pupil.button(note, card), interval
            interval = max(1, round(before * 2.5)) if button == _GOOD else 1
            yield card, button, interval, before, 1
            if button == _AGAIN:
                yield card, _GOOD, interval, -600, 2


def tallied(
    pupils: Iterable[Pupil], cards: Sequence[Card], days: int
) -> dict[Card, dict[int, Tally]]:
    """Return what so many days make of cards, without any file."""
    found: dict[Card, dict[int, Tally]] = {card: {} for card in cards}
    for who, pupil in enumerate(pupils):
        for card, button, _, _, kind in answers_of(pupil, [(c, c.note) for c in cards], days):
            if kind == 1:
                reviews, lapses = found[card].get(who, (0, 0))
                found[card][who] = Tally(reviews + 1, lapses + (button == _AGAIN))
    return found


def handed_in(collection: Path, target: Path) -> Path:
    """Return a file of a learner's: a copy of a collection, or a package, by its name."""
    from anki.collection import Collection, ExportAnkiPackageOptions

    if target.suffix == ".anki2":
        return Path(shutil.copyfile(collection, target))
    col = Collection(str(collection))
    if target.suffix == ".colpkg":
        col.export_collection_package(str(target), include_media=False, legacy="old" in target.stem)
        return target
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=False, legacy="old" in target.stem
    )
    col.export_anki_package(out_path=str(target), options=options, limit=None)
    col.close()
    return target


def progress(file: Path, key: str, answers: Sequence[Mapping[str, Any]]) -> Path:
    """Write a progress file of the page for learners."""
    rows = [{"id": f"{n}", "note": "-", "release": 1, **each} for n, each in enumerate(answers)]
    file.write_text(json.dumps({"deckwright progress": 1, "key": key, "answers": rows}), "utf-8")
    return file
