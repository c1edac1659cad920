"""The site for learners: the last release, how to get it, what is new; it needs no network."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from author import Author
from commands import run
from learner_pages import page_of, study_card
from playwright.sync_api import Browser
from serving import shown_text

from deckwright.anki.learner import learner


def test_the_site_of_the_last_release(tmp_path: Path) -> None:
    """Without anything new, the site of that release can be made again; a draft cannot be one."""
    author = Author(tmp_path)
    author.releases()
    site = tmp_path / "site"
    arguments = ["release", "--cards", author.cards, "--out", author.out, "--site", site]
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert "there is nothing new to release" in result.output
    assert (site / "proef.apkg").read_bytes() == (author.out / "proef.apkg").read_bytes()
    author.note("een")["answer"] = "Het eerste."
    author.save()
    assert run(*arguments, "--dry-run").exit_code == 0
    assert "Het eerste" not in (site / "index.html").read_text("utf-8")


def test_the_site_has_what_was_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever becomes of a picture while the question stands there."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "![een](media/een.svg)"
    author.save()
    picture = author.cards / "media" / "een.svg"
    picture.parent.mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h{}"/></svg>'
    picture.write_text(drawing.format(7), "utf-8")

    def agreed() -> bool:
        picture.write_text(drawing.format(3), "utf-8")
        return True

    monkeypatch.setattr("deckwright.cli.release._agreed", agreed)
    site = tmp_path / "site"
    arguments = ["release", "--first", "--this-key", "--allow-warnings", "--site", site]
    result = run(*arguments, "--cards", author.cards, "--out", author.out)
    assert result.exit_code == 0, result.output
    assert (site / "proef.apkg").read_bytes() == (author.out / "proef.apkg").read_bytes()
    (shown,) = (site / "media").iterdir()
    assert shown.read_text("utf-8") == drawing.format(7)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "htp:/x", "voorbeeld.nl", "https://a b"])
def test_an_address_is_one_that_a_phone_opens(tmp_path: Path, url: str) -> None:
    """Anything else is wrong usage, and so is an address without a site."""
    author = Author(tmp_path)
    author.save()
    arguments = ["release", "--cards", author.cards, "--first", "--dry-run"]
    refused = run(*arguments, "--site", tmp_path, "--url", url)
    assert (refused.exit_code, "begins with https://" in refused.output) == (2, True)
    alone = run(*arguments, "--url", "https://voorbeeld.nl")
    assert (alone.exit_code, "--url needs --site" in alone.output) == (2, True)


def test_the_site_needs_no_network(browser: Browser, tmp_path: Path) -> None:
    """From a folder, offline: cards, download, QR code, instructions and news in Dutch."""
    author = Author(tmp_path)
    author.notes.append(
        {"id": "heen", "question": "Wie is daar?", "answer": "Ik.", "reverse": True}
    )
    author.releases()
    author.note("een")["answer"] = "Het eerste."
    author.retires("twee")
    author.save()
    site = tmp_path / "site"
    arguments = ["release", "--yes", "--cards", author.cards, "--out", author.out, "--site", site]
    result = run(*arguments, "--url", "https://voorbeeld.nl")
    assert result.exit_code == 0, result.output
    page = browser.new_page(color_scheme="dark")  # a QR code of black on black is none
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{site}/index.html")
    page.wait_for_selector("#show")
    assert shown_text(page, "#face") == "Wat is een?"
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    text = page.locator("body").inner_text()
    for word in (
        "Download het pakket",
        "AnkiDroid",
        "AnkiMobile",
        "Anders verwoord (1)",
        "Wat is twee? (Te makkelijk.)",
        "download het opruimpakket",
        "Laat de keuzes bij het importeren zoals ze zijn.",
        "https://voorbeeld.nl",
    ):
        assert word in text
    code = page.locator("figure.code svg")
    assert code.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    for link in page.locator("a[download]").all():
        assert (site / (link.get_attribute("href") or "")).read_bytes()[:2] == b"PK"
    assert str(tmp_path) not in page.content()
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.close()


def test_nothing_ends_the_data_of_the_page(tmp_path: Path) -> None:
    """`</script>` in whatever a page holds is text in its data, not its end."""
    evil = "</script><script>alert(1)</script>"
    page = page_of(tmp_path, [study_card(evil, evil, evil)])["index.html"].decode()
    assert page.count("</script>") == page.count("<script") == 2


def test_the_site_runs_only_its_own_script(browser: Browser, tmp_path: Path) -> None:
    """Whatever a card holds: the policy of the page stops what the checks of cards may miss."""
    evil = "<img src=x onerror=\"document.title='kwaad'\"><audio src='https://evil.example/x.mp3'>"
    for name, content in page_of(tmp_path, [study_card("een", evil, evil)]).items():
        (tmp_path / name).write_bytes(content)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/index.html")
    page.wait_for_selector("#show")
    page.wait_for_timeout(200)
    assert page.title() == "Proef"
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.close()


def test_the_link_into_the_app_finds_the_cards_of_the_deck(tmp_path: Path) -> None:
    """As Anki's own search understands it, also where a name holds what means something there."""
    author = Author(tmp_path)
    author.settings["name"] = "Proef_1: a*b (één)"
    made = author.releases()
    html = page_of(tmp_path / "other", [], made.ready)["index.html"].decode()
    (search,) = set(re.findall(r'"anki://x-callback-url/\w+\?(?:search|query)=([^"]+)"', html))
    with learner(tmp_path / "anki") as anki:
        anki.imports(made.package)
        ours = {card.id for card in anki.cards()}
        for name in ("Proefx1: a*b (één)", "Proef_1: axb (één)"):
            other = anki.col.new_note(anki.col.models.by_name("Basic"))
            other["Front"] = name
            anki.col.add_note(other, anki.col.decks.id(name))
        assert set(anki.col.find_cards(unquote(search))) == ours
