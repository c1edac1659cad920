"""Adopted notes in the ledger: only a release changes them, and no line of nonsense passes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from adopted_deck import AdoptedDeck
from commands import run
from other_programs import BASIC, NOTES

from deckwright.anki.learner import learner
from deckwright.release import _ledger_line
from deckwright.release.ledger import LEDGER_NAME, dump
from deckwright.release.ledger_reader import parse

Row = dict[str, Any]
CLOZE_ID = "rome-lies-in-italy-country"


def changed(deck: AdoptedDeck, change: Callable[[Row], object]) -> str:
    """Return the ledger with its lines changed, and true checksums; writes it, too."""
    lines = []
    for row in deck.rows():
        del row["sum"]
        change(row)
        lines.append(_ledger_line.line(row))
    text = "".join(lines)
    (deck.cards / LEDGER_NAME).write_text(text, "utf-8")
    return text


def of(name: str, /, **values: Any) -> Callable[[Row], object]:
    """Return what changes the line of a note, or of the adopted note type with a name."""
    return lambda row: row.update(values) if name in (row.get("note"), row.get("name")) else None


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    """To the byte, with guids of any characters and ids of 64 bits."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    text = (deck.cards / LEDGER_NAME).read_text("utf-8")
    ledger, problems = parse(text, LEDGER_NAME)
    assert problems == []
    assert ledger
    assert dump(ledger) == text
    assert {each.name for each in ledger.adopted.values()} >= {BASIC}


