"""The page on which learners study: its HTML, its script and what it needs without a network."""

import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from string import Template
from urllib.parse import quote

from deckwright.build.plan import ReadyDeck
from deckwright.cards.fields import description
from deckwright.site._page_files import LEARNER_POLICY, page_bytes, page_file
from deckwright.site._study_deck import StudyDeck, study_deck
from deckwright.words.language import language

# What the page runs, in this order: each file uses those before it.
SCRIPTS = (
    "face.js",
    "learner/report.js",
    "learner/memory.js",
    "learner/schedule.js",
    "learner/progress.js",
    "learner/queue.js",
    "learner/store.js",
    "learner/progress_file.js",
    "learner/spans.js",
    "learner/news.js",
    "learner/offline.js",
    "learner/page.js",
    "learner/today.js",
    "learner/foot.js",
    "learner/aloud.js",
    "learner/paper.js",
    "learner/card.js",
    "learner/controls.js",
)
_SIDE = "#fbfaf7"  # the ground of the cards, in light mode


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page links to: packages by name, and the HTML of a QR code; "" without one."""

    package: str
    clean_up: str = ""
    code: str = ""


def learner_page(ready: ReadyDeck, offered: Offered) -> dict[str, bytes]:
    """Return the files of the page by name, without media and packages."""
    names = ("study.css", "icon.svg", "icon.png")
    files = {name: page_bytes(f"learner/{name}") for name in names}
    files["study.js"] = "\n".join(page_file(name) for name in SCRIPTS).encode()
    html = learner_html(ready, study_deck(ready), offered, _version(files))
    return {**files, "manifest.webmanifest": _manifest(ready), "index.html": html}


def service_worker(ready: ReadyDeck, files: dict[str, bytes]) -> bytes:
    """Return the script that keeps these files of the site without a network, by name."""
    version = _version(files)
    names = ["./" if name == "index.html" else name for name in files]
    asked = [f"{name}?{version}" if name.startswith("study.") else name for name in names]
    contents = [part for name in sorted(files) for part in (name.encode(), files[name])]
    text = Template(page_file("learner/sw.js")).substitute(
        deck=ready.deck.key.value, version=_digest(*contents), files=json.dumps(asked)
    )
    return text.encode()


def learner_html(ready: ReadyDeck, study: StudyDeck, offered: Offered, version: str = "") -> bytes:
    """Return the HTML of the page; `version` tells a browser that its script or style is new."""
    words, parts = language(study.language).learner, study.parts
    options = [f"<option>{escape(name)}</option>" for name in parts]
    html = Template(page_file("learner/page.html")).substitute(
        words,
        policy=LEARNER_POLICY,
        version=version,
        title=escape(ready.deck.name.value),
        search=_search(ready.deck.name.value),
        data=study.json(),
        one_part=" hidden" if len(parts) == 1 else "",
        parts="".join(options),
        package=offered.package,
        clean_up=_clean_up(words, offered.clean_up),
        news=_news(words) if study.release > 1 else "",
        code=_section(words["elsewhere"], offered.code) if offered.code else "",
        description=f'<div lang="{ready.deck.language.value}">{description(ready.deck)}</div>',
    )
    return html.encode(errors="backslashreplace")


def _search(deck: str) -> str:
    """Return what finds the cards of a deck in Anki, as a part of an address."""
    return quote('deck:"{}"'.format(re.sub(r"([\\*_])", r"\\\1", deck)), safe="")


def _clean_up(words: dict[str, str], name: str) -> str:
    if not name:
        return ""
    return f'<p>{words["clean_up_why"]} <a href="{name}" download>{words["clean_up"]}</a></p>'


def _news(words: dict[str, str]) -> str:
    choice = f'<p><label for="since">{words["since"]}</label> <select id="since"></select></p>'
    return _section(words["news"], f'{choice}\n<div id="changes" aria-live="polite"></div>')


def _section(title: str, html: str) -> str:
    return f"<details>\n<summary>{title}</summary>\n{html}\n</details>"


def _manifest(ready: ReadyDeck) -> bytes:
    name = ready.deck.name.value
    data = {
        "name": name,
        "short_name": name,
        "lang": ready.deck.language.value,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": _SIDE,
        "theme_color": _SIDE,
        "icons": [
            {"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "icon.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
        ],
    }
    return json.dumps(data, ensure_ascii=False).encode(errors="backslashreplace")


def _version(files: dict[str, bytes]) -> str:
    return _digest(files["study.css"], files["study.js"])


def _digest(*contents: bytes) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]
