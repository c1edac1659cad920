"""Hunspell dictionaries, where this computer has them."""

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.check._slips import NearWords
from deckwright.disk.user_cache import installed, own_code, read_own, user_cache_folder, write_own
from deckwright.words.language import language
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

# Where dictionaries stand; DICPATH, which Hunspell knows too, replaces them. The first folder of
# each system is the one that a user may fill. LibreOffice has a folder for each language.
_FOLDERS = {
    "darwin": (
        "~/Library/Spelling",
        "/Library/Spelling",
        "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*",
    ),
    "win32": (
        "~/AppData/Roaming/hunspell",
        "C:/Program Files/LibreOffice/share/extensions/dict-*",
    ),
    "linux": (
        "~/.local/share/hunspell",
        "/usr/share/hunspell",
        "/usr/share/myspell",
        "/usr/share/myspell/dicts",
        "/usr/lib/libreoffice/share/extensions/dict-*",
    ),
}
# Letters that each word in a compound has at least.
_PART = 4


# A word takes half a millisecond, and a long one, put together of many, seconds.
MOST_WORDS, _LONGEST = 20_000, 50


class SpellingDictionary:
    """The dictionaries of a language: British and American spelling are both right.

    After MOST_WORDS that were not remembered, no more are looked up.

    They remember their answers in the user's cache, as one takes half a second to load.
    """

    def __init__(self, paths: Sequence[Path], linking: Collection[str] = ()) -> None:
        """Open dictionaries by the paths of their .dic files.

        `linking` is what may stand between the words of a compound, nothing where the language
        writes no compounds in one word.
        """
        self._files = [_DictionaryFile(path, linking) for path in paths]

    def knows(self, forms: Sequence[str]) -> bool:
        """Return whether one of the dictionaries has a word: one of its forms, the barest first.

        Every word is known where none of them can be read.
        """
        known = any(file.knows(forms) for file in self._files)
        return known or all(file.fault for file in self._files)

    @property
    def faults(self) -> list[Message]:
        """What is wrong with dictionaries that cannot be read; they count as not there."""
        return [file.fault for file in self._files if file.fault]

    @property
    def paths(self) -> list[Path]:
        """The files of the dictionaries."""
        return [file.path for file in self._files]

    def near(self, forms: Sequence[str]) -> str:
        """Return the word that an unknown one is a slip of, "" where there is none."""
        return next(filter(None, (file.near(forms) for file in self._files)), "")

    @property
    def is_exhausted(self) -> bool:
        """Whether words were left aside."""
        return not all(file.left for file in self._files)

    def remember(self) -> None:
        """Write down the answers; a cache that cannot be written is not a problem."""
        for file in self._files:
            file.remember()


