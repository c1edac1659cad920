"""What a command is doing: in one line of a terminal, or with `-v` as a line for each step."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from deckwright.cli._loudness import explain, is_quiet, is_verbose
from deckwright.cli._printing import show_progress
from deckwright.cli._spoken_language import in_words
from deckwright.words.messages import Message, Tell


class _Steps:
    """Is told each step when it begins."""

    def __init__(self) -> None:
        self._doing: Message | None = None
        self._since = 0.0
        self._ended = False

    def __call__(self, doing: Message) -> None:
        """Show a step, and how long the one before it took; a preview goes on when all is shown."""
        if doing == self._doing or self._ended:
            return
        self._explain()
        self._doing, self._since = doing, time.monotonic()
        if not (is_quiet() or is_verbose()):
            show_progress(in_words(doing))

    def end(self) -> None:
        """Take the line away."""
        self._explain()
        self._ended = True
        show_progress("")

    def _explain(self) -> None:
        if self._doing is not None:
            seconds = time.monotonic() - self._since
            explain(Message("{seconds:6.2f} seconds: {step}", seconds=seconds, step=self._doing))


@contextmanager
def shown_steps() -> Iterator[Tell]:
    """Yield whom to tell what is being done."""
    steps = _Steps()
    try:
        yield steps
    finally:
        steps.end()
