"""Decks that people made with Anki itself, and the files that its real engine exports of them."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anki.collection import Collection, ExportAnkiPackageOptions, ImportCsvRequest

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 40
BASIC, REVERSED, CLOZE = "Basic", "Basic (and reversed card)", "Cloze"
FLAG = "<div>Of</div><div>Rome</div>"

# Note type, fields, subdeck, tags: what Anki's editor and people write.
NOTES: list[tuple[str, list[str], str, list[str]]] = [
    (
        BASIC,
        ['Which <b>flag</b> is this?<br><img src="my flag (1).png">', FLAG],
        "Geo::Flags",
        ["geo::flags", "easy"],
    ),
    (REVERSED, ["House [sound:house.mp3]", "maison"], "Geo::Words", []),
    (CLOZE, ["{{c1::Rome}} lies in {{c2::<i>Italy</i>::country}}.", "H<sub>2</sub>O"], "Geo::Words",
     []),
    (BASIC, ["Is 2 &lt; 3, a*b*c and &amp;amp; so?", r"[$]x^2[/$] or \(y_1\)"], "Geo::Words", []),
    (BASIC, ["List?", "<ul><li>one</li><li>two</li></ul>"], "Geo::Words", ["leech"]),
]  # fmt: skip


class OtherDeck:
    """A collection of a real Anki, with these notes and their media."""

    def __init__(self, folder: Path, notes: Sequence[Any] = tuple(NOTES)) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.col: Any = Collection(str(folder / "collection.anki2"))
        for name, content in (("my flag (1).png", PNG), ("house.mp3", MP3)):
            (folder / name).write_bytes(content)
            self.col.media.add_file(str(folder / name))
        for name, fields, deck, tags in notes:
            self.add(name, fields, deck, tags)

    def add(self, name: str, fields: list[str], deck: str, tags: list[str]) -> None:
        """Add a note."""
        note = self.col.new_note(self.col.models.by_name(name))
        note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
        note.tags = tags
        self.col.add_note(note, self.col.decks.id(deck))

    def type(self, name: str, fields: list[str]) -> None:
        """Make a note type with these fields, the first on the front."""
        made = self.col.models.new(name)
        for field in fields:
            self.col.models.add_field(made, self.col.models.new_field(field))
        template = self.col.models.new_template("Card 1")
        template["qfmt"], template["afmt"] = (f"{{{{{field}}}}}" for field in fields[:2])
        self.col.models.add_template(made, template)
        self.col.models.add(made)

    def package(self, *, legacy: bool) -> Path:
        """Export a package, in the old or the new format."""
        file = self.folder / f"Geo{'-old' if legacy else ''}.apkg"
        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(file), options=options, limit=None)
        return file

    def whole(self, *, legacy: bool) -> Path:
        """Export the whole collection, which closes it."""
        file = self.folder / f"all{'-old' if legacy else ''}.colpkg"
        self.col.export_collection_package(str(file), include_media=True, legacy=legacy)
        return file

    def text(self) -> Path:
        """Export the notes as text, with all that Anki says of them."""
        file = self.folder / "Geo.txt"
        self.col.export_note_csv(
            out_path=str(file),
            limit=None,
            with_html=True,
            with_tags=True,
            with_deck=True,
            with_notetype=True,
            with_guid=True,
        )
        return file


def imports_text(col: Any, file: Path) -> Any:
    """Import text as Anki's window does that has nothing changed in it; returns the log."""
    about = col.get_csv_metadata(str(file), None)
    return col.import_csv(ImportCsvRequest(path=str(file), metadata=about)).log
