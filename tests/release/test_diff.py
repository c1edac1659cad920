"""What learners will notice, from the ledger and between packages."""

import json
import re
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.release.diff import pieces

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
