"""`push`, into a real collection behind the wire of AnkiConnect: what changes there."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from anki_connect import RECORDED, AnkiConnect, anki_connect
from author import Author
from click.testing import Result
from commands import run

from deckwright.anki import desktop
from deckwright.build import pushing

TAG, LATER = "van-mij", 2**32  # a time that no draft reaches
READING = ["requestPermission", "findNotes"]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author of four notes."""
    made = Author(tmp_path)
    made.save()
    return made


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[AnkiConnect]:
    """Return a running Anki."""
    with anki_connect(tmp_path / "anki") as running:
        yield running


def push(author: Author, anki: AnkiConnect | None, *options: str, **environment: str) -> Result:
    """Save the cards and push them, as an author does."""
    author.save()
    url = ("--url", anki.url) if anki else ()
    folders = ("--cards", author.cards, "--out", author.out)
    return run("push", *url, *options, *folders, **environment)


def counts(result: Result) -> tuple[int, ...]:
    """Return how many notes were new, changed, and as they were."""
    assert result.exit_code == 0, result.output
    found = re.search(r"new in Anki: (\d+), changed: (\d+), the same: (\d+)", result.output)
    assert found, result.output
    return tuple(map(int, found.groups()))


def test_the_browser_shows_what_changed(author: Author, anki: AnkiConnect) -> None:
    """All notes at first, then exactly those that changed; nothing is opened where none did."""
    anki.anki.col.add_note(anki.anki.col.new_note(anki.anki.col.models.by_name("Basic")), 1)
    first = push(author, anki)
    assert counts(first) == (4, 0, 0)
    assert f"{author.out / 'proef-concept.apkg'}: " in first.stdout
    assert "a draft: 4 new" in first.stdout
    assert anki.shown == ["drie", "een", "twee", "vier"]
    author.note("een")["answer"] = "Een **cijfer**."
    author.note("twee")["tags"] = ["erbij"]
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
    assert counts(push(author, anki)) == (1, 2, 2)
    assert anki.shown == ["een", "twee", "vijf"]
    assert anki.search.startswith("nid:")
    anki.asked.clear()
    assert counts(push(author, anki)) == (0, 0, 5)
    assert "guiBrowse" not in anki.asked


def test_only_these_actions_go_over_the_wire(author: Author, anki: AnkiConnect) -> None:
    """It reads, imports once, and opens the browser; it syncs where that is asked for."""
    push(author, anki)
    known = [*READING, "importPackage", "findNotes", "notesInfo", "guiBrowse"]
    assert anki.asked == known
    author.note("een")["answer"] = "Nul."
    anki.asked.clear()
    synced = push(author, anki, "--sync")
    assert anki.asked == [*READING, "notesInfo", *known[2:], "sync"]
    assert "Anki begins to sync" in synced.stdout


def test_reviews_tags_and_corrections_stay(author: Author, anki: AnkiConnect) -> None:
    """As for a learner: on a note that did not change, nothing goes; no card is dealt anew."""
    push(author, anki)
    anki.anki.studies(rounds=2)
    held = max(note.mod for note in anki.anki.notes().values())
    anki.anki.tags(TAG, at=held)
    anki.anki.corrects("vier", "Bron", "Van mij.", at=held)
    before = anki.anki.progress()
    author.note("een")["answer"] = "Een cijfer."
    assert counts(push(author, anki)) == (0, 1, 3)
    assert anki.shown == ["een"]
    assert anki.anki.progress() == before
    assert {note.fields[0] for note in anki.anki.notes().values() if TAG in note.tags} == {
        *("twee", "drie", "vier")
    }
    assert anki.anki.note("vier")["Bron"] == "Van mij."


def test_a_new_note_that_was_tagged_takes_the_next_draft(author: Author, anki: AnkiConnect) -> None:
    """Though new notes are dated a week back: an author tries a draft today, and fixes it today."""
    push(author, anki)
    anki.anki.tags(TAG, at=int(time.time()) - 60)
    author.note("een")["answer"] = "Een cijfer."
    assert counts(push(author, anki)) == (0, 1, 3)
    assert anki.anki.note("een")["Antwoord"] == "Een cijfer."
    author.note("een")["answer"] = "Nul."
    author.save()
    first = ("--first", "--this-key", "--yes")
    run("release", *first, "--cards", author.cards, "--out", author.out)
    assert counts(push(author, anki)) == (0, 1, 3)
    assert anki.anki.note("een")["Antwoord"] == "Nul."
    again = push(author, anki)
    assert counts(again) == (0, 0, 4)
    assert "this is release 1" in again.stdout


