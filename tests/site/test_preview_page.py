"""The preview never lies: it shows what Anki shows, follows the files, and keeps strangers out."""

import statistics
import time
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from author import Author
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from real_deck import CARDS
from serving import front, opened

from deckwright.problem import in_order
from deckwright.site._card_faces import for_a_page
from deckwright.site.preview_page import preview_page


def test_the_page_shows_finds_and_filters(browser: Browser, tmp_path: Path) -> None:
    """Arrows walk, space hides the back, search and filters narrow, a hint opens."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "Nee."
    author.save()
    with opened(browser, author.cards) as page:
        assert front(page) == "Wat is een?"
        page.keyboard.press("ArrowRight")
        assert front(page) == "Wat is twee? Hint Meer."
        hint = page.locator("#front a.hint")
        hint.click()
        assert not hint.is_visible()
        assert page.locator("#front div.hint").is_visible()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        assert front(page) == "Wat is een?"
        page.keyboard.press(" ")
        assert not page.locator("#back").is_visible()
        page.locator("#list button").nth(1).click()  # the keys go on from a card that was clicked
        assert front(page) == "Wat is twee? Hint Meer."
        page.keyboard.press(" ")
        assert page.locator("#back").is_visible()
        page.keyboard.press("ArrowUp")
        page.keyboard.press(" ")
        assert not page.locator("#back").is_visible()
        assert front(page) == "Wat is een?"
        page.fill("#search", "paars")
        assert page.locator("#list button").count() == 2
        page.fill("#search", "")
        page.select_option("#tag", "rij::a")
        assert page.locator("#list button").count() == 1
        page.select_option("#tag", "")
        page.select_option("#kind", "cloze")
        assert page.locator("#list button").count() == 3
        page.select_option("#kind", "")
        page.check("#wrong")
        assert page.locator("#list button").all_text_contents() == ["Wat is een?"]
        assert "1-deel.yaml:5:11" in page.locator("#problems").inner_text()
        page.select_option("#width", "320")
        assert page.locator("#front").evaluate("e => e.clientWidth") == 320
        page.check("#dark")
        colour = page.locator("#front .card").evaluate("e => getComputedStyle(e).backgroundColor")
        assert colour == "rgb(25, 28, 31)"


def test_both_cards_of_a_note_are_shown(browser: Browser, tmp_path: Path) -> None:
    """The second card stands in the list by its answer, and the filter knows such notes."""
    author = Author(tmp_path)
    author.note("een")["reverse"] = True
    author.save()
    with opened(browser, author.cards) as page:
        assert page.locator("#list button").all_text_contents()[:2] == ["Wat is een?", "Een getal."]
        page.keyboard.press("ArrowRight")
        assert front(page) == "Bij welke vraag hoort dit? Een getal."
        back = page.evaluate('document.querySelector("#back").shadowRoot.textContent')
        assert " ".join(back.split()).endswith("Een getal. Wat is een?")
        page.select_option("#kind", "reverse")
        assert page.locator("#list button").count() == 2
        page.select_option("#kind", "question")
        assert page.locator("#list button").all_text_contents() == ["Wat is twee?"]


def test_saving_shows_within_a_second(browser: Browser, tmp_path: Path) -> None:
    """Twenty edits: the median time from save to the changed page is under a second."""
    author = Author(tmp_path)
    author.save()
    times = []
    with opened(browser, author.cards) as page:
        for number in range(20):
            author.note("een")["question"] = f"Wat is nummer {number}?"
            start = time.perf_counter()
            author.save()
            page.locator("#front .question", has_text=f"nummer {number}?").wait_for()
            times.append(time.perf_counter() - start)
    print(f"median {statistics.median(times):.3f} s, longest {max(times):.3f} s")  # noqa: T201
    assert statistics.median(times) < 1


def test_a_broken_file_keeps_the_last_good_cards(
    browser: Browser,
    tmp_path: Path,
) -> None:
    """A slip of the hand shows its problem; the cards stay, and change once it is corrected."""
    author = Author(tmp_path)
    author.save()
    file = author.cards / "1-deel.yaml"
    good = file.read_text("utf-8")
    with opened(browser, author.cards) as page:
        file.write_text(good.replace("question: Wat is een?", 'question: "Wat is een?'), "utf-8")
        page.wait_for_selector("#problems p")
        assert "a quote is opened and not closed" in page.locator("#problems").inner_text()
        assert page.locator("#list button").count() == 5
        file.write_text(good.replace("Wat is een?", "Wat is nul?"), "utf-8")
        page.wait_for_selector("#problems p", state="detached")
        assert front(page) == "Wat is nul?"


def test_problems_are_in_order_each_once_in_the_language_asked_for(tmp_path: Path) -> None:
    """Those of a plan with errors, and those of the cards it shows."""
    author = Author(tmp_path)
    author.note("een")["answer"] = author.note("twee")["answer"] = "Nee."
    plan = author.plan()
    assert len(plan.problems) > 1
    good = preview_page(plan, code="nl")
    twice = replace(plan, problems=[*reversed(plan.problems), *plan.problems])
    assert preview_page(twice, code="nl") == good
    wrong = preview_page(replace(twice, ready=None), good, code="nl")
    assert [line.partition(": ")[0].rpartition("/")[2] for line in wrong.problems] == [
        f"1-deel.yaml:{each.place.line}:{each.place.col}" for each in in_order(plan.problems)
    ]
    assert len(set(wrong.problems)) == len(wrong.problems)
    assert all("een ja/nee-vraag" in line or "antwoord" in line for line in wrong.problems)


def test_after_a_save_only_the_cards_are_made_that_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are as they were; what did change is shown as it is now."""
    author = Author(tmp_path)
    preview_page(author.plan())
    made: list[str] = []

    def noted(face: str) -> str:
        made.append(for_a_page(face))
        return made[-1]

    monkeypatch.setattr("deckwright.site.preview_page.for_a_page", noted)
    author.note("een")["answer"] = "Iets **anders**."
    page = preview_page(author.plan())
    assert "Iets <strong>anders</strong>" in page.cards[0].back
    assert made == [page.cards[0].front, page.cards[0].back]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, width: int, scheme: Literal["light", "dark"]) -> None:
    """Small and large: no violation, no sideways scroll."""
    with opened(browser, CARDS, color_scheme=scheme) as page:
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
    assert wide <= width


