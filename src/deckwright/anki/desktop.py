"""The Anki that runs on this computer, through its add-on AnkiConnect.

It is asked what it holds, imports a package, opens its browser and syncs. Nothing else is asked of
it, so only an import changes a collection.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deckwright.words.messages import Message, MessageError

_VERSION = 6  # of AnkiConnect's interface: an answer has a result and an error
_PATIENCE, _LONG = 15, 600  # seconds: for an answer, and for an import
_MOST = 200_000_000  # bytes of an answer
_PIECE = 100_000  # bytes of an answer that are waited for at once
_AT_ONCE = 1_000  # notes: while it answers, Anki's window stands still
_NO_FILE = ("[Errno 2]", "(os error 2)", "(os error 3)")
_TURNED_AWAY = 403


class DesktopError(MessageError):
    """What went wrong, with a hint that leads out."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message)
        self.hint = hint


class NoDesktopError(DesktopError):
    """No Anki with AnkiConnect answers there."""


class RefusedError(DesktopError):
    """Anki answers, and does not do it."""


@dataclass(frozen=True, slots=True)
class HeldNote:
    """A note in Anki: its fields in order, as HTML, and its tags."""

    fields: tuple[str, ...]
    tags: frozenset[str]


class Desktop:
    """The Anki at `url`, asked with AnkiConnect's `key` if it has one.

    ValueError where `url` is not an address that begins with http://; all methods raise
    NoDesktopError and RefusedError.
    """

    def __init__(self, url: str, key: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(url)
        parts.hostname.encode("idna")  # UnicodeError, a ValueError, where no host has that name
        self._url, self._key = url, key
        self._host, self._port = parts.hostname, parts.port or 80

    def greet(self) -> None:
        """Ask whether we may come in."""
        answer = self._ask("requestPermission")
        if not isinstance(answer, dict) or "permission" not in answer:
            raise self._another()
        if answer["permission"] != "granted":
            raise _turned_away()
        if answer.get("requireApikey") and not self._key:
            raise _no_key()

    def notes(self, note_types: Iterable[int]) -> dict[int, HeldNote]:
        """Return the notes of these note types, by Anki's number of each."""
        found = self._ask("findNotes", query=by_type(note_types))
        if not isinstance(found, list):
            raise self._another()
        held: dict[int, HeldNote] = {}
        for start in range(0, len(found), _AT_ONCE):
            rows = self._ask("notesInfo", notes=found[start : start + _AT_ONCE])
            try:
                held |= _held(rows)
            except (LookupError, TypeError, AttributeError) as error:
                raise self._another() from error
        return held

    def imports(self, package: Path) -> None:
        """Import a package."""
        if self._ask("importPackage", _LONG, path=str(package.resolve())) is not True:
            raise self._another()

    def browses(self, query: str) -> None:
        """Open Anki's browser with what a search finds."""
        self._ask("guiBrowse", query=query)

    def syncs(self) -> None:
        """Let Anki begin to sync, as its button does."""
        self._ask("sync")

    def _ask(self, action: str, patience: int = _PATIENCE, **params: object) -> Any:
        """Return AnkiConnect's answer."""
        request = {"action": action, "version": _VERSION, "params": params}
        body = json.dumps(request | ({"key": self._key} if self._key else {}))
        status, raw = self._post(body.encode(), patience)
        if status == _TURNED_AWAY:
            raise _turned_away()
        try:
            answer = json.loads(raw)
            result, error = answer["result"], answer["error"]
        except (ValueError, LookupError, TypeError, RecursionError) as mistake:
            raise self._another() from mistake
        if error is not None:
            raise self._refused(str(error))
        return result

    def _post(self, body: bytes, patience: int) -> tuple[int, bytes]:
        connection = HTTPConnection(self._host, self._port, timeout=patience)
        try:
            connection.request("POST", "/", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, _whole(response, patience)
        except TimeoutError as error:
            raise self._slow(patience) from error
        except ConnectionRefusedError as error:
            raise self._nobody() from error
        except (HTTPException, ConnectionError) as error:
            raise self._another() from error
        except OSError as error:
            raise self._nobody() from error
        finally:
            connection.close()

    def _nobody(self) -> NoDesktopError:
        message = Message("no Anki with the add-on AnkiConnect answers at {url}", url=self._url)
        hint = Message(
            "start Anki and open a profile; if it runs, choose Tools, Add-ons, Get Add-ons there, "
            "give the code 2055492159, and start Anki again"
        )
        return NoDesktopError(message, hint)

    def _another(self) -> NoDesktopError:
        message = Message("what answers at {url} is not AnkiConnect", url=self._url)
        hint = Message(
            "end the other program there; or give AnkiConnect another 'webBindPort' in Tools, "
            "Add-ons, AnkiConnect, Config, start Anki again, and add --url http://127.0.0.1:PORT"
        )
        return NoDesktopError(message, hint)

    def _slow(self, patience: int) -> NoDesktopError:
        message = Message(
            "Anki does not answer within {seconds} seconds at {url}",
            seconds=patience,
            url=self._url,
        )
        hint = Message("end what it is doing, close the dialogs that it shows, then push again")
        return NoDesktopError(message, hint)

    def _refused(self, error: str) -> RefusedError:
        """Return what an error of AnkiConnect's means."""
        if "api key" in error:
            return _wrong_key() if self._key else _no_key()
        if error == "collection is not available":
            message = Message("no profile is open in Anki")
            return RefusedError(message, Message("open one there, then push again"))
        if error.lower().startswith("unsupported action"):
            message = Message("this AnkiConnect is too old")
            return RefusedError(
                message, Message("choose Tools, Add-ons, Check for Updates in Anki")
            )
        if any(each in error for each in _NO_FILE):
            message = Message("Anki does not find the package: {error}", error=error)
            hint = Message("run deckwright and Anki in one system, where both see the same files")
            return RefusedError(message, hint)
        message = Message("Anki refuses: {error}", error=error)
        hint = Message("choose File, Import in Anki for this package: there it may say more")
        return RefusedError(message, hint)


def by_type(note_types: Iterable[int]) -> str:
    """Return the search that finds all notes of these note types."""
    return " OR ".join(f"mid:{number}" for number in note_types)


def by_number(notes: Iterable[int]) -> str:
    """Return the search that finds just these notes."""
    return f"nid:{','.join(map(str, notes))}"


def _whole(response: HTTPResponse, patience: int) -> bytes:
    """Return what an answer says; TimeoutError where it does not end in as many seconds."""
    ends, content = time.monotonic() + patience, bytearray()
    while len(content) < _MOST and (piece := response.read1(_PIECE)):
        content += piece
        if time.monotonic() > ends:  # the time of a connection is that of each piece alone
            raise TimeoutError
    return bytes(content)


def _held(rows: Any) -> Iterator[tuple[int, HeldNote]]:
    for row in rows:
        if row:  # a note that went meanwhile has an empty one
            fields = sorted(row["fields"].values(), key=lambda field: field["order"])
            texts = tuple(field["value"] for field in fields)
            number, said = row["noteId"], (*texts, *row["tags"])
            are_texts = all(isinstance(text, str) for text in said)
            if not texts or not are_texts or not isinstance(number, int):
                raise TypeError("no note of Anki's")
            yield number, HeldNote(texts, frozenset(row["tags"]))


def _turned_away() -> RefusedError:
    message = Message("AnkiConnect does not let deckwright in")
    hint = Message(
        "press Yes when Anki asks; or empty 'ignoreOriginList' in Tools, Add-ons, AnkiConnect, "
        "Config, and push again"
    )
    return RefusedError(message, hint)


def _no_key() -> RefusedError:
    return RefusedError(Message("AnkiConnect asks for its key"), _key_hint())


def _wrong_key() -> RefusedError:
    return RefusedError(Message("AnkiConnect does not take this key"), _key_hint())


def _key_hint() -> Message:
    return Message(
        "set DECKWRIGHT_ANKICONNECT_KEY to the 'apiKey' in Tools, Add-ons, AnkiConnect, Config"
    )
