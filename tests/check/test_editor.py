"""What a real editor makes of a new deck: the language server that VS Code asks about YAML.

It is no part of what we install, and no machine needs it: `npm install -g yaml-language-server`.
"""

import json
from pathlib import Path

from commands import run
from language_server import PROGRAM, language_server

NEW = """\
subdeck: 2 Nieuw
notes:
  - id: een
    question: Wat?
    antwoord: Zo.
  - id: twee
    kind: waarm
    question: Wat?
    answer: Zo.
  - id: drie
    cloze: "{{c1::x}} is y"
    case: Zo.
"""


def deck(folder: Path) -> Path:
    """Start a deck, with a file of cards that is full of mistakes; return its cards."""
    run("init", folder, "--name", "Koffie zetten", "--language", "nl")
    cards = folder / "cards"
    modeline = "# yaml-language-server: $schema=../.deckwright/cards.schema.json\n"
    (cards / "2-nieuw.yaml").write_text(modeline + NEW, "utf-8")
    (cards / "3-nieuw.yaml").write_text(NEW, "utf-8")
    return cards


if PROGRAM:

    def test_an_editor_finds_what_we_find(tmp_path: Path) -> None:
        """Nothing in our own files; each mistake at its line, by the first line or by settings."""
        cards = deck(tmp_path)
        settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text("utf-8"))
        with language_server(tmp_path, schemas=settings["yaml.schemas"]) as server:
            for name in ("deck.yaml", "guide.yaml", "1-goede-kaarten.yaml"):
                assert server.open(cards / name) == []
            for name, above in (("2-nieuw.yaml", 1), ("3-nieuw.yaml", 0)):
                found = server.open(cards / name)
                lines = sorted(problem["range"]["start"]["line"] + 1 for problem in found)
                assert lines == [above + line for line in (3, 5, 7, 12)]

    def test_an_editor_helps(tmp_path: Path) -> None:
        """It offers keys and values, and says what a key is for, in the language of the deck."""
        file = deck(tmp_path) / "2-nieuw.yaml"
        with language_server(tmp_path) as server:
            server.open(file)
            kinds = server.at("completion", file, 7, 10)["items"]
            assert {"why", "waarom"} <= {item["label"] for item in kinds}
            said = server.at("hover", file, 4, 6)["contents"]["value"]
            assert "De voorkant van de kaart: één vraag" in said
