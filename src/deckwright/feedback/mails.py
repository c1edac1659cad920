"""Files of messages to texts: mails as programs save them, and mails that were pasted together."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from quopri import decodestring

from deckwright.feedback.message import Received, received
from deckwright.release.html_text import plain

_MBOX = re.compile(rb"^From \S+ .*\d{4}\s*$", re.MULTILINE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_OF_A_MAIL = re.compile(rb"(?:message-id|mime-version|received|return-path):", re.IGNORECASE)
# A line that goes on, or a character of more than one byte, as mails write them.
_QUOTED = re.compile(rb"=\r?\n|=[CE2][0-9A-F]=[89AB][0-9A-F]")
_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|tr|blockquote)>|<br ?/?>", re.IGNORECASE)
_UNSEEN = ("head", "style", "script")  # elements that nobody reads
# What is looked at of a mail's headers, and more than any mail program writes in one: Python reads
# such a header in time that grows with the square of its length, or deeper than its stack.
_LONG_HEADER = re.compile(
    rb"^((?:content-[\w-]+|subject|mime-version):(?:[^\n]|\n[ \t]){400})(?:[^\n]|\n[ \t])+",
    re.IGNORECASE | re.MULTILINE,
)


def messages_in(content: bytes) -> list[Received]:
    """Return the messages of a file: a mail, a mailbox, or texts of mails one after the other."""
    content = content.replace(b"\r\n", b"\n")
    if _MBOX.match(content):
        mails = [mail.replace(b"\n>From ", b"\nFrom ") for mail in _MBOX.split(content)[1:]]
        return [each for mail in mails for each in _of_mail(mail.lstrip(b"\n"))]
    return [each for text in _mails(content) for each in _of_part(text)]


def _of_part(content: bytes) -> Iterator[Received]:
    head = content.lstrip().partition(b"\n\n")[0]
    if _HEADER.match(head) and _OF_A_MAIL.search(head):
        yield from _of_mail(content.lstrip())
    else:
        yield from received(_text(decodestring(content) if _QUOTED.search(content) else content))


def _mails(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a text of which each but the first begins with the headers of a mail."""
    begun: list[bytes] = []
    paragraphs = re.split(rb"(\n{2,})", content)
    for number, each in enumerate(paragraphs):
        lines = each.split(b"\n")
        is_head = all(_HEADER.match(line) or line[:1] in (b" ", b"\t") for line in lines)
        is_within = number > 1 and b"message/rfc822" in paragraphs[number - 2]
        if number and is_head and not is_within and any(map(_OF_A_MAIL.match, lines)):
            yield b"".join(begun)
            begun = []
        begun.append(each)
    yield b"".join(begun)


def _of_mail(content: bytes) -> Iterator[Received]:
    """Yield the messages of a mail: what is forwarded in it may be several."""
    texts: list[str] = []
    try:
        mail = message_from_bytes(_LONG_HEADER.sub(rb"\1", content), policy=default)
        unread = _read(mail, texts)
    except RecursionError:  # a thousand parts in one another: no mail program writes those
        yield from received(_text(content))
        return
    first, *others = received("\n\n".join(texts), _subject(mail))
    yield first._replace(unread=unread)
    yield from others


def _read(mail: MIMEPart, texts: list[str]) -> int:
    """Add the text of a mail, and of the mails in it; return how many other parts it has."""
    body = mail.get_body(("plain", "html"))
    texts += [_body(body)] if body else []
    unread = int(body is None and not mail.is_multipart())
    for part in mail.iter_attachments():
        if part.get_content_type() == "message/rfc822":
            unread += _read(part.get_content(), texts)
        else:
            unread += 1
    return unread


def _subject(mail: EmailMessage) -> str:
    try:
        return str(mail["subject"] or "")
    except (ValueError, LookupError, IndexError):  # what no mail program writes
        return ""


def _body(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    text = _text(payload if isinstance(payload, bytes) else b"", part.get_content_charset(""))
    return _shown(text) if part.get_content_subtype() == "html" else text


def _shown(html: str) -> str:
    """Return what a page says, a line for each of its blocks."""
    for name in _UNSEEN:
        first, *others = re.split(rf"<{name}\b", html, flags=re.IGNORECASE)
        ends = (re.split(f"</{name}>", each, maxsplit=1, flags=re.IGNORECASE) for each in others)
        html = "".join([first, *(each[-1] for each in ends if len(each) > 1)])
    return "\n".join(map(plain, _BLOCK_END.sub("\n", html).split("\n")))


def _text(content: bytes, charset: str = "") -> str:
    """Return bytes as text: in the charset that is named, else UTF-8, else that of old Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    for name in (charset or "utf-8-sig", "utf-8-sig"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")
