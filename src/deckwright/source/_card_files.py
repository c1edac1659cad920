"""Which files of a folder hold cards, and which only seem to."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from deckwright.disk.file_names import CODE, clash, is_litter, same_name, unportable
from deckwright.problem import Place, Problem
from deckwright.words.messages import Message

_NEARLY_YAML = re.compile(r"\.ya?ml\b", re.IGNORECASE)
_UNREAD = "files-unread"
_MOST_FOLDERS = 1_000  # that are looked into


def is_source(name: str) -> bool:
    """Return whether a file of this name is read."""
    return name.endswith((".yaml", ".yml")) and not is_litter(name)


def clashing(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that another system could not keep, or not beside the others.

    Authors share a folder between Linux, macOS and Windows.
    """
    seen: dict[str, str] = {}
    for name in names:
        path, first = folder / name, seen.setdefault(same_name(name), name)
        if first != name:
            yield Problem(Place(str(path)), CODE, *clash(first, name))
        yield from unportable(path)


def unread(folder: Path, listed: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file that looks like cards but is not read."""
    for name in sorted(listed):
        path = folder / name
        if is_litter(name) or is_source(name):
            continue
        if _NEARLY_YAML.search(name):
            hint = Message(
                "call it {nearly_yaml}.yaml, or take it out of this folder",
                nearly_yaml=_NEARLY_YAML.split(name)[0],
            )
            message = Message("'{name}' is not read: its name does not end in .yaml", name=name)
            yield Problem(Place(str(path)), _UNREAD, message, hint)
        elif _holds_yaml(path):
            message = Message("the files in the folder '{name}' are not read", name=name)
            hint = Message("move them up beside deck.yaml, or take the folder out of this one")
            yield Problem(Place(str(path)), _UNREAD, message, hint)


def _holds_yaml(path: Path) -> bool:
    """Return whether a file in a folder, or in one below it, seems to hold cards."""
    for number, (_, folders, names) in enumerate(os.walk(path)):
        folders[:] = [name for name in folders if not is_litter(name)]
        if number == _MOST_FOLDERS:
            return False
        if any(_NEARLY_YAML.search(name) and not is_litter(name) for name in names):
            return True
    return False
