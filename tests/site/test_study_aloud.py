"""Reading aloud, by a voice that a real Chromium takes for one of its device."""

import json
from collections.abc import Iterator
from pathlib import Path

import browser as chromium
import pytest
from learner_pages import answers, opened, page_of, served, study_card, until
from playwright.sync_api import BrowserContext, Page, sync_playwright

from deckwright.disk.writing import write_all

# An extension with voices: it notes what it is to say, and never ends where it says "blijft".
MANIFEST = {
    "manifest_version": 3,
    "name": "stem",
    "version": "1",
    "permissions": ["ttsEngine"],
    "background": {"service_worker": "voice.js"},
}
VOICE = """
    globalThis.said = [];
    chrome.ttsEngine.onSpeak.addListener((text, options, send) => {
        said.push(text);
        send({type: "start", charIndex: 0});
        if (!text.includes("blijft")) send({type: "end", charIndex: text.length});
    });
    chrome.ttsEngine.onStop.addListener(() => said.push("(stop)"));
"""
FACE = '<div class="face" lang="nl"><p class="theme">Thema</p>{}</div>'
QUESTION = '<div class="question">{}</div>'
ANSWER = QUESTION + '<section id="answer"><div class="answer">{}</div>{}</section>'


class Voice:
    """A browser with a voice, and what it was asked to say."""

    def __init__(self, context: BrowserContext) -> None:
        """Wait until the voice is there."""
        self.context = context
        self._worker = (context.service_workers or [context.wait_for_event("serviceworker")])[0]

    def said(self, page: Page, count: int) -> list[str]:
        """Return so many sentences, and forget them."""
        for _ in range(200):
            if len(found := list(self._worker.evaluate("said"))) >= count:
                break
            page.wait_for_timeout(20)
        self._worker.evaluate("said.length = 0")
        return found


@pytest.fixture(params=[[("nl-NL", False)]])
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Voice]:
    """Return a browser with voices: their languages, and whether they send the text elsewhere."""
    folder = tmp_path / "voice"
    folder.mkdir()
    events = ["start", "end", "error"]
    voices = [
        {"voice_name": f"Stem {lang}", "lang": lang, "remote": remote, "event_types": events}
        for lang, remote in request.param
    ]
    manifest = MANIFEST | {"tts_engine": {"voices": voices}}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "voice.js").write_text(VOICE, "utf-8")
    extension = [f"--load-extension={folder}", f"--disable-extensions-except={folder}"]
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium.path(),
            headless=False,
            args=["--headless=new", "--no-sandbox", *extension],
        )
        yield Voice(context)
        context.close()


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[str]:
    """Return the address of a page with a card of each kind that is said in a way of its own."""
    hint = '<div class="clue"><a class="hint">Hint</a><div class="hint" style="display: none">'
    asked = QUESTION.format("Wat is <b>één</b>? Noem het.") + hint + "Klein.</div></div>"
    question = FACE.format(asked)
    listed = "<p>Eerst:</p><ul><li>lijn</li><li>kleur <code>x</code></li></ul>"
    more = '<div class="explanation">Dat blijft zo.</div><p class="source">Bron</p>'
    back = FACE.format(ANSWER.format("Wat?", listed, more))
    cloze = '<div class="sentence">{} en <span class="cloze">{}</span> van <span class="cloze">{}'
    gaps = FACE.format(cloze.format("Rood", "[...]", "[een kleur]") + "</span></div>")
    filled = FACE.format(cloze.format("Rood", "blauw", "paars") + "</span></div>")
    square = "<msup><mi>x</mi><mn>2</mn></msup>"
    formula = f"<math>{square}<mo>=</mo><mfrac><mi>a</mi><mn>3</mn></mfrac></math>"
    formula = FACE.format(QUESTION.format(f'Geldt {formula}? <img src="x.png" alt="een driehoek">'))
    files = page_of(
        tmp_path / "deck",
        [
            study_card("vraag", question, back),
            study_card("gaten", gaps, filled),
            study_card("formule", formula, formula),
        ],
    )
    write_all({tmp_path / "page" / name: content for name, content in files.items()})
    with served(tmp_path / "page") as address:
        yield address


