"""Legal names for pictures and sounds that come from elsewhere."""

import re
from pathlib import PurePosixPath

from deckwright.cards.media_formats import FORMATS
from deckwright.disk.file_names import is_portable
from deckwright.source.ids import suggested_id

_LONGEST = 40  # characters


class MediaNames:
    """The names of files in `cards/media/`; `taken` are those that are there, with their bytes.

    `files` are the new ones.
    """

    def __init__(self, taken: dict[str, bytes]) -> None:
        self._taken = taken
        self.files: dict[str, bytes] = {}

    def name(self, foreign: str, content: bytes) -> str:
        """Return the name for a file: of the same bytes the same, of other bytes another."""
        path = PurePosixPath(foreign.replace("\\", "/"))
        ending = _ending(path.suffix.lower().removeprefix("."), content)
        stem = suggested_id(path.stem)[:_LONGEST].strip("-") or "media"
        stem = stem if is_portable(f"{stem}.{ending}") else f"media-{stem}"
        number = 1
        while True:
            name = f"{stem}-{number}.{ending}" if number > 1 else f"{stem}.{ending}"
            before = self._taken.get(name, self.files.get(name))
            if before is None:
                self.files[name] = content
            if before in (None, content):
                return name
            number += 1


def _ending(said: str, content: bytes) -> str:
    """Return the ending that fits the content: pictures are often called .jpg and are .png."""
    if said in FORMATS and re.match(FORMATS[said].begins, content, re.DOTALL):
        return said
    fitting = (
        ending
        for ending, each in FORMATS.items()
        if each.begins and re.match(each.begins, content, re.DOTALL)
    )
    return next(fitting, said or "bin")
