"""The notes for learners: what is new, in their language, and what to do."""

from pathlib import Path

import pytest
from author import Author

from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.release.html_text import plain

NOTES = """\
# Wat is er nieuw in Proef

## Vervallen (1)

- Wat is twee? (Te makkelijk.)

## Andere invulplek (1)

- Rood en […] geven samen een mooi paars.

## Anders verwoord (1)

- Wat is een?

## Andere labels (1)

- Wat is een?

## Nieuw (1)

- Wat is vijf?

Vervallen kaarten blijven bij jou staan. Wil je ze kwijt? Importeer dan ook het opruimpakket en kies
in Anki op de computer Hulpmiddelen, Lege kaarten.

Alleen op de kaarten die hierboven als gewijzigd staan, vervangt Anki je eigen labels en
verbeteringen.

Importeer alleen het nieuwste pakket, over het oude heen: je voortgang, labels en verbeteringen
blijven staan.

Laat bij het importeren de keuzes 'Update notes' en 'Update note types' op 'If newer' staan; Anki
heeft daar geen Nederlands voor. Heb je zelf een veld of een kaartsoort toegevoegd? Zet dan 'Merge
note types' aan.
"""


def news(author: Author) -> str:
    """Release, and return the notes for learners."""
    return author.releases().news.read_text("utf-8")


def test_plain_dutch(tmp_path: Path) -> None:
    """What changed, why it went, what it costs, and which options to leave alone."""
    author = Author(tmp_path)
    author.edits_of_each_kind()
    assert news(author).split() == NOTES.split()


def test_english(tmp_path: Path) -> None:
    """A deck in English has English notes."""
    author = Author(tmp_path)
    author.settings["language"] = "en"
    author.edits_of_each_kind()
    text = news(author)
    assert text.startswith("# What is new in Proef\n")
    assert "leave 'Update notes' and 'Update note types' at 'If newer'" in text
    assert (author.out / "proef-news.md").exists()


def test_the_first_release_says_so(tmp_path: Path) -> None:
    """Nobody has the deck: there is nothing to compare with."""
    text = news(Author(tmp_path))
    assert "Dit is de eerste versie." in text
    assert "##" not in text


def test_what_to_relearn_and_how_to_move(tmp_path: Path) -> None:
    """A search to paste for cards that ask something else, and for those in another subdeck."""
    author = Author(tmp_path)
    author.releases()
    allow = {"meaning-changed": "zo bedoeld"}
    author.note("een").update(question="Hoe heet de burgemeester?", answer="Jansen.", allow=allow)
    author.parts["1-deel.yaml"]["subdeck"] = "1 Anders"
    text = news(author)
    assert "## Opnieuw te leren (1)" in text
    assert '\n    "Sleutel:een"\n' in text
    assert "- Wat is twee? (Proef::1 Anders)" in text
    assert '"Sleutel:een" OR "Sleutel:twee" OR "Sleutel:drie" OR "Sleutel:vier"' in text


TRAPS = [
    "Wat doet `<img src=https://evil.example/t.png>` op je scherm?",
    "Wat is `![a](https://evil.example)` hier?",
    "Wat is `&lt;img src=x&gt;` hier?",
    "Wat zegt `a_b_c **d** ==e==` hier?",
    "Zie `[x]: https://evil.example` hier.",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_the_news_says_what_the_cards_say(tmp_path: Path, trap: str) -> None:
    """In HTML, it is the words of the card: no picture, no link, and nothing lost."""
    author = Author(tmp_path)
    author.releases()
    author.notes.append({"id": "vijf", "question": trap, "answer": "Een hand."})
    html = MarkdownRenderer().html(news(author))
    assert "<img" not in html
    assert " ".join(trap.replace("`", "").split()) in " ".join(plain(html).split())


@pytest.mark.parametrize("name", ["A *b* c", "1. Een", "`x` == y", "R & D", "a [b] (c)"])
def test_the_name_stands_in_the_news_as_it_is(tmp_path: Path, name: str) -> None:
    """Whatever Markdown would make of it."""
    author = Author(tmp_path)
    author.settings["name"] = name
    assert plain(MarkdownRenderer().html(news(author))).startswith(f"Wat is er nieuw in {name}")
