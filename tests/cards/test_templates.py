"""Every card of the real deck on phones: no sideways scroll, contrast, nothing jumps, it fits."""

import re
from base64 import b64encode
from typing import Any

import pytest
from playwright.sync_api import Browser
from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.cards.faces import faces
from deckwright.cards.note_types import note_types

SHELL = '<!doctype html><html><meta name="viewport" content="width=device-width">'

# For each text on the page: its colour against what lies behind it, as WCAG 2.1 counts contrast.
CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const c = parse(getComputedStyle(node).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = { text: 99, chip: 99 };
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest("style")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const kind = node.closest(".cloze") ? "chip" : "text";
    least[kind] = Math.min(least[kind], ratio);
  }
  return least;
}"""

# The lightest and the darkest point of a picture, and its contrast.
SEEN = """async (source) => {
  const image = new Image(); image.src = source; await image.decode();
  const [w, h] = [image.naturalWidth, image.naturalHeight];
  const canvas = new OffscreenCanvas(w, h).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const data = canvas.getImageData(0, 0, w, h).data, lights = [];
  for (let i = 0; i < data.length; i += 4) lights.push([0, 1, 2]
    .map((n) => data[i + n] / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0));
  return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
}"""

PLACES = """() => [...document.querySelectorAll(".face > :not(#answer)")]
  .map((e) => { const r = e.getBoundingClientRect(); return [e.className, r.x, r.y, r.width]; })"""


def all_cards() -> tuple[str, list[tuple[str, str, str]]]:
    """Return the style, and name, front and back of every card."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.ready
    types = planned.ready.types
    pictures = {
        file.name: f"data:image/svg+xml;base64,{b64encode(file.path.read_bytes()).decode()}"
        for file in planned.ready.media.values()
    }

    def drawn(side: str) -> str:
        return re.sub(r'(?<=src=")[^"]+', lambda source: pictures[source[0]], side)

    cards = []
    for note in (stamped.note for stamped in planned.ready.release.notes):
        for number in note.ordinals:
            sides = faces(types[note.kind], note, number)
            cards.append((note.id, drawn(sides.front), drawn(sides.back)))
    return types["question"].css, cards


def shown(page: Any, css: str, html: str, *, dark: bool) -> None:
    """Put a card onto the page as clients do."""
    night = " nightMode night_mode" if dark else ""
    page.set_content(f'{SHELL}<style>{css}</style><body class="card{night}">{html}</body></html>')
    page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_every_card(browser: Browser, width: int, *, dark: bool) -> None:
    """Each front and back: nothing to scroll sideways, contrast 7 and 4.5, the front stays put."""
    css, cards = all_cards()
    page = browser.new_page(viewport={"width": width, "height": 844})
    tall = []
    for name, front, back in cards:
        shown(page, css, front, dark=dark)
        before = page.evaluate(PLACES)
        for side in (front, back):
            shown(page, css, side, dark=dark)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px wide"
            least = page.evaluate(CONTRAST)
            assert least["text"] >= 7, f"{name}: contrast {least}"
            assert least["chip"] >= 4.5, f"{name}: contrast {least}"
        # What was on the front (the gap opens, so its sentence may get longer) begins where it was.
        after = page.evaluate(PLACES)[: len(before)]
        assert [place[:3] for place in after] == [place[:3] for place in before], name
        if page.evaluate("document.documentElement.scrollHeight") > 844:
            tall.append(name)
    page.close()
    if width == 390:
        assert len(tall) <= 0.05 * len(cards), tall


@pytest.mark.parametrize("width", [320, 390])
def test_double_text_does_not_scroll_sideways(browser: Browser, width: int) -> None:
    """At 200% text, as some learners set their phone, each card still fits in its width."""
    css, cards = all_cards()
    page = browser.new_page(viewport={"width": width, "height": 844})
    for name, _, back in cards:
        shown(page, f"html{{font-size:200%}}{css}", back, dark=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


LINES = {
    "black": '<path d="M2 20h36" stroke="#000" stroke-width="9"/>',
    "no colour given": '<path d="M2 2h36v36h-36z"/>',
    "currentColor": '<path d="M2 20h36" stroke="currentColor" stroke-width="9"/>',
    "a text": '<text x="2" y="30" font-size="30">W</text>',
    "nearly black": '<circle cx="20" cy="20" r="9" style="fill:#1d1d1b"/>',
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_drawing_on_nothing_is_seen(
    browser: Browser, name: str, kind: str, *, dark: bool
) -> None:
    """Black lines without a ground, as nearly every program draws them, in light and in dark."""
    css = all_cards()[0]
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{LINES[name]}</svg>'
    content = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
    page = browser.new_page(viewport={"width": 320, "height": 400})
    if kind == "png":
        page.set_content(f'<body style="margin:0;background:transparent"><img src="{content}">')
        png = page.locator("img").screenshot(omit_background=True)
        content = f"data:image/png;base64,{b64encode(png).decode()}"
    shown(page, css, f'<main class="face"><p><img src="{content}"></p></main>', dark=dark)
    picture = b64encode(page.locator("img").screenshot()).decode()
    assert page.evaluate(SEEN, f"data:image/png;base64,{picture}") >= 7
    page.close()


def test_a_photo_and_a_wide_picture_keep_their_size(browser: Browser) -> None:
    """A photo has no frame; the ground of what is as wide as the card scrolls nothing sideways."""
    css = all_cards()[0]
    page = browser.new_page(viewport={"width": 320, "height": 400})
    pixel = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='900' height='9'/>"
    html = f'<p><img src="{pixel}"></p><img src="x.jpg" width="40" height="40">'
    html = f'<body class="card nightMode"><main class="face">{html}</main></body></html>'
    page.set_content(f"{SHELL}<style>{css}</style>{html}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    width = "e => e.getBoundingClientRect().width"
    assert page.locator("img").nth(0).evaluate(width) <= page.locator("p").evaluate(width)
    framed = "e => getComputedStyle(e).padding"
    assert [page.locator("img").nth(n).evaluate(framed) for n in (0, 1)] == ["8px", "0px"]
    page.close()


def test_a_fingerprint_is_what_ledgers_hold() -> None:
    """Sixteen digits: of another length, every note type would count as changed, and be sent."""
    for each in note_types("proef", "nl").values():
        assert re.fullmatch("[0-9a-f]{16}", each.fingerprint)
        assert re.fullmatch("[0-9a-f]{16}", each.shape)
