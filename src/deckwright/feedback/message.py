"""One message: what can name a card in it, and what its writer says, without who that is."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from deckwright.words.language import language, languages


class Received(NamedTuple):
    """A message: `text` is all of it but headers, `said` what its writer has to say.

    That is without greeting, name and address, and without what our page filled in; of that,
    `filled_in` is the line that names the card, and `quoted` how the card begins. `unread` is how
    many attachments nobody looks into.
    """

    text: str
    said: str
    filled_in: str = ""
    quoted: str = ""
    unread: int = 0


_OF_PEOPLE = (
    r"from|to|cc|bcc|sent|date|reply-to|van|aan|verzonden|datum|von|an|gesendet|de|à|envoyé|para"
    r"|enviado|fecha"
)
_HEADER = re.compile(rf"(?:{_OF_PEOPLE})\s*:\s", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:subject|onderwerp|betreft|betreff|objet|asunto)\s*:\s*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:(?:re|fw|fwd|antw|aw|tr|rv|doorst)\s*:\s*)+", re.IGNORECASE)
_RULE = re.compile(r"[-_=*\u2013\u2014]{3,}(?:[^-_=*]{0,40}[-_=*\u2013\u2014]{3,})?")
_QUOTING = re.compile(r"(?:op|on|am|le|el)\b.*\b(?:schreef|wrote|schrieb|écrit|escribió)\b.*:")
_HELLO = (
    r"(?:hoi|hallo|hey|hi|ha|dag|beste|geachte|lieve|goede?(?:morgen|middag|avond|dag)|l\.?s\.?"
    r"|hello|dear|good (?:morning|afternoon)|guten tag|liebe[rs]?|sehr geehrte|bonjour|ch[eè]re?"
    r"|hola|estimad[oa]|buen[oa]s)\b(?:\s+[^\s,.!?]+){0,4}"
)
_GREETING = re.compile(rf"{_HELLO}\s*[,!.]?")
_INLINE_GREETING = re.compile(rf"^{_HELLO}\s*[,!]\s*", re.IGNORECASE)
_GOODBYE = re.compile(
    r"(?:(?:met )?(?:vriendelijke |hartelijke )?groet(?:en|jes)?|gr|mvg|vr\.? ?gr|bedankt"
    r"|dank(?: je)?|alvast (?:bedankt|dank)|(?:kind |best )?regards|best|cheers|thanks|thank you"
    r"|thx|(?:viele|mit freundlichen) grüße?n?|mfg|cordialement|merci|saludos|gracias"
    r"|verstuurd vanaf|sent from|verzonden met|outlook voor|get outlook)\b.{0,40}|--"
)
_INLINE_GOODBYE = re.compile(
    r"(?<=[.!?,])\s+(?:(?:met vriendelijke )?groet(?:en|jes)?|gr|mvg|regards)\b"
    r"[.,!]?(?:\s+\S+){0,4}$",
    re.IGNORECASE,
)
_QUOTED, _CLOSED = re.compile(r"\s*[“\"„«]"), re.compile(r"[”\"“»]\W*$")
_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>()]{1,99}@[^\s@<>()]{1,99}|\+?\d(?:[\s().-]{0,3}\d){8,}")
_LONG_LINE, _LONG = 1_000, 20_000  # characters of a line that can be a header, and of a message
_APART = 3  # empty lines, and who pasted this meant another message
_SHORT = 5  # words of a line below a goodbye: a name, a function, a number


def received(text: str, subject: str = "") -> list[Received]:
    """Return the messages of a text, in which several may stand one after the other; one at least.

    `subject` is that of the first.
    """
    lines = [line.lstrip("> \t").rstrip() for line in text.replace("\r", "").split("\n")]
    writer = _Writer(_ANSWER.sub("", subject))
    return [each.received() for each in _split(writer, lines)]


class _Writer:
    """A message while its lines are read."""

    def __init__(self, subject: str = "") -> None:
        self.subject, self.lines = subject, [subject]
        self.said: list[str] = []
        self.quoted: list[str] = []
        self.filled_in = ""
        self.size = self.blank = 0  # characters so far, and empty lines since the last other one
        self.has_ended = self.in_block = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was read yet that another message would not begin with."""
        return not (any(self.said) or self.filled_in or self.has_ended)

    def received(self) -> Received:
        """Return the message."""
        said = " ".join(" ".join(self.said).split())
        said = _INLINE_GOODBYE.sub("", _INLINE_GREETING.sub("", said))
        subject = "" if self.filled_in and said else self.subject.strip()
        said = ": ".join(filter(None, (subject, said)))
        text, quoted = "\n".join(self.lines).strip(), " ".join(self.quoted)
        return Received(text, _ADDRESS.sub("…", said), self.filled_in, quoted)


