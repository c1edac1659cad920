"""Where the time goes. Usage: stages.py FOLDER; prints JSON: seconds by way and stage.

In one process and one step after the other, so that the steps can be told apart; the builds that
`run.py` times let two of them overlap.
"""

import gc
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import genanki
import markdown
import yaml

from deckwright import build, sheet, sheet_json
from deckwright.check import check_deck, check_note
from deckwright.guard import guard
from deckwright.lock import dump, parse
from deckwright.markup import Renderer
from deckwright.note_types import note_types
from deckwright.read import read_frame, read_notes
from deckwright.render import finish, prepare
from deckwright.stamp import Clock, changes, stamp


class Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Count the time since the last lap as that of a stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0) + now - self._last
        self._last = now


def usual(folder: Path, out: Path) -> dict[str, float]:
    """Time the usual way."""
    watch = Watch()
    loaded = [yaml.safe_load(file.read_text("utf-8")) for file in folder.glob("*-deel.yaml")]
    watch.lap("YAML")
    roles = ("theme", "question", "cloze", "answer", "explanation", "source")
    html = [
        [markdown.markdown(note.get(role, "")) for role in roles]
        for part in loaded
        for note in part["notes"]
    ]
    watch.lap("Markdown")
    model = genanki.Model(
        1, "m", [{"name": role} for role in roles], [{"name": "c", "qfmt": "{{theme}}", "afmt": ""}]
    )
    deck = genanki.Deck(1, "d")
    for fields in html:
        deck.add_note(genanki.Note(model, fields))
    genanki.Package(deck).write_to_file(out)
    watch.lap("genanki")
    return watch.seconds


def ours(folder: Path) -> dict[str, float]:
    """Time a cold build, and the stages of a warm one."""
    gc.disable()  # as the commands do
    watch, renderer, texts = Watch(), Renderer(), {}
    frame, paths, _ = read_frame(folder)
    assert frame
    for path in paths:
        notes, _ = read_notes(path.read_bytes(), str(path))
        watch.lap("read")
        for note in notes:
            check_note(note, "nl")
        watch.lap("check notes")
        made = sheet.Sheet(tuple(prepare(note, renderer)[0] for note in notes), (), ())
        watch.lap("render")
        texts[str(path)] = sheet_json.dump(made)
        watch.lap("sheet to JSON")
    prepared = [each for file, text in texts.items() for each in sheet_json.load(text, file).notes]
    deck = replace(frame, notes=tuple(each.note for each in prepared))
    watch.lap("sheet from JSON")
    check_deck(deck, [each.gist for each in prepared])
    watch.lap("check deck")
    rendered, _ = finish(deck, prepared, {})
    watch.lap("finish")
    lock_file = folder / "deck.lock"
    old, _ = parse(lock_file.read_text("utf-8"), str(lock_file))
    assert old
    watch.lap("lock")
    types, clock = note_types("meting", "nl"), Clock(int(time.time()))
    guard(deck, rendered, types, old, clock=clock, lock_file=str(lock_file))
    stamped = stamp(deck, rendered, types, old, clock)
    text, became = dump(stamped.lock), changes(old, stamped.lock)
    watch.lap("guard and stamp")
    build.package(build.Sound(deck, old, types, {}, stamped, became, text, lock_changes=False))
    watch.lap("pack")
    return watch.seconds


if __name__ == "__main__":
    source = Path(sys.argv[1])
    print(json.dumps({"usual": usual(source, source / "usual.apkg"), "ours": ours(source)}))
