"""What learners will notice, from the ledger and between packages."""

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from author import Author
from commands import run
from odd_packages import OLD, collection, with_media
from people import exported

from deckwright.anki.learner import learner
from deckwright.anki.package_reader import read_package
from deckwright.release.diff import diff, pieces

DIFF = """\
retired   twee: Wat is twee?
cloze     drie: Rood en […] geven samen een mooi paars.
          cloze: [-{{c1::Rood}}-] {+Rood+} en {{c2::blauw::kleur}} geven samen een mooi paars.
reworded  een: Wat is een?
          answer: [-Een-] {+Het eerste+} getal.
retagged  een: Wat is een?
          tags: [-rij::a-] {+rij::b+}
new       vijf: Wat is vijf?
1 retired, 1 cloze, 1 reworded, 1 retagged, 1 new
"""


def test_diff_shows_the_most_expensive_first(tmp_path: Path) -> None:
    """Each kind of change, word by word, from the ledger, from a package, and between packages."""
    author = Author(tmp_path)
    old = author.edits_of_each_kind()
    assert run("diff", "--cards", author.cards).output == DIFF
    assert run("diff", old, "--cards", author.cards).output == DIFF
    new = author.releases().package
    assert run("diff", old, new).output == DIFF
    assert run("diff", new, new).output == "nothing that a learner would notice\n"
    assert run("diff", "--cards", author.cards).output == "nothing that a learner would notice\n"


def test_diff_shows_pictures_and_formatting(tmp_path: Path) -> None:
    """A picture that came, and bold that came: neither is a difference of words."""
    author = Author(tmp_path)
    old = tmp_path / "old.apkg"
    old.write_bytes(author.releases().package.read_bytes())
    (author.cards / "media").mkdir()
    (author.cards / "media" / "vlak.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "utf-8"
    )
    author.note("een")["explanation"] = "![Een vlak](media/vlak.svg)"
    author.note("vier")["explanation"] = "**Aan** zee."
    author.releases()
    shown = run("diff", old, "--cards", author.cards).output
    assert re.search(r"explanation: \{\+!\[Een vlak\]\(vlak-\w+\.svg\)\+\}", shown)
    assert re.search(r"explanation: Aan zee\. \{\+\(other formatting\)\+\}", shown)
    dutch = run("diff", old, "--cards", author.cards, "--lang", "nl").output
    assert re.search(r"explanation: Aan zee\. \{\+\(andere opmaak\)\+\}", dutch)


