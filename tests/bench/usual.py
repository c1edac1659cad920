"""The usual way: what everyone writes first. Usage: usual.py FOLDER OUT LOADER (slow or C)."""

import sys
from pathlib import Path

import genanki
import markdown
import notes
import yaml

folder, out, loader = sys.argv[1:]
names = ("Main", "Theme", "Case", "Hint", "Answer", "Explanation", "Source")
models = [
    genanki.Model(
        kind + 1,
        f"m{kind}",
        [{"name": name} for name in names],
        [{"name": "Card", "qfmt": front, "afmt": front}],
        model_type=kind,
    )
    for kind, front in enumerate(("{{Main}}", "{{cloze:Main}}"))
]
decks = []
loaders = {"slow": yaml.SafeLoader, "C": yaml.CSafeLoader}
for number, (subdeck, part) in enumerate(notes.read(Path(folder), loaders[loader]), 1):
    decks.append(genanki.Deck(number, subdeck))
    for note in part:
        html = [text and markdown.markdown(text) for text in (note.main, *note.texts)]
        decks[-1].add_note(genanki.Note(models[note.is_cloze], html, tags=note.tags))
genanki.Package(decks).write_to_file(out)
