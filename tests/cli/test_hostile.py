"""Nothing that strangers hand us ends in a traceback, a write, or a machine that stands still."""

import time
from collections.abc import Callable
from pathlib import Path

import hostile
import pytest
from author import Author
from click.testing import CliRunner

from deckwright.cli.main import main
from deckwright.disk.snapshot import snapshot

LONGEST = 20.0  # seconds, on a slow computer


@pytest.mark.parametrize("attack", hostile.ATTACKS, ids=lambda attack: attack.name)
def test_each_attack_is_named(tmp_path: Path, attack: hostile.Attack) -> None:
    """Just these problems, each with a place and a hint; soon; and not a byte is written."""
    started = time.monotonic()
    result = hostile.attacked(attack, tmp_path)
    assert hostile.codes(result) == attack.codes
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert time.monotonic() - started < LONGEST
    assert not (tmp_path / "build").exists()
    assert "lock" in attack.name or not (tmp_path / "cards" / "deck.lock").exists()


@pytest.mark.parametrize(("name", "made", "said"), hostile.PACKAGES, ids=lambda p: str(p)[:40])
def test_a_package_from_a_stranger_gets_one_line(
    tmp_path: Path, name: str, made: Callable[[bytes], bytes], said: str
) -> None:
    """Exit code 1, one line that says why, and nothing written."""
    started = time.monotonic()
    result = hostile.shown(made, tmp_path)
    assert isinstance(result.exception, SystemExit), name
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert time.monotonic() - started < LONGEST
    assert len(snapshot([tmp_path / "build"])) == 2


def test_verify_writes_nothing_outside(tmp_path: Path) -> None:
    """A package with hostile paths of media, in the real Anki: one line, no file anywhere."""
    result = hostile.verified(tmp_path / "in" / "here")
    assert isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == 1
    assert "Anki cannot import it" in result.stderr
    assert not list(tmp_path.rglob("outside.txt"))


@pytest.mark.parametrize("made", [p[1] for p in hostile.PACKAGES[:6]], ids=lambda _: "")
def test_verify_too_gets_one_line(tmp_path: Path, made: Callable[[bytes], bytes]) -> None:
    """What is not a package never reaches Anki."""
    author = Author(tmp_path)
    odd = tmp_path / "odd.apkg"
    odd.write_bytes(made(author.releases().package.read_bytes()))
    result = CliRunner().invoke(main, ["verify", str(odd)])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
