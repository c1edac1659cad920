"""The command `deckwright` with its subcommands, and the program around it.

Commands import late: `--help` then needs click alone, and `check` no genanki.
"""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from deckwright.cli import (
    build,
    check,
    diff,
    export,
    help_topic,
    import_notes,
    inbox,
    init,
    lock,
    new,
    preview,
    push,
    release,
    rename,
    retire,
    review,
    rule,
    schema,
    site,
    verify,
)
from deckwright.cli._options import common
from deckwright.cli._running import in_one_line
from deckwright.cli._spoken_help import SpokenGroup
from deckwright.cli._spoken_language import tell
from deckwright.words.messages import Message


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@common
@click.version_option(None, "-V", "--version", package_name="deckwright", prog_name="deckwright")
def main() -> None:
    """Build Anki decks from YAML, and never cost a learner a review.

    \b
    Example:
      deckwright build
    """


for _command in (
    build.build,
    release.release,
    check.check,
    rule.rule,
    schema.schema,
    diff.diff,
    init.init,
    new.new,
    rename.rename,
    retire.retire,
    lock.lock,
    verify.verify,
    review.review,
    preview.preview,
    push.push,
    site.site,
    import_notes.import_notes,
    export.export,
    inbox.inbox,
    help_topic.help_topic,
):
    main.add_command(_command)


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
