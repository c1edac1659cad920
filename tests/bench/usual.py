"""The usual way: what everyone writes first. Usage: usual.py FOLDER OUT [--load-only]."""

import sys
from pathlib import Path

import genanki
import markdown
import yaml

folder, out, *options = sys.argv[1:]
files = [yaml.safe_load(f.read_text("utf-8")) for f in sorted(Path(folder).glob("*-deel.yaml"))]
fields = {
    k: [{"name": n} for n in ("Main", "Answer", "Theme", "Explanation", "Source")] for k in (0, 1)
}
templates = {
    k: [{"name": "Card", "qfmt": q, "afmt": q}]
    for k, q in enumerate(("{{Main}}", "{{cloze:Main}}"))
}
models = [genanki.Model(k + 1, f"m{k}", fields[k], templates[k], model_type=k) for k in (0, 1)]
decks = []
for number, part in enumerate(files if not options else [], 1):
    decks.append(genanki.Deck(number, part["subdeck"]))
    for note in part["notes"]:
        main = "question" if "question" in note else "cloze"
        roles = (main, "answer", "theme", "explanation", "source")
        html = [markdown.markdown(note.get(role, "")) for role in roles]
        tags = part["tags"] + note["tags"]
        decks[-1].add_note(genanki.Note(models[main == "cloze"], html, tags=tags))
if not options:
    genanki.Package(decks).write_to_file(out)
