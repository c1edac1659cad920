"""A Hunspell dictionary that makes an object only of the words that are asked for.

spylls makes one of each line when it reads a .dic file, and lists each under all its letters: for
Dutch and English, that takes two seconds and 300 MB at each check that meets a new word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary
from spylls.hunspell.data.dic import Dic, Word
from spylls.hunspell.readers import read_aff, read_dic
from spylls.hunspell.readers.file_reader import FileReader

# A line is filed under the beginning of its word, up to the first space, slash or backslash.
_KEY = re.compile(r"[^\s/\\]*")
_COUNT = re.compile(r"\d+(?:\s|$)")
_WHOLE = re.compile(r"[^\s/\\]*(?:/[^\s/]*)?")  # a line of a word of one piece, and its flags


def open_dictionary(path: Path) -> Dictionary:
    """Return the dictionary of a .dic file and the .aff file beside it.

    It says of each word what `Dictionary.from_files` says, but suggests none; and it does not take
    a letter with an ending for a word, as spylls does in capitals (`AES`, `DS`). For a broken file,
    whatever spylls raises, here or when a broken line is met.
    """
    aff, context = read_aff(FileReader(str(path.with_suffix(".aff"))))
    lines = FileReader(str(path), encoding=context.encoding)
    # Where characters do not count, or lines name their flags by number, all are read.
    as_a_whole = context.ignore or context.flag_synonyms or aff.AM
    read = read_dic if as_a_whole else _Words
    return Dictionary(aff, read(lines, aff=aff, context=context))


def stems(dictionary: Dictionary) -> Iterable[str]:
    """Return the words of a dictionary without their endings; one may come twice."""
    words = dictionary.dic
    return words.stems() if isinstance(words, _Words) else (word.stem for word in words.words)


class _Words(Dic):  # type: ignore[misc] # spylls has no types
    """The words of a .dic file."""

    def __init__(self, lines: FileReader, *, aff: Any, context: Any) -> None:
        super().__init__(words=[])
        self._aff, self._context = aff, context
        self._lines: dict[str, str] = {}
        with_tags = []  # those of `ph:` also say what no compound may look like
        for number, line in lines:
            if number > 1 or not _COUNT.match(line):
                key = self._key(line)
                self._lines[key] = f"{self._lines[key]}\n{line}" if key in self._lines else line
                if "ph:" in line:
                    with_tags.append(key)
        self._read: dict[str, Dic] = {}
        for key in with_tags:
            self._with(key)

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Word]:
        """Return the words with this stem; `ignorecase`: those that are so in lower case."""
        key = self._key(stem)
        if not ignorecase:
            found: list[Word] = self._with(key).index.get(stem, []) if key in self._lines else []
            return found
        keys = self._lowered.get(key, ())
        return [word for key in keys for word in self._with(key).lowercase_index.get(stem, [])]

    def stems(self) -> Iterator[str]:
        """Yield the words without their endings."""
        for key, lines in self._lines.items():
            if all(map(_WHOLE.fullmatch, lines.split("\n"))):
                yield key
            else:
                yield from self._with(key).index

    def _key(self, text: str) -> str:
        found = _KEY.match(text)
        return found[0] if found else ""

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
            for lower in self._aff.casing.lower(key) if key else ():
                found[lower].append(key)
        return found
