"""The gate: whatever passes it shows in a real Chromium, and in Anki, nothing but a card."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import payloads
import pytest
from engine_faces import without_wrappers
from learner_pages import page_of, study_card
from playwright.sync_api import Browser, Dialog, Page, Route

from deckwright.anki.learner import learner
from deckwright.anki.package_writer import DeckInfo, write_package
from deckwright.build.rendered_file import render_file
from deckwright.cards.faces import faces
from deckwright.cards.fields import RenderedNote, RenderedTexts, filled
from deckwright.cards.gate import gate, gate_deck, says_itself
from deckwright.cards.media import MediaFile
from deckwright.cards.note_types import note_types
from deckwright.problem import Place, errors
from deckwright.release.stamped_notes import StampedNote
from deckwright.site._card_faces import for_a_page
from deckwright.site._page_files import LEARNER_POLICY, POLICY
from deckwright.site.preview_server import LivePreview, preview_server
from deckwright.source.deck import Deck, text_at

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
    """Return what passes of a part of the payloads; `python tests/site/test_gate.py` has all."""
    return passed(payloads.payloads()[::40])[0]


# The media types of what the learner's page consists of.
KINDS = {
    "index.html": "text/html",
    "study.css": "text/css",
    "study.js": "text/javascript",
    "manifest.webmanifest": "application/manifest+json",
    "icon.svg": "image/svg+xml",
    "icon.png": "image/png",
}


def watched(browser: Browser, files: dict[str, tuple[str | bytes, str]]) -> tuple[Page, list[str]]:
    """Open a site of these files, by name; returns the page, and the list of what it does."""
    page = browser.new_page()
    done: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix("http://here.example/").partition("?")[0]
        if name not in files and not name.endswith(PICTURE["media/een.png"].name):
            done.append(f"request {route.request.url}")
        body, kind = files.get(name, ("", "image/png"))
        route.fulfill(body=body, content_type=kind)

    def dismissed(dialog: Dialog) -> None:
        done.append("dialog")
        dialog.dismiss()

    page.route("**/*", answer)
    page.expose_function("ran", lambda *_: done.append("script"))
    page.on("dialog", dismissed)
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


EACH_SIDE = """() => {
    for (page.shown of page.progress.values()) for (isBack of [false, true]) show();
}"""


def opened(
    browser: Browser, folder: Path, both: Iterable[tuple[str, ...]]
) -> tuple[Page, list[str]]:
    """Open the learner's page with cards of these sides, as `watched`."""
    cards = (study_card(f"n{number}", *each) for number, each in enumerate(both))
    files = {name: (body, KINDS[name]) for name, body in page_of(folder, cards).items()}
    page, done = watched(browser, {"": files.pop("index.html"), **files})
    page.wait_for_selector("#show")
    return page, done


def on_the_site(browser: Browser, folder: Path, notes: dict[str, RenderedNote]) -> list[str]:
    """Return what the learner's page does that shows these notes, beside showing them."""
    both = [tuple(map(for_a_page, each)) for each in sides(notes)]
    page, done = opened(browser, folder, both)
    page.evaluate(EACH_SIDE)
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
                theirs = (
                    without_wrappers(output.question_text),
                    without_wrappers(output.answer_text),
                )
                made = faces(TYPES[ours.kind], ours, card.ord)
                same = theirs == (without_wrappers(made.front), without_wrappers(made.back))
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
    browser: Browser, tmp_path: Path, notes: dict[str, RenderedNote]
) -> None:
    """All cards, shown one after the other, front and back."""
    assert on_the_site(browser, tmp_path, notes) == []


def test_what_passes_is_the_same_in_anki(tmp_path: Path, notes: dict[str, RenderedNote]) -> None:
    """The engine renders just these faces, and plays nothing."""
    assert other_than_anki(tmp_path, notes) == []


