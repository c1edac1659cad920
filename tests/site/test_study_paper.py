"""On paper: what comes out of the printer, as Chromium writes it, eight cards on a sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from author import Author
from learner_pages import opened, page_of, served, study_card, until, write_site
from playwright.sync_api import BrowserContext, Page, Route
from pypdfium2.raw import FPDF_PAGEOBJ_PATH
from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.disk.writing import write_all

POINTS = 72 / 25.4  # of a millimetre
A4 = (210, 297)
A7 = (105, 74)
NEAR = 1  # mm that a back may lie beside its front


# What sticks out of its place in the list.
OUTSIDE = """
    [...document.querySelectorAll(".entry :is(table, math)")].filter((each) => {
        const inner = each.getBoundingClientRect();
        const outer = each.closest(".entry").getBoundingClientRect();
        return inner.right > outer.right + 1 || inner.left < outer.left - 1;
    }).map((each) => each.outerHTML)
"""


class Cell(NamedTuple):
    """Where a card lies on its sheet, in mm from the left and the bottom, and what it says."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


class Side(NamedTuple):
    """A side of a sheet: its cards, the upper left one first, and all that it says."""

    cells: list[Cell]
    text: str


def printed(page: Page, what: str) -> list[Side]:
    """Print the cards or the list."""
    page.evaluate(f"openPaper('{what}')")
    until(page, "!$('print').disabled")
    page.evaluate("document.querySelectorAll('.cell').forEach((e) => (e.style.background = 'red'))")
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    return [_side(sheet) for sheet in pypdfium2.PdfDocument(content)]


