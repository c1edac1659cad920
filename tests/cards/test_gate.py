"""The gate: whatever passes it shows in a real Chromium, and in Anki, nothing but a card."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import payloads
import pytest
from playwright.sync_api import Browser, Page, Route
from test_faces import wrappers

from deckwright.anki.learner import learner
from deckwright.anki.package_writer import DeckInfo, write_package
from deckwright.build.rendered_file import render_file
from deckwright.cards.faces import faces
from deckwright.cards.fields import RenderedNote, filled
from deckwright.cards.media import MediaFile
from deckwright.cards.note_types import note_types
from deckwright.problem import errors
from deckwright.release.stamped_notes import StampedNote
from deckwright.site._page_files import ASSETS, page_file
from deckwright.site.preview_page import PreviewCard, PreviewPage, _for_a_page, page_html

TYPES = note_types("proef", "nl")
PICTURE = {"media/een.png": MediaFile(Path("een.png"), "een-0123456789.png")}
# What a page may hold that shows cards, and what the script of this test counts in it.
ELEMENTS = """
    a abbr audio b bdi blockquote br cite code dd del dfn div dl dt em hr i img ins kbd li main mark
    math ol p pre q rp rt ruby s samp section small span strong sub sup table tbody td th thead tr u
    ul var video wbr
