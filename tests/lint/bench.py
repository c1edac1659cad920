"""How sure the rules are: `make lint-bench`, on the labelled cards here or on others.

python tests/lint/bench.py                     both halves of tests/lint
python tests/lint/bench.py --data FOLDER       cards-nl.jsonl and english-pairs.jsonl there
python tests/lint/bench.py --wrong tune        the cards of a half that a rule got wrong
"""

import argparse
from pathlib import Path

from lint_set import Card, cards, found_in, kappa, own_cards, scores, wilson

OTHERS = {"nl": "cards-nl.jsonl", "en": "english-pairs.jsonl"}
Found = list[tuple[Card, set[str]]]


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="labelled cards to judge by, of another place")
    parser.add_argument("--wrong", choices=("tune", "data"), help="show what went wrong")
    wishes = parser.parse_args()
    if wishes.data:
        for code, name in OTHERS.items():
            found = [(card, found_in(card)) for card in cards(wishes.data / name, code)]
            _print(f"{name}", found)
            _wrong(found if wishes.wrong else [])
        return
    own = [(card, found_in(card)) for card in own_cards()]
    for code in ("nl", "en"):
        for half in ("tune", "judge"):
            _print(
                f"{code}, {half}", [f for f in own if (f[0].language, f[0].half) == (code, half)]
            )
    _wrong([f for f in own if f[0].half == wishes.wrong])
    read = [(card.flaw, card.row["second"]) for card, _ in own if "second" in card.row]
    if read:
        print(f"two readers: {len(read)} cards, kappa {kappa(read):.2f}")


def _print(title: str, found: Found) -> None:
    print(f"{title}: {len(found)} cards, {sum(card.good for card, _ in found)} of them good")
    print(
        f"{'rule':18}{'bad':>5}{'flagged':>9}{'right':>7}{'precision':>11}{'interval':>15}{'recall':>8}"
    )
    for code, score in scores(found).items():
        low, high = wilson(score.right, score.flagged)
        print(
            f"{code:18}{score.bad:5}{score.flagged:9}{score.right:7}{score.precision:11.2f}"
            f"    {low:4.2f} to {high:4.2f}{score.recall:8.2f}"
        )
    bad = [flagged for card, flagged in found if not card.good]
    flagged = [card for card, codes in found if codes]
    right = sum(not card.good for card in flagged)
    low, high = wilson(right, len(flagged))
    print(
        f"{'any rule':18}{len(bad):5}{len(flagged):9}{right:7}{right / max(len(flagged), 1):11.2f}"
        f"    {low:4.2f} to {high:4.2f}{sum(map(bool, bad)) / max(len(bad), 1):8.2f}\n"
    )
    for flaw in sorted(
        {card.flaw for card, _ in found}
        - {card.flaw for card, _ in found if card.flaw in scores(found)}
        - {"none"}
    ):
        own = [(card, codes) for card, codes in found if card.flaw == flaw]
        print(f"  {flaw}: {sum(bool(codes) for _, codes in own)} of {len(own)} flagged")


def _wrong(found: Found) -> None:
    for card, codes in found:
        if codes - card.right or (not card.good and not codes & card.right):
            texts = {k: v for k, v in card.row.items() if k not in ("id", "flaw", "hard", "kind")}
            print(f"{card.id} {card.flaw} {sorted(codes)} {texts}")


if __name__ == "__main__":
    main()
