"""TODO."""

from pathlib import Path

from author import Author
from click.testing import CliRunner
from playwright.sync_api import Browser

from deckwright.cli.main import main


def test_a_site_is_of_the_last_build(tmp_path: Path) -> None:
    """What no build has stamped in the lock is not published."""
    author = Author(tmp_path)
    author.builds()
    author.note("een")["answer"] = "Het eerste."
    author.save()
    arguments = ["preview", "--cards", author.cards, "--export", tmp_path / "site"]
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert (result.exit_code, (tmp_path / "site").exists()) == (1, False)
    assert "error[lock-stale]" in result.output


def test_the_site_needs_no_network(browser: Browser, tmp_path: Path) -> None:
    """From a folder, offline: cards, download, QR code, instructions and news in Dutch."""
    author = Author(tmp_path)
    old = tmp_path / "old.apkg"
    old.write_bytes(author.builds().package.read_bytes())
    author.note("een")["answer"] = "Het eerste."
    author.builds()
    site = tmp_path / "site"
    arguments = ["preview", "--cards", author.cards, "--export", site, "--since", old]
    result = CliRunner().invoke(main, [*map(str, arguments), "--url", "https://voorbeeld.nl"])
    assert result.exit_code == 0, result.output
    page = browser.new_page(color_scheme="dark")  # a QR code of black on black is none
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{site}/index.html")
    page.wait_for_selector("#list button")
    text = page.locator("body").inner_text()
    for word in (
        "Download het pakket",
        "AnkiDroid",
        "AnkiMobile",
        "Anders verwoord",
        "Wat is een?",
    ):
        assert word in text
    code = page.locator("figure.code svg")
    assert code.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert (site / page.locator("a.download").get_attribute("href")).read_bytes()[:2] == b"PK"  # type: ignore[operator]
    assert str(tmp_path) not in page.content()
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.close()