def _split(writer: _Writer, lines: Iterable[str]) -> Iterator[_Writer]:
    """Yield each message of some lines, `writer` first."""
    in_head = False
    for line in lines:
        lower = line.lower() if len(line) < _LONG_LINE else ""
        is_head = bool(_HEADER.match(line) or _SUBJECT.match(line))
        if is_head or _RULE.fullmatch(line):
            if not in_head and not writer.is_empty:
                yield writer
                writer = _Writer()
            if found := _SUBJECT.match(line):
                writer.subject = _ANSWER.sub("", line[found.end() :])
                writer.lines.append(writer.subject)
        elif _starts_another(writer, line, lower):
            yield writer
            writer = _Writer()
        in_head = is_head
        if not is_head and not _RULE.fullmatch(line):
            _take(writer, line, lower)
    yield writer


def _starts_another(writer: _Writer, line: str, lower: str) -> bool:
    if writer.size > _LONG:
        return True
    if not line or writer.is_empty or writer.in_block or _is_filled_in(lower):
        return False
    if _GREETING.fullmatch(lower):
        return True
    if _GOODBYE.fullmatch(lower):
        return False
    if writer.blank >= _APART:
        return True
    was_filled = bool(writer.filled_in) and any(writer.said) and not _QUOTED.match(line)
    return was_filled or (writer.has_ended and not _is_short(line))


def _take(writer: _Writer, line: str, lower: str) -> None:
    """Add a line to a message: to what it says, unless that is who says it, or our own words."""
    if _QUOTING.fullmatch(lower):
        return
    writer.lines.append(line)
    writer.size += len(line) + 1
    writer.blank = 0 if line else writer.blank + 1
    if _is_filled_in(lower):
        writer.filled_in, writer.in_block = line, True
    elif writer.in_block and line:
        writer.quoted.append(line)
        writer.in_block = not _CLOSED.search(line)
    elif _GOODBYE.fullmatch(lower):
        writer.has_ended = True
    elif not (
        _GREETING.fullmatch(lower)
        or lower in _words("report_ask")
        or (writer.has_ended and _is_short(line))
    ):
        writer.said.append(line)
    writer.in_block = writer.in_block and bool(line)


def _is_filled_in(line: str) -> bool:
    return bool(_filled_in().fullmatch(line))


def _is_short(line: str) -> bool:
    return len(line.split()) <= _SHORT


@cache
def releases() -> str:
    """Return a regular expression for the word that our page puts before a release's number."""
    return "|".join(sorted(_words("report_release")))


@cache
def _filled_in() -> re.Pattern[str]:
    """Return what the line looks like by which our page says which card is meant."""
    cards = "|".join(sorted(_words("report_card")))
    return re.compile(rf"\W*(?:{cards})\s*:\s*\S.{{0,99}}?\W+(?:{releases()})\s+\d{{1,6}}\W*")


@cache
def _words(name: str) -> frozenset[str]:
    """Return what our page says there, in every language."""
    return frozenset(language(code).study[name].lower() for code in languages())
