"""Progress is never lost: killed tabs, two tabs, broken stores, other devices, new releases."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from author import Author
from learner_pages import answers, face, opened, until, write_site
from playwright.sync_api import Browser, BrowserContext, Page

NOTES = [
    {"id": f"getal-{number}", "question": f"Wat is getal {number}?", "answer": f"Het is {number}."}
    for number in (
        "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
        "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien",
    )
]  # fmt: skip
DAY = 86_400  # seconds
BEGIN = 1_796_115_600  # 1 December 2026, ten in the morning in Amsterdam


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return the author of eighteen questions."""
    return Author(tmp_path, NOTES)


# As a learner who comes back to the page now and then: the network of a worker comes back a little
# later than that of its page, and what it could not fetch it fetches at the next look.
_LOOK_FOR_A_RELEASE = """async () => {
    const found = await navigator.serviceWorker.getRegistration();
    for (let looks = 0; looks < 100 && $('update').hidden; looks += 1) {
        await found.update().catch(() => {});
        await new Promise((go) => setTimeout(go, 300));
    }
}"""


def stored(page: Page) -> dict[str, dict[str, Any]]:
    """Return the answers that the browser holds, by id, read anew."""
    read = page.evaluate("page.store.answers().then(({ answers }) => answers)")
    return {each["id"]: each for each in read}


def offline(page: Page) -> None:
    """Wait until the page can do without a network, then take that away."""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    until(page, "navigator.serviceWorker.controller")
    page.context.set_offline(True)


@pytest.mark.parametrize("days", [4])
def test_no_answer_is_lost(context: BrowserContext, site: str, days: int) -> None:
    """Days without a network, the tab killed at random moments: whatever was taken, stays."""
    chance = random.Random(19)  # noqa: S311 - repeatable, not secret
    page = opened(context, site)
    offline(page)
    taken: dict[str, dict[str, Any]] = {}
    kills = 0
    for day in range(days):
        page.close()
        page = opened(context, site, at=BEGIN + day * DAY)
        while not page.locator("#done").is_visible():
            assert taken.keys() <= stored(page).keys()
            page.keyboard.press(" ")
            page.keyboard.press(chance.choices("1234", (2, 2, 8, 2))[0])
            if chance.random() < 0.15:
                page.wait_for_timeout(chance.randint(0, 12))
                page.close()
                kills += 1
                page = opened(context, site, at=BEGIN + day * DAY + kills)
            until(page, "!isBusy")
            taken = {each["id"]: each for each in page.evaluate("page.answers")}
    assert kills > 2
    assert stored(page) == taken
    assert len(taken) > 4 * days
    assert {each["day"] for each in taken.values()} == {20_788 + day for day in range(days)}


MANY = """() => {
    const [first] = page.answers;
    for (let number = 0; number < 50; number += 1) void keep([{ ...first, id: newId() }]);
}"""


def test_two_tabs_lose_nothing(context: BrowserContext, site: str) -> None:
    """A card that one answers goes from the other; fifty answers in each at once are a hundred."""
    one, other = opened(context, site), opened(context, site)
    assert face(one) == face(other) == "Wat is getal een?"
    answers(one, 4)
    until(other, "page.answers.length === 1")
    assert face(other) == "Wat is getal twee?"
    for tab in one, other:
        tab.evaluate(MANY)
    for tab in one, other:
        until(tab, "page.answers.length === 101")
    assert stored(one) == stored(other)
    one.evaluate("set({ perDay: 1 })")
    until(other, "page.settings.perDay === 1")


