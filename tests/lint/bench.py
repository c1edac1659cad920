"""How sure the rules are: `make lint-bench`, on the labelled cards here or on others.

    python tests/lint/bench.py                     both halves of tests/lint
    python tests/lint/bench.py --data FOLDER       cards-nl.jsonl and english-pairs.jsonl there
    python tests/lint/bench.py --wrong tune        the cards of a half that a rule got wrong
    python tests/lint/bench.py --publish           write the figures that CI holds the rules to

Rules are tuned by the half 'tune' alone; the figures that are published are those of 'judge'.
"""

import argparse
import re
from pathlib import Path

from lint_set import Card, cards, found_in, kappa, own_cards, scores, wilson

from deckwright.problem import LEVELS, Level

OTHERS = {"nl": "cards-nl.jsonl", "en": "english-pairs.jsonl"}
FIGURES = Path(__file__).parents[2] / "src" / "deckwright" / "check" / "pages" / "figures.toml"
Found = list[tuple[Card, set[str]]]


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="labelled cards to judge by, of another place")
    parser.add_argument("--wrong", choices=("tune", "data"), help="show what went wrong")
    parser.add_argument("--publish", action="store_true", help="write the figures")
    wishes = parser.parse_args()
    if wishes.data:
        for code, name in OTHERS.items():
            found = _found(cards(wishes.data / name, code))
            _print(name, found)
            _wrong(found if wishes.wrong else [])
        return
    own = _found(own_cards())
    for code, half in ((code, half) for code in ("nl", "en") for half in ("tune", "judge")):
        _print(f"{code}, {half}", _half(own, code, half))
    _wrong([each for each in own if each[0].half == wishes.wrong])
    read = [
        (card.flaw, card.row["second"].split(",")[0]) for card, _ in own if "second" in card.row
    ]
    if read:
        print(f"two readers: {len(read)} cards, kappa {kappa(read):.2f}")
    if wishes.publish:
        FIGURES.write_text(_published(own, FIGURES.read_text("utf-8")), "utf-8")


def _found(labelled: list[Card]) -> Found:
    return [(card, found_in(card)) for card in labelled]


def _half(found: Found, code: str, half: str) -> Found:
    return [each for each in found if (each[0].language, each[0].half) == (code, half)]


def _print(title: str, found: Found) -> None:
    good = sum(card.good for card, _ in found)
    print(f"{title}: {len(found)} cards, {good} of them good")
    print("rule                bad  flagged  right  precision       interval  recall")
    for code, score in scores(found).items():
        numbers = (score.bad, score.flagged, score.right)
        print(_line(code, numbers, score.precision, score.recall))
    unasked = [(card, {c for c in codes if LEVELS[c] is not Level.HINT}) for card, codes in found]
    bad = [bool(codes) for card, codes in unasked if not card.good]
    flagged = [card for card, codes in unasked if codes]
    right = sum(not card.good for card in flagged)
    numbers = (len(bad), len(flagged), right)
    print(
        _line("all but hints", numbers, right / max(len(flagged), 1), sum(bad) / max(len(bad), 1))
    )
    for flaw in sorted({card.flaw for card, _ in found} - LEVELS.keys() - {"none"}):
        own = [codes & card.right for card, codes in unasked if card.flaw == flaw]
        print(f"  {flaw}: {sum(map(bool, own))} of {len(own)} seen")
    print()


def _line(name: str, numbers: tuple[int, int, int], precision: float, recall: float) -> str:
    bad, flagged, right = numbers
    low, high = wilson(right, flagged)
    shares = f"{precision:11.2f}    {low:4.2f} to {high:4.2f}{recall:8.2f}"
    return f"{name:18}{bad:5}{flagged:9}{right:7}{shares}"


def _wrong(found: Found) -> None:
    for card, codes in found:
        if codes - card.right or (not card.good and not codes & card.right):
            texts = {k: v for k, v in card.row.items() if k not in ("id", "flaw", "hard", "kind")}
            print(f"{card.id} {card.flaw} {sorted(codes)} {texts}")


def _published(found: Found, before: str) -> str:
    """Return the data file with the figures of now; what was read by hand stays."""
    real = dict(re.findall(r"\[([\w-]+)\]\n(?:(?:en|nl)\w* = .*\n)*(real = .*\n)", before))
    head = before[: before.index("\n\n") + 1] if "\n\n" in before else ""
    halves = {"": "judge", "_tune": "tune"}
    now = {
        f"{code}{end}": scores(_half(found, code, half))
        for end, half in halves.items()
        for code in ("en", "nl")
    }
    parts = [head]
    for code in (code for code in LEVELS if any(code in by_code for by_code in now.values())):
        lines = [f"\n[{code}]\n"]
        for language, by_code in now.items():
            if score := by_code.get(code):
                numbers = [score.bad, score.found, score.flagged, score.right]
                lines.append(f"{language} = {numbers}\n")
        parts += [*lines, real.get(code, "")]
    return "".join(parts)


if __name__ == "__main__":
    main()
