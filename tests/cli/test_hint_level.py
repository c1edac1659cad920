"""Hints: the warnings of rules that are not sure enough, shown on request and never counted."""

import json
from pathlib import Path

from commands import run

from deckwright.problem import LEVELS, Level, Problem, errors, without_hints

DECK = "name: Proef\nkey: proef\nlanguage: nl\ndescription: Zo.\n"
NOTES = (
    "subdeck: A\nnotes:\n- id: a\n  cloze: De Donau stroomt {{c1::door}} tien landen van Europa.\n"
)


def write(folder: Path, notes: str = NOTES, deck: str = DECK) -> Path:
    """Write a deck of one gap that hides a preposition."""
    (folder / "deck.yaml").write_text(deck, "utf-8")
    (folder / "1-a.yaml").write_text(notes, "utf-8")
    return folder


def test_hints_are_shown_on_request(tmp_path: Path) -> None:
    """By --hints, or by name; by nothing else."""
    cards = ("--lang", "en", "--cards", write(tmp_path))
    assert run("check", *cards).stdout == "no problems\n"
    shown = run("check", "--hints", *cards).stdout
    assert f"{tmp_path}/1-a.yaml:4:27: hint[cloze-trivial]: gap c1 hides only 'door'\n" in shown
    assert shown.endswith("\n1 hint\n")
    assert run("check", "--select", "cloze-trivial", *cards).stdout == shown
    assert run("check", "--select", "cloze-leak", *cards).stdout == "no problems\n"
    assert run("check", "--hints", "--lang", "nl", *cards[2:]).stdout.endswith("\n1 tip\n")


def test_hints_are_never_counted(tmp_path: Path) -> None:
    """Not by --strict, nor by a release, which else stops at a warning."""
    cards = ("--cards", write(tmp_path))
    assert run("check", "--strict", *cards).exit_code == 0
    assert run("check", "--strict", "--hints", *cards).exit_code == 0
    result = run("release", "--first", "--this-key", "--yes", *cards, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "cloze-trivial" not in result.output + result.stderr


def test_hints_in_other_forms(tmp_path: Path) -> None:
    """For programs with their level; on GitHub as notices."""
    cards = ("--cards", write(tmp_path))
    (row,) = json.loads(run("check", "--hints", "--format", "json", *cards).stdout)
    assert (row["level"], row["code"]) == ("hint", "cloze-trivial")
    assert run("check", "--hints", "--format", "github", *cards).stdout.startswith("::notice file=")


def test_hints_can_be_allowed_and_switched_off(tmp_path: Path) -> None:
    """An allowance is not left over because nobody asked for hints."""
    cards = ("--lang", "en", "--cards", tmp_path)
    write(tmp_path, f"{NOTES}  allow: {{cloze-trivial: dat leer je hier}}\n")
    for wishes in ((), ("--hints",)):
        assert run("check", *wishes, *cards).stdout == "no problems\n"
    write(tmp_path, deck=f"{DECK}rules: {{cloze-trivial: off}}\n")
    assert run("check", "--hints", *cards).stdout == "no problems\n"


def test_what_counts(tmp_path: Path) -> None:
    """The levels of the three kinds, and who stops a build."""
    del tmp_path
    assert {LEVELS[c] for c in ("cloze-trivial", "yes-no", "yaml-tag")} == set(Level)
    place, text = None, ""
    found = [Problem(place, code, text, text) for code in ("cloze-trivial", "yes-no", "yaml-tag")]  # type: ignore[arg-type]
    assert [p.code for p in errors(found)] == ["yaml-tag"]
    assert [p.code for p in errors(found, strict=True)] == ["yes-no", "yaml-tag"]
    assert [p.code for p in without_hints(found)] == ["yes-no", "yaml-tag"]