BROKEN = {
    "written by another program": """new Promise((done) => {
        const request = indexedDB.open("deckwright proef", 7);
        request.onupgradeneeded = () => request.result.createObjectStore("iets");
        request.onsuccess = () => done(request.result.close());
    })""",
    "without its stores": """new Promise((done) => {
        const request = indexedDB.open("deckwright proef", 1);
        request.onsuccess = () => done(request.result.close());
    })""",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_store_that_does_not_open_is_set_aside(
    context: BrowserContext, site: str, how: str
) -> None:
    """The page says so and begins another one, which is there the next time."""
    page = context.new_page()
    page.goto(f"{site}icon.svg")
    page.evaluate(BROKEN[how])
    page.close()
    page = opened(context, site)
    assert page.locator("#broken").is_visible()
    assert not page.locator("#unkept").is_visible()
    answers(page, 4, 4)
    page.close()
    again = opened(context, site)
    assert again.evaluate("page.answers.length") == 2
    assert face(again) == "Wat is getal drie?"


def test_a_store_that_the_browser_emptied_is_missed(context: BrowserContext, site: str) -> None:
    """As Chromium does where its files are damaged: the page says so, and goes on."""
    page = opened(context, site)
    answers(page, 4, 4)
    assert not page.locator("#broken").is_visible()
    page.close()
    page = context.new_page()
    page.goto(f"{site}icon.svg")
    page.evaluate("""new Promise((done) => {
        indexedDB.deleteDatabase("deckwright proef").onsuccess = () => done(1);
    })""")
    page.close()
    page = opened(context, site)
    assert page.locator("#broken").is_visible()
    assert face(page) == "Wat is getal een?"
    answers(page, 4)
    page.close()
    assert not opened(context, site).locator("#broken").is_visible()


ODD = [
    {"id": "a"},
    {"id": "b", "guid": 3, "note": "x", "card": 1, "rating": 3, "at": 1, "day": 1, "release": 1},
    {"id": "c", "guid": "g", "note": "x", "card": 1, "rating": 9, "at": 1, "day": 1, "release": 1},
    {
        "id": "d",
        "guid": "g",
        "note": "x",
        "card": 0,
        "rating": 3,
        "at": "1",
        "day": 1,
        "release": 1,
    },
]


def test_answers_that_are_none_are_set_aside(context: BrowserContext, site: str) -> None:
    """The others count; the page says how many were not, once."""
    page = opened(context, site)
    answers(page, 4)
    page.evaluate(
        """odd => transact(page.store.databases[0], ["answers"], "readwrite",
          (store) => odd.map((each) => store.put(each))).then(() => 1)""",
        ODD,
    )
    page.evaluate("page.store.writeSettings({ perDay: 'x', part: 99, extra: 3, theme: 0 })")
    page.close()
    page = opened(context, site)
    assert page.inner_text("#aside").startswith("4 antwoorden")
    assert page.evaluate("page.answers.length") == 1
    assert page.inner_text("#count") == "Vandaag nog 4 nieuw en 0 te herhalen"
    page.close()
    page = opened(context, site)
    assert not page.locator("#aside").is_visible()


def test_a_browser_that_closes_the_store(context: BrowserContext, site: str) -> None:
    """As Safari does at times: the next answer opens it anew."""
    page = opened(context, site)
    answers(page, 4)
    page.evaluate("page.store.databases[0].close()")
    answers(page, 4)
    page.close()
    assert opened(context, site).evaluate("page.answers.length") == 2


def test_a_browser_that_keeps_nothing(context: BrowserContext, site: str) -> None:
    """The page works as long as it is open, and says what to do."""
    context.add_init_script(
        "delete window.indexedDB; IDBFactory.prototype.open = () => { throw 1 }"
    )
    page = opened(context, site)
    assert page.locator("#unkept").is_visible()
    answers(page, 4, 4)
    assert face(page) == "Wat is getal drie?"
    assert page.locator("#unkept").is_visible()


def test_a_disk_that_is_full_for_a_while(context: BrowserContext, site: str) -> None:
    """The page warns, goes on, and writes everything down as soon as it can."""
    page = opened(context, site)
    page.evaluate("""() => {
        window.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
    }""")
    answers(page, 4, 4)
    assert page.locator("#unkept").is_visible()
    assert face(page) == "Wat is getal drie?"
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    answers(page, 4)
    assert not page.locator("#unkept").is_visible()
    page.close()
    assert opened(context, site).evaluate("page.answers.length") == 3


def test_settings_of_the_other_tab_count(context: BrowserContext, site: str) -> None:
    """Also for a tab that had set something itself."""
    one, other = opened(context, site), opened(context, site)
    one.evaluate("set({ perDay: 1 })")
    until(other, "page.settings.perDay === 1")
    other.evaluate("set({ perDay: 2 })")
    until(one, "page.settings.perDay === 2")


def saved(page: Page, folder: Path) -> Path:
    """Return the progress file that the page saves."""
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    with page.expect_download() as download:
        page.click("#save")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def loaded(page: Page, file: Path) -> str:
    """Load a file, and return what the page says of it."""
    page.evaluate("$('loaded').textContent = ''")
    page.set_input_files("#load", file)
    until(page, "$('loaded').textContent !== ''")
    text: str = page.text_content("#loaded") or ""
    return text


def test_progress_goes_to_another_device(
    browser: Browser, context: BrowserContext, site: str, tmp_path: Path
) -> None:
    """Both devices' answers count, in their order, each once; what was undone stays so."""
    page = opened(context, site)
    answers(page, 4, 3, 1)
    early = saved(page, tmp_path)
    page.keyboard.press("z")
    until(page, "page.answers.some((each) => each.undone)")
    assert loaded(page, early) == "Geladen: 0 antwoorden die hier nog niet stonden."
    assert sum(each.get("undone", False) for each in stored(page).values()) == 1
    file = saved(page, tmp_path)
    assert file.name == "proef-2026-12-01.json"
    other = browser.new_context(timezone_id="Europe/Amsterdam")
    phone = opened(other, site, at="2026-12-01T12:00:00+01:00")
    answers(phone, 2)
    assert loaded(phone, file) == "Geladen: 3 antwoorden die hier nog niet stonden."
    assert loaded(phone, file) == "Geladen: 0 antwoorden die hier nog niet stonden."
    assert len(stored(phone)) == 4
    assert phone.evaluate("page.progress.get(keyOf(deck.cards[0])).count") == 2
    assert phone.evaluate("page.progress.get(keyOf(deck.cards[2])).count") == 0
    other.close()


def test_a_file_that_is_no_progress_changes_nothing(
    context: BrowserContext, site: str, tmp_path: Path
) -> None:
    """The page says what is wrong with it; of a damaged one, it takes what is whole."""
    page = opened(context, site)
    answers(page, 4)
    good = json.loads(saved(page, tmp_path).read_text("utf-8"))
    files = {
        "geen voortgangsbestand": [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"answers": []}'],
        "nieuwere versie": [json.dumps({**good, "deckwright progress": 2}).encode()],
        "andere kaarten": [json.dumps({**good, "key": "koffie"}).encode()],
    }
    file = tmp_path / "x.json"
    for said, contents in files.items():
        for content in contents:
            file.write_bytes(content)
            assert said in loaded(page, file)
    whole = {**good["answers"][0], "id": "een-ander"}
    file.write_text(json.dumps({**good, "answers": [*ODD, 3, None, whole]}), "utf-8")
    assert loaded(page, file) == "Geladen: 1 antwoorden die hier nog niet stonden."
    assert len(stored(page)) == 2


def edited(author: Author, folder: Path) -> None:
    """Release again: a note with a new id, one retired, one that asks something else, a new one."""
    author.note("getal-een").update(id="het-eerste-getal", was="getal-een")
    author.retires("getal-twee")
    author.note("getal-drie").update(
        question="Hoe heet de burgemeester van Rotterdam?", answer="Schouten.",
        allow={"meaning-changed": "zo bedoeld"},
    )  # fmt: skip
    author.note("getal-vier")["answer"] = "Dat is vier."
    author.notes.append({"id": "nul", "question": "Wat is nul?", "answer": "Niets."})
    write_site(author.releases().ready, folder)


def test_a_new_release_changes_the_page_and_not_the_progress(
    author: Author, context: BrowserContext, site: str, tmp_path: Path
) -> None:
    """Renamed goes on, retired goes, another meaning is asked anew and says so, new comes last."""
    page = opened(context, site)
    offline(page)
    context.set_offline(False)
    answers(page, 4, 4, 4, 4)
    before = stored(page)
    page.close()
    edited(author, tmp_path / "site")
    page = opened(context, site)
    until(page, "deck.release === 2 || !$('update').hidden")
    if page.evaluate("deck.release === 1"):
        page.click("#reload")
    until(page, "deck.release === 2 && page.store && page.shown")
    assert stored(page) == before
    state = "page.progress.get(keyOf(deck.cards.find(({ note }) => note === {})))"
    renamed = page.evaluate(f"{state.replace('{})', repr('het-eerste-getal') + ')')}.count")
    assert renamed == 1
    assert not page.evaluate("deck.cards.some(({ note }) => note === 'getal-twee')")
    assert face(page) == "Hoe heet de burgemeester van Rotterdam?"
    assert page.locator("#changed").is_visible()
    answers(page, 3)
    assert not page.locator("#changed").is_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    assert page.input_value("#since") == "1"
    assert page.inner_text("#changes").split("\n") == [
        "Vervallen (1)", "Wat is getal twee? (Te makkelijk.)",
        "Opnieuw te leren (1)", "Hoe heet de burgemeester van Rotterdam?",
        "Anders verwoord (1)", "Wat is getal vier?",
        "Nieuw (1)", "Wat is nul?",
    ]  # fmt: skip
    page.select_option("#since", "2")
    assert page.inner_text("#changes") == "Er is niets veranderd aan je kaarten."


def test_a_new_release_waits_until_the_learner_says_so(
    author: Author, context: BrowserContext, site: str, tmp_path: Path
) -> None:
    """While a card is shown, the page only says that there is one; afterwards it works offline."""
    page = opened(context, site)
    offline(page)
    context.set_offline(False)
    answers(page, 4)
    edited(author, tmp_path / "site")
    page.evaluate(_LOOK_FOR_A_RELEASE)
    assert page.is_visible("#update")
    assert face(page) == "Wat is getal twee?"
    page.click("#reload")
    page.wait_for_load_state()
    until(page, "deck.release === 2 && page.shown")
    assert len(stored(page)) == 1
    context.set_offline(True)
    page.reload()
    until(page, "deck.release === 2 && page.shown")
