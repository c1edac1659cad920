"""The answers of a learner, from whatever file they come in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deckwright.anki import answer_reader
from deckwright.disk.reading import Unreadable, UnreadableFileError, read_bytes
from deckwright.release.answers import AGAIN, EASY, Answer, FileAnswers
from deckwright.release.ledger import Ledger
from deckwright.source.ids import MAX_LENGTH as MAX_KEY
from deckwright.words.messages import Message, MessageError

# A progress file of the learner's page (site/templates/learner/progress_file.js).
_KIND, _VERSION = "deckwright progress", 1
_MAX_SIZE = 50_000_000  # bytes; an answer takes 200


class ProgressError(MessageError):
    """A file that is no progress file of this deck; the text says why."""


class _Given(NamedTuple):
    """An answer in a progress file; `day` and `release` are when it was given."""

    at: int
    guid: str
    card: int
    again: bool
    day: int
    release: int


def learner_answers(file: Path, ledger: Ledger) -> FileAnswers:
    """Return the answers to the cards of a ledger in a file of Anki's, or a progress file.

    MessageError, or OSError, where it cannot be read; the text names the file.
    """
    if not file.is_file():  # a pipe would wait for somebody to write into it
        text = Message("'{name}' is not a plain file", name=file.name)
        raise UnreadableFileError(Unreadable.NOT_PLAIN, text)
    with file.open("rb") as opened:
        is_json = opened.read(1) == b"{"
    if is_json:
        return _of_page(file, ledger)
    return answer_reader.read_answers(file, {each.guid for each in ledger.notes.values()})


def _of_page(file: Path, ledger: Ledger) -> FileAnswers:
    """Return the answers in a progress file.

    One counts that is the first of its day to a card that was answered on a day before: that is
    what the page asks of a card that was learnt.
    """
    given = sorted(_given(file, ledger.key))
    times = {release.number: release.time for release in ledger.releases}
    last: dict[tuple[str, int], int] = {}
    counting = []
    for each in given:
        before = last.get((each.guid, each.card), each.day)
        last[each.guid, each.card] = each.day
        if before < each.day:
            seen = times.get(each.release, each.at // 1000)
            counting.append(Answer(each.guid, each.card - 1, each.at, each.again, seen))
    return FileAnswers(counting, len(given))


def _given(file: Path, key: str) -> Iterator[_Given]:
    """Yield the answers in a progress file that were not undone; what is no answer is left out."""
    try:
        read = json.loads(read_bytes(file, _MAX_SIZE))
        version, of, answers = read[_KIND], read["key"], read["answers"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ProgressError(Message("{file}: it is not a progress file", file=file)) from error
    if version != _VERSION or not isinstance(answers, list) or not isinstance(of, str):
        raise ProgressError(
            Message("{file}: this deckwright does not know such progress files", file=file)
        )
    if of != key:
        raise ProgressError(
            Message(
                "{file}: its deck is '{of}', and this is '{key}'",
                file=file,
                of=of[:MAX_KEY],
                key=key,
            )
        )
    for answer in answers:
        match answer:
            case {"undone": True}:
                continue
            case {
                "guid": str(guid),
                "card": int(card),
                "rating": int(rating),
                "at": int(at),
                "day": int(day),
                "release": int(release),
            } if AGAIN <= rating <= EASY:
                yield _Given(at, guid, card, rating == AGAIN, day, release)
