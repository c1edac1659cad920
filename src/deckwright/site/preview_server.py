"""A local page that follows the cards: only for this computer, only to look at."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deckwright.cards.media import FOLDER, TOO_LARGE
from deckwright.disk.reading import UnreadableFileError, read_bytes
from deckwright.disk.snapshot import WAIT, Seen, Watch, snapshot
from deckwright.release.ledger import LEDGER_NAME
from deckwright.site._page_files import ASSETS, POLICY, page_file
from deckwright.site.preview_page import EMPTY_PAGE, PreviewPage, page_html

HOST = "127.0.0.1"
PATIENCE = 10  # seconds for a whole request to arrive, however slowly it is sent
_HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_REFUSED = (403, "text/plain", b"not from here")


class LivePreview:
    """The page as it is now; `look` makes it anew, and whoever waits for that is told."""

    def __init__(self, folder: Path, look: Callable[[PreviewPage], PreviewPage]) -> None:
        """Look once; `look` takes the page before and returns that of now."""
        self._folder, self._look = folder, look
        self._changed = threading.Condition()
        self._watch = Watch(self._snapshot)
        self.page, self.version = EMPTY_PAGE, 0
        self._look_again()

    def follow(self, stop: threading.Event) -> None:
        """Look again whenever a file changes, until `stop`."""
        while not stop.wait(WAIT):
            if self._watch.changed():
                self._look_again()

    def wait(self, version: int, seconds: float) -> int:
        """Return the version once it is another than `version`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def _look_again(self) -> None:
        try:
            page = self._look(self.page)
        except Exception as error:  # noqa: BLE001 - the author is to see it, and the preview to go on
            page = replace(self.page, problems=(f"deckwright failed: {error!r}",))
        with self._changed:
            self.page, self.version = page, self.version + 1
            self._changed.notify_all()

    def _snapshot(self) -> list[Seen]:
        seen = snapshot([self._folder], [self._folder / FOLDER])
        return [each for each in seen if not each[0].endswith(LEDGER_NAME)]


class _Server(ThreadingHTTPServer):
    """A server that knows the page."""

    daemon_threads = True

    def __init__(self, live: LivePreview, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.live = live


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30  # seconds for each piece of an answer

    def setup(self) -> None:
        super().setup()
        self._deadline = threading.Timer(PATIENCE, self._no_more)
        self._deadline.daemon = True
        self._deadline.start()

    def _no_more(self) -> None:
        with suppress(OSError):  # it is gone already
            self.connection.shutdown(socket.SHUT_RD)

    def parse_request(self) -> bool:
        whole = super().parse_request()
        self._deadline.cancel()
        return whole

    def do_GET(self) -> None:
        try:
            status, kind, body = self._answer() if self._is_ours() else _REFUSED
        except ValueError:  # an address that cannot be parsed
            status, kind, body = _REFUSED
        with suppress(OSError):  # the page was closed meanwhile
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def _is_ours(self) -> bool:
        here = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        origin = self.headers.get("Origin")
        same = origin is None or urlsplit(origin).netloc in here
        site = self.headers.get("Sec-Fetch-Site", "none")
        return self.headers.get("Host") in here and same and site in ("none", "same-origin")

    def _answer(self) -> tuple[int, str, bytes]:
        address, live = urlsplit(self.path), self.server.live
        name = unquote(address.path).removeprefix("/")
        if name == "":
            return 200, "text/html", page_html(live.page).encode()
        if name in ASSETS:
            return 200, ASSETS[name], page_file(name).encode()
        if name == "deck.json":
            return 200, "application/json", live.page.json().encode()
        if name == "version":
            known = int(address.query[:9]) if address.query.isdecimal() else 0
            return 200, "text/plain", str(live.wait(known, 20)).encode()
        media = live.page.media.get(name.removeprefix("media/"))
        if media and name.startswith("media/"):
            with suppress(UnreadableFileError):  # it was taken away meanwhile
                return 200, media.format.media_type, read_bytes(media.path, TOO_LARGE)
        return 404, "text/plain", b"nothing here"

    def finish(self) -> None:
        self._deadline.cancel()
        super().finish()

    def log_message(self, *_: object) -> None:
        """Say nothing: the page itself shows what there is."""


def preview_server(live: LivePreview, port: int) -> ThreadingHTTPServer:
    """Return a server for the page on this computer's own address; port 0 takes a free one.

    Another site that is open in the browser can neither read nor change anything: a request must
    name this host (no DNS rebinding), come from no other origin, and only GET is answered.
    """
    return _Server(live, port)
