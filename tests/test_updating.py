"""The commands for decks that people already have: diff, rename, lock, verify, the clean-up."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from author import Author
from deckwright import writes
from deckwright.archive import ArchiveError
from deckwright.cli import main
from deckwright.diff import pieces
from deckwright.learner import learner
from deckwright.unpack import unpack


def run(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [str(word) for word in arguments])


def published(author: Author, name: str = "old.apkg") -> Path:
    """Build, and put the package aside as it was published."""
    target = author.cards.parent / name
    target.write_bytes(author.builds().package.read_bytes())
    return target


def edited(author: Author) -> Path:
    """Publish, make an edit of each kind, and return the published package."""
    old = published(author)
    author.note("een").update(answer="Het eerste **getal**.", tags=["rij::b"])
    author.note("drie")["cloze"] = "Rood en {{c2::blauw::kleur}} geven samen een mooi paars."
    author.notes.remove(author.note("twee"))
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
    author.save()
    return old


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


def test_diff_shows_the_dearest_first(tmp_path: Path) -> None:
    """Each kind of change, word by word, against the cards of now and against a package."""
    author = Author(tmp_path)
    old = edited(author)
    assert run("diff", old, "--cards", author.cards).output == DIFF
    new = author.builds().package
    assert run("diff", old, new).output == DIFF
    assert run("diff", new, new).output == "nothing that a learner would notice\n"


def test_diff_shows_pictures_and_formatting(tmp_path: Path) -> None:
    """A picture that came, and bold that came: neither is a difference of words."""
    author = Author(tmp_path)
    old = tmp_path / "old.apkg"
    old.write_bytes(author.builds().package.read_bytes())
    (author.cards / "media").mkdir()
    (author.cards / "media" / "vlak.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "utf-8"
    )
    author.note("een")["explanation"] = "![Een vlak](media/vlak.svg)"
    author.note("vier")["explanation"] = "**Aan** zee."
    author.builds()
    shown = run("diff", old, "--cards", author.cards).output
    assert re.search(r"explanation: \{\+!\[Een vlak\]\(vlak-\w+\.svg\)\+\}", shown)
    assert re.search(r"explanation: Aan zee\. \{\+\(other formatting\)\+\}", shown)


def test_diff_in_other_forms(tmp_path: Path) -> None:
    """JSON has every change with its pieces; Markdown is a table."""
    author = Author(tmp_path)
    old = edited(author)
    rows = json.loads(run("diff", old, "--cards", author.cards, "--format", "json").output)
    assert [row["cost"] for row in rows] == ["retired", "cloze", "reworded", "retagged", "new"]
    assert rows[2]["pieces"]["answer"] == [["-", "Een"], ["+", "Het eerste"], [" ", "getal."]]
    table = run("diff", old, "--cards", author.cards, "--format", "markdown").output
    assert "| reworded | een | Wat is een?<br>answer: ~~Een~~ **Het eerste** getal. |" in table


CHANGELOG = """\
# Wat is er nieuw in Proef

## Vervallen (1)

- Wat is twee?

## Andere invulplek (1)

- Rood en […] geven samen een mooi paars.

## Anders verwoord (1)

- Wat is een?

## Andere labels (1)

- Wat is een?

## Nieuw (1)

- Wat is vijf?

Vervallen kaarten blijven bij jou staan. Wil je ze kwijt? Importeer dan ook het opruimpakket en kies
in Anki op de computer Extra, Lege kaarten.

Importeer het nieuwe pakket over het oude heen: je voortgang blijft staan. Alleen op de kaarten die
hierboven als gewijzigd staan, vervangt Anki je eigen labels en verbeteringen.
"""


def test_the_changelog_is_for_learners(tmp_path: Path) -> None:
    """Plain Dutch: what changed, what it costs, what to do with retired cards."""
    author = Author(tmp_path)
    old = edited(author)
    written = run("diff", old, "--cards", author.cards, "--changelog").output
    assert written.split() == CHANGELOG.split()
    author.settings["language"] = "en"
    author.save()
    english = run("diff", old, "--cards", author.cards, "--changelog").output
    assert english.startswith("# What is new in Proef\n")
    assert "## A new look of the cards" in english


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


YAML = """\
# Mijn kaarten.
subdeck:   1 Deel
notes:
- id:  "een"   # de eerste
  question: "Wat is een?"
  answer: een
