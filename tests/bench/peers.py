"""Other tools that make packages of text files, and a deck in the form that each of them reads."""

import hashlib
import re
import subprocess
from pathlib import Path

import markdown
import notes
import yaml

from matrix import python_with

PINNED = Path(__file__).parents[2] / ".requirements" / "peers.txt"
_FIELDS = ("front", "back", "about")
_GAP = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)


def folder_of_peers() -> Path | None:
    """Return the folder with their programs, in a venv of its own; None where pip gets none."""
    try:
        return python_with(PINNED).parent
    except subprocess.CalledProcessError:
        return None


def write_for_ankcompiler(cards: Path, folder: Path) -> list[object]:
    """Write a deck as Markdown files, and return what follows the program's name."""
    folder.mkdir()
    for number, (subdeck, part) in enumerate(notes.read(cards)):
        blocks = "\n".join(_block(f"{number}/{n}", note) for n, note in enumerate(part))
        head = f"---\ndeck: 'Deck::{subdeck}'\n---\n\n"
        (folder / f"{number}.md").write_text(head + blocks, "utf-8")
    return ["build", "--all", "--path", folder, "--output", folder]


def _block(name: str, note: notes.PlainNote) -> str:
    uid = hashlib.sha256(name.encode()).hexdigest()[:10]
    main, more = note.main.strip(), "\n\n".join(filter(None, map(str.strip, note.texts)))
    text = f"{main}\n\n{more}" if note.is_cloze else f"{main}\n\n:::\n\n{more}"
    tags = "".join(f"[^tag]: {tag}\n" for tag in note.tags)
    return f"---\n\n{text}\n\n---\n[^uid]: {uid}\n{tags}\n"


def write_for_yaml_tool(cards: Path, folder: Path) -> list[object]:
    """Write a deck as its YAML, and return what follows the program's name.

    It reads HTML, and knows no cloze notes: so a gap is shown on the back.
    """
    folder.mkdir()
    template = {"name": "Card", "qfmt": "{{front}}", "afmt": "{{front}}{{back}}{{about}}"}
    fields, templates = list(_FIELDS), [template]
    config = {"name": "Type", "deck-name": "Deck", "fields": fields, "templates": templates}
    data = [_row(note) for _, part in notes.read(cards) for note in part]
    file = folder / "deck.yaml"
    with file.open("w", encoding="utf-8") as stream:
        whole = {"config": config, "data": data}
        yaml.dump(whole, stream, yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return ["build", "--file", file, "--output", folder / "deck.apkg"]


def _row(note: notes.PlainNote) -> dict[str, object]:
    theme, case, hint, answer, *about = note.texts
    gaps = ", ".join(_GAP.findall(note.main))
    front = f"{theme}\n\n{case}\n\n{_GAP.sub('[...]', note.main)}\n\n{hint}"
    texts = (front, gaps if note.is_cloze else answer, "\n\n".join(about))
    return {**dict(zip(_FIELDS, map(markdown.markdown, texts), strict=True)), "tags": note.tags}
