"""A collection of the real Anki behind the wire of AnkiConnect, which is on no registry.

The envelope, the errors and what each action does are those of the add-on (FooSoft/anki-connect of
November 2025) in the desktop Anki 26.09.3: `RECORDED` is what it answered there. The class that
imports is the one that the add-on takes. Only windows are missing: what the browser would show is
kept.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from deckwright.anki.learner import Learner

GRANTED = {"permission": "granted", "requireApikey": False, "version": 6}
RECORDED = {
    "granted": {"result": GRANTED, "error": None},
    "wants a key": {"result": {**GRANTED, "requireApikey": True}, "error": None},
    "denied": {"result": {"permission": "denied"}, "error": None},
    "key": {"result": None, "error": "valid api key must be provided"},
    "no profile": {"result": None, "error": "collection is not available"},
    "no file": {
        "result": None,
        "error": "Failed to open '/x.apkg': No such file or directory (os error 2)",
    },
    "broken": {"result": None, "error": "invalid Zip archive: Could not find EOCD"},
    "unsupported": {"result": None, "error": "unsupported action"},
}


class AnkiConnect:
    """An Anki that runs: `asked` are the actions so far, `shown` the notes in its browser.

    `answers` are answers to actions in place of the true ones: bytes as they are, others as JSON.
    """

    def __init__(self, folder: Path) -> None:
        self.anki = Learner(folder)
        self.asked: list[str] = []
        self.shown: list[str] = []
        self.search = ""
        self.key: str | None = None
        self.answers: dict[str, Any] = {}
        self.status = 200
        self.before: Callable[[str], object] = lambda _action: None
        self.url = ""

    def answer(self, body: bytes) -> bytes:
        """Return the answer to a request."""
        request = json.loads(body)
        action = request["action"]
        self.asked.append(action)
        self.before(action)
        if action in self.answers:
            made = self.answers[action]
            return made if isinstance(made, bytes) else json.dumps(made).encode()
        if request.get("key") != self.key and action != "requestPermission":
            return json.dumps(RECORDED["key"]).encode()
        try:
            result, error = getattr(self, f"_{action}")(**request["params"]), None
        except Exception as mistake:  # noqa: BLE001 - as the add-on does
            result, error = None, str(mistake)
        return json.dumps({"result": result, "error": error}).encode()

    def _requestPermission(self) -> Any:  # noqa: N802 - named by AnkiConnect, as those below
        return {**GRANTED, "requireApikey": self.key is not None}

    def _findNotes(self, query: str) -> list[int]:  # noqa: N802
        return list(self.anki.col.find_notes(query))

    def _notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:  # noqa: N802
        rows = []
        for note in map(self.anki.col.get_note, notes):
            fields = {
                name: {"value": value, "order": order}
                for order, (name, value) in enumerate(note.items())
            }
            rows.append({"noteId": note.id, "tags": note.tags, "fields": fields})
        return rows

    def _importPackage(self, path: str) -> bool:  # noqa: N802
        import anki.importing

        assert Path(path).is_absolute(), "Anki runs in another folder"
        legacy: Any = anki.importing
        legacy.AnkiPackageImporter(self.anki.col, path).run()
        self.anki.col.models._clear_cache()
        return True

    def _guiBrowse(self, query: str) -> list[int]:  # noqa: N802
        self.search = query
        found = [self.anki.col.get_note(number) for number in self.anki.col.find_notes(query)]
        self.shown = sorted(note.fields[0] for note in found)
        return list(self.anki.col.find_cards(query))

    def _sync(self) -> None:
        """Anki would begin to sync."""


@contextmanager
def anki_connect(folder: Path) -> Iterator[AnkiConnect]:
    """Yield a running Anki with an empty collection in `folder`."""
    anki = AnkiConnect(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made = anki.answer(self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(OSError):  # who asked may wait no longer
                if made and not made.startswith(b"HTTP"):
                    self.send_response(anki.status)
                    self.send_header("Content-Length", str(len(made)))
                    self.end_headers()
                self.wfile.write(made)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        anki.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield anki
        server.shutdown()
        anki.anki.col.close()
