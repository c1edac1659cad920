"""Processes that render files of cards at once.

Plain processes and pipes: the threads of an executor would wait for the very thread that they are
to help. Where the system forks, a worker inherits the pipes of those before it and closes them;
where it spawns (Windows, macOS), a worker imports deckwright anew and inherits nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.build import _rendered_file_json
from deckwright.build.rendered_file import render_file
from deckwright.check.standard import Rules

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# The bytes of a file, its name, the deck's language and its rules; and the JSON of what was made of
# it earlier, None where nothing was.
Task = tuple[bytes, str, str, Rules, str | None]
# Gives the JSON of a rendered file, None where no worker makes it.
Answer = Callable[[Path], str | None]


def run_task(task: Task) -> str:
    """Return the JSON of a rendered file."""
    raw, file, code, rules, earlier = task
    before = _rendered_file_json.load_if_ours(earlier, file)
    return _rendered_file_json.dump(render_file(raw, file, code, rules, before))


@contextmanager
def workers(tasks: dict[Path, Task], most: int) -> Iterator[Answer]:
    """Start up to `most` processes on the tasks.

    Yields what gives the answer to each task if asked in order, or None where this system gave no
    process or ended one.
    """
    count = min(most, len(tasks))
    numbers = {path: number for number, path in enumerate(tasks)}
    pipes: list[Connection] = []

    def answer(path: Path) -> str | None:
        number = numbers.get(path, 0) % max(count, 1)
        if path not in numbers or number >= len(pipes):
            return None
        with suppress(OSError, EOFError):
            return pipes[number].recv_bytes().decode()
        return None

    try:
        with suppress(OSError):  # no more processes for this user
            for number in range(count):
                pipes.append(_started(list(tasks.values())[number::count], pipes))
        yield answer
    finally:
        for pipe in pipes:
            pipe.close()


def _started(tasks: list[Task], others: "list[Connection]") -> "Connection":
    """Start a worker on its share of the tasks; return the end of the pipe that it answers on."""
    from multiprocessing import Pipe, Process, get_start_method  # few decks are so large

    ours, theirs = Pipe(duplex=False)
    inherited = [*others, ours] if get_start_method() == "fork" else []
    try:
        Process(target=_work, args=(theirs, inherited, tasks), daemon=True).start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours


def _work(pipe: "Connection", inherited: "list[Connection]", tasks: list[Task]) -> None:
    for other in inherited:  # while a worker holds one, no worker sees that the build was killed
        other.close()
    with suppress(OSError, KeyboardInterrupt):
        for task in tasks:
            pipe.send_bytes(run_task(task).encode())
