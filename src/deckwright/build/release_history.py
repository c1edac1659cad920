"""Whether the ledger is the newest that anything here knows of: it must never go back.

Where it does, learners hold notes that it has forgotten, and the next release would send them anew.
So a release asks git, the folder of packages and this computer's memory.
"""

import contextlib
import hashlib
import json
import re
from pathlib import Path

from deckwright.build import drafts
from deckwright.build._git import git
from deckwright.build.packages import draft_name, package_name
from deckwright.build.plan import ReadyDeck
from deckwright.disk.user_cache import read_own, user_cache_folder, write_own
from deckwright.problem import Place, Problem
from deckwright.release.ledger import LEDGER_NAME
from deckwright.words.messages import Message

_RELEASE = re.compile(rb'^\{"release":(\d{1,9}),', re.MULTILINE)
_COMMITS = 50  # of the ledger, in all branches, the newest first
_LARGEST = 10**9


def history_problems(
    ready: ReadyDeck, cards: Path, out: Path, *, first: bool, this_key: bool
) -> list[Problem]:
    """Return what speaks against a release: a lost or older ledger, a key that others may take.

    `first` says that nobody has the deck yet; `this_key`, that its plain key is meant.
    """
    key, file = ready.deck.key.value, cards / LEDGER_NAME
    number, where = _highest(ready, cards, out)
    if number > ready.held.number:
        message = Message(
            "the ledger knows release {number}, but {where} knows release {newer}",
            number=ready.held.number,
            where=where,
            newer=number,
        )
        hint = Message(
            "take the ledger of release {number} from there or from version control, or make it "
            "again: 'deckwright lock --from PACKAGE'",
            number=number,
        )
        return [Problem(Place(str(file)), "lock-old", message, hint)]
    if ready.held.releases:
        return []
    if not first:
        lost = [str(path) for path in (out / package_name(ready),) if path.exists()]
        message = Message("there is no ledger, so every note would count as new")
        if lost:
            message = Message(
                "there is no ledger, so every note would count as new, though there is {package}",
                package=lost[0],
            )
        hint = Message(
            "nobody has this deck yet: add --first; people have it: take deck.lock from version "
            "control, or run 'deckwright lock --from PACKAGE' with the package that they have"
        )
        return [Problem(Place(str(file)), "first-release", message, hint)]
    if re.fullmatch(r"[a-z]+", key) and not this_key:
        digest = hashlib.sha256(f"{key}{ready.deck.name.value}".encode()).hexdigest()
        message = Message(
            "another deck may have the key '{key}', and would overwrite these notes", key=key
        )
        hint = Message(
            "write 'key: {key}-{digest}', or add --this-key to keep it", key=key, digest=digest[:4]
        )
        return [Problem(ready.deck.key.place, "key-common", message, hint)]
    return []


def remember(key: str, number: int) -> None:
    """Let this computer know the last release of a deck; a memory that fails is not a problem."""
    if file := _memory(key):
        with contextlib.suppress(OSError):
            write_own(file, json.dumps({"key": key, "release": number}).encode())


def _highest(ready: ReadyDeck, cards: Path, out: Path) -> tuple[int, str]:
    """Return the highest release that anything knows, and what that is."""
    memory = _memory(ready.deck.key.value)
    beside = out / draft_name(ready, ".json")
    known = [
        (_in_git(cards), "git"),
        (drafts.load(beside).number, str(beside)),
        (_remembered(memory) if memory else 0, str(memory)),
    ]
    return max(known, key=lambda each: each[0])


def _memory(key: str) -> Path | None:
    folder = user_cache_folder()
    return (
        folder / f"released-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
        if folder
        else None
    )


def _remembered(file: Path) -> int:
    try:
        number = json.loads(read_own(file) or b"{}")["release"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return 0
    return number if isinstance(number, int) and 0 < number < _LARGEST else 0


def _in_git(cards: Path) -> int:
    """Return the highest release in any committed ledger, 0 without git."""
    commits = (
        git(cards, "rev-list", "--all", f"--max-count={_COMMITS}", "--", LEDGER_NAME) or b""
    ).split()
    texts = (
        git(cards, "cat-file", "blob", f"{commit.decode()}:./{LEDGER_NAME}") or b""
        for commit in commits
    )
    return max((int(found) for text in texts for found in _RELEASE.findall(text)), default=0)