-   id: twee
    question: |
        Wat is twee, of een?
    answer: 'een'
"""


def test_rename_changes_one_word_of_the_file(tmp_path: Path) -> None:
    """Comments, quotes, spaces and every other 'een' stay; the learner notices nothing."""
    author = Author(tmp_path)
    author.save()
    file = author.cards / "1-deel.yaml"
    file.write_text(YAML, "utf-8")
    build = ["build", "--cards", author.cards, "--out", author.out]
    assert run(*build).exit_code == 0
    guids = set(unpack(author.out / "proef.apkg").notes)
    result = run("rename", "een", "nul", "--cards", author.cards)
    assert result.output == f"{file}:4: 'een' is now 'nul'\n"
    assert file.read_text("utf-8") == YAML.replace('"een" ', '"nul" ')
    assert "0 new, 0 changed, 2 unchanged, 0 retired" in run(*build).output
    assert set(unpack(author.out / "proef.apkg").notes) == guids


def test_a_rename_that_is_cut_off_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between lock and cards: the next build still knows the note."""
    author = Author(tmp_path)
    old = published(author)
    real = writes.write

    def until_the_cards(path: Path, content: bytes, **options: bool) -> bool:
        if path.suffix == ".yaml":
            raise KeyboardInterrupt
        return real(path, content, **options)

    monkeypatch.setattr(writes, "write", until_the_cards)
    run("rename", "een", "nul", "--cards", author.cards)
    monkeypatch.undo()
    assert '"was":"een"' in author.lock()
    made = author.builds()
    assert made.changes.new == made.changes.retired == made.changes.changed == []
    assert set(unpack(made.package).notes) == set(unpack(old).notes)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("negen", "tien", "no note has the id 'negen'"),
        ("een", "twee", "'twee' is taken by another note"),
        ("een", "Een", "'Een' is no id"),
        ("een", "vier", "'vier' belonged to a retired note"),
    ],
)
def test_renames_that_would_harm_are_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    """An id that is taken, retired or malformed, or a note that is not there: one line, exit 1."""
    author = Author(tmp_path)
    author.builds()
    author.notes.pop()
    author.builds()
    before = author.lock()
    result = run("rename", old, new, "--cards", author.cards)
    assert result.exit_code == 1
    assert why in result.output
    assert author.lock() == before


def test_a_lost_lock_is_made_again(tmp_path: Path) -> None:
    """From the package comes a lock by which only what changed since counts as changed."""
    author = Author(tmp_path)
    old = published(author)
    (author.cards / "deck.lock").unlink()
    author.note("twee")["answer"] = "Een paar."
    author.save()
    result = run("lock", "--from", old, "--cards", author.cards)
    assert result.output.startswith(f"{author.cards}/deck.lock: 4 notes")
    made = author.builds()
    assert made.changes.changed == ["twee"]
    assert made.changes.new == []
    assert set(unpack(made.package).notes) == set(unpack(old).notes)
    again = run("lock", "--from", old, "--cards", author.cards)
    assert again.exit_code == 1
    assert "move it away first" in again.output


def test_a_lock_from_another_deck_is_refused(tmp_path: Path) -> None:
    """A package with other note types cannot be where these cards come from."""
    author, other = Author(tmp_path / "a"), Author(tmp_path / "b")
    other.settings["key"] = "ander"
    author.save()
    result = run("lock", "--from", published(other), "--cards", author.cards)
    assert result.exit_code == 1
    assert "of another deck" in result.output
    assert not (author.cards / "deck.lock").exists()


