"""The language server that editors ask about YAML, spoken to as they do."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("yaml-language-server")
_SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True}}


class LanguageServer:
    """One server; what it asks of the editor is answered with nothing but settings."""

    def __init__(self, process: "subprocess.Popen[bytes]", settings: dict[str, Any]) -> None:
        self._process, self._number = process, 0
        self._settings = {"yaml": {**_SETTINGS["yaml"], **settings}}

    def start(self, folder: Path) -> None:
        """Introduce ourselves, with the folder that is open."""
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {
            "workspace": {"configuration": True}}})  # fmt: skip
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def open(self, path: Path) -> list[dict[str, Any]]:
        """Open a file; return what the server finds wrong in it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1}
        text = path.read_text("utf-8")
        self.tell("textDocument/didOpen", {"textDocument": {**document, "text": text}})
        while (got := self._read()).get("method") != "textDocument/publishDiagnostics":
            self._answer(got)
        found: list[dict[str, Any]] = got["params"]["diagnostics"]
        return found

    def at(self, what: str, path: Path, line: int, character: int) -> Any:
        """Return what the server offers at a place: `completion` or `hover`."""
        place = {"line": line, "character": character}
        document = {"uri": path.as_uri()}
        return self.ask(f"textDocument/{what}", {"textDocument": document, "position": place})

    def ask(self, method: str, params: object) -> Any:
        """Ask and wait for the answer."""
        self._number += 1
        self._write({"id": self._number, "method": method, "params": params})
        while "method" in (got := self._read()) or got.get("id") != self._number:
            self._answer(got)
        return got["result"]

    def tell(self, method: str, params: object) -> None:
        """Tell something that has no answer."""
        self._write({"method": method, "params": params})

    def _answer(self, got: dict[str, Any]) -> None:
        if "method" in got and "id" in got:
            wanted = got["method"] == "workspace/configuration"
            items = got["params"]["items"] if wanted else []
            result = [self._settings.get(item.get("section"), {}) for item in items]
            self._write({"id": got["id"], "result": result if wanted else None})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        size = 0
        while (line := self._process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                size = int(line.partition(b":")[2])
        assert size, "the server has ended"
        got: dict[str, Any] = json.loads(self._process.stdout.read(size))
        return got


@contextmanager
def language_server(folder: Path, **settings: Any) -> Iterator[LanguageServer]:
    """Yield a server for a folder, with what an editor's settings say of YAML."""
    assert PROGRAM
    command = [PROGRAM, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            server = LanguageServer(process, settings)
            server.start(folder)
            yield server
        finally:
            process.kill()
