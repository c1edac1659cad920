"""A line of the ledger: a JSON object that ends in a checksum, which an edit by hand breaks."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

SUM = "sum"
_FIRST_YEAR = 1970


def line(row: Mapping[str, object]) -> str:
    """Return the line of a row; its last value is a checksum over the others.

    What is empty is left out: None, and texts, lists and groups without content.
    """
    kept = {name: value for name, value in row.items() if value not in (None, {}, "", (), [])}
    body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f'{body[:-1]},"{SUM}":"{checksum(body)}"}}\n'


def checksum(body: str) -> str:
    """Return the checksum of a line that has none yet."""
    return hashlib.sha256(body.encode(errors="surrogatepass")).hexdigest()[:8]


def is_unchanged(text: str) -> bool:
    """Return whether a line still has the checksum that it was written with."""
    body, mark, rest = text.rpartition(f',"{SUM}":"')
    return bool(mark) and rest == f'{checksum(body + "}")}"}}'


def utc(seconds: int) -> str:
    """Return a time as people read it: `2026-11-25T10:00:00Z`."""
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def seconds(text: str) -> int:
    """Return a time in seconds since 1970; ValueError where it is not one in UTC."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is not UTC or time.year < _FIRST_YEAR:
        raise ValueError(f"'{text}' is not a time in UTC")
    return int(time.timestamp())