def test_what_anki_keeps_is_said(author: Author, anki: AnkiConnect) -> None:
    """A note that is newer there stays, and its id is named; the way out leads out.

    The same letters in other characters are no other text: an Anki up to 25.09 stores them as sent.
    """
    author.note("twee")["answer"] = "Cafe\u0301, in twee tekens."
    push(author, anki)
    decomposed = "update notes set flds = replace(flds, 'Caf\u00e9', 'Cafe\u0301')"
    anki.anki.col.db.execute(decomposed)
    assert "Cafe\u0301" in anki.anki.note("twee")["Antwoord"]
    anki.anki.tags(TAG, at=LATER)
    author.note("vier")["explanation"] = "Boven zee eerder."
    author.note("een")["tags"] = ["erbij"]
    kept = push(author, anki)
    assert counts(kept) == (0, 0, 4)
    assert "you changed their note type: 2 (een, vier)\n" in kept.stdout
    numbers = [anki.anki.note(name).id for name in ("een", "vier")]
    anki.anki.col.remove_notes(numbers)
    assert counts(push(author, anki)) == (2, 0, 2)
    spare = anki.anki.note("een").keys()[-1]
    anki.anki.corrects("een", spare, "Van mij, op geen kaart te zien.", at=LATER)
    assert "not taken" not in push(author, anki).stdout


def test_a_draft_is_taken_back(author: Author, anki: AnkiConnect) -> None:
    """Where cards are the last release again, Anki gets back what the draft changed; twice over."""
    author.releases()
    assert "this is release 1" in push(author, anki).stdout
    author.note("een")["answer"] = "Een cijfer."
    assert counts(push(author, anki)) == (0, 1, 3)
    author.note("een")["answer"] = "Een **getal**."
    asked_for = push(author, anki, "--released")
    assert "this is release 1" in asked_for.stdout, "just what was released, and no draft"
    assert "(een)" in asked_for.stdout
    back = push(author, anki)
    assert counts(back) == (0, 1, 3)
    assert "not taken" not in back.stdout
    assert anki.anki.note("een")["Antwoord"] == "Een <strong>getal</strong>."
    assert counts(push(author, anki)) == (0, 0, 4)
    author.note("een")["answer"] = "Nul."
    author.save()
    done = run("release", "--yes", "--cards", author.cards, "--out", author.out)
    assert done.exit_code == 0, done.output
    assert counts(push(author, anki, "--released")) == (0, 1, 3)


def test_a_renamed_note_is_no_other_one(author: Author, anki: AnkiConnect) -> None:
    """It has its earlier id in Anki until it changes, and that is no loss."""
    author.releases()
    push(author, anki)
    author.note("een").update(id="eerste", was="een")
    renamed = push(author, anki)
    assert counts(renamed) == (0, 0, 4)
    assert "not taken" not in renamed.stdout


