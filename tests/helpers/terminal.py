"""A real terminal: programs that run in a pseudo-terminal, and what they show on it."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Terminal:
    """What a person sees, and the keys that they press."""

    def __init__(self, handle: int, process: "subprocess.Popen[bytes]") -> None:
        self._handle, self.process = handle, process
        self.shown = ""

    def types(self, keys: str) -> None:
        """Press keys."""
        os.write(self._handle, keys.encode())

    def waits_for(self, text: str, seconds: float = 20) -> str:
        """Wait until a text is shown; returns all that was shown until then since the last call."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} is not in {self.shown!r}"
            if not self._read(0.1):
                break
        assert text in self.shown, f"{text!r} is not in {self.shown!r}"
        shown, self.shown = self.shown, ""
        return shown

    def ends(self, seconds: float = 60) -> str:
        """Wait for the end of the program; returns all that was shown since the last call."""
        end = time.monotonic() + seconds
        while self._read(0.1):
            assert time.monotonic() < end, self.shown
        self.process.wait(5)
        return self.shown

    def _read(self, seconds: float) -> bool:
        """Read what is shown now; returns whether there can be more."""
        if select.select([self._handle], [], [], seconds)[0]:
            try:
                content = os.read(self._handle, 100_000)
            except OSError:  # nobody holds the other end any more
                return False
            self.shown += content.decode(errors="replace").replace("\r\n", "\n")
            return bool(content)
        return True


@contextmanager
def terminal(
    command: Sequence[str | Path], folder: Path = Path(), /, **environment: str
) -> Iterator[Terminal]:
    """Run a program on a terminal of its own, with standard output and errors on it."""
    outer, inner = pty.openpty()
    given = {"TERM": "xterm", "COLUMNS": "100", "LINES": "30", **environment}
    kept = {name: value for name, value in os.environ.items() if name not in _COLOURS}
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**kept, **given},
        cwd=folder,
        start_new_session=True,
    )
    os.close(inner)
    try:
        yield Terminal(outer, process)
    finally:
        process.kill()
        process.wait()
        os.close(outer)


_COLOURS = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
