"""The bench itself: every number is there, a package that differs is seen, and goals are judged."""

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import decks
import goals
import pytest
import sections
import tables
import ways
from processes import FailedError, Run, once

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux")
BENCH = Path(__file__).parent / "bench" / "run.py"
PEERS = {ways.ANKCOMPILER, ways.YAML_TOOL}
# What a cache that lies does to every process: each remembered text says something else.
LYING = """
from deckwright.build import _cache
begin = _cache.Entry.__init__
def lie(entry, *of):
    begin(entry, *of)
    entry.current = (entry.current or "").replace("Wat is", "Wie is") or None
_cache.Entry.__init__ = lie
"""


def program(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the bench."""
    return subprocess.run(
        [sys.executable, BENCH, *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_number_is_there(tmp_path: Path) -> None:
    """A tiny deck, one round: seconds, memory and bytes of each way, and a table of them."""
    found = tmp_path / "numbers.json"
    options = ("--kinds", "short", "--rounds", "1", "--no-peers", "--json", str(found))
    done = program("20", *options)
    assert done.returncode == 0, done.stderr
    numbers = json.loads(found.read_text())
    (deck,) = numbers["decks"]
    assert (deck["kind"], deck["notes"]) == ("short", 20)
    assert set(deck["runs"]) == {*ways.OTHERS, *ways.OURS} - PEERS
    assert set(deck["missing"]) == PEERS
    for name, (wall, cpu, memory) in (deck["runs"] | numbers["start"]).items():
        assert wall > 0, name
        assert cpu > 0 or name == ways.PREVIEW, name  # the system counts in hundredths there
        assert 5 < memory < 1_000, name
        assert re.search(rf"(?m)^{re.escape(name)} .* s .* s .* MB", done.stdout), name
    assert deck["runs"][ways.COLD][1] > deck["runs"][ways.LIMIT][1]
    assert numbers["differing"] == []
    assert "\npackages: equal (cached, one edit; " in done.stdout
    assert "\nreached   equal bytes" in done.stdout


def test_a_package_that_differs_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cache that remembers something else: only what is built from it differs."""
    (tmp_path / "sitecustomize.py").write_text(LYING)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    cards = decks.write(tmp_path / "cards", 20, "short")
    assert sections.same_bytes(cards) == ["cached, nothing changed"]
    assert "packages: DIFFERENT: cached, nothing changed" in capsys.readouterr().out


def test_what_a_process_takes_is_counted() -> None:
    """Its own time and memory, and those of a worker that it leaves behind."""
    busy = "import time; x = b'x' * 60_000_000\nwhile time.process_time() < 0.3: pass"
    leaving = f"import os\nif os.fork() == 0:\n  exec({busy!r})\nelse: os._exit(0)"
    for program in (busy, leaving):
        run = once(sys.executable, "-c", program)
        assert 0.3 <= run.cpu < 1.5
        assert 60 < run.memory < 120
    assert once(sys.executable, "-c", "pass").memory < 30
    for program in ("raise SystemExit('no such thing')", "print('no such thing'); exit(1)"):
        with pytest.raises(FailedError, match="no such thing"):
            once(sys.executable, "-c", program)


def measured(notes: int, **walls: float) -> ways.Measured:
    """Return a deck of which each way took a second, or what `walls` says, all of it CPU."""
    named = {"usual": ways.SLOW, "cold": ways.COLD, "warm": ways.WARM, "preview": ways.PREVIEW}
    runs = {name: Run(1, 1, 100) for name in (*ways.OTHERS, *ways.OURS)}
    runs |= {named[name]: Run(wall, wall, 100) for name, wall in walls.items()}
    return ways.Measured("short", notes, runs, {})


@pytest.mark.parametrize(
    ("deck", "reached"),
    [
        (measured(1_000, cold=0.6, warm=0.25, preview=0.2), [True] * 3),
        (measured(1_000, cold=0.61, warm=0.26, preview=0.21), [False] * 3),
        (measured(10_000, usual=15, cold=3.75), [True] * 4),
        (measured(10_000, usual=14.9, cold=3.75), [False, False, True, True]),
        (measured(100_000, cold=12, warm=12.1), [True, False, True]),
        (measured(100), []),
        (ways.Measured("short", 1_000, {}, {ways.COLD: "failed: no room"}), [False] * 3),
    ],
)
def test_goals_are_judged(deck: ways.Measured, reached: list[bool]) -> None:
    """Each at its limit and just beyond; a deck of 100,000 notes beside one of a tenth."""
    rows = [measured(10_000), deck] if deck.notes == 100_000 else [deck]
    found = [goal for goal in goals.goals(rows, {}) if f" {deck.notes:,}:" in goal.what]
    assert [goal.is_reached() for goal in found] == reached
    assert [goal.line().startswith("reached") for goal in found] == reached
    assert len(list(tables.glance(rows))) == 2 * (1 + len(rows))


def test_words_are_those_of_the_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for one in fifty; the same deck again; without a dictionary, it is another one."""
    known = {"".join(letters) for letters in itertools.product("abcde", repeat=4)}
    (tmp_path / "nl_NL.dic").write_text(f"{len(known)}\n" + "".join(f"{w}/A\n" for w in known))
    (tmp_path / "nl_NL.aff").write_text("SET UTF-8\n")
    plain = decks.write(tmp_path / "plain", 300, "long")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    first, second = (decks.write(tmp_path / name, 300, "long") for name in ("first", "second"))
    texts = [
        [file.read_text() for file in decks.parts(folder)] for folder in (first, second, plain)
    ]
    assert texts[0] == texts[1] != texts[2]
    said = re.findall(r"[a-z]{4,}", "".join(re.findall(r"case: \|\n(.*)", "".join(texts[0]))))
    assert 0.9 < sum(word in known for word in said) / len(said) < 1


def test_an_edit_changes_one_text(tmp_path: Path) -> None:
    """Each time another one than before; a deck in which there is none to change says so."""
    folder = decks.write(tmp_path / "cards", 600, "short")
    before = {file: file.read_text().splitlines() for file in decks.parts(folder)}
    for version in (7, 12):
        end = decks.edit(folder, version)
        after = {file: file.read_text().splitlines() for file in decks.parts(folder)}
        changed = [line for file in before for line in set(after[file]) - set(before[file])]
        assert len(changed) == 1
        assert changed[0].endswith(f" {end}")
    for file in before:
        file.write_text("subdeck: A\nnotes: []\n")
    with pytest.raises(ValueError, match="no answer"):
        decks.edit(folder, 1)
