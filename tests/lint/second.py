"""A second reader's labels: lists the cards that have none, and takes them in.

    python tests/lint/second.py > unread.jsonl         without what the first reader said
    python tests/lint/second.py --take labels.jsonl    lines with "id" and "second"

A label is 'none' for a good card, else the code of a rule; several stand with a comma between them,
the main one first. `deckwright rule CODE` says what each rule asks.
"""

import argparse
import json
from pathlib import Path

from lint_set import FOLDER, LANGUAGES, cards, own_cards, unread

HIDDEN = {"flaw", "also", "hard", "tempts", "second"}


def main() -> None:
    """Print the cards that a second reader has not seen, or write the labels of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--take", type=Path, help="the labels of a second reader")
    given: Path | None = parser.parse_args().take
    if given is None:
        for card in unread(own_cards()):
            shown = {name: value for name, value in card.row.items() if name not in HIDDEN}
            print(json.dumps(shown, ensure_ascii=False))
        return
    lines = given.read_text("utf-8").splitlines()
    labels = {row["id"]: row["second"] for row in map(json.loads, lines)}
    for code in LANGUAGES:
        path = FOLDER / f"cards-{code}.jsonl"
        rows = [card.row for card in cards(path, code)]
        taken = [
            row | {"second": labels[row["id"]]} if row["id"] in labels else row for row in rows
        ]
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in taken), "utf-8")


if __name__ == "__main__":
    main()
