"""Nothing that strangers wrote controls the terminal, or turns the text round, in any format."""

# ruff: noqa: S608 - the statements are ours

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import odd_packages
import pytest
from author import Author
from click.testing import Result
from commands import run

from deckwright.cli._printing import plain

# Escape, a control of eight bits, a bell; directions, isolates and marks; what hides; a tag.
SIGNS = "\x1b[31m\x9b1m\x07\u202e\u2066\u200f\u061c\u200b\u00ad\ufeff\u2028\U000e0041"


def is_clean(output: str) -> bool:
    """Return whether each line of an output is made of what can be seen."""
    return all(line.isprintable() for line in output.split("\n"))


def test_a_text_in_one_line() -> None:
    """What cannot be seen is written as JSON does, so that JSON stays what it was."""
    assert plain("café ✓ 漢") == "café ✓ 漢"
    assert plain("a\nb\x1b\u202e") == "a\\u000ab\\u001b\\u202e"
    assert json.loads(f'"{plain(SIGNS)}"') == SIGNS
    assert plain("\udcff") == "\\udcff"


def attacks(author: Author) -> None:
    """Write cards with such signs in each place that a message can quote."""
    quoted = json.dumps(SIGNS)
    odd = f"""\
{quoted}: x
subdeck: {quoted}
tags: [{quoted}]
notes:
- id: {quoted}
  question: {quoted}
  answer: {quoted}
  allow: {{{quoted}: x, answer-long: {quoted}}}
- id: goed
  {quoted}: x
  question: Wat nu?
  answer: '![x](media/{SIGNS[7:10]}.png)'
  kind: {quoted}
  covers: [{quoted}]
- {quoted}
"""
    author.save()
    (author.cards / "2-odd.yaml").write_text(odd, "utf-8")
    (author.cards / f"3{SIGNS[8:]}.yaml").write_text("subdeck: A\nnotes: []\n", "utf-8")
    (author.cards / f"4{SIGNS[:3]}.YAML").write_text("x", "utf-8")
    (author.cards / "media").mkdir()
    (author.cards / "media" / f"x{SIGNS[7:11]}.exe").write_bytes(b"x")
    (author.cards / "woordenlijst.txt").write_text(f"woord{SIGNS[7:11]}: x\n", "utf-8")
    (author.cards / "deck.lock").write_text(f'{{"{SIGNS}":1}}\n', "utf-8")


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_problems(tmp_path: Path, form: str, language: str) -> None:
    """Of cards, files, allowances, keys, words and a ledger; for people, programs and GitHub."""
    author = Author(tmp_path)
    attacks(author)
    done = run("check", "--all", "--format", form, "--lang", language, "--cards", author.cards)
    assert done.exit_code == 1
    assert done.output.count("\\u202e") > 5
    assert is_clean(done.output)
    assert form != "json" or len(json.loads(done.stdout)) > 10


def from_package(tmp_path: Path, *words: object) -> Result:
    """Run diff on a package whose texts, tags, ids and decks have such signs."""
    author = Author(tmp_path)
    whole = author.published()
    signs = "char(8238, 8294, 8207, 8203)"
    odd = tmp_path / "odd.apkg"
    odd.write_bytes(
        odd_packages.statements(
            f"update notes set flds = replace(flds, 'Een', 'Een' || {signs});"
            f"update notes set flds = replace(flds, 'twee' || char(31), 'twee' || {signs} || "
            f"char(10) || 'new       x' || char(31)), tags = ' a' || {signs} || ' ';"
            f"update col set decks = replace(decks, 'Proef::1', 'Proef\\u202e::1')"
        )(whole.read_bytes())
    )
    return run("diff", whole, odd, *words)


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_changes(tmp_path: Path, form: str) -> None:
    """Of a package; and no text of it makes a line of its own."""
    done = from_package(tmp_path, "--format", form)
    assert done.exit_code == 0, done.output
    assert done.output.count("\\u202e") > 5
    assert is_clean(done.output)
    assert not [line for line in done.output.split("\n") if line.startswith("new ")]
    if form == "json":
        assert "\u202e" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_colours_are_ours_alone(tmp_path: Path) -> None:
    """On a real terminal, diff is in colour; what a package wants to add is seen as text."""
    from_package(tmp_path)
    odd, whole = tmp_path / "odd.apkg", tmp_path / "old.apkg"
    whole = next(path for path in tmp_path.glob("*.apkg") if path != odd)
    odd.write_bytes(
        odd_packages.statements(
            "update notes set flds = replace(flds, 'Een', char(57344) || 'x' || char(57346))"
        )(whole.read_bytes())
    )
    outer, inner = pty.openpty()
    command: list[str | Path] = [sys.executable, "-m", "deckwright", "diff", whole, odd]
    subprocess.run(command, stdout=inner, check=True, env={**os.environ, "LANG": "C.UTF-8"})
    os.close(inner)
    shown = os.read(outer, 100_000).decode()
    assert "\x1b[32m\\ue000x\\ue002" in shown
    assert "\x1b[31;9mEen" in shown


def test_one_line_errors(tmp_path: Path) -> None:
    """Of a schema, of the names in a zip, of files, of options and of words that are no command."""
    author = Author(tmp_path)
    package = author.published()
    odd = tmp_path / f"odd{SIGNS}.apkg"
    made = odd_packages.collection(package.read_bytes())
    outputs = []
    for content in (
        odd_packages.with_media((f"Collection.anki2{SIGNS}", made)),
        odd_packages.with_media(("COLLECTION.anki2", made), (SIGNS, b"x")),
        odd_packages.statements(f'create view "{SIGNS}" as select 1')(package.read_bytes()),
        odd_packages.statements(
            "pragma writable_schema = on; insert into sqlite_master "
            f"values ('index', '{SIGNS}', 'notes', 5, 'create nonsense')"
        )(package.read_bytes()),
        b"x",
    ):
        odd.write_bytes(content)
        outputs += [run("diff", package, odd), run("verify", odd), run("verify", package)]
    folder = tmp_path / f"x{SIGNS[:5]}.apkg"
    folder.mkdir()
    outputs += [
        run("diff", folder),
        run("diff", tmp_path / SIGNS),
        run(SIGNS),
        run(f"--{SIGNS}"),
        run("check", f"--{SIGNS}"),
        run("check", "--format", SIGNS),
        run("check", "--select", SIGNS),
        run("check", "--base", SIGNS, "--cards", author.cards),
        run("check", "--cards", folder / SIGNS),
        run("rule", SIGNS),
        run("rename", SIGNS, "x", "--cards", author.cards),
        run("retire", SIGNS, "--why", SIGNS, "--cards", author.cards),
        run("build", "--cards", author.cards, SOURCE_DATE_EPOCH=SIGNS),
        run("release", "--cards", author.cards, "--clean-up-since", SIGNS),
    ]
    for done in outputs:
        assert done.exception is None or isinstance(done.exception, SystemExit)
        assert is_clean(done.output), done.output
