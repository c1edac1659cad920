"""A file of another program, by the ending of its name."""

from collections.abc import Callable, Sequence
from pathlib import Path

from deckwright.anki.foreign_package import read_foreign_package
from deckwright.exchange._crowdanki_reader import read_json
from deckwright.exchange._question_lines import read_question_lines
from deckwright.exchange._tables import read_table
from deckwright.exchange.roles import FieldNames
from deckwright.exchange.source import Source, SourceError
from deckwright.words.messages import Message


def read_source(file: Path, wanted: Sequence[FieldNames] = ()) -> Source:
    """Read a file, or the folder of a CrowdAnki deck; `wanted` names fields as the author does.

    SourceError, PackageError, UnreadableFileError or OSError where it cannot be read.
    """
    if file.is_dir():
        inside = [file / name for name in ("deck.json", f"{file.name}.json")]
        file = next((path for path in inside if path.is_file()), file)
    if file.suffix.lower() in _TABLES:
        return read_table(file, wanted)
    read = _READERS.get(file.suffix.lower())
    if read is None:
        known = ", ".join((*_TABLES, *_READERS))
        message = Message(
            "{file}: nobody can read it; it must end in {known}", file=file, known=known
        )
        raise SourceError(message)
    return read(file)


def _package(file: Path) -> Source:
    package = read_foreign_package(file)
    return Source(file, list(package.notes), package.media)


_TABLES = (".csv", ".tsv", ".txt")
_READERS: dict[str, Callable[[Path], Source]] = {
    **dict.fromkeys((".apkg", ".colpkg"), _package),
    ".json": read_json,
    **dict.fromkeys((".md", ".markdown"), read_question_lines),
}