def test_each_side_is_said_when_asked_for(voice: Voice, cards: str) -> None:
    """Never by itself; without theme and source; gaps, formulas and pictures in words."""
    page = opened(voice.context, cards)
    button = page.locator("#aloud")
    button.wait_for(state="visible")
    page.wait_for_timeout(300)
    assert voice.said(page, 0) == []
    button.click()
    assert voice.said(page, 1) == ["Wat is één? Noem het."]
    until(page, "!utterances.length")
    page.locator("a.hint").click()
    button.click()
    assert voice.said(page, 2) == ["Wat is één? Noem het.", "Klein."]
    until(page, "!utterances.length")
    assert button.inner_text() == "Lees voor"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    page.keyboard.press("r")
    assert voice.said(page, 4) == ["Eerst:", "lijn", "kleur x", "Dat blijft zo."]
    spoken = page.evaluate("utterances.map(({ lang, voice }) => `${lang} ${voice.name}`)")
    assert spoken == ["nl Stem nl-NL"] * 4
    answers(page, 4)
    page.keyboard.press("r")
    assert voice.said(page, 2)[-1:] == ["Rood en open plek van open plek: een kleur"]
    page.keyboard.press(" ")
    page.keyboard.press("r")
    assert voice.said(page, 1) == ["Rood en blauw van paars"]
    answers(page, 4)
    page.keyboard.press("r")
    assert voice.said(page, 1) == ["Geldt x kwadraat is a gedeeld door 3 ? een driehoek"]


def reading_a_back(voice: Voice, cards: str) -> Page:
    """Open the page and have the first back read, which is not done until it is stopped."""
    page = opened(voice.context, cards)
    page.locator("#aloud").wait_for(state="visible")
    page.keyboard.press(" ")
    page.keyboard.press("r")
    voice.said(page, 4)
    return page


def test_it_ends_with_its_side(voice: Voice, cards: str) -> None:
    """By the same button, and when the card is answered."""
    page = reading_a_back(voice, cards)
    assert page.inner_text("#aloud") == "Stop"
    page.keyboard.press("r")
    assert voice.said(page, 1) == ["(stop)"]
    assert page.inner_text("#aloud") == "Lees voor"
    page.keyboard.press("r")
    voice.said(page, 4)
    page.keyboard.press("4")
    assert voice.said(page, 1) == ["(stop)"]
    until(page, "page.answers.length === 1")
    assert not page.evaluate("speechSynthesis.speaking || speechSynthesis.pending")


def test_it_ends_when_the_page_is_left(voice: Voice, cards: str) -> None:
    """Whoever goes to another app does not want to hear it."""
    page = reading_a_back(voice, cards)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert voice.said(page, 1) == ["(stop)"]


@pytest.mark.parametrize("voice", [[("fr-FR", False)], [("nl-NL", True)]], indirect=True)
def test_no_other_voice_says_it(voice: Voice, cards: str) -> None:
    """Neither a voice of another language, nor one that first sends the text elsewhere."""
    page = opened(voice.context, cards)
    until(page, "speechSynthesis.getVoices().length")
    page.wait_for_timeout(100)
    assert not page.locator("#aloud").is_visible()
    page.keyboard.press("r")
    page.wait_for_timeout(300)
    assert voice.said(page, 0) == []


@pytest.mark.parametrize(
    ("voice", "names"), [([("nl-BE", False), ("nl-NL", False)], ["nl-NL", "nl-BE"])],
    indirect=["voice"],
)  # fmt: skip
def test_the_voice_of_the_very_language(voice: Voice, cards: str, names: list[str]) -> None:
    """Of two kinds of one language, that of the card comes first."""
    page = opened(voice.context, cards)
    until(page, "speechSynthesis.getVoices().length === 2")
    assert [page.evaluate(f"voiceFor('{name}').lang") for name in names] == names
    assert page.evaluate("voiceFor('nl').lang") in names


def test_it_is_offered_for_the_card_that_is_shown(voice: Voice, tmp_path: Path) -> None:
    """A card in French, among Dutch ones, has no voice here."""
    sides = [
        FACE.replace('"nl"', f'"{code}"').format(QUESTION.format("?")) for code in ("nl", "fr")
    ]
    cards = [study_card(str(n), sides[n % 2], sides[n % 2]) for n in range(3)]
    files = page_of(tmp_path / "deck", cards)
    write_all({tmp_path / "page" / name: content for name, content in files.items()})
    with served(tmp_path / "page") as address:
        page = opened(voice.context, address)
        page.locator("#aloud").wait_for(state="visible")
        offered = []
        for _ in cards:
            offered.append(page.locator("#aloud").is_visible())
            answers(page, 4)
    assert offered == [True, False, True]
