"""Notes as a file of cards that a person would have written: a block for what has several lines."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_WIDE = 1_000_000  # characters: no line is broken


class _Dumper(yaml.SafeDumper):
    """YAML with the hyphens of a list further in than its key, and never an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - PyYAML's names
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def settings_text(settings: Mapping[str, str]) -> str:
    """Return the text of a deck.yaml."""
    return _dumped(dict(settings))


def notes_text(subdeck: str, notes: Sequence[Mapping[str, Any]]) -> tuple[str, list[int]]:
    """Return the text of a file with these notes, and the line on which each begins."""
    pieces = [_dumped({"subdeck": subdeck}), "notes:\n"]
    starts = []
    line = sum(piece.count("\n") for piece in pieces) + 1
    for note in notes:
        starts.append(line)
        pieces.append(textwrap.indent(_dumped([dict(note)]), "  ") + "\n")
        line += pieces[-1].count("\n")
    return "".join(pieces)[:-1], starts


def _dumped(data: object) -> str:
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE, indent=2
    )
    return text
