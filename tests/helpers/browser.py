"""A real Chromium: $CHROMIUM, the one on the PATH, or Playwright's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright


def path() -> str | None:
    """Return the browser to use, None for Playwright's own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser; skips where this computer has none (in CI a skip is a failure)."""
    with sync_playwright() as playwright:
        chosen = path()
        if chosen is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here: apt install chromium, or set CHROMIUM")
        try:
            browser = playwright.chromium.launch(executable_path=chosen, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"Chromium does not start: {error}")
        yield browser
        browser.close()