def test_diff_in_other_forms(tmp_path: Path) -> None:
    """JSON has every change with its pieces; Markdown is a table."""
    author = Author(tmp_path)
    old = author.edits_of_each_kind()
    rows = json.loads(run("diff", old, "--cards", author.cards, "--format", "json").output)
    assert [row["cost"] for row in rows] == ["retired", "cloze", "reworded", "retagged", "new"]
    assert rows[2]["pieces"]["answer"] == [["-", "Een"], ["+", "Het eerste"], [" ", "getal."]]
    table = run("diff", old, "--cards", author.cards, "--format", "markdown").output
    assert "| reworded | een | Wat is een?<br>answer: ~~Een~~ **Het eerste** getal. |" in table


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a b c", [(" ", "a b c")]),
        ("a b c", "a x c", [(" ", "a"), ("-", "b"), ("+", "x"), (" ", "c")]),
        ("", "a b", [("+", "a b")]),
        ("a b", "", [("-", "a b")]),
        ("", "", []),
    ],
)
def test_pieces(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    """Words are kept, removed or added, in reading order."""
    assert pieces(before, after) == expected


def test_diff_shows_where_notes_go(tmp_path: Path) -> None:
    """From the old deck to the new one, not the other way round."""
    author = Author(tmp_path)
    author.releases()
    author.parts["1-deel.yaml"]["subdeck"] = "1 Anders"
    author.save()
    shown = run("diff", "--cards", author.cards).output
    assert "moved     een: Wat is een?\n" in shown
    assert "deck: [-Proef::1 Deel-] {+Proef::1 Anders+}\n" in shown


def test_diff_names_the_parts_of_a_new_look(tmp_path: Path) -> None:
    """Of both cards of a note, and the style that all share."""
    author = Author(tmp_path)
    author.note("een")["reverse"] = True
    old = read_package(author.releases().package)
    kinds = {
        kind: replace(
            each,
            look=tuple(f"{side}x" if n in (1, 2) else side for n, side in enumerate(each.look)),
        )
        for kind, each in old.types.items()
    }
    found = {change.name: change.opening for change in diff(old, replace(old, types=kinds))}
    assert found == {
        "proef · vraag": "back, css",
        "proef · invulzin": "back, css",
        "proef · vraag, beide kanten op": "back, front of card 2",
    }


def edited(package: Path, statements: str = "", **templates: object) -> Path:
    """Return a package after these statements, with one more template in its first note type."""
    content = collection(package.read_bytes(), statements)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    models = json.loads(connection.execute("select models from col").fetchone()[0])
    model = next(iter(models.values()))
    model["tmpls"] += [{**model["tmpls"][0], "ord": 1, **templates}] if templates else []
    connection.execute("update col set models = ?", (json.dumps(models),))
    connection.commit()
    target = package.with_name("edited.apkg")
    target.write_bytes(with_media((OLD, connection.serialize())))
    connection.close()
    return target


_DECKS = """update col set decks = replace(
    decks, '<strong>proef</strong>', '<img src=x onerror=alert(1)>')"""
_FOREIGN = "update notes set mid = 1234 where id = (select max(id) from notes)"
_MODELS = """update col set models = json_insert(models, '$.1234', json_patch(
    (select value from json_each(models) limit 1), '{"id": 1234, "name": "Basis"}'))"""


@pytest.mark.parametrize(
    ("statements", "templates", "says"),
    [
        (_DECKS, {}, "look      the deck: another description\n          description: "),
        (_DECKS, {}, "onerror=alert(1)"),
        (f"{_MODELS}; {_FOREIGN}", {}, "new       the deck: notes that deckwright did not make: 1"),
        ("", {"name": "x", "qfmt": "<script>"}, "templates that deckwright did not make: 1"),
    ],
)
def test_diff_shows_what_only_another_program_packs(
    tmp_path: Path, statements: str, templates: dict[str, object], says: str
) -> None:
    """What a stranger added to a package is seen, though no note of the deck changed."""
    author = Author(tmp_path)
    old = author.published()
    assert says in run("diff", old, edited(old, statements, **templates)).output
    assert run("diff", old, edited(old)).output == "nothing that a learner would notice\n"


def test_diff_shows_another_description(tmp_path: Path) -> None:
    """Of the cards against a package: but not which release it is."""
    author = Author(tmp_path)
    old = author.published()
    author.note("een")["answer"] = "Een cijfer."
    assert "description" not in run("diff", old, author.releases().package).output
    assert "description" not in run("diff", author.drafts().package, old).output
    author.settings["description"] = "Een goede **proef**."
    author.save()
    shown = run("diff", old, "--cards", author.cards, "--lang", "nl").output
    assert "de stapel: een andere beschrijving" in shown
    assert "{+goede+}" in shown
    table = run("diff", old, "--cards", author.cards, "--lang", "nl", "--format", "markdown").output
    assert "| de stapel | een andere beschrijving<br>" in table


@pytest.mark.parametrize("legacy", [True, False], ids=["anki21", "anki21b"])
def test_diff_with_what_a_learner_exported(tmp_path: Path, *, legacy: bool) -> None:
    """Who added nothing has the package; who added a card type has one that is not ours."""
    author = Author(tmp_path)
    package = author.published()
    with learner(tmp_path / "anki") as anki:
        anki.imports(package)
        plain = exported(anki, tmp_path / "plain.apkg", legacy=legacy)
        assert run("diff", package, plain).output == "nothing that a learner would notice\n"
        anki.adds_template("Mijn kaart", at=author.now + 60)
        own = exported(anki, tmp_path / "own.apkg", legacy=legacy)
    assert "templates that deckwright did not make: 1" in run("diff", package, own).output


def test_diff_is_in_study_order(tmp_path: Path) -> None:
    """As learners meet the notes, not as they came into being."""
    author = Author(tmp_path)
    author.releases()
    author.notes.reverse()
    old = author.releases().package
    assert [note.id for note in read_package(old).notes.values()] == ["vier", "drie", "twee", "een"]


def test_json_is_laid_out_as_ever(tmp_path: Path) -> None:
    """Rows are written one by one: together they are what one call would write."""
    author = Author(tmp_path)
    author.edits_of_each_kind()
    written = run("diff", "--cards", author.cards, "--format", "json").output
    rows = json.loads(written)
    assert len(rows) > 1
    assert written == json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    author.releases()
    assert run("diff", "--cards", author.cards, "--format", "json").output == "[]\n"
