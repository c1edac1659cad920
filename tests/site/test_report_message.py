"""The message about a card that a page prepares: it arrives whole, and `inbox` finds its card."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from author import Author
from playwright.sync_api import Browser, Page
from real_deck import CARDS, clock_after
from serving import front, opened

from deckwright.build.plan import plan_build
from deckwright.cards.faces import faces
from deckwright.feedback.inbox import Desk, inbox
from deckwright.feedback.known_cards import known_cards
from deckwright.feedback.mails import messages_in
from deckwright.release.html_text import plain
from deckwright.site._page_files import page_file
from deckwright.words.language import language, languages

MAIL = "kaarten+fout@voorbeeld.nl"
TRACKER = "https://git.example/i/new?title={id}&body={text}&label=kaart"
CARD = {"id": "water-temperatuur", "release": 3, "front": "Waarom kook je water?"}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Yield an empty page that knows `reportAddress`."""
    page = browser.new_page()
    page.add_script_tag(content=page_file("learner/report.js"))
    yield page
    page.close()


def address(page: Page, report: str, code: str = "nl", **card: object) -> str:
    """Return what the page makes of a card."""
    made: str = page.evaluate(
        "(all) => reportAddress(...all)", [report, language(code).study, {**CARD, **card}]
    )
    assert made.isascii()
    assert not set(made) & set(" \"'<>()*{}\\^`|\r\n")
    return made


def fields(made: str) -> dict[str, str]:
    """Return the fields of an address as a mail program and a form read them."""
    return {name: value for name, (value,) in parse_qs(urlsplit(made).query).items()}


def test_a_mail(page: Page) -> None:
    """It has room for what is wrong, then the note, the release and the question."""
    made = address(page, MAIL)
    assert unquote(urlsplit(made).path) == MAIL
    assert fields(made) == {
        "subject": "Kaart water-temperatuur",
        "body": "Wat klopt er niet?\r\n\r\n\r\n\r\nKaart: water-temperatuur · versie 3\r\n"
        "“Waarom kook je water?”\r\n",
    }


def test_an_issue_tracker(page: Page) -> None:
    """What the author put around the message stays."""
    made = address(page, TRACKER)
    assert made.startswith("https://git.example/i/new?title=water-temperatuur&body=")
    assert made.endswith("&label=kaart")
    assert fields(made)["body"] == fields(address(page, MAIL))["body"]


@pytest.mark.parametrize(
    "asks",
    [
        "Één “groep” & 'twee' + 50% #1?",
        "a=b;c <i>d</i>\\",
        "{id} {text}",
        "水 och é 🙂",
        "$& $1 $'",
    ],
)
def test_every_sign_arrives(page: Page, asks: str) -> None:
    """Spaces, quotes, accents, and what means something in an address."""
    for report, name in ((MAIL, "body"), (TRACKER, "body")):
        assert f"“{asks}”" in fields(address(page, report, front=asks))[name]


@pytest.mark.parametrize("sign", ["a", "é", "水", "🙂", "\ud83d", '"'])
@pytest.mark.parametrize("report", [MAIL, f"{TRACKER}&x={'y' * 140}"])
def test_no_address_is_too_long(page: Page, report: str, sign: str) -> None:
    """The question is cut between two characters, not the note; half a character is left out."""
    made = address(page, report, id="a" * 80, front=sign * 4000)
    assert len(made) <= 1800
    body = fields(made)["body"]
    assert f"{'a' * 80} · versie 3" in body
    quote = body.partition("“")[2].partition("”")[0]
    if sign == "\ud83d":
        assert quote == ""
    else:
        assert set(quote) == {sign, "…"}
        assert len(quote) > 50


def test_the_inbox_finds_each_card(page: Page) -> None:
    """What the page prepares of every card of the deck, with a word of a learner's in it."""
    plan = plan_build(CARDS, clock_after(CARDS))
    assert plan.ready
    cards = known_cards(plan.ready.deck, plan.ready.held, "deck.lock")
    messages, ids = [], []
    for stamped in plan.ready.release.notes:
        sides = faces(plan.ready.types[stamped.note.kind], stamped.note, 0)
        made = address(page, MAIL, id=stamped.note.id, release=7, front=plain(sides.front))
        body = fields(made)["body"].replace("\r\n\r\n", "\r\n\r\nDat is fout.", 1)
        messages += messages_in(body.encode())
        ids.append(stamped.note.id)
    found = inbox(Desk(cards, frozenset()), messages)
    assert not found.unplaced
    assert sorted(each.card.id for each in found.placed) == sorted(ids)
    assert {(each.said, each.release) for each in found.placed} == {("Dat is fout.", 7)}


@pytest.mark.parametrize("code", languages())
def test_the_inbox_knows_the_message_of_each_language(page: Page, code: str) -> None:
    """None of its own words is taken for what the learner says."""
    (message,) = messages_in(fields(address(page, MAIL, code))["body"].encode())
    assert message.said == ""
    assert "water-temperatuur" in message.filled_in
    assert "kook je water" in message.quoted


def test_a_page_opens_at_a_note(browser: Browser, tmp_path: Path) -> None:
    """At the end of its address stands the id; another there opens another, an unknown one none."""
    author = Author(tmp_path)
    author.save()
    with opened(browser, author.cards) as page:
        page.goto(f"{page.url}#twee")
        assert front(page) == "Wat is twee? Hint Meer."
        page.reload()
        page.wait_for_selector("#list button")
        assert front(page) == "Wat is twee? Hint Meer."
        page.evaluate("location.hash = '#een'")
        page.locator("#front .question", has_text="Wat is een?").wait_for()
        page.evaluate("location.hash = '#niets'")
        page.wait_for_timeout(100)
        assert front(page) == "Wat is een?"