REWRITTEN: dict[str, tuple[Callable[[Row], object], str]] = {
    "a guid": (of("house", guid="another"), "'house' has another guid"),
    "no longer adopted": (of("house", adopted=None, guid="abcdefghijkl"), "another guid"),
    "a name of a field": (of(BASIC, fields=["Front", "Rear"]), "'Basic' is not what it was"),
    "a field for a text": (of(BASIC, roles=["answer", "question"]), "'Basic' is not what it was"),
    "an id of a field": (of(BASIC, field_ids=[1, 2]), "'Basic' is not what it was"),
    "Anki's id": (of("house", anki=1_400_000_000_000), "Anki's id of 'house'"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_an_edit_of_the_ledger_is_shown(tmp_path: Path, name: str) -> None:
    """With `check --base`, each is an error, however true the checksum."""
    change, said = REWRITTEN[name]
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    base = tmp_path / "base.lock"
    base.write_bytes((deck.cards / LEDGER_NAME).read_bytes())
    assert "lock-rewritten" not in run("check", "--cards", deck.cards, "--base", base).output
    changed(deck, change)
    result = run("check", "--cards", deck.cards, "--base", base)
    assert "error[lock-rewritten]" in result.output
    assert said in result.output


def test_another_note_type_is_shown(tmp_path: Path) -> None:
    """Learners' notes would never be updated again."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    base = tmp_path / "base.lock"
    base.write_bytes((deck.cards / LEDGER_NAME).read_bytes())
    twin: list[Row] = []

    def change(row: Row) -> None:
        if row.get("name") == BASIC and not twin:
            twin.append(row)
            row["adopted"] += 1000
        elif row.get("kind") == "question":
            row["adopted"] += 1000

    changed(deck, change)
    result = run("check", "--cards", deck.cards, "--base", base)
    assert "'list' has another note type: it would never be updated" in result.output


def test_releases_pass(tmp_path: Path) -> None:
    """A release with a changed, a renamed and a new note does to the ledger what releases do."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    base = tmp_path / "base.lock"
    base.write_bytes((deck.cards / LEDGER_NAME).read_bytes())
    deck.writes("answer: maison", "answer: la maison")
    assert run("rename", "list", "lists", "--cards", deck.cards).exit_code == 0
    added = "subdeck: New\nnotes:\n  - id: new\n    question: What is new?\n    answer: This.\n"
    (deck.cards / "9-new.yaml").write_text(added, "utf-8")
    deck.releases()
    result = run("check", "--cards", deck.cards, "--base", base)
    assert result.exit_code == 0, result.output
    rows = {row["note"]: row for row in deck.rows() if "note" in row}
    assert rows["lists"]["adopted"]
    assert "adopted" not in rows["new"]


def test_a_new_note_is_never_adopted(tmp_path: Path) -> None:
    """Nobody can have it: a foreign guid would overwrite a note of someone else."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    base = tmp_path / "base.lock"
    base.write_bytes((deck.cards / LEDGER_NAME).read_bytes())
    added = "subdeck: New\nnotes:\n  - id: new\n    question: What is new?\n    answer: This.\n"
    (deck.cards / "9-new.yaml").write_text(added, "utf-8")
    deck.releases()
    number = next(row["adopted"] for row in deck.rows() if row.get("name") == BASIC)
    changed(deck, of("new", adopted=number))
    result = run("check", "--cards", deck.cards, "--base", base)
    assert "'new' has a guid that no release gave it" in result.output


NONSENSE: dict[str, Callable[[Row], object]] = {
    "a type that is not here": of("house", adopted=7),
    "a type of another kind": of(BASIC, kind="reverse", templates=["a", "b"], template_ids=[1, 2]),
    "an unknown kind": of(BASIC, kind="other"),
    "an id of ours": lambda row: (
        row.update(adopted=2**39) if row.get("kind") == "question" else None
    ),
    "a field in braces": of(BASIC, fields=["Front", "{{Back}}"]),
    "a field that opens a section": of(BASIC, fields=["Front", "#Back"]),
    "a field twice": of(BASIC, fields=["Front", "front"]),
    "too few roles": of(BASIC, roles=["question"]),
    "no answer": of(BASIC, roles=["question", ""]),
    "a text in two fields": of(BASIC, roles=["question", "question"]),
    "a role that is none": of(BASIC, roles=["question", "key\x1f"]),
    "two templates": of(BASIC, templates=["a", "b"], template_ids=[1, 2]),
    "an id beyond 64 bits": of(BASIC, field_ids=[1, 2**63]),
    "an id that is no number": of(BASIC, field_ids=[1, "2"]),
    "a guid with a line end": of("house", guid="a\nb"),
    "a guid without end": of("house", guid="a" * 101),
    "a foreign guid on a note of ours": of("house", adopted=None),
    "a long name": of(BASIC, name="x" * 201),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused(tmp_path: Path, name: str) -> None:
    """A true checksum does not make sense of it."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    ledger, problems = parse(changed(deck, NONSENSE[name]), LEDGER_NAME)
    assert ledger is None
    assert {problem.code for problem in problems} == {"lock-broken"}


def test_the_news_find_an_adopted_note(tmp_path: Path) -> None:
    """It has no field with its id: Anki's browser finds it, and it alone, by what it asks."""
    odd = r'Is <b>a_b</b> "x:*y" \(z\)'
    deck = AdoptedDeck(
        tmp_path,
        [*NOTES, (BASIC, [odd, "1"], "Geo", []), (BASIC, [odd.replace("_", "c"), "2"], "Geo", [])],
    )
    deck.adopts()
    deck.writes("{{c1::Rome}} lies", "The town of {{c1::Rome}} lies")
    old = "subdeck: Geo\n"
    deck.writes(old, "subdeck: Elsewhere\n")
    package = deck.releases()
    (news,) = deck.out.glob("*.md")
    text = news.read_text("utf-8")
    (search,) = (line.strip() for line in text.splitlines() if line.startswith("    "))
    assert search.count(" OR ") == 1
    with learner(tmp_path / "who") as who:
        who.imports(deck.foreign)
        who.imports(package)
        found = {who.col.get_note(number).fields[1] for number in who.col.find_notes(search)}
    assert found == {"1", "2"}
    with learner(tmp_path / "one") as who:
        who.imports(package)
        parts = search.split(" OR ")
        assert [len(who.col.find_notes(part)) for part in parts] == [1, 1]


def test_a_draft_of_an_adopted_deck(tmp_path: Path) -> None:
    """Whoever tries it gets what changed; the ledger stays."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    before = deck.rows()
    deck.writes("answer: maison", "answer: la maison")
    result = run("build", "--cards", deck.cards, "--out", deck.out)
    assert result.exit_code == 0, result.output
    (draft,) = deck.out.glob("*draft.apkg")
    with learner(tmp_path / "who") as who:
        who.imports(deck.foreign)
        log = who.imports(draft)
        assert (log.new, log.updated) == (0, 1)
    assert deck.rows() == before
    assert json.loads((draft.with_suffix(".json")).read_text("utf-8"))["release"] == 1
