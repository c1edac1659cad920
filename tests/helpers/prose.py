"""Reads prose cases: a title, then input and expected output between lone dots.

    A colon inside a text
    .
    - id: een
      question: Let op: wat nu?
      answer: Zo.
    .
    1-start.yaml:4:13: error[yaml-quotes]: …
    .

The input is the list of notes of `1-start.yaml`. A line `== name` begins a whole file instead, and
`== before name` a file of the build before. «U+00A0» is that character, «TAB» a tab.
"""

import re
from dataclasses import dataclass
from pathlib import Path

DECK = "name: Proef\nkey: proef\nlanguage: nl\ndescription: Een proef.\n"


@dataclass(frozen=True)
class Case:
    """One case: the files of the build before (none: there was none), those of now, the output."""

    title: str
    before: dict[str, bytes]
    files: dict[str, bytes]
    expected: str


def read(path: Path) -> list[Case]:
    """Return the cases of a file."""
    found = []
    title = ""
    lines = iter(path.read_text("utf-8").split("\n"))
    for line in lines:
        if line == ".":
            found.append(_case(title, "\n".join(iter(lines.__next__, ".")), lines))
        else:
            title = line.strip() or title
    return found


def _case(title: str, source: str, lines: "object") -> Case:
    expected = "".join(f"{line}\n" for line in iter(lines.__next__, "."))  # type: ignore[attr-defined]
    if not source.startswith("== "):
        source = f"== 1-start.yaml\nsubdeck: Start\nnotes:\n{source}"
    parts = re.split(r"^== (before )?(\S+)\n", source, flags=re.MULTILINE)[1:]
    files: dict[bool, dict[str, bytes]] = {True: {}, False: {}}
    for before, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        files[bool(before)][name] = _bytes(text)
    for side in files.values():
        side.setdefault("deck.yaml", DECK.encode())
    if len(files[True]) == 1 and "before" not in source:
        files[True] = {}
    return Case(title, files[True], files[False], expected)


def _bytes(text: str) -> bytes:
    text = text.replace("«TAB»", "\t").replace("«CR»", "\r")
    return re.sub(r"«U\+([0-9A-F]{4,6})»", lambda m: chr(int(m[1], 16)), text).encode()
