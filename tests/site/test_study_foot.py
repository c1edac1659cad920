"""Below a back of the learner's page: which note it is, and where to report a mistake."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from author import Author
from learner_pages import face, opened, served, until, write_site
from playwright.sync_api import BrowserContext


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return the author of a small deck."""
    return Author(tmp_path)


def test_a_back_says_which_note_it_is(context: BrowserContext, site: str) -> None:
    """Without a place to report to: the id and the release, and no link; a front says nothing."""
    page = opened(context, site)
    assert page.inner_text("#foot").split("\n") == ["Lees voor"]
    page.keyboard.press(" ")
    assert page.inner_text("#foot").split("\n") == ["een · versie 1", "Lees voor"]
    assert not page.is_visible("#foot a")
    page.keyboard.press("3")
    until(page, "page.answers.length === 1")
    assert page.inner_text("#foot").split("\n") == ["Lees voor"]


def test_a_mistake_is_reported_with_its_card(tmp_path: Path, context: BrowserContext) -> None:
    """The mail names note, release and question; the id is on the card, so it is said once."""
    author = Author(tmp_path)
    author.settings["report"] = "ans@voorbeeld.nl"
    write_site(author.releases().ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        page = opened(context, address)
        page.keyboard.press(" ")
        assert page.inner_text("#foot").split("\n")[:2] == ["versie 1", "Meld een fout"]
        assert "een" in face(page).split()
        mail = urlsplit(page.get_attribute("#foot a", "href") or "")
        assert (mail.scheme, mail.path) == ("mailto", "ans@voorbeeld.nl")
        body = parse_qs(mail.query)["body"][0]
        assert "Kaart: een · versie 1" in body
        assert "Wat is een?" in body


def test_an_address_opens_a_card(context: BrowserContext, site: str) -> None:
    """By the id of its note, at once and on an open page; what is no id changes nothing."""
    page = opened(context, f"{site}#twee")
    assert face(page).startswith("Wat is twee?")
    page.evaluate("location.hash = 'een'")
    until(page, "page.shown.card.note === 'een'")
    page.evaluate("location.hash = 'menu'")
    assert face(page).startswith("Wat is een?")
    assert opened(context, f"{site}#niets").evaluate("page.shown.card.note") == "een"


def test_no_answer_hides_its_card_for_good(context: BrowserContext, site: str) -> None:
    """One of the year 10000, as a broken clock or file has it, is none."""
    page = opened(context, site)
    answer = {"id": "a", "guid": "b", "note": "een", "card": 1, "rating": 3, "release": 1}
    for at, day, counts in [(1.7e12, 19_700, True), (9e15, 19_700, False), (1, 2**53 - 1, False)]:
        read = {**answer, "at": int(at), "day": day}
        assert page.evaluate("(read) => isAnswer(read)", read) is counts


def test_many_years_of_answers_open(
    author: Author, context: BrowserContext, tmp_path: Path
) -> None:
    """More than a function of JavaScript takes as arguments, to an earlier release."""
    author.releases()
    author.note("een")["answer"] = "Het eerste."
    write_site(author.releases().ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        page = opened(context, address)
        chosen = """() => {
            page.answers = Array.from({ length: 200000 }, () => ({ release: 1 }));
            $("since").replaceChildren();
            showReleases();
            return $("since").value;
        }"""
        assert page.evaluate(chosen) == "1"
