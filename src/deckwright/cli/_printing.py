"""The one way to the terminal: what strangers wrote can neither move its cursor nor turn a text."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

# Marks that stand for a colour until it is printed: no text has these characters once it is plain.
STRUCK, GREEN, NORMAL, RED, YELLOW, CYAN, BOLD = map(chr, range(0xE000, 0xE007))
_CODES = {STRUCK: "31;9", GREEN: "32", NORMAL: "0", RED: "31", YELLOW: "33", CYAN: "36", BOLD: "1"}
_COLOURS = {mark: f"\x1b[{code}m" for mark, code in _CODES.items()}
_NO_COLOURS = dict.fromkeys(_CODES, "")


def plain(text: str) -> str:
    r"""Return a text in one line: what is no letter, sign or space stands there as `\u202e`.

    That is what controls a terminal, or hides, or turns the direction: as JSON writes it, so that
    it means the same in there.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def show(text: str, *, err: bool = False, marked: bool = False) -> None:
    """Print lines; in a text that is `marked`, marks are colours where the stream shows those."""
    show_progress("")
    coloured = marked and is_coloured(sys.stderr if err else sys.stdout)
    codes = (_COLOURS if coloured else _NO_COLOURS) if marked else {}
    lines = (
        line if line.isprintable() else "".join(codes.get(c, _visible(c)) for c in line)
        for line in text.split("\n")
    )
    click.echo("\n".join(lines), nl=False, err=err, color=coloured or None)


def is_coloured(stream: TextIO) -> bool:
    """Return whether a stream shows colours: on a terminal, or as the environment says.

    NO_COLOR (no-color.org) goes before FORCE_COLOR and CLICOLOR_FORCE (bixense.com/clicolors).
    """
    if os.environ.get("NO_COLOR"):
        return False
    forced = (os.environ.get(name, "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return any(value not in ("", "0") for value in forced) or is_terminal(stream)


class _ProgressLine:
    """The line in which a terminal shows what is being done, as far as there is one."""

    text = ""


_line = _ProgressLine()


def show_progress(doing: str) -> None:
    """Show what is being done, in place of what was; "" takes that away. A file gets none of it."""
    text = plain(doing)[: shutil.get_terminal_size().columns - 1] if doing else ""
    if text == _line.text or not is_terminal(sys.stderr):
        return
    _line.text = text
    click.echo(f"\r\x1b[K{text}", nl=False, err=True)


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person reads a stream, on a terminal that knows more than lines."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Let click's own errors, too, show the words of a command without what controls a terminal."""
    try:
        yield
    except click.ClickException as error:
        error.__dict__["message"] = "\n".join(map(plain, error.message.split("\n")))
        raise


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    code = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))
