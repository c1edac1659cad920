"""A command that runs again whenever a file of the cards changes."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from deckwright.cli._loudness import mention
from deckwright.cli._running import run_for_hours
from deckwright.cli._spoken_language import Failure
from deckwright.words.messages import Message

WATCH = click.option(
    "--watch", is_flag=True, help="Run again whenever a file changes, until Ctrl-C."
)
_BUILT = (".apkg", ".json")  # what a build may write among the cards is no change of theirs
_MOST = 5  # files that are named of those that changed


def run_again(cards: Path, run: Callable[[], None]) -> NoReturn:
    """Run a command, and again after each change of a file; Ctrl-C ends it with exit code 0.

    A run that fails does not end it; wrong usage does.
    """
    from deckwright.cards.media import FOLDER
    from deckwright.disk.snapshot import WAIT, Seen, Watch, snapshot

    def look() -> list[Seen]:
        seen = snapshot([cards], [cards / FOLDER])
        return [each for each in seen if not each[0].endswith(_BUILT)]

    run_for_hours()
    with suppress(KeyboardInterrupt):
        watched = Watch(look)
        mention(Message("watching {cards} (end with Ctrl-C)", cards=cards), err=True)
        _run(run)
        while True:
            time.sleep(WAIT)
            if changed := watched.changed():
                mention(_what(changed), err=True)
                _run(run)
    sys.exit(0)


def _run(run: Callable[[], None]) -> None:
    """Run a command; what it exits with is for nobody."""
    try:
        with suppress(SystemExit):
            run()
    except Failure as failure:
        failure.show()


def _what(changed: list[Path]) -> Message:
    """Return the time and what changed; a folder changes with each file in it."""
    names = [str(path) for path in changed if not path.is_dir()]
    more = ["…"] if len(names) > _MOST else []
    now = time.strftime("%H:%M:%S")
    return Message("{time}, changed: {files}", time=now, files=[*names[:_MOST], *more])
