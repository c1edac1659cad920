"""Mails that no mail program writes: each is read, soon, and loses no other."""

import time

import pytest

from deckwright.feedback.mails import messages_in

HEAD = b"From: a@b\nMessage-ID: <x>\nMIME-Version: 1.0\nSubject: hoi\n"
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1_000)
)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/plain; " + b"(" * 1_000,
        b"Content-Type: text/plain; " + b'"' * 60_000,
        b"Content-Type: text/plain;\n " + b"a;" * 30_000,
        b"Content-Disposition: " + b'"' * 200_000,
        b"Content-Transfer-Encoding: " + b"(" * 1_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000,
        NESTED,
    ],
    ids=lambda header: header[:40].decode(),
)
def test_a_header_of_any_length(header: bytes) -> None:
    """Python reads these in time that grows with the square, or deeper than its stack."""
    started = time.monotonic()
    found = list(messages_in(HEAD + header + b"\n\nkaart een klopt niet\n"))
    assert time.monotonic() - started < 3
    assert any("kaart een klopt niet" in each.text for each in found)
