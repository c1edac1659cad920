"""The command `deckwright` with its subcommands, and the program around it.

Each command is imported when it is asked for, and imports what it needs when it runs: `--help` then
needs click alone, and `check` no genanki.
"""

import gc
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from deckwright import __version__
from deckwright.cli._options import common
from deckwright.cli._running import in_one_line
from deckwright.cli._spoken_help import SpokenGroup
from deckwright.cli._spoken_language import tell
from deckwright.words.messages import Message

_NAMES = (
    "build", "release", "check", "rule", "schema", "diff", "init", "new", "rename", "retire",
    "lock", "verify", "review", "preview", "push", "site", "export", "inbox",
)  # fmt: skip
# The module of each command, and the function in it. Two names mean something else to Python.
_MODULES = {name: name for name in _NAMES} | {"import": "import_notes", "help": "help_topic"}


class _Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"deckwright.cli.{_MODULES[name]}")
        command: click.Command = getattr(module, _MODULES[name])
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


@click.group(
    cls=SpokenGroup, commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"]}
)
@common
@click.version_option(__version__, "-V", "--version", prog_name="deckwright")
def main() -> None:
    """Build Anki decks from YAML, and never cost a learner a review.

    \b
    Example:
      deckwright build
    """


def run() -> NoReturn:
    """Run `main` as a program; whatever the system refuses becomes one line.

    The garbage collector is off: a command keeps nearly all it makes, and looking through that for
    garbage takes a third of its time. The program leaves at once: to take a large deck apart again
    takes time, too.
    """
    gc.disable()
    code: object = 1
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed by whoever started this
            setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        getattr(sys, stream).reconfigure(errors="backslashreplace")  # an emoji on an old terminal
    try:
        main(prog_name="deckwright")
    except SystemExit as end:
        code = end.code
    except OSError as error:
        tell(Message("Error: {message}", message=in_one_line(error)), err=True)
    except MemoryError:
        tell(Message("Error: this computer has too little memory for such a deck"), err=True)
    with suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)