def _side(sheet: pypdfium2.PdfPage) -> Side:
    assert [side / POINTS for side in sheet.get_size()] == pytest.approx(A4, abs=0.5)
    found, text = [], sheet.get_textpage()
    for each in sheet.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=5):
        bounds = each.get_bounds()
        left, bottom, right, top = (side / POINTS for side in bounds)
        if (right - left, top - bottom) == pytest.approx(A7, abs=0.5):
            words = " ".join(text.get_text_bounded(*bounds).replace("\x02", "").split())
            found.append(Cell(left, bottom, right, top, words))
    ordered = sorted(found, key=lambda cell: (-round(cell.top), round(cell.left)))
    return Side(ordered, text.get_text_bounded())


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return the author of a deck of two parts."""
    author = Author(tmp_path)
    note = {"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."}
    author.parts["2-deel.yaml"] = {"subdeck": "2 Deel", "notes": [note]}
    return author


@pytest.fixture
def real(context: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """Return the page of the deck in cards/."""
    ready = plan_build(CARDS, clock_after(CARDS)).ready
    assert ready
    write_site(ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        yield opened(context, address)


def test_each_back_lies_behind_its_front(real: Page) -> None:
    """Eight on a side, and every sheet turned over its long edge shows the answers."""
    sheets = printed(real, "cards")
    cards = real.evaluate("deck.cards.map(({ note, front }) => [note, front])")
    assert len(sheets) == 2 * -(-len(cards) // 8)
    notes = []
    for (fronts, _), (backs, _) in zip(sheets[::2], sheets[1::2], strict=True):
        assert len(fronts) == len(backs) == 8
        for front in fronts:
            (back,) = (
                each
                for each in backs
                if abs(each.left - (A4[0] - front.right)) < NEAR
                and abs(each.right - (A4[0] - front.left)) < NEAR
                and abs(each.bottom - front.bottom) < NEAR
            )
            assert bool(front.text) == bool(back.text)
            if back.text:
                notes.append((front.text, back.text))
    for (note, front), (asked, answered) in zip(cards, notes, strict=True):
        words = real.evaluate("html => paperFace('front', {front: html}).textContent", front)
        assert asked.replace(" ", "") == "".join(words.split()).replace("­", "")
        assert f"{note} · versie 1" in answered


def test_the_list_has_each_note_once(context: BrowserContext, site: str) -> None:
    """A text of two gaps once, both filled; in the order of the deck, by part."""
    page = opened(context, site)
    (sheet,) = printed(page, "list")
    entries = [" ".join(text.split()) for text in page.locator(".entry").all_text_contents()]
    assert [text.split(" · ")[0].split()[-1] for text in entries] == [
        "een",
        "twee",
        "drie",
        "vier",
        "vijf",
    ]
    assert "Rood en blauw geven samen een mooi paars." in entries[2]
    assert page.locator("#sheets h2").all_inner_texts() == ["1 Deel", "2 Deel"]
    assert "Wat is twee?" in sheet.text
    assert "Afdrukken" not in sheet.text


def test_what_does_not_fit_on_a_card_comes_behind_them(
    context: BrowserContext, tmp_path: Path
) -> None:
    """Smaller letters first; then a list, with all that it says; a hint upside down."""
    side = '<div class="face" lang="nl"><div class="question">{}</div>{}</div>'
    hint = '<div class="clue"><a class="hint" href="#">Hint</a><div class="hint">Ja.</div></div>'
    answer = '<section id="answer"><div class="answer">nee</div></section>'
    wide = f"<pre>{'x' * 200}</pre><table><tr>{'<td>kolom</td>' * 30}</tr></table>"
    hebrew = f'<table dir="rtl"><tr>{"<td>עמודה</td>" * 30}</tr></table>'
    formula = f"<math>{'<mi>x</mi><mo>+</mo>' * 100}</math>"
    asked = {n: "woord " * count for n, count in (("kort", 5), ("lang", 80), ("eindeloos", 900))}
    cards = [
        study_card(name, side.format(text, hint), side.format(text, hint + answer))
        for name, text in (asked | {"breed": wide, "rechts": hebrew, "formule": formula}).items()
    ]
    files = page_of(tmp_path / "deck", cards)
    write_all({tmp_path / "page" / name: content for name, content in files.items()})
    with served(tmp_path / "page") as address:
        page = opened(context, address)
        (fronts, _), (backs, _), *rest = printed(page, "cards")
        assert [bool(cell.text) for cell in fronts] == [True] * 2 + [False] * 6
        assert [bool(cell.text) for cell in backs] == [True] * 2 + [False] * 6
        zooms = page.locator(".front").evaluate_all("all => all.map((each) => +each.style.zoom)")
        assert zooms[0] == 0.8
        assert 0.55 <= zooms[1] < 0.8
        assert fronts[1].text.count("woord") == 80
        assert page.locator("a.hint:visible").count() == 0
        turned = page.locator(".front div.hint:visible").first
        assert turned.evaluate("each => getComputedStyle(each).rotate") == "180deg"
        listed = page.inner_text(".rest")
        assert listed.startswith("Te lang voor een kaartje")
        assert listed.count("woord") == 900
        assert listed.count("kolom") == 30
        assert listed.count("Ja.") == 4
        assert page.locator("a.hint:visible").count() == 0
        assert page.locator(".rest .entry").count() == 4
        assert page.evaluate(OUTSIDE) == []
        assert sum(text.count("woord") for _, text in rest) == 900


def test_only_the_chosen_part(context: BrowserContext, site: str) -> None:
    """What stands at the top of the page, by keyboard; Escape leads back to the same button."""
    page = opened(context, site)
    page.evaluate("set({ part: deck.parts[0] })")
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    page.focus("#paper-cards")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.fronts .card').length === 5")
    assert not page.locator("#face").is_visible()
    for key in " ", "4", "z":  # no answers where no card is shown
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "paper-cards"
    assert page.locator("#face").is_visible()
    assert page.evaluate("page.answers.length") == 0
    assert page.locator(".sheet").count() == 0


def test_the_phone_leads_back(context: BrowserContext, site: str) -> None:
    """By its own button; what is being read, and answered, is not disturbed meanwhile."""
    page = opened(context, site)
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    page.set_viewport_size({"width": 390, "height": 400})
    page.click("#paper-list")
    assert page.evaluate("document.activeElement.id") == "from-paper"
    page.evaluate("scrollTo(0, 300); show()")
    assert page.evaluate("scrollY") == 300
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.set_viewport_size({"width": 320, "height": 600})
    fit = "parseFloat($('sheets').style.getPropertyValue('--fit'))"
    until(page, f"{fit} < 0.41")
    page.go_back()
    until(page, "!isOnPaper()")
    assert page.locator("#face").is_visible()
    page.click("#paper-cards")
    page.click("#from-paper")
    until(page, "!isOnPaper()")
    assert page.url == site


def test_pictures_that_come_late_belong_to_nobody(context: BrowserContext, tmp_path: Path) -> None:
    """Whoever leaves the paper and opens it anew sees that; sounds are never loaded for it."""
    picture = '<div class="face" lang="nl"><div class="question">{} <img src="{}"></div></div>'
    sound = '<audio controls src="x.mp3"></audio>'
    slow = study_card("traag", picture.format(sound, "slow.png"), picture.format(sound, "slow.png"))
    cards = [slow, study_card("ja", picture.format("ja", "a.png"), picture.format("ja", "a.png"))]
    files = page_of(tmp_path / "deck", cards)
    write_all({tmp_path / "page" / name: content for name, content in files.items()})
    asked: list[str] = []
    held: list[Route] = []
    with served(tmp_path / "page") as address:
        page = opened(context, address)
        page.evaluate("goOn(page.progress.get(keyOf(deck.cards[1])))")
        page.route("**/slow.png", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot wrap a built-in
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
        page.evaluate("void openPaper('cards')")
        page.wait_for_timeout(200)
        assert page.locator("#print").is_disabled()
        page.evaluate("closePaper()")
        page.evaluate("openPaper('list')")
        assert page.locator("#print").is_enabled()
        assert held
        for route in held:
            route.fulfill(status=404)
        page.wait_for_timeout(200)
        assert page.locator(".entry").count() == 2
        assert page.locator(".sheet").count() == 0
        assert page.inner_text(".entry >> nth=0").startswith("♪")
        assert "x.mp3" not in asked


@pytest.mark.parametrize("size", ["16px", "24px"])
def test_the_size_of_letters_on_paper_is_the_same_for_all(
    context: BrowserContext, site: str, size: str
) -> None:
    """However large somebody has them on the screen."""
    page = opened(context, site)
    page.evaluate("size => (document.documentElement.style.fontSize = size)", size)
    printed(page, "cards")
    font = "getComputedStyle(document.querySelector('.front .question'))"
    zoom = "document.querySelector('.front').style.zoom"
    assert page.evaluate(f"parseFloat({font}.fontSize) * {zoom}") == pytest.approx(16.64)
