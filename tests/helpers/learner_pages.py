"""The learner's page: of cards of a test's own making, or of a site that was written."""

import functools
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from author import Author

from deckwright.site._learner_page import Offered, learner_html, learner_page
from deckwright.site._study_deck import StudyCard, study_deck


def study_card(name: str, front: str, back: str) -> StudyCard:
    """Return a card with these faces, whatever stands on them."""
    return StudyCard(name, 1, name, 0, 0, front, back)


def page_of(folder: Path, cards: Iterable[StudyCard]) -> dict[str, bytes]:
    """Return the files of a page that shows these cards; `folder` is for a deck to be made in."""
    ready = Author(folder).releases().ready
    offered = Offered("proef.apkg")
    study = replace(study_deck(ready), cards=tuple(cards))
    return learner_page(ready, offered) | {"index.html": learner_html(ready, study, offered)}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any static server does; yields its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
