"""The learner's page: from the first card to 'done for today', by key, finger and ear."""

import gzip
from pathlib import Path
from typing import Any, Literal

import pytest
from author import Author
from axe_playwright_python.sync_playwright import Axe
from learner_pages import answers, face, opened, served, until, write_site
from playwright.sync_api import Browser, BrowserContext, Page
from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build

MOST = 60_000  # bytes, compressed, of the page for the deck in cards/


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return the author of a deck of two parts, a cloze text of two gaps among its notes."""
    author = Author(tmp_path)
    author.parts["2-deel.yaml"] = {
        "subdeck": "2 Deel",
        "notes": [
            {"id": f"getal-{n}", "question": f"Wat is getal {n}?", "answer": f"Het {n}e."}
            for n in ("zes", "zeven", "acht", "negen")
        ],
    }
    return author


def grades(page: Page) -> list[str]:
    """Return what stands on the four buttons."""
    return page.locator("#grades button").all_inner_texts()


def test_from_the_first_card_to_done_for_today(context: BrowserContext, site: str) -> None:
    """Space turns and is Good, digits are the buttons; five new cards, steps, then it is done."""
    page = opened(context, site)
    assert face(page) == "Wat is een?"
    assert page.inner_text("#count") == "Vandaag nog 5 nieuw en 0 te herhalen"
    page.keyboard.press("1")  # nothing: nobody saw the answer
    page.keyboard.down(" ")
    page.keyboard.down(" ")  # held down, it repeats
    page.keyboard.up(" ")
    assert page.evaluate("page.answers.length") == 0
    assert face(page).startswith("Wat is een? Een getal.")
    assert grades(page) == [
        "Opnieuw\n1 min",
        "Moeilijk\n6 min",
        "Goed\n10 min",
        "Makkelijk\n8 dagen",
    ]
    page.keyboard.press(" ")
    until(page, "page.answers.length === 1")
    assert page.inner_text("#count") == "Vandaag nog 4 nieuw en 1 te herhalen"
    assert face(page) == "Wat is twee? Hint Meer."
    answers(page, 4, 4, 4)
    assert page.inner_text("#count") == "Vandaag nog 1 nieuw en 1 te herhalen"
    answers(page, 4)
    assert face(page) == "Wat is een?"  # its step comes early where nothing else is left
    answers(page, 3)
    assert page.locator("#done").is_visible()
    assert not page.locator("#bar").is_visible()
    assert page.inner_text("#next") == "Kaarten die overmorgen terugkomen: 1."
    page.click("#more")
    assert page.inner_text("#count") == "Vandaag nog 3 nieuw en 0 te herhalen"
    given = sorted(page.evaluate("page.answers"), key=lambda each: each["at"])
    assert [each["rating"] for each in given] == [3, 4, 4, 4, 4, 3]


def test_undo_takes_back_the_last_answer(context: BrowserContext, site: str) -> None:
    """By key and by button, as often as there were answers today; it stays undone when reopened."""
    page = opened(context, site)
    assert page.locator("#undo").is_disabled()
    answers(page, 1, 4)
    page.keyboard.press("z")
    until(page, "page.answers.filter((each) => each.undone).length === 1")
    assert face(page) == "Wat is twee? Hint Meer."
    page.click("#undo")
    until(page, "page.answers.filter((each) => each.undone).length === 2")
    assert face(page) == "Wat is een?"
    assert page.locator("#undo").is_disabled()
    page.close()
    again = opened(context, site)
    assert again.inner_text("#count") == "Vandaag nog 5 nieuw en 0 te herhalen"


def test_a_card_comes_back_when_its_time_has_come(context: BrowserContext, site: str) -> None:
    """Tomorrow what was easy for a day, not what is due later; by itself while the page is open."""
    page = opened(context, site)
    answers(page, 3, 4, 4, 4, 4, 3)  # the first card: both steps
    page.clock.set_fixed_time("2026-12-03T10:00:00+01:00")
    page.evaluate("goOn()")
    assert page.inner_text("#count") == "Vandaag nog 4 nieuw en 1 te herhalen"
    assert face(page) == "Wat is een?"
    page.keyboard.press(" ")
    assert grades(page)[0] == "Opnieuw\n10 min"


def test_two_gaps_of_a_text_come_on_different_days(context: BrowserContext, site: str) -> None:
    """The second gap would be given away by the first."""
    page = opened(context, site)
    page.evaluate("document.querySelector('footer details').open = true")
    page.fill("#per-day", "99")
    page.dispatch_event("#per-day", "change")
    until(page, "page.settings.perDay === 99")
    page.evaluate("document.activeElement.blur()")
    assert page.inner_text("#count") == "Vandaag nog 8 nieuw en 0 te herhalen"
    answers(page, *[4] * 8)
    texts = [each["note"] for each in page.evaluate("page.answers")]
    assert texts.count("drie") == 1
    page.clock.set_fixed_time("2026-12-02T10:00:00+01:00")
    page.evaluate("goOn()")
    assert page.evaluate("page.shown.card.note") == "drie"


def test_a_part_of_the_deck_and_other_settings_stay(context: BrowserContext, site: str) -> None:
    """The part, the number of new cards and the colours are those of the last visit."""
    page = opened(context, site)
    page.select_option("#part", "2 Deel")
    assert face(page) == "Wat is getal zes?"
    page.evaluate("document.querySelector('footer details').open = true")
    page.fill("#per-day", "3")
    page.press("#per-day", "Tab")
    page.select_option("#theme", "dark")
    until(page, "page.settings.theme === 'dark'")
    colour = "getComputedStyle(document.querySelector('#face').shadowRoot.firstChild).color"
    assert page.evaluate(colour) == "rgb(230, 228, 223)"
    page.evaluate("set({})")  # what was set before is written before
    page.close()
    again = opened(context, site)
    assert face(again) == "Wat is getal zes?"
    assert again.input_value("#theme") == "dark"
    answers(again, 4, 4, 4)
    assert again.locator("#done").is_visible()
    again.select_option("#part", "")
    assert again.locator("#done").is_visible()  # three a day, whatever the part


def test_by_keyboard_alone(context: BrowserContext, site: str) -> None:
    """Tab reaches the buttons after the card, Enter presses them; a number typed is no answer."""
    page = opened(context, site)
    for name in "aloud", "show":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == name
    page.keyboard.press("Enter")
    focused = "document.activeElement.shadowRoot.activeElement.className"
    assert page.evaluate(focused) == "answer"
    for name in "Lees voor", "Opnieuw", "Moeilijk", "Goed":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText").startswith(name)
    page.keyboard.press("Enter")
    until(page, "page.answers.length === 1")
    assert page.evaluate("page.answers[0].rating") == 3
    assert page.evaluate(focused) == "question"
    page.evaluate("document.querySelector('footer details').open = true")
    page.keyboard.press(" ")
    page.focus("#per-day")
    page.keyboard.type("12")
    assert page.evaluate("page.answers.length") == 1


# What a screen reader is told, beside the card.
TOLD = {
    "een": """
