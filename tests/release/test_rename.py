"""TODO."""

from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.anki.package_reader import read_package
from deckwright.disk import writing

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
    guids = set(read_package(author.out / "proef.apkg").notes)
    result = run("rename", "een", "nul", "--cards", author.cards)
    assert result.output == f"{file}:4: 'een' is now 'nul'\n"
    assert file.read_text("utf-8") == YAML.replace('"een" ', '"nul" ')
    assert "0 new, 0 changed, 2 unchanged, 0 retired" in run(*build).output
    assert set(read_package(author.out / "proef.apkg").notes) == guids


def test_a_rename_that_is_cut_off_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between lock and cards: the next build still knows the note."""
    author = Author(tmp_path)
    old = author.published()
    real = writing.write

    def until_the_cards(path: Path, content: bytes, **options: bool) -> bool:
        if path.suffix == ".yaml":
            raise KeyboardInterrupt
        return real(path, content, **options)

    monkeypatch.setattr(writing, "write", until_the_cards)
    run("rename", "een", "nul", "--cards", author.cards)
    monkeypatch.undo()
    assert '"was":"een"' in author.lock()
    made = author.builds()
    assert made.changes.new == made.changes.retired == made.changes.changed == []
    assert set(read_package(made.package).notes) == set(read_package(old).notes)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("negen", "tien", "no note has the id 'negen'"),
        ("een", "twee", "'twee' is taken by another note"),
        ("een", "Een", "'Een' is not an id"),
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
