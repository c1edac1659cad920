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
from anki.models import NotetypeId

database, out, folder = sys.argv[1:]
old = sqlite3.connect(database)
Path(folder).mkdir()
col = Collection(str(Path(folder) / "collection.anki2"))
types: dict[int, Any] = {}
for model in json.loads(old.execute("SELECT models FROM col").fetchone()[0]).values():
    made = col.models.new(model["name"])
    made["type"] = model["type"]
    for each in model["flds"]:
        col.models.add_field(made, col.models.new_field(each["name"]))
    for each in model["tmpls"]:
        template = col.models.new_template(each["name"])
        template["qfmt"], template["afmt"] = each["qfmt"], each["afmt"]
        col.models.add_template(made, template)
    types[int(model["id"])] = col.models.get(NotetypeId(col.models.add_dict(made).id))
requests = []
for model_id, fields, tags in old.execute("SELECT mid, flds, tags FROM notes"):
    note = col.new_note(types[model_id])
    note.fields, note.tags = fields.split("\x1f"), tags.split()
    requests.append(AddNoteRequest(note, DeckId(1)))
col.add_notes(requests)
options = ExportAnkiPackageOptions(legacy=True)
col.export_anki_package(out_path=out, options=options, limit=None)
col.close()
