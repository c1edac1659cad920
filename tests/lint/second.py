"""A second reader's labels: prints the cards that have none, and takes labels in.

    python tests/lint/second.py nl 300 > sheet.jsonl     300 Dutch cards that nobody read twice
    python tests/lint/second.py --take labels.jsonl      lines with "card" and "second"

The sheet is blind: the cards are drawn and shuffled by a hash, which also stands for their id,
since neighbors in the files have the same flaw. A label is 'none' for a good card, else the code of
a rule; several stand with a comma between them, the main one first. `deckwright rule CODE` says
what each rule asks.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from lint_set import FOLDER, LANGUAGES, Card, cards, unread

HIDDEN = {"id", "flaw", "also", "hard", "tempts", "second"}


def main() -> None:
    """Print the cards that a second reader has not seen, or write the labels of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=LANGUAGES, nargs="?", default=LANGUAGES[0])
    parser.add_argument("most", type=int, nargs="?", default=None, help="so many cards")
    parser.add_argument("--take", type=Path, help="the labels of a second reader")
    wishes = parser.parse_args()
    if wishes.take:
        lines = wishes.take.read_text("utf-8").splitlines()
        take({row["card"]: row["second"] for row in map(json.loads, lines)})
        return
    for row in sheet(wishes.language, wishes.most):
        print(json.dumps(row, ensure_ascii=False))


def sheet(language: str, most: int | None = None) -> Iterator[dict[str, object]]:
    """Yield the cards of a language without a second label, in an order that says nothing."""
    labelled = unread(cards(FOLDER / f"cards-{language}.jsonl", language))
    for card in sorted(labelled, key=blind_name)[:most]:
        shown = {name: value for name, value in card.row.items() if name not in HIDDEN}
        yield {"card": blind_name(card), **shown}


def blind_name(card: Card) -> str:
    """Return the name of a card on the sheet."""
    return hashlib.sha256(f"second {card.id}".encode()).hexdigest()[:10]


def take(labels: dict[str, str]) -> None:
    """Write a second reader's labels, by the name on the sheet, beside the first reader's."""
    for code in LANGUAGES:
        path = FOLDER / f"cards-{code}.jsonl"
        rows = [
            card.row | {"second": labels[blind_name(card)]}
            if blind_name(card) in labels
            else card.row
            for card in cards(path, code)
        ]
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


if __name__ == "__main__":
    main()