FILM = """() => new Promise((done) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const brush = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  recorder.ondataavailable = (event) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(event.data);
  };
  recorder.start();
  let turns = 0;
  const timer = setInterval(() => {
    brush.fillStyle = ["red", "blue"][turns % 2];
    brush.fillRect(0, 0, 64, 48);
    if (++turns > 10) { clearInterval(timer); recorder.stop(); }
  }, 40);
})"""


def test_videos_play_and_pictures_in_folders_are_followed(browser: Browser, tmp_path: Path) -> None:
    """A film is a film, not a sound; and a drawing in a folder is shown anew when it is saved."""
    author = Author(tmp_path)
    recording = browser.new_page()
    film = b64decode(recording.evaluate(FILM))
    recording.close()
    drawing = author.cards / "media" / "week" / "x.svg"
    drawing.parent.mkdir(parents=True)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9"></svg>'
    drawing.write_text(svg.format(20))
    (drawing.parent / "film.webm").write_bytes(film)
    author.note("een")["answer"] = "![Een vlak](media/week/x.svg) ![Een film](media/week/film.webm)"
    author.save()
    with opened(browser, author.cards) as page:

        def wide(element: str, wanted: int) -> bool:
            """Return whether this is so wide, within five seconds."""
            for _ in range(50):
                shown = page.locator(f"#back {element}")
                if shown.evaluate("e => e.naturalWidth || e.videoWidth") == wanted:
                    return True
                page.wait_for_timeout(100)
            return False

        assert wide("video", 64)
        assert wide("img", 20)
        drawing.write_text(svg.format(30))
        assert wide("img", 30)