REFUSED = {
    "one text opens a sound, the next one closes it": {"answer": "[sound:x", "source": "y]"},
    "a directive that ends": {"answer": "x [/anki:tts] y"},
    "a box to type in": {"answer": "[[type:Antwoord]]"},
    "a formula past a <wbr>": {"answer": r"\(\href{javascript:ran(1)}{x}\)"},
    "a character that is none": {"answer": "x &#0; y"},
    "half of a pair": {"answer": "x &#xd800; y"},
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_anki_would_run_is_refused(what: str) -> None:
    """Also where it takes two texts, or Anki's own way of reading, to run it."""
    note = {"id": "een", "question": "Wat is dit?", "answer": "Dit.", **REFUSED[what]}
    content = json.dumps({"subdeck": "Deel", "notes": [note]})
    assert errors(list(render_file(content.encode(), "1.yaml", "nl").note_problems))


def _texts(**html: str) -> RenderedTexts:
    """Return a question with this HTML in it, as if all that stands before the gate had let it."""
    note = {"id": "een", "question": "Wat is dit?", **dict.fromkeys(html, "x")}
    content = json.dumps({"subdeck": "Deel", "notes": [{"answer": "Dit.", **note}]})
    (texts,) = render_file(content.encode(), "1.yaml", "nl").texts
    return replace(texts, html=html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>ran(1)</script>",
        "<b onclick=ran(1)>x</b>",
        '<b lang="nl">x</b>',
        '<b title="x">x</b>',
        '<b onclick="ran(1)">x</b>',
        '<a href="javascript:ran(1)">x</a>',
        '<a href="/x">x</a>',
        '<img alt="x" src="https://evil.example/x">',
        '<img alt="x" src="media/twee.png">',
        '<p style="color:red">x</p>',
        '<p class="face">x</p>',
        '<div id="x">x</div>',
        '<td align="x">x</td>',
        "</div><b>x",
        "<b>x",
        "x</p></div></main>",
        "<!-- x -->",
        "<svg></svg>",
        "<tr><td>x</td></tr>",
        r"\(\href{javascript:ran(1)}{x}\)",
        r"\<wbr>(\href{javascript:ran(1)}{x}\<wbr>)",
        "[sound:een.mp3]",
        "[latex]",
    ],
)
def test_the_gate_holds_alone(html: str) -> None:
    """Each is refused at its text, whatever stands before the gate; in any text."""
    for role in ("question", "answer", "hint", "source"):
        texts = _texts(**{role: html})
        found = gate(texts, "nl")
        assert [each.place for each in found] == [texts.note.texts()[role].at(0)]
        assert found[0].code in {"html-not-allowed", "media-outside"}


@pytest.mark.parametrize("more", ["{{c2::x}}", "{{c1::x}}", "{{c1,2::x}}"])
def test_no_gap_comes_up_that_nobody_typed(more: str) -> None:
    """Whatever stands before the gate lets one through: its card would have no author."""
    content = {"subdeck": "D", "notes": [{"id": "n", "cloze": "Een {{c1::gat}}."}]}
    (texts,) = render_file(json.dumps(content).encode(), "1.yaml", "nl").texts
    assert gate(texts, "nl") == []
    changed = replace(texts, html={"cloze": "Een {{c1::gat}}. " + more})
    assert len(gate(changed, "nl")) == 1


def test_the_gate_lets_through_what_cards_hold() -> None:
    """Our own templates, gaps, hints, pictures and formulas."""
    fine = '<p>x</p>\n<ul>\n<li><a href="https://a.nl/?a=1&amp;b" title="y">z</a></li>\n</ul>'
    for role in ("question", "answer", "hint", "source", "theme", "case", "explanation"):
        assert gate(_texts(**{role: fine}), "nl") == []
        assert gate(_texts(**{role: r"\(x &lt; \sqrt{2}\) en een&nbsp;\<b></b>("}), "nl") == []


@pytest.mark.parametrize(
    ("name", "fine"),
    {
        "R&D": True, "a < b": True, "<3": True, "A & B": True, "a > b": True, "x;y": True,
        "R&amp;D": False, "&lt;b&gt;": False, "<b>": False, "a<!--": False, "<img/src=x>": False,
        "</p>": False, "&copy": False, "&#60;": False, "<?x": False,
    }.items(),
)  # fmt: skip
def test_a_name_says_itself(browser: Browser, name: str, *, fine: bool) -> None:
    """To the gate as to a browser that took it for HTML."""
    assert says_itself(name) is fine
    page = browser.new_page()
    page.set_content("<p></p>")
    shown = page.evaluate("n => {const p = document.querySelector('p'); p.innerHTML = n;"
                          "return p.children.length ? null : p.textContent}", name)  # fmt: skip
    page.close()
    assert (shown == name) is fine


