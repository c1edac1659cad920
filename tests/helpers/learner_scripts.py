"""The scripts of the learner's page, run by themselves in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from deckwright.site._page_files import page_file


@contextmanager
def scripts(browser: Browser, *names: str, zone: str = "UTC") -> Iterator[Page]:
    """Yield an empty page that has run some scripts of the learner's page, in a time zone."""
    page = browser.new_page(timezone_id=zone)
    text = "\n".join(page_file(f"learner/{name}.js") for name in names)
    page.add_script_tag(content=text)
    yield page
    page.close()