def test_many_notes_are_found_by_their_type(
    author: Author, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search has no thousand numbers in it; and Anki is asked for a part of the notes at once."""
    monkeypatch.setattr(pushing, "_MOST_NUMBERS", 1)
    monkeypatch.setattr(desktop, "_AT_ONCE", 3)
    push(author, anki)
    author.note("een")["answer"] = "Nul."
    assert counts(push(author, anki)) == (0, 1, 3)
    assert anki.search.startswith("nid:")
    author.note("een")["answer"] = "Een."
    author.note("twee")["answer"] = "Twee."
    assert counts(push(author, anki)) == (0, 2, 2)
    assert anki.search.startswith("mid:")
    assert anki.asked.count("notesInfo") == 2 * (1 + 2 + 2)


def test_released_pushes_no_draft(author: Author, anki: AnkiConnect) -> None:
    """Cards that are not the release end with exit code 1, and Anki is not asked for anything."""
    refused = push(author, anki, "--released")
    assert refused.exit_code == 1
    assert "error[not-released]" in refused.stderr
    assert anki.asked == []
    author.releases()
    done = push(author, anki, "--released")
    assert counts(done) == (4, 0, 0)
    assert f"{author.out / 'proef.apkg'}: " in done.stdout


def refusal(result: Result, author: Author, code: str) -> tuple[str, str]:
    """Return message and hint of the one problem, at the package that was built; exit code 3."""
    assert result.exit_code == 3, result.output
    package = re.escape(str(author.out / "proef-concept.apkg"))
    line = rf"{package}:1:1: error\[{code}\]: (.*)\n  hint: (.*)\n1 error\n"
    found = re.fullmatch(line, result.stderr)
    assert found, result.output
    assert (author.out / "proef-concept.apkg").exists()
    return found[1], found[2]


def test_nobody_answers(author: Author, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Anki, no add-on, another program, or one that hangs: each is said, with the way out."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
    code = "anki-missing"
    message, hint = refusal(push(author, None, "--url", closed), author, code)
    assert message == f"no Anki with the add-on AnkiConnect answers at {closed}"
    assert "Get Add-ons there, give the code 2055492159" in hint
    for no_host in ("http://nergens.invalid:8765", "http://[::1]:9"):
        message, _ = refusal(push(author, None, "--url", no_host), author, code)
        assert message.startswith("no Anki")
    others: list[Any] = [
        *(b"<html>Hallo</html>", b"HTTP/1.1 nee\r\n\r\n", b"", b"[]", b"6", b"null", b"\xff"),
        *(b"[" * 100_000, {"result": 6}, {"result": [], "error": None}),
        {"result": {"zomaar": 1}, "error": None},
    ]
    for answer in others:
        anki.answers = {"requestPermission": answer}
        message, hint = refusal(push(author, anki), author, code)
        assert message == f"what answers at {anki.url} is not AnkiConnect"
        assert "--url" in hint
    anki.answers, stop = {}, threading.Event()
    anki.before = lambda _action: stop.wait(10)
    monkeypatch.setattr(desktop, "_PATIENCE", 0.2)
    monkeypatch.setattr(desktop.Desktop._ask, "__defaults__", (0.2,))
    message, _ = refusal(push(author, anki), author, code)
    assert message.startswith("Anki does not answer within 0.2 seconds")
    stop.set()
    assert counts(push(author, anki)) == (4, 0, 0)


def test_an_answer_that_drips_ends(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time; all of them would take for ever."""
    monkeypatch.setattr(desktop.Desktop._ask, "__defaults__", (0.5,))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with suppress(OSError), connection:
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
                while True:
                    connection.sendall(b" ")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        message, _ = refusal(push(author, None, "--url", url), author, "anki-missing")
    assert "within 0.5 seconds" in message


def test_an_import_may_take_longer(
    author: Author, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large deck takes minutes; but not for ever."""
    stop = threading.Event()
    anki.before = lambda action: stop.wait(1) if action == "importPackage" else None
    monkeypatch.setattr(desktop.Desktop._ask, "__defaults__", (0.5,))
    assert counts(push(author, anki)) == (4, 0, 0)
    monkeypatch.setattr(desktop, "_LONG", 0.2)
    message, _ = refusal(push(author, anki), author, "anki-missing")
    assert "within 0.2 seconds" in message
    stop.set()


@pytest.mark.parametrize(
    ("action", "answer", "message", "hint"),
    [
        ("requestPermission", "denied", "AnkiConnect does not let deckwright in", "press Yes"),
        ("requestPermission", "wants a key", "AnkiConnect asks for its key", "'apiKey'"),
        ("requestPermission", "unsupported", "this AnkiConnect is too old", "Check for Updates"),
        ("findNotes", "key", "AnkiConnect asks for its key", "set DECKWRIGHT_ANKICONNECT_KEY"),
        ("findNotes", "no profile", "no profile is open in Anki", "open one there"),
        ("importPackage", "no file", "Anki does not find the package: Failed", "one system"),
        ("importPackage", "broken", "Anki refuses: invalid Zip archive", "File, Import"),
    ],
)
def test_anki_refuses(  # noqa: PLR0913, PLR0917 - a row of the table
    author: Author, anki: AnkiConnect, action: str, answer: str, message: str, hint: str
) -> None:
    """What the add-on answered is said in words that lead on, in both languages."""
    anki.answers = {action: RECORDED[answer]}
    said = refusal(push(author, anki), author, "anki-refused")
    assert said[0].startswith(message)
    assert hint in said[1]
    assert anki.asked[-1] == action
    dutch = push(author, anki, "--lang", "nl").stderr.splitlines()
    assert len(dutch) == 3
    assert not set(said) & {line.partition(": ")[2] for line in dutch}
    assert len(anki.anki.notes()) == 0
    anki.answers = {}  # the hint was obeyed
    assert counts(push(author, anki)) == (4, 0, 0)


def test_a_page_that_may_not_come_in(author: Author, anki: AnkiConnect) -> None:
    """What stands before AnkiConnect may refuse, too."""
    anki.status, anki.answers = 403, {"requestPermission": b" "}
    said = refusal(push(author, anki), author, "anki-refused")
    assert said[0] == "AnkiConnect does not let deckwright in"


def test_odd_answers_later_on(author: Author, anki: AnkiConnect) -> None:
    """Whatever comes instead of notes, or of an import, is not AnkiConnect's."""
    push(author, anki)
    rows: list[Any] = [None, 6, [6], [{"fields": 6}], [{"fields": {"a": 6}, "noteId": 1}]]
    field = {"value": "een", "order": 0}
    whole = {"noteId": 1, "tags": [], "fields": {"a": field}}
    odd: list[dict[str, Any]] = [
        {"fields": {}},
        {"fields": {"a": field | {"value": [1]}}},
        {"fields": {"a": field | {"value": 5}}},
        {"tags": [5]},
        {"noteId": "een"},
    ]
    rows += [[whole | each] for each in odd]
    answers = [("notesInfo", row) for row in rows]
    answers += [("findNotes", None), ("findNotes", {}), ("importPackage", False)]
    for action, result in answers:
        anki.answers = {action: {"result": result, "error": None}}
        message, _ = refusal(push(author, anki), author, "anki-missing")
        assert message == f"what answers at {anki.url} is not AnkiConnect"


def test_a_note_may_go_meanwhile(author: Author, anki: AnkiConnect) -> None:
    """AnkiConnect gives an empty row for it."""
    push(author, anki)
    anki.answers = {"notesInfo": {"result": [{}], "error": None}}
    assert counts(push(author, anki)) == (0, 0, 0)


def test_it_has_a_key(author: Author, anki: AnkiConnect) -> None:
    """By the option or the environment; a wrong one is no other mistake; none is ever shown."""
    anki.key = "geheim"
    assert counts(push(author, anki, "--api-key", "geheim")) == (4, 0, 0)
    assert counts(push(author, anki, DECKWRIGHT_ANKICONNECT_KEY="geheim")) == (0, 0, 4)
    wrong = push(author, anki, "--api-key", "verzonnen")
    message, hint = refusal(wrong, author, "anki-refused")
    assert message == "AnkiConnect does not take this key"
    assert "verzonnen" not in wrong.output + hint
    none = push(author, anki)
    assert refusal(none, author, "anki-refused")[0] == "AnkiConnect asks for its key"
    assert anki.asked[-1] == "requestPermission"


def test_without_a_browser_the_cards_are_there_all_the_same(
    author: Author, anki: AnkiConnect
) -> None:
    """A server without windows has none; one that does not sync ends with exit code 3."""
    anki.answers = {"guiBrowse": RECORDED["unsupported"], "sync": RECORDED["no profile"]}
    done = push(author, anki)
    assert counts(done) == (4, 0, 0)
    assert done.stderr == "Anki's browser did not open: this AnkiConnect is too old\n"
    failed = push(author, anki, "--sync")
    assert failed.exit_code == 3
    assert failed.stderr == "Anki did not sync: no profile is open in Anki\n"


def test_cards_with_mistakes_reach_nobody(author: Author, anki: AnkiConnect) -> None:
    """They are problems of their own, with exit code 1; warnings are shown, and pushed."""
    author.note("een")["answer"] = "Nee."
    author.note("een")["question"] = "Is een een getal?"
    warned = push(author, anki)
    assert counts(warned) == (4, 0, 0)
    assert "warning[yes-no]" in warned.stderr
    author.note("een")["id"] = "Een"
    anki.asked.clear()
    assert push(author, anki).exit_code == 1
    assert anki.asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("127.0.0.1:8765", "https://a.nl", "file:///etc/passwd", "http://", "http://a:b", ""),
        *("http://a..b", f"http://{'a' * 99}", "http://127.0.0.1:99999"),
    ],
)
def test_an_address_is_one(author: Author, url: str) -> None:
    """Anything else is a wrong use, exit code 2; nothing was built."""
    result = push(author, None, "--url", url)
    assert result.exit_code == 2
    assert f"--url is '{url}'" in result.output
    assert not author.out.exists()


def test_the_example_of_the_help_runs(
    author: Author, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it stands there, in a folder with cards: it asks this computer, where AnkiConnect is."""
    shown = run("--lang", "en", "push", "--help").output
    (example,) = re.findall(r"^ +deckwright (.*)$", shown.partition("Example:")[2], re.MULTILINE)
    monkeypatch.chdir(author.cards.parent)
    port, connect, asked = int(anki.url.rpartition(":")[2]), socket.create_connection, set()

    def elsewhere(address: tuple[str, int], *rest: Any) -> socket.socket:
        asked.add(address)
        return connect(("127.0.0.1", port), *rest)

    monkeypatch.setattr(socket, "create_connection", elsewhere)
    done = run(*example.split())
    assert counts(done) == (4, 0, 0)
    assert re.search("^build/proef-concept.apkg: ", done.stdout, re.MULTILINE)
    assert asked == {("127.0.0.1", 8765)}


def test_no_proxy_comes_between(author: Author, anki: AnkiConnect) -> None:
    """A company's proxy knows nothing of this computer's Anki."""
    proxy = "http://127.0.0.1:9"
    assert counts(push(author, anki, http_proxy=proxy, HTTP_PROXY=proxy)) == (4, 0, 0)
