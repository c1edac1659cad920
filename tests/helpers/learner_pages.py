"""The learner's page: of cards of a test's own making, or of a site that was written."""

import functools
import io
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from author import Author
from playwright.sync_api import BrowserContext, Error, Page
from serving import shown_text

from deckwright.build.packages import package_bytes
from deckwright.build.plan import ReadyDeck
from deckwright.build.releasing import clean_up
from deckwright.disk.writing import write_all
from deckwright.site._learner_page import Offered, learner_html, learner_page
from deckwright.site._study_deck import StudyCard, study_deck
from deckwright.site.learner_site import site_files


def study_card(name: str, front: str, back: str) -> StudyCard:
    """Return a card with these faces, whatever stands on them."""
    return StudyCard(name, 1, name, "Deel", 0, front, back)


def page_of(
    folder: Path, cards: Iterable[StudyCard], ready: ReadyDeck | None = None
) -> dict[str, bytes]:
    """Return the files of a page that shows these cards; `folder` is for a deck to be made in."""
    ready = ready or Author(folder).releases().ready
    offered = Offered("proef.apkg")
    study = replace(study_deck(ready), cards=tuple(cards))
    return learner_page(ready, offered) | {"index.html": learner_html(ready, study, offered)}


def write_site(ready: ReadyDeck, folder: Path) -> None:
    """Write the site of a deck."""
    package = package_bytes(ready)
    write_all(site_files(ready, folder, package=package, cleanup=clean_up(ready)))


# Ten in the morning, in winter.
MORNING = "2026-12-01T10:00:00+01:00"
_WATCH = """
    window.errors = [];
    addEventListener("error", (event) => errors.push(event.message));
    addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
"""
_PATIENCE = 30  # seconds


def opened(context: BrowserContext, address: str, at: str | int = MORNING) -> Page:
    """Open the page at a moment of the learner's; an error in its scripts is one of the test."""
    page = context.new_page()
    page.clock.set_fixed_time(at)
    page.add_init_script(_WATCH)
    page.goto(address)
    until(page, "errors.length > 0 || page.store && (page.shown || !$('done').hidden)")
    assert not page.evaluate("errors"), page.evaluate("errors")
    return page


def until(page: Page, expression: str) -> None:
    """Wait until something is true on the page; its policy forbids Playwright's own way."""
    end, found = time.monotonic() + _PATIENCE, False
    while not found:
        assert time.monotonic() < end, expression
        with suppress(Error):  # it is being loaded anew
            found = page.evaluate(f"Boolean({expression})")
        time.sleep(0.01)


def face(page: Page) -> str:
    """Return the text of the side of the card that the page shows."""
    return shown_text(page, "#face")


def answers(page: Page, *ratings: int) -> None:
    """Turn each card that comes, and press a button; waits until the page goes on."""
    for rating in ratings:
        before = page.evaluate("page.answers.length")
        page.keyboard.press(" ")
        page.keyboard.press(str(rating))
        until(page, f"page.answers.length > {before} && !isBusy")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the file in any case: two releases of a test may fall within one second."""
        del self.headers["If-Modified-Since"]
        return super().send_head()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any static server does; yields its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
