"""Anki's own engine: the notes of a package, as HTML, into an empty collection, and exported.

Usage: engine.py DATABASE OUT FOLDER. No YAML and no Markdown is read here.
"""

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions
from anki.decks import DeckId

database, out, folder = sys.argv[1:]
old = sqlite3.connect(database)
Path(folder).mkdir()
col = Collection(str(Path(folder) / "collection.anki2"))
types: dict[int, Any] = {}
for number, (kind, names, templates) in {
    int(each["id"]): (each["type"], each["flds"], each["tmpls"])
    for each in json.loads(old.execute("SELECT models FROM col").fetchone()[0]).values()
}.items():
    made = col.models.new(f"type {number}")
    made["type"] = kind
    for each in names:
        col.models.add_field(made, col.models.new_field(each["name"]))
    for each in templates:
        template = col.models.new_template(each["name"])
        template["qfmt"], template["afmt"] = each["qfmt"], each["afmt"]
        col.models.add_template(made, template)
    types[number] = col.models.get(col.models.add_dict(made).id)
requests = []
for number, fields, tags in old.execute("SELECT mid, flds, tags FROM notes"):
    note = col.new_note(types[number])
    note.fields, note.tags = fields.split("\x1f"), tags.split()
    requests.append(AddNoteRequest(note, DeckId(1)))
col.add_notes(requests)
options = ExportAnkiPackageOptions(legacy=True)
col.export_anki_package(out_path=out, options=options, limit=None)
col.close()
