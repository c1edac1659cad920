"""The preview of a folder, served and opened in a real browser."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from real_deck import clock_after

from deckwright.build.plan import plan_build
from deckwright.site.preview_page import PreviewPage, preview_page
from deckwright.site.preview_server import LivePreview, preview_server


@contextmanager
def serving(cards: Path) -> Iterator[int]:
    """Serve the preview of a folder; yields the port."""
    stop, clock = threading.Event(), clock_after(cards)

    def look(last: PreviewPage) -> PreviewPage:
        return preview_page(plan_build(cards, clock), last)

    live = LivePreview(cards, look)
    follower = threading.Thread(target=live.follow, args=(stop,), daemon=True)
    follower.start()
    with preview_server(live, 0) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made.server_port
        stop.set()
        made.shutdown()
    follower.join()


@contextmanager
def opened(browser: Browser, cards: Path, **options: Any) -> Iterator[Page]:
    """Open the preview; fails afterwards where the page said anything to the console."""
    with serving(cards) as port:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, **options)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector("#list button")
        yield page
        page.close()
    assert said == []


def front(page: Page) -> str:
    """Return the text of the front that is shown."""
    return shown_text(page, "#front")


def shown_text(page: Page, host: str) -> str:
    """Return the text of the side of a card that an element shows."""
    text: str = page.evaluate("host => document.querySelector(host).shadowRoot.textContent", host)
    return " ".join(text.split())


def answer(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """Ask the server something; returns status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=given)
    response = connection.getresponse()
    return response.status, response.read()