class _DictionaryFile:
    def __init__(self, path: Path, linking: Collection[str]) -> None:
        self.path = path
        self._linking = linking
        status = path.stat()
        name = f"spelling-{path.stem}-{status.st_size}-{status.st_mtime_ns}-{_way(linking)}.json"
        folder = user_cache_folder()
        self._memory = folder / name if folder else None
        # Of each word whether it is right, or else which one it is a slip of.
        self._known = _remembered(self._memory) if self._memory else {}
        self._dictionary: Dictionary | None = None
        self._near: NearWords | None = None
        self.left = MOST_WORDS
        self.fault: Message | None = None

    def knows(self, forms: Sequence[str]) -> bool:
        """Return whether the file has a word; one that it leaves aside counts as known."""
        word = forms[-1]
        if word not in self._known:
            if self.fault:
                return False
            if not self.left:
                return True
            self.left -= 1
            try:
                right = len(word) <= _LONGEST and self._lookup(forms)
                self._known[word] = right or self._look_near(forms[0])
            except Exception as error:  # noqa: BLE001 - what spylls raises for a broken file is anything
                self.fault = Message(
                    "the dictionary {file} cannot be read: {why}",
                    file=self.path,
                    why=str(error) or type(error).__name__,
                )
                return False
        return self._known[word] is True

    def near(self, forms: Sequence[str]) -> str:
        """Return the word of the file that an unknown one is a slip of, "" where there is none."""
        known = self._known.get(forms[-1], "")
        return known if isinstance(known, str) else ""

    def remember(self) -> None:
        if self._dictionary and self._memory and not self.fault:
            content = json.dumps(self._known, ensure_ascii=False, sort_keys=True)
            try:
                write_own(self._memory, content.encode())
            except OSError:
                return

    def _lookup(self, forms: Sequence[str]) -> bool:
        from deckwright.check._dic_file import open_dictionary  # slow to import

        if not self._dictionary:
            self._dictionary = open_dictionary(self.path)
        bare, *others = forms
        return (
            self._dictionary.lookup(bare)
            or any(self._dictionary.dic.homonyms(form) for form in others)
            or self._is_compound(bare.casefold(), self._dictionary)
        )

    def _look_near(self, word: str) -> str:
        if len(word) > _LONGEST or not self._dictionary:
            return ""
        if not self._near:
            from deckwright.check._dic_file import stems

            self._near = NearWords(stems(self._dictionary))
        return self._near.near(word)

    def _is_compound(self, word: str, dictionary: "Dictionary") -> bool:
        """Return whether a word is two or three of the dictionary's own, in one."""
        for end in range(_PART, len(word) - _PART + 1) if self._linking else ():
            if not dictionary.dic.homonyms(word[:end]):
                continue
            for link in ("", *self._linking):
                rest = word[end:].removeprefix(link)
                if (
                    len(rest) >= _PART
                    and word[end:].startswith(link)
                    and (dictionary.dic.homonyms(rest) or self._is_compound(rest, dictionary))
                ):
                    return True
        return False


def _way(linking: Collection[str]) -> str:
    """Return a short name for the way in which words are looked up: answers follow from it, too."""
    way = f"{own_code()} {installed('spylls')} {sorted(linking)} {_PART} {_LONGEST}"
    return hashlib.sha256(way.encode()).hexdigest()[:8]


def find_dictionary(code: str) -> SpellingDictionary | None:
    """Return the dictionaries for a language such as 'nl' or 'en-GB', None where there is none.

    Of a language without a country, those that its data file names; where none of them is here,
    that of any country.
    """
    named = language(code).dictionary.split()
    wanted = [code.replace("-", "_")] if "-" in code else named
    bare = code.partition("-")[0]
    for patterns in ([f"{name}.dic" for name in wanted], [f"{bare}_*.dic", f"{bare}.dic"]):
        found = {path.stem: path for pattern in patterns for path in _files(pattern)}
        if found:
            chosen = [found[name] for name in wanted if name in found]
            return SpellingDictionary(chosen or [found[min(found)]], language(code).linking)
    return None


def own_folder() -> Path:
    """Return the folder in which a user may put dictionaries on this system."""
    return Path(os.path.expanduser(_folders()[0]))  # noqa: PTH111 - Path raises without a home


def _folders() -> tuple[str, ...]:
    return _FOLDERS.get(sys.platform, _FOLDERS["linux"])


def _files(pattern: str) -> Iterator[Path]:
    """Yield the dictionaries of a name; those of the first folder come last, and win."""
    own = os.environ.get("DICPATH")
    folders = own.split(os.pathsep) if own else _folders()
    for folder in reversed(folders):
        place = Path(os.path.expanduser(folder))  # noqa: PTH111 - Path raises without a home
        for each in sorted(Path(place.anchor).glob(f"{place.relative_to(place.anchor)}/{pattern}")):
            if each.is_file() and each.with_suffix(".aff").is_file():
                yield each


def _remembered(memory: Path) -> dict[str, bool | str]:
    """Return earlier answers; whatever is not as we write it counts as nothing."""
    try:
        content = json.loads(read_own(memory) or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    as_written = all(value is True or isinstance(value, str) for value in content.values())
    return content if as_written else {}
