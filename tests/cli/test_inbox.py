"""`deckwright inbox`: what learners report, at its places."""

import json
from pathlib import Path

from author import Author
from click.testing import CliRunner
from commands import run

from deckwright.cli.main import main

TEXT = """\
Van: Joke de Vries <joke@voorbeeld.nl>
Onderwerp: kaarten

Hoi Sanne,
Het antwoord is te kort.
Groetjes, Joke

Kaart: een · versie 1
“Wat is een?”

Van: Ahmed <ahmed@voorbeeld.nl>

In kaart "Water Tempratuur" staat een fout.
Gr. Ahmed
-----
Kaart: nul · versie 1
-----
Kaart: twee · versie 1
-----
Iets met de kleur \x1b[31mpaars.
-----
-----
"""


def written(tmp_path: Path) -> tuple[Author, Path]:
    """Return an author with two releases, and a file of messages."""
    author = Author(tmp_path)
    author.notes.append({"id": "water-temperatuur", "question": "Hoe heet?", "answer": "93."})
    author.releases()
    author.note("een").update(id="getal-een", was="een", answer="Het eerste getal.")
    author.retires("twee")
    author.releases()
    file = tmp_path / "mails.txt"
    file.write_text(TEXT, "utf-8")
    return author, file


def test_lines_for_people(tmp_path: Path) -> None:
    """Each message at its place, with what must be known beside it; then those without one."""
    author, file = written(tmp_path)
    result = run("inbox", file, "--cards", author.cards, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.output.replace(f"{author.cards}/", "") == (
        "1-deel.yaml:3: getal-een: Het antwoord is te kort."
        " [was 'een'; of release 1; changed since, in release 2]\n"
        '1-deel.yaml:15: water-temperatuur: In kaart "Water Tempratuur" staat een fout.'
        " [wrote 'Water Tempratuur']\n"
        "deck.yaml:6: twee: (says nothing) [retired: Te makkelijk.; of release 1]\n"
        "no place: Kaart: nul · versie 1\n"
        "no place: Iets met de kleur \\u001b[31mpaars.\n"
        "  perhaps 1-deel.yaml:9: drie\n"
        "3 placed, 2 without a place, 1 empty\n"
    )
    dutch = run("inbox", file, "--cards", author.cards, "--lang", "nl").output
    assert not set(dutch.splitlines()) & set(result.output.splitlines())


def test_json_for_programs(tmp_path: Path) -> None:
    """All of what is said, and the same places."""
    author, file = written(tmp_path)
    long = "woord " * 100
    file.write_text(f"Kaart getal-een: {long}", "utf-8")
    found = json.loads(run("inbox", file, "--cards", author.cards, "--format", "json").output)
    assert found == {
        "placed": [
            {
                "file": str(author.cards / "1-deel.yaml"),
                "line": 3,
                "id": "getal-een",
                "said": f"Kaart getal-een: {long}".strip(),
                "name": "getal-een",
                "wrote": "getal-een",
                "release": None,
                "changed": 2,
                "retired": None,
                "reason": "",
            }
        ],
        "unplaced": [],
        "empty": 0,
        "unread": 0,
    }
    text = run("inbox", file, "--cards", author.cards).output
    assert text.partition("\n")[0].endswith("woord…")
    assert (
        len(text.partition("\n")[0]) < 160 + len(f"{author.cards}/1-deel.yaml:3: getal-een: ") + 2
    )


def test_what_is_piped_in_and_several_files(tmp_path: Path) -> None:
    """- is standard input, beside files."""
    author, file = written(tmp_path)
    file.write_text("Kaart vier: fout.", "utf-8")
    command = ["inbox", "-", str(file), "--cards", str(author.cards), "--lang", "en"]
    result = CliRunner().invoke(main, command, input=b"Kaart drie: fout.")
    assert "2 placed, 0 without" in result.output


def test_cards_with_errors_have_places_too(tmp_path: Path) -> None:
    """Learners report while the author is in the middle of something; nothing to read is told."""
    author, file = written(tmp_path)
    author.note("vier")["cloze"] = "Geen gat."
    author.save()
    result = run("inbox", file, "--cards", author.cards)
    assert "water-temperatuur: In kaart" in result.output
    assert run("inbox", tmp_path / "none.txt", "--cards", author.cards).exit_code == 2
    assert run("inbox", file, "--cards", tmp_path / "none").exit_code == 1


def test_attachments_are_mentioned(tmp_path: Path) -> None:
    """Somebody must look at the picture."""
    author, file = written(tmp_path)
    file.write_bytes(
        b"MIME-Version: 1.0\nSubject: kaart vier\nContent-Type: image/png\n"
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    )
    result = run("inbox", file, "--cards", author.cards, "--lang", "en")
    assert "vier: kaart vier\n" in result.output
    assert "attachments that nobody looked into: 1" in result.output
