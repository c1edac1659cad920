"""The same tests on every computer; and in CI, where all is installed, a skip is a failure."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from author import Author
    from playwright.sync_api import Browser, BrowserContext


# What commands say is compared in English, whatever this computer speaks.
os.environ["DECKWRIGHT_LANG"] = "en"

# A failure in CI says how to repeat it: its database of examples is lost with the machine.
with suppress(ImportError):  # the table of older Ankis runs without Hypothesis
    from hypothesis import settings

    settings.register_profile("repeatable", print_blob=True)
    settings.load_profile("repeatable")


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Return one real browser for a module of tests."""
    import browser as chromium  # the table of older Ankis runs without one

    with chromium.chromium() as found:
        yield found


@pytest.fixture
def context(browser: "Browser") -> "Iterator[BrowserContext]":
    """Return the browser of a learner in the Netherlands."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, timezone_id="Europe/Amsterdam", locale="nl-NL"
    )
    yield context
    context.close()


@pytest.fixture
def site(author: "Author", tmp_path: Path) -> "Iterator[str]":
    """Return the address of the site of the first release of a test's author."""
    from learner_pages import served, write_site

    write_site(author.releases().ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        yield address


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a deck that is large enough for several processes."""
    import decks

    from deckwright.build import cards_folder

    folder = decks.write(tmp_path_factory.mktemp("large") / "cards", 1_500)
    assert sum(path.stat().st_size for path in folder.iterdir()) > cards_folder.MANY
    return folder


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No dictionary and no cache of this computer; a test that wants one brings its own."""
    monkeypatch.setenv("DICPATH", str(tmp_path / "no-dictionary"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def] # noqa: ANN201
    """Turn a skip into a failure where DECKWRIGHT_NO_SKIP is set."""
    report = yield
    if report.skipped and os.environ.get("DECKWRIGHT_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not be skipped in CI: {call.excinfo}"
    return report
