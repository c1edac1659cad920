"""A Hunspell dictionary, where this computer has one."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.disk.user_cache import read_own, user_cache_folder, write_own
from deckwright.words.language import language

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

# Where Debian, Fedora and macOS put dictionaries; DICPATH, which Hunspell knows too, replaces them.
_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "~/Library/Spelling",
    "/Library/Spelling",
)


# A word takes half a millisecond, and a long one, put together of many, seconds.
MOST_WORDS, _LONGEST = 20_000, 50


class SpellingDictionary:
    """A dictionary that remembers its answers in the user's cache: loading it takes 2 seconds.

    After MOST_WORDS that were not remembered it looks up no more: `left` is how many it still will.
    """

    def __init__(self, path: Path) -> None:
        """Open the dictionary `path`.dic; it is loaded when a word is asked for the first time."""
        self._path = path
        status = path.with_suffix(".dic").stat()
        name = f"spelling-{path.name}-{status.st_size}-{status.st_mtime_ns}.json"
        folder = user_cache_folder()
        self._memory = folder / name if folder else None
        self._known = _remembered(self._memory) if self._memory else {}
        self._dictionary: Dictionary | None = None
        self.left = MOST_WORDS

    def knows(self, word: str) -> bool:
        """Return whether the dictionary has a word; one that it leaves aside counts as known."""
        if word not in self._known:
            if not self.left:
                return True
            self.left -= 1
            self._known[word] = len(word) <= _LONGEST and self._lookup(word)
        return self._known[word]

    def remember(self) -> None:
        """Write down the answers; a cache that cannot be written is not a problem."""
        if self._dictionary and self._memory:
            content = json.dumps(self._known, ensure_ascii=False, sort_keys=True)
            try:
                write_own(self._memory, content.encode())
            except OSError:
                return

    def _lookup(self, word: str) -> bool:
        from spylls.hunspell import Dictionary

        self._dictionary = self._dictionary or Dictionary.from_files(str(self._path))
        return bool(self._dictionary.lookup(word))


def find_dictionary(code: str) -> SpellingDictionary | None:
    """Return the dictionary for a language such as 'nl', None where there is none."""
    own = os.environ.get("DICPATH")
    for folder in own.split(os.pathsep) if own else _FOLDERS:
        place, name = Path(os.path.expanduser(folder)), language(code).dictionary  # noqa: PTH111
        of_any_country = sorted(place.glob(f"{code.partition('-')[0]}_*.dic"))
        for path in (place / f"{name}.dic", *of_any_country):
            if path.is_file() and path.with_suffix(".aff").is_file():
                return SpellingDictionary(path.with_suffix(""))
    return None


def _remembered(memory: Path) -> dict[str, bool]:
    """Return earlier answers; whatever is not as we write it counts as nothing."""
    try:
        content = json.loads(read_own(memory) or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict) or not all(isinstance(v, bool) for v in content.values()):
        return {}
    return content
