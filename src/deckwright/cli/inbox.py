"""`deckwright inbox`: what learners report, at the places in the files that it is about."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, FORMAT, common
from deckwright.cli._printing import plain, show
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import in_words
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.feedback.inbox import Inbox, Placed
    from deckwright.feedback.known_cards import KnownCard

_STDIN = "-"
_MOST_BYTES = 50_000_000
_SHOWN = 160  # characters of a message; --format json has all of it


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@CARDS
@FORMAT
@common
def inbox(files: tuple[str, ...], cards: Path, form: str) -> None:
    """Show the places in the cards that messages of learners are about.

    FILES are mails as .eml or mbox, or mails pasted into a text file. A message that names or
    quotes a note stands at that note; messages without a place come last. With -, it reads what is
    piped in.

    \b
    Example:
      deckwright inbox mails.txt
    """
    with one_line_errors():
        found = _read(files, cards)
    show(_json(found) if form == "json" else "".join(f"{line}\n" for line in _lines(found)))


def _read(files: tuple[str, ...], cards: Path) -> "Inbox":
    from deckwright.cli._decks import plan_with_mistakes
    from deckwright.feedback.inbox import Desk, inbox
    from deckwright.feedback.known_cards import known_cards
    from deckwright.feedback.mails import messages_in
    from deckwright.release.ledger import LEDGER_NAME, Ledger
    from deckwright.words.language import language

    plan = plan_with_mistakes(cards)
    assert plan.deck  # noqa: S101 - else the command has ended
    held = plan.held or Ledger(plan.deck.key.value)
    messages = [each for file in files for each in messages_in(_content(file))]
    known = known_cards(plan.deck, held, str(cards / LEDGER_NAME))
    return inbox(Desk(known, language(plan.deck.language.value).stop_words), messages)


def _content(file: str) -> bytes:
    from deckwright.disk.reading import read_bytes

    if file == _STDIN:
        return sys.stdin.buffer.read(_MOST_BYTES)
    return read_bytes(Path(file), _MOST_BYTES)


def _json(found: "Inbox") -> str:
    placed = [
        {
            **_place(each.card),
            "said": each.said,
            "name": each.name,
            "wrote": each.wrote,
            "release": each.release,
            "changed": each.card.changed,
            "retired": each.card.retired,
            "reason": each.card.reason,
        }
        for each in found.placed
    ]
    unplaced = [
        {"said": each.said, "near": [_place(card) for card in each.near]} for each in found.unplaced
    ]
    whole = {"placed": placed, "unplaced": unplaced, "empty": found.empty, "unread": found.unread}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _place(card: "KnownCard") -> dict[str, object]:
    return {"file": card.place.file, "line": card.place.line, "id": card.id}


def _lines(found: "Inbox") -> list[str]:
    """Return a line for each message, those without a place last, and how many there are."""
    lines = [f"{_where(each.card)}: {_short(each.said)}{_remarks(each)}" for each in found.placed]
    for each in found.unplaced:
        lines += [in_words(Message("no place: {text}", text=_short(each.said)))]
        lines += [
            in_words(Message("  perhaps {place}", place=plain(_where(card)))) for card in each.near
        ]
    count = Message(
        "{placed} placed, {unplaced} without a place, {empty} empty",
        placed=len(found.placed),
        unplaced=len(found.unplaced),
        empty=found.empty,
    )
    unread = Message("attachments that nobody looked into: {count}", count=found.unread)
    return [*lines, in_words(count), *([in_words(unread)] if found.unread else [])]


def _where(card: "KnownCard") -> str:
    return f"{card.place.file}:{card.place.line}: {card.id}"


def _short(said: str) -> str:
    text = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()}…"
    return plain(text) if text else in_words(Message("(says nothing)"))


def _remarks(placed: "Placed") -> str:
    """Return what an author must know beside the message: how sure this is, and since when."""
    card, release = placed.card, placed.release
    remarks = []
    if not placed.name:
        remarks.append(Message("found by its words"))
    elif placed.wrote.lower() != placed.name:
        remarks.append(Message("wrote '{wrote}'", wrote=placed.wrote))
    if placed.name and placed.name != card.id:
        remarks.append(Message("was '{name}'", name=placed.name))
    if card.retired is not None:
        why = Message("retired: {reason}", reason=card.reason)
        remarks.append(why if card.reason else Message("retired"))
    if release is not None:
        remarks.append(Message("of release {release}", release=release))
        if card.changed > release:
            remarks.append(Message("changed since, in release {changed}", changed=card.changed))
    return f" [{plain('; '.join(map(in_words, remarks)))}]" if remarks else ""
