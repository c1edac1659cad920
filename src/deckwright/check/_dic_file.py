"""A Hunspell dictionary that makes an object only of the words that are asked for.

spylls makes one of each line when it reads a .dic file, and lists each under all its letters: for
Dutch and English, that takes two seconds and 300 MB at each check that meets a new word.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary
from spylls.hunspell.data.dic import Dic, Word
from spylls.hunspell.readers import read_aff, read_dic
from spylls.hunspell.readers.file_reader import FileReader

# What a line is found by: its word, up to what may be no part of it.
_KEY = re.compile(r"[^\s/\\]*")
_COUNT = re.compile(r"\d+(?:\s|$)")
_WHOLE = re.compile(r"[^\s/\\]*(?:/[^\s/]*)?")  # a line of a word of one piece, and its flags


def open_dictionary(path: Path) -> Dictionary:
    """Return the dictionary of a .dic file and the .aff file beside it.

    It says of each word what `Dictionary.from_files` says, but suggests none; and it does not take
    a letter with an ending for a word, as spylls does in capitals (`AES`, `DS`). For a broken file,
    whatever spylls raises.
    """
    aff, context = read_aff(FileReader(str(path.with_suffix(".aff"))))
    lines = FileReader(str(path), encoding=context.encoding)
    return Dictionary(aff, _Words(lines, aff, context))


class _Words(Dic):  # type: ignore[misc] # spylls has no types
    """The words of a .dic file."""

    def __init__(self, lines: FileReader, aff: Any, context: Any) -> None:
        super().__init__(words=[])
        self._aff, self._context = aff, context
        self._lines: dict[str, str] = {}
        for number, line in lines:
            if number > 1 or not _COUNT.match(line):
                key = self._key(line)
                self._lines[key] = f"{self._lines[key]}\n{line}" if key in self._lines else line
        self._read: dict[str, Dic] = {}

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Word]:
        """Return the words with this stem; `ignorecase`: those that are so in lower case."""
        key = self._key(stem)
        if not ignorecase:
            found: list[Word] = self._with(key).index.get(stem, []) if key in self._lines else []
            return found
        keys = self._lowered.get(key, ())
        return [word for key in keys for word in self._with(key).lowercase_index.get(stem, [])]

    def stems(self) -> Iterator[str]:
        """Yield the words without their endings, each once."""
        for key, lines in self._lines.items():
            if key and all(map(_WHOLE.fullmatch, lines.split("\n"))):
                yield key
            else:
                yield from self._with(key).index

    def _key(self, text: str) -> str:
        found = _KEY.match(text)
        if found is None or self._context.ignore:  # some characters count as not there
            return ""
        return found[0]

    def _with(self, key: str) -> Dic:
        """Return the words whose lines begin with a key that is there."""
        if key not in self._read:
            lines = enumerate(self._lines[key].split("\n"), 2)
            self._read[key] = read_dic(lines, aff=self._aff, context=self._context)
        return self._read[key]

    @cached_property
    def _lowered(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for key in self._lines:
            for lower in {key, *self._aff.casing.lower(key)}:
                found[lower].append(key)
        return found