def test_the_clean_up_removes_what_was_retired(tmp_path: Path) -> None:
    """It blanks retired notes and nothing else; Empty Cards then deletes them."""
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.builds().package)
        anki.studies(rounds=2)
        author.notes.pop(0)
        author.notes.pop()
        made = author.builds()
        assert made.cleanup == author.out / "proef-opruimen.apkg"
        anki.imports(made.package)
        before = anki.progress()
        log = anki.imports(made.cleanup)
        assert (log.new, log.updated, log.conflicting) == (0, 2, 0)
        assert anki.progress() == before
        for name in ("een", "vier"):
            (card,) = anki.note(name).cards()
            assert "Deze kaart is vervallen." in card.question()
        anki.removes_empty_cards()
        assert {note.fields[0] for note in anki.notes().values()} == {"twee", "drie"}
        kept = anki.progress()
        assert kept == {key: before[key] for key in kept}


def test_no_clean_up_without_retired_notes(tmp_path: Path) -> None:
    """When the last retired note comes back, the clean-up that would blank it goes."""
    author = Author(tmp_path)
    assert author.builds().cleanup is None
    gone = author.notes.pop()
    cleanup = author.builds().cleanup
    assert cleanup
    assert cleanup.exists()
    author.notes.append(gone)
    assert author.builds().cleanup is None
    assert not cleanup.exists()


def test_verify_finds_no_harm_in_an_update(tmp_path: Path) -> None:
    """A newcomer and someone who studied: facts in words, exit code 0."""
    author = Author(tmp_path)
    old = edited(author)
    result = run("verify", "--from", old, "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "a newcomer gets 4 notes and 4 cards\n"
        "someone who studied the old one gets 1 new and 2 changed notes\n"
        "1 cards are empty now: Empty Cards removes them\n"
        "no harm\n"
    )


def rewritten(package: Path, statement: str) -> Path:
    """Return a copy of a package whose collection a careless tool changed."""
    with zipfile.ZipFile(package) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    database.execute(statement)
    database.commit()
    target = package.with_name("careless.apkg")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("collection.anki2", database.serialize())
        archive.writestr("media", "{}")
    database.close()
    return target


@pytest.mark.parametrize(
    ("statement", "harm"),
    [
        ("update notes set mod = mod + 9", "harm: own tags are lost: twee"),
        ("update notes set mod = mod + 9", "harm: an own correction is lost: een"),
        (
            "update notes set guid = guid || 'x'",
            "harm: notes that stand there twice: drie, een, twee, vier",
        ),
        ("update notes set flds = replace(flds, 'Een', 'Twee')", "the change did not arrive: een"),
        ("update cards set ord = 5 where ord = 1", "Anki made"),
        ("update col set models = replace(models, '{{Antwoord}}', '{{Kwijt}}')", "shows a notice"),
        ("update notes set flds = replace(flds, 'Meer.', '<img src=\"x.png\">')", "missing: x.png"),
    ],
)
def test_verify_finds_harm(tmp_path: Path, statement: str, harm: str) -> None:
    """What careless tools do to learners: each is named, exit code 1."""
    old = published(Author(tmp_path))
    result = run("verify", rewritten(old, statement), "--from", old)
    assert result.exit_code == 1, result.output
    assert harm in result.output


def broken(folder: Path, kind: str) -> Path:
    """Return a file that is no package of ours."""
    target = folder / "broken.apkg"
    if kind == "text":
        target.write_text("no zip")
    elif kind == "cut":
        whole = published(Author(folder)).read_bytes()
        target.write_bytes(whole[: len(whole) // 2])
    else:
        files = {
            "empty": {},
            "newer": {"collection.anki21b": b"x"},
            "database": {"collection.anki2": b"x" * 4096},
        }
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files[kind].items():
                archive.writestr(name, content)
    return target


@pytest.mark.parametrize("kind", ["text", "cut", "empty", "newer", "database"])
def test_files_that_are_no_package(tmp_path: Path, kind: str) -> None:
    """Each command says in one line what is wrong with the file, exit code 1."""
    file = broken(tmp_path, kind)
    with pytest.raises(ArchiveError):
        unpack(file)
    author = Author(tmp_path / "cards")
    author.save()
    for command in (["diff", file, file], ["verify", file], ["lock", "--from", file]):
        result = run(*command, *(["--cards", author.cards] if "lock" in command else []))
        assert result.exit_code == 1, result.output
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1
