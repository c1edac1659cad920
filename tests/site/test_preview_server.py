"""TODO."""

import contextlib
import http.client
import http.server
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from author import Author
from playwright.sync_api import Browser
from serving import answer, serving

from deckwright.disk.snapshot import snapshot
from deckwright.site import preview_server
from deckwright.site.preview_page import PreviewPage
from deckwright.site.preview_server import LivePreview


def test_strangers_get_nothing(tmp_path: Path) -> None:
    """Another host name, another origin, another method, a path out of the folder: refused."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "secret.txt").write_text("secret")
    with serving(author.cards) as port:
        assert answer(port, "/deck.json")[0] == 200
        assert answer(port, "/deck.json", Host="evil.example")[0] == 403
        assert answer(port, "/deck.json", Host=f"evil.example:{port}")[0] == 403
        assert answer(port, "/deck.json", Origin="https://evil.example")[0] == 403
        assert answer(port, "/deck.json", Sec_Fetch_Site="cross-site")[0] == 403
        assert answer(port, "/deck.json", method="POST")[0] == 501
        for path in (
            "/../secret.txt",
            "/media/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/deck.lock",
        ):
            assert answer(port, path) == (404, b"nothing here")


EVIL = """<!doctype html><title>evil</title><script>
const base = "http://127.0.0.1:PORT", got = {};
const tried = (name, element) => new Promise(done => {
  element.onload = () => done(got[name] = "loaded");
  element.onerror = () => done(got[name] = "refused");
  document.documentElement.append(element);
});
const asked = (name, options) => fetch(base + "/deck.json", options)
  .then(answer => answer.text())
  .then(text => got[name] = text || "empty", () => got[name] = "refused");
const made = (kind, values) => Object.assign(document.createElement(kind), values);
Promise.all([
  asked("fetch", {}), asked("blind", {mode: "no-cors"}), asked("post", {method: "POST"}),
  tried("image", made("img", {src: base + "/media/NAME"})),
  tried("script", made("script", {src: base + "/preview.js"})),
  tried("style", made("link", {rel: "stylesheet", href: base + "/preview.css"})),
]).then(() => document.title = JSON.stringify(got));
const frame = document.documentElement.appendChild(made("iframe", {src: base + "/"}));
</script>"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_another_site_in_the_browser_gets_nothing(
    browser: Browser, tmp_path: Path, host: str
) -> None:
    """From another name, and from another port of the same: no answer, no picture, no frame."""
    author = Author(tmp_path)
    author.save()
    (author.cards / "media").mkdir()
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    (author.cards / "media" / "x.svg").write_text(picture)
    author.note("een")["answer"] = "![Een vlak](media/x.svg)"
    author.save()
    before = snapshot([author.cards])
    with serving(author.cards) as port:
        name = re.search(rb"x-[0-9a-f]{10}\.svg", answer(port, "/deck.json")[1])
        assert name
        assert answer(port, f"/media/{name[0].decode()}")[0] == 200
        evil = EVIL.replace("PORT", str(port)).replace("NAME", name[0].decode()).encode()
        with site(evil) as other:
            page = browser.new_page()
            page.goto(f"http://{host}:{other}/")
            page.wait_for_function("document.title.startsWith('{')")
            got = page.evaluate("JSON.parse(document.title)")
            frames = [frame.url for frame in page.frames[1:]]
            page.close()
    assert got.pop("blind") in ("refused", "empty")
    assert set(got.values()) == {"refused"}, got
    assert not any(url.startswith("http://127.0.0.1:" + str(port)) for url in frames)
    assert snapshot([author.cards]) == before


@contextmanager
def site(content: bytes) -> Iterator[int]:
    """Serve one page at another port; yields the port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made.server_port
        made.shutdown()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/nothing", "GET", 404),
        ("/", "PUT", 501),
        ("/version?" + "9" * 5_000, "GET", 200),
        ("/" + "x" * 70_000, "GET", 414),
    ],
)
def test_every_answer_is_guarded(tmp_path: Path, path: str, method: str, status: int) -> None:
    """Errors too carry the policy that lets nothing run, and no request ends in a traceback."""
    author = Author(tmp_path)
    author.save()
    with serving(author.cards) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request(method, path)
        response = connection.getresponse()
        assert response.status == status
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        connection.close()


def test_a_look_that_fails_is_shown_and_fixed(tmp_path: Path) -> None:
    """Whatever a look raises, at the start and later: the page says so, and goes on once it can."""
    (tmp_path / "number").write_text("1" * 5_000)

    def look(_: PreviewPage) -> PreviewPage:
        return PreviewPage(str(int((tmp_path / "number").read_text())), "en", "")

    live, stop = LivePreview(tmp_path, look), threading.Event()
    assert "ValueError" in live.page.problems[0]
    follower = threading.Thread(target=live.follow, args=(stop,), daemon=True)
    follower.start()
    for text, name in (("12", "12"), ("2" * 5_000, "12"), ("345", "345")):
        before = live.version
        (tmp_path / "number").write_text(text)
        assert live.wait(before, 10) != before
        assert live.page.name == name
        assert bool(live.page.problems) == (len(text) > 4_300)
    (tmp_path / "number").unlink()
    live.wait(live.version, 10)
    assert "FileNotFoundError" in live.page.problems[0]
    stop.set()
    follower.join()


def test_a_slow_sender_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request has a deadline as a whole; one that has arrived may wait for its answer."""
    author = Author(tmp_path)
    author.save()
    monkeypatch.setattr(preview_server, "PATIENCE", 1)
    with serving(author.cards) as port:
        started = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
            with contextlib.suppress(OSError):
                slow.sendall(b"GET / HTTP/1.1\r\n")
                while time.monotonic() - started < 10:
                    slow.sendall(b"X-A: b\r\n")
                    slow.setblocking(False)  # noqa: FBT003 - socket's own
                    with contextlib.suppress(BlockingIOError):
                        if not slow.recv(1000):
                            break
                    slow.settimeout(20)
                    time.sleep(0.2)
            assert time.monotonic() - started < 8
        waiting = threading.Thread(target=answer, args=(port, "/version?1"))
        waiting.start()
        waiting.join(2)
        assert waiting.is_alive(), "an answer that takes long was cut off"
        author.note("een")["answer"] = "Anders."
        author.save()
        waiting.join(10)
        assert not waiting.is_alive()
