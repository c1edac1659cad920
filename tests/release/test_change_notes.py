"""TODO."""

from pathlib import Path

from author import Author
from commands import run

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
    old = author.edits_of_each_kind()
    written = run("diff", old, "--cards", author.cards, "--changelog").output
    assert written.split() == CHANGELOG.split()
    author.settings["language"] = "en"
    author.save()
    english = run("diff", old, "--cards", author.cards, "--changelog").output
    assert english.startswith("# What is new in Proef\n")
    assert "## A new look of the cards" in english
