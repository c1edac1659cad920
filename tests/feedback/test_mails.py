"""Files of messages, as mail programs save them and as people paste them."""

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from deckwright.feedback.mails import messages_in

BODY = "Hoi Sanne,\n\nIn kaart één staat “dubbel dubbel”.\n\nGroetjes,\nJoke de Vries\n"
SAID = "In kaart één staat “dubbel dubbel”."
SENT = f"Fout in één kaart: {SAID}"  # in a mail, which has a subject


def mail(text: str = BODY, **how: Any) -> EmailMessage:
    """Return a mail as a program makes one."""
    made = EmailMessage()
    made["From"], made["To"] = "Joke de Vries <joke@voorbeeld.nl>", "kaarten@voorbeeld.nl"
    made["Subject"], made["Message-ID"] = "Fout in één kaart", "<1@voorbeeld.nl>"
    made.set_content(text, **how)
    return made


def said(content: bytes) -> list[str]:
    """Return what the messages of a file say."""
    return [each.said for each in messages_in(content)]


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_mail_is_decoded(cte: str, charset: str) -> None:
    """However it was sent; header and names are gone, its subject is looked into."""
    text = BODY.replace("“", '"').replace("”", '"')
    (message,) = messages_in(mail(text, cte=cte, charset=charset).as_bytes())
    assert message.said == SENT.replace("“", '"').replace("”", '"')
    assert message.text.startswith("Fout in één kaart\n")
    assert "@" not in message.text


def test_ends_of_lines_of_every_system() -> None:
    """As Windows writes them, too."""
    assert said(mail().as_bytes().replace(b"\n", b"\r\n")) == [SENT]
    assert said(BODY.replace("\n", "\r\n").encode()) == [SAID]


def test_a_page_in_a_mail_is_read_once() -> None:
    """As HTML alone, and beside plain text; its style and script are not."""
    html = f"<html><head><style>p {{}}</style></head><body><p>{SAID}</p><script>1</script></body>"
    made = mail()
    made.add_alternative(html, subtype="html")
    assert said(made.as_bytes()) == [SENT]
    made = mail(html, subtype="html")
    assert said(made.as_bytes()) == [SENT]


def test_attachments_are_counted_and_mails_in_mails_read() -> None:
    """A picture says nothing to us, and somebody must look; a mail that was sent on is text."""
    made = mail("Zie hieronder:")
    made.add_attachment(mail())
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="scherm.png")
    first, second = messages_in(made.as_bytes())
    assert (first.unread, second.unread) == (1, 0)
    assert (first.said, second.said) == ("Fout in één kaart: Zie hieronder:", SAID)
    picture = EmailMessage()
    picture["Subject"], picture["MIME-Version"] = "Kaart een", "1.0"
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    (message,) = messages_in(picture.as_bytes())
    assert (message.said, message.unread) == ("Kaart een", 1)


def test_a_mailbox(tmp_path: Path) -> None:
    """As Thunderbird keeps it; a line that begins with From is one of the text."""
    box = mailbox.mbox(tmp_path / "box")
    box.add(mail("From hier gaat het mis.\n"))
    box.add(mail())
    box.close()
    assert said((tmp_path / "box").read_bytes()) == [
        "Fout in één kaart: From hier gaat het mis.",
        SENT,
    ]


def test_mails_with_all_headers_one_after_the_other() -> None:
    """Someone saved their sources into one file."""
    assert said(b"\n".join([mail().as_bytes(), mail("Tweede.").as_bytes()])) == [
        SENT,
        "Fout in één kaart: Tweede.",
    ]


def test_what_is_pasted() -> None:
    """Heads, rules, greetings and our page's own words part messages, and are not what is said."""
    text = f"""\
Van: Joke de Vries <joke@voorbeeld.nl>
Verzonden: vrijdag
Onderwerp: Re: Kaart een

{BODY}
Beste collega,
De tweede klopt niet, mail me op ahmed@voorbeeld.nl of bel 06 - 12 34 56 78.
mvg
Ahmed
________________________________
Op vr 27 nov schreef Sanne <sanne@voorbeeld.nl>:
> Wat klopt er niet?
> Alles.
>
> Kaart: een · versie 2
> “Wat is
> een?”
En de vierde ook. Groetjes Jan
"""
    assert said(text.encode()) == [
        f"Kaart een: {SAID}",
        "De tweede klopt niet, mail me op … of bel ….",
        "Alles.",
        "En de vierde ook.",
    ]
    messages = messages_in(text.encode())
    assert messages[0].text.startswith("Kaart een\n")
    assert messages[2].filled_in == "Kaart: een · versie 2"
    assert messages[2].quoted == "“Wat is een?”"


def test_text_under_what_the_page_filled_in_belongs_to_it() -> None:
    """Where nothing was written above."""
    text = "Wat klopt er niet?\n\nKaart: een · versie 2\n“Wat is een?”\n\nAlles.\n"
    (message,) = messages_in(text.encode())
    assert message.said == "Alles."


@pytest.mark.parametrize(
    "content",
    [SAID.encode("utf-16"), SAID.encode("utf-8-sig"), SAID.encode("cp1252"),
     b"In kaart =C3=A9=C3=A9n staat =\n=E2=80=9Cdubbel dubbel=E2=80=9D."],
)  # fmt: skip
def test_bytes_of_pasted_texts(content: bytes) -> None:
    """Of other systems, and with the codes of a mail in them."""
    assert said(content) == [SAID]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"From x 2026", b"MIME-Version: 1.0\n\n"])
def test_files_without_a_word(content: bytes) -> None:
    """They hold one message that says nothing."""
    assert [each.text for each in messages_in(content)] in ([""], ["From x 2026"])


@pytest.mark.parametrize(
    "content",
    [b"Content-Type: text/plain; charset=klingon\nMIME-Version: 1.0\n\nhoi",
     b"MIME-Version: 1.0\nSubject: =?utf-8?b?!!?=\nContent-Type: multipart/mixed\n\nhoi",
     b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%",
     b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\xff\xfe--x--",
     b"\x00\xff" * 1000, "\ud83d".encode("utf-8", "surrogatepass"),
     b"<style" * 20_000, b"a" * 200_000, b"op " + b"schreef " * 20_000, b"-a" * 50_000],
)  # fmt: skip
def test_nothing_that_arrives_breaks_it(content: bytes) -> None:
    """Mails come from strangers: what cannot be read is a message all the same, and soon."""
    assert messages_in(content)
    assert messages_in(b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + content)


def test_a_long_text_is_several_messages() -> None:
    """None of it is lost."""
    text = "\n".join(f"regel nummer {number}" for number in range(5_000))
    messages = messages_in(text.encode())
    assert len(messages) > 1
    assert max(len(each.text) for each in messages) < 21_000
    assert "\n".join(each.text for each in messages).split() == text.split()