- region "Antwoord":
  - text: Wat is een? Een
  - strong: getal
  - text: .
""",
    "drie": """
- region "Antwoord":
  - paragraph: Kleur
  - text: Rood en blauw geven samen een mooi paars.
""",
}


@pytest.mark.parametrize("name", TOLD)
def test_what_a_screen_reader_is_told(context: BrowserContext, site: str, name: str) -> None:
    """Which side it is, its text, and on each button after how long the card comes back."""
    page = opened(context, site)
    while page.evaluate("page.shown.card.note") != name:
        answers(page, 4)
    assert page.locator("#stage").aria_snapshot().startswith('- region "Vraag"')
    page.keyboard.press(" ")
    assert page.locator("#stage").aria_snapshot() == TOLD[name].strip()
    assert page.locator("#bar").aria_snapshot() == (
        '- group "Hoe goed wist je het?":\n'
        '  - button "Opnieuw, over 1 minuut": Opnieuw 1 min\n'
        '  - button "Moeilijk, over 6 minuten": Moeilijk 6 min\n'
        '  - button "Goed, over 10 minuten": Goed 10 min\n'
        '  - button "Makkelijk, over 8 dagen": Makkelijk 8 dagen'
    )


def violations(page: Page) -> list[Any]:
    """Return what axe finds, and by how much the page scrolls sideways."""
    found = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *([wide] if wide > 0 else [])]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["100%", "200%"])
def test_axe_finds_nothing(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"], text: str
) -> None:
    """The real deck, in every state of the page: no violation, no sideways scroll."""
    ready = plan_build(CARDS, clock_after(CARDS)).ready
    assert ready
    write_site(ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        page = opened(context, address)
        page.evaluate("text => (document.documentElement.style.fontSize = text)", text)
        assert violations(page) == []
        page.keyboard.press(" ")
        assert violations(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
        page.evaluate("for (const each of $('notices').children) each.hidden = false")
        assert violations(page) == []
        page.fill("#per-day", "0")
        page.dispatch_event("#per-day", "change")
        assert page.locator("#done").is_visible()
        assert violations(page) == []
        for what in "cards", "list":
            page.evaluate(f"openPaper('{what}')")
            page.locator(".fronts, .entry").first.wait_for()
            assert violations(page) == []
            page.keyboard.press("Escape")
        context.close()


def test_the_page_is_small_and_asks_nobody_else(browser: Browser, tmp_path: Path) -> None:
    """All of it for the real deck, pictures aside; every request goes to where it stands."""
    ready = plan_build(CARDS, clock_after(CARDS)).ready
    assert ready
    site = tmp_path / "site"
    write_site(ready, site)
    loaded = [path for path in site.iterdir() if path.suffix not in (".apkg", ".png", "")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) < MOST
    with served(site) as address:
        context = browser.new_context()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = opened(context, address)
        for _ in range(6):
            answers(page, 3)
        page.wait_for_timeout(500)
        context.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("how", ["no JavaScript", "no script", "a script of another age"])
def test_where_the_script_does_not_run(browser: Browser, site: str, how: str) -> None:
    """The page says what it needs, and the package is there."""
    context = browser.new_context(java_script_enabled=how != "no JavaScript")
    page = context.new_page()
    if how == "no script":
        page.route("**/study.js*", lambda route: route.abort())
    elif how == "a script of another age":
        page.route("**/study.js*", lambda route: route.fulfill(body="const x = 1; this is new;"))
    page.goto(site)
    page.locator("#unable").wait_for(state="visible")
    assert "JavaScript" in page.inner_text("#unable")
    page.click("#anki summary")
    assert page.locator("a.download").is_visible()
    context.close()


def test_who_chooses_something_is_not_taken_away_from_it(
    context: BrowserContext, site: str
) -> None:
    """Neither by a card that comes meanwhile, nor by what they choose."""
    page = opened(context, site)
    answers(page, 3, 4, 4, 4, 4)
    page.evaluate("page.progress.get('x'); page.shown = null; show()")
    page.evaluate("document.querySelector('footer details').open = true")
    page.focus("#theme")
    page.select_option("#theme", "dark")
    page.clock.set_fixed_time("2026-12-03T10:00:00+01:00")
    page.evaluate("goOnWhenDue()")
    assert face(page) == "Wat is een?"
    assert page.evaluate("document.activeElement.id") == "theme"
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    page.evaluate("set({ theme: 'light' })")
    assert face(page).startswith("Wat is een? Een getal.")  # the answer stays where it was turned
