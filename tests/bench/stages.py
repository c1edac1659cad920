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
import notes
import yaml

from deckwright.build import _rendered_file_json, plan, rendered_file
from deckwright.build._unchanged_notes import CheckedNote
from deckwright.build.packages import package_bytes
from deckwright.cards import note_types
from deckwright.cards.fields import fill_fields, render_texts
from deckwright.check.rules import check_deck, check_note, note_words
from deckwright.release import guards, next_release
from deckwright.release.ledger import LEDGER_NAME, Ledger, dump
from deckwright.release.next_release import Clock
from deckwright.source.reader import read_notes, read_settings


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
    parts = list(notes.read(folder, yaml.SafeLoader))
    watch.lap("YAML")
    html = [
        [text and markdown.markdown(text) for text in (note.main, *note.texts)]
        for _, part in parts
        for note in part
    ]
    watch.lap("Markdown")
    fields = [{"name": str(number)} for number in range(len(html[0]))]
    model = genanki.Model(1, "m", fields, [{"name": "c", "qfmt": "{{0}}", "afmt": ""}])
    deck = genanki.Deck(1, "d")
    for texts in html:
        deck.add_note(genanki.Note(model, texts))
    genanki.Package(deck).write_to_file(out)
    watch.lap("genanki")
    return watch.seconds


def ours(folder: Path) -> dict[str, float]:
    """Time a cold build, and the stages of a warm one."""
    gc.disable()  # as the commands do
    watch, texts = Watch(), {}
    settings, paths, _ = read_settings(folder)
    assert settings
    for path in paths:
        notes, _, _ = read_notes(path.read_bytes(), str(path))
        watch.lap("read")
        for note in notes:
            check_note(note, "nl")
        watch.lap("check notes")
        checked = (CheckedNote(render_texts(note)[0], note_words(note, "nl"), ()) for note in notes)
        made = rendered_file.RenderedFile(tuple(checked), (), ())
        watch.lap("render")
        texts[str(path)] = _rendered_file_json.dump(made)
        watch.lap("to JSON")
    files = [_rendered_file_json.load(text, file) for file, text in texts.items()]
    rendered_texts = [each for file in files for each in file.texts]
    deck = replace(settings, notes=tuple(each.note for each in rendered_texts))
    watch.lap("from JSON")
    check_deck(deck, [each.words for file in files for each in file.notes])
    watch.lap("check deck")
    rendered, _ = fill_fields(deck, rendered_texts, {})
    watch.lap("fill fields")
    file = folder / LEDGER_NAME
    held = plan.read_ledger(file)[0] or Ledger(deck.key.value)
    watch.lap("ledger")
    types, clock = note_types.note_types("meting", "nl"), Clock(int(time.time()))
    guards.guard(deck, rendered, types, held, clock=clock, file=str(file))
    release = next_release.next_release(deck, rendered, types, held, clock.release_time(held))
    dump(release.ledger)
    watch.lap("guard and stamp")
    package_bytes(plan.ReadyDeck(deck, held, types, {}, release))
    watch.lap("pack")
    return watch.seconds


if __name__ == "__main__":
    source = Path(sys.argv[1])
    print(json.dumps({"usual": usual(source, source / "usual.apkg"), "ours": ours(source)}))