def test_words_of_a_picture_are_not_its_file(tmp_path: Path) -> None:
    """Anki changes none of them when it imports."""
    shown = {}
    for alt in ("Zie data=x:y en src=z.", 'Zie src="a" hier.', "SRC=x", "metadata=1"):
        content = {"subdeck": "D", "notes": [payloads.notes(alt, "n")["alt"]]}
        rendered = render_file(json.dumps(content).encode(), "1.yaml", "nl")
        assert not errors(list(rendered.note_problems))
        shown[alt] = filled(rendered.texts[0], "Proef", PICTURE)
    assert other_than_anki(tmp_path, shown) == []


def test_a_card_shows_only_the_files_that_it_packs() -> None:
    """The names in the package are known late: what shows another one is refused."""
    place = Place("deck.yaml")
    about = (text_at(value, place) for value in ("Proef", "proef", "nl", "Kaarten."))
    name, key, code, description = about
    deck = Deck(name=name, key=key, language=code, description=description)
    content = {"subdeck": "D", "notes": [payloads.notes("Een zaag.", "n")["alt"]]}
    (texts,) = render_file(json.dumps(content).encode(), "1.yaml", "nl").texts
    note = filled(texts, "Proef", PICTURE)
    assert list(gate_deck(deck, (texts,), [note])) == []
    assert len(list(gate_deck(deck, (texts,), [replace(note, media=())]))) == 1


def test_every_page_has_the_policy(tmp_path: Path) -> None:
    """The live page, what is not there, what is refused, and the learner's page; none is weaker."""
    live = LivePreview(tmp_path, lambda last: last)
    server = preview_server(live, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    asked = [("GET", "/"), ("GET", "/preview.js"), ("GET", "/x"), ("POST", "/"), ("GET", "//[x")]
    try:
        for method, path in asked:
            connection = HTTPConnection("127.0.0.1", server.server_port)
            connection.request(method, path)
            assert POLICY in connection.getresponse().headers["Content-Security-Policy"]
            connection.close()
    finally:
        server.shutdown()
        server.server_close()
    html = page_of(tmp_path, [])["index.html"].decode()
    assert f'http-equiv="Content-Security-Policy" content="{LEARNER_POLICY}"' in html
    theirs, ours = (set(each.split("; ")) for each in (POLICY, LEARNER_POLICY))
    assert (theirs - ours, ours - theirs) == ({"connect-src 'self'"}, {"manifest-src 'self'"})


def test_the_learners_page_runs_nothing_even_if_a_card_did(
    browser: Browser, tmp_path: Path
) -> None:
    """Its policy stops what the gate would not have let through."""
    face = (
        "<img src=x onerror=ran(1)><iframe src=https://evil.example></iframe>"
        "<img src=https://evil.example/x><link rel=stylesheet href=https://evil.example/x>"
    )
    page, done = opened(browser, tmp_path, [(face, face)])
    page.evaluate(EACH_SIDE)
    page.wait_for_timeout(300)
    page.close()
    assert [each for each in done if not each.endswith("here.example/x")] == []


def main(every: int) -> int:
    """Try each of `every` payloads in every role, and print what came of it: minutes."""
    from browser import chromium

    chosen = payloads.payloads()[::every]
    notes, count = passed(chosen)
    both = [side for both in sides(notes) for side in both]
    with chromium() as browser, TemporaryDirectory() as folder:
        alone, site = in_a_page(browser, both), on_the_site(browser, Path(folder), notes)
        other = other_than_anki(Path(folder), notes)
    print(f"{len(chosen)} payloads in {count} notes: {len(notes)} passed, {count - len(notes)} not")
    for name, found in {"in a page": alone, "on the site": site, "in Anki": other}.items():
        print(
            f"{name}: {len(found)} of {len(both)} sides do more than show", *found[:20], sep="\n  "
        )
    return bool(alone or site or other)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
