"""The one way to an author's files: written whole, or only shown in a dry run."""

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from deckwright.cli._loudness import mention
from deckwright.cli._printing import CYAN, GREEN, NORMAL, RED, plain, show
from deckwright.cli._spoken_language import tell
from deckwright.words.messages import Message

DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Show what would be written, and write nothing."
)
_COLOURS = {"-": RED, "+": GREEN, "@": CYAN}
_TEXTS = (".yaml", ".yml", ".txt")  # of what changes in there, an author wants to see the lines


def save(files: Mapping[Path, bytes], *done: Message, dry_run: bool) -> None:
    """Write files, all or none, and say what was done; or, in a dry run, show what would change.

    Hold the folder of cards while what is in there is read and written. OSError where refused.
    """
    from deckwright.disk import writing

    if dry_run:
        show_files(files)
    else:
        writing.write_all(files)
        mention(*done)


def show_files(files: Mapping[Path, bytes]) -> None:
    """Show what would be written into files: lines that change, or how large a new file is."""
    for path, content in files.items():
        old = path.read_bytes() if path.is_file() else None
        if old is not None and path.suffix in _TEXTS:
            show_difference(path, old, content)
        elif old != content:
            about = {"file": path, "size": len(content)}
            tell(Message("would be written: {file}, {size:,} bytes", **about))
    mention(Message("this was a dry run: nothing was written"), err=True)


def show_difference(path: Path, old: bytes, new: bytes) -> None:
    """Print the lines that differ, as `diff -u` does."""
    before, after = (content.decode(errors="replace").splitlines() for content in (old, new))
    lines = difflib.unified_diff(before, after, str(path), str(path), lineterm="")
    for line in map(plain, lines):
        colour = _COLOURS.get(line[0], "")
        show(f"{colour}{line}{NORMAL if colour else ''}\n", marked=True)
