"""The one way to the terminal: what strangers wrote can neither move its cursor nor turn a text."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click


def plain(text: str) -> str:
    r"""Return a text in one line: what is no letter, sign or space stands there as `\u202e`.

    That is what controls a terminal, or hides, or turns the direction: as JSON writes it, so that
    it means the same in there.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def show(text: str, *, err: bool = False, colours: Mapping[str, str] | None = None) -> None:
    """Print lines; `colours` are escape codes by the characters that stand for them in the text."""
    codes = colours or {}
    lines = (
        line if line.isprintable() else "".join(codes.get(c) or _visible(c) for c in line)
        for line in text.split("\n")
    )
    click.echo("\n".join(lines), nl=False, err=err)


def show_progress(doing: str) -> None:
    """Put a line on standard error in place of the one before; "" takes it away."""
    click.echo(f"\r\x1b[K{plain(doing)}", nl=False, err=True)


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