"""
COUNT = """([sides, elements]) => {
    const found = [], here = document.createElement("div");
    document.body.append(here);
    for (const side of sides) {
        here.innerHTML = side;
        for (const each of here.querySelectorAll("*")) {
            const math = each.closest("math");
            if (!math && !elements.includes(each.localName)) found.push(each.outerHTML);
            for (const {name, value} of each.attributes) {
                const ours = each.matches("a.hint") && name === "onclick";
                if (name.startsWith("on") && !ours) found.push(each.outerHTML);
                if (name === "href" && !/^(https?|mailto|tel|ftp):|^#$/.test(value))
                    found.push(each.outerHTML);
                if (name === "style" && !math && value !== "display: none")
                    found.push(each.outerHTML);
            }
            each.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
            each.focus?.();
        }
    }
    return found;
}"""


def passed(
    chosen: list[str],
) -> tuple[dict[str, RenderedNote], int]:
    """Return the notes that pass of those with a payload in each role, and how many there were."""
    found: dict[str, RenderedNote] = {}
    count = 0
    for number, payload in enumerate(chosen):
        for role, note in payloads.notes(payload, f"n-{number}").items():
            count += 1
            content = json.dumps({"subdeck": "Deel", "notes": [note]}, ensure_ascii=True)
            rendered = render_file(content.encode(), "1.yaml", "nl")
            wrong = errors([*rendered.reading_problems, *rendered.note_problems])
            if not wrong and all(
                each.source in PICTURE for t in rendered.texts for each in t.media
            ):
                (texts,) = rendered.texts
                found[f"{role} {payload}"] = filled(texts, "Proef", PICTURE)
    return found, count


def sides(notes: dict[str, RenderedNote]) -> Iterator[tuple[str, str]]:
    """Yield front and back of each card."""
    for note in notes.values():
        for number in note.ordinals:
            both = faces(TYPES[note.kind], note, number)
            yield both.front, both.back


@pytest.fixture(scope="module")
def notes() -> dict[str, RenderedNote]:
    """Return what passes of a part of the payloads; `python tests/cards/test_gate.py` has all."""
    return passed(payloads.payloads()[::40])[0]


def watched(browser: Browser, files: dict[str, tuple[str, str]]) -> tuple[Page, list[str]]:
    """Open a site of these files, by name; returns the page, and the list of what it does."""
    page = browser.new_page()
    done: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix("http://here.example/")
        if name not in files and not name.endswith(PICTURE["media/een.png"].name):
            done.append(f"request {route.request.url}")
        body, kind = files.get(name, ("", "image/png"))
        route.fulfill(body=body, content_type=kind)

    page.route("**/*", answer)
    page.expose_function("ran", lambda *_: done.append("script"))
    page.on("dialog", lambda dialog: (done.append("dialog"), dialog.dismiss()))
    page.goto("http://here.example/")
    return page, done


def in_a_page(browser: Browser, shown: list[str]) -> list[str]:
    """Return what a browser makes of sides that is no card: scripts, requests, elements."""
    page, done = watched(browser, {"": ("<p>", "text/html")})
    found: list[str] = []
    for start in range(0, len(shown), 500):
        found += page.evaluate(COUNT, [shown[start : start + 500], ELEMENTS.split()])
    page.wait_for_timeout(300)
    page.close()
    return [*done, *found]


def on_the_site(browser: Browser, notes: dict[str, RenderedNote]) -> list[str]:
    """Return what the exported page does that shows these notes, beside showing them."""
    both = [tuple(map(_for_a_page, each)) for each in sides(notes)]
    cards = tuple(
        PreviewCard(str(number), 1, "Deel", "question", (), front, back, "")
        for number, (front, back) in enumerate(both)
    )
    made = page_html(PreviewPage("Proef", "nl", "", cards), embedded=True)
    assets = {name: (page_file(name), kind) for name, kind in ASSETS.items()}
    page, done = watched(browser, {"": (made, "text/html"), **assets})
    page.wait_for_selector("#list button")
    page.evaluate("deck.cards.forEach(show)")
    page.wait_for_timeout(300)
    page.close()
    return done


def other_than_anki(folder: Path, notes: dict[str, RenderedNote]) -> list[str]:
    """Return the payloads of which Anki shows another card than `faces`, or plays something."""
    info = DeckInfo("proef", "Proef", "", TYPES, dict.fromkeys(TYPES, 1_600_000_000))
    named = {f"guid{number}": each for number, each in enumerate(notes)}
    stamped = [
        StampedNote(notes[each], guid, 1_600_000_000 + number, 1_600_000_000)
        for number, (guid, each) in enumerate(named.items())
    ]
    package = folder / "proef.apkg"
    package.write_bytes(write_package(info, stamped, {}))
    found = []
    with learner(folder / "anki") as anki:
        anki.imports(package)
        for guid, noted in anki.notes().items():
            ours = notes[named[guid]]
            cards = noted.cards()
            for card in cards:
                output = card.render_output()
                theirs = wrappers(output.question_text), wrappers(output.answer_text)
                made = faces(TYPES[ours.kind], ours, card.ord)
                same = theirs == (wrappers(made.front), wrappers(made.back))
                if not same or output.question_av_tags or output.answer_av_tags:
                    found.append(named[guid])
            if len(cards) != len(ours.ordinals):
                found.append(named[guid])
    return found


def test_what_passes_is_a_card_in_chromium(
    browser: Browser, notes: dict[str, RenderedNote]
) -> None:
    """No script, no request, no element or attribute but those of cards: without any policy."""
    assert len(notes) > 300
    assert in_a_page(browser, [side for both in sides(notes) for side in both]) == []


def test_what_passes_does_nothing_on_the_site(
    browser: Browser, notes: dict[str, RenderedNote]
) -> None:
    """All cards, shown one after the other."""
    assert on_the_site(browser, notes) == []


def test_what_passes_is_the_same_in_anki(tmp_path: Path, notes: dict[str, RenderedNote]) -> None:
    """The engine renders just these faces, and plays nothing."""
    assert other_than_anki(tmp_path, notes) == []


def main(every: int) -> int:
    """Try each of `every` payloads in every role, and print what came of it: minutes."""
    from browser import chromium

    chosen = payloads.payloads()[::every]
    notes, count = passed(chosen)
    both = [side for both in sides(notes) for side in both]
    with chromium() as browser, TemporaryDirectory() as folder:
        alone, site = in_a_page(browser, both), on_the_site(browser, notes)
        other = other_than_anki(Path(folder), notes)
    print(f"{len(chosen)} payloads in {count} notes: {len(notes)} passed, {count - len(notes)} not")
    for name, found in {"in a page": alone, "on the site": site, "in Anki": other}.items():
        print(
            f"{name}: {len(found)} of {len(both)} sides do more than show", *found[:20], sep="\n  "
        )
    return bool(alone or site or other)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
