"""Names that go into the deck's own list of words, on request."""

import os
from collections.abc import Sequence
from pathlib import Path

from deckwright.check.spelling import UNKNOWN
from deckwright.disk import writing
from deckwright.disk.reading import read_bytes
from deckwright.problem import Problem
from deckwright.words.language import Language


def names_to_learn(problems: Sequence[Problem]) -> list[str]:
    """Return the names among unknown words that stand in two places or more, sorted."""
    return sorted(
        str(problem.message.values["word"])
        for problem in problems
        if problem.code == UNKNOWN
        and "more" in problem.message.values
        and str(problem.message.values["word"]).lower() != problem.message.values["word"]
    )


def learn(folder: Path, known: Language, names: Sequence[str]) -> Path:
    """Add names to the word list of a deck in `folder`, each with the reason that it is a name.

    What stands there stays as it is. Returns the file; OSError as `writing.write`, and
    UnreadableFileError as `reading.read_bytes`.
    """
    path = folder / known.word_list
    old = read_bytes(path) if os.path.lexists(path) else b""
    end = b"\r\n" if b"\r\n" in old else b"\n"
    lines = [f"{name}: {known.name_reason}".encode() for name in names]
    start = old if not old or old.endswith(b"\n") else old + end
    writing.write(path, start + b"".join(line + end for line in lines))
    return path
