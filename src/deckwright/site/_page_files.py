"""The files that pages are made of, and what a page may do."""

from functools import cache
from importlib import resources

# What the preview loads, by name, with its media type.
ASSETS = {
    "preview.css": "text/css",
    "face.js": "text/javascript",
    "preview.js": "text/javascript",
}

# What a page may load and run: its own files alone, whatever stands on a card.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; media-src 'self'; {}-src 'self'; base-uri 'none'; form-action 'none'"
)
POLICY = _POLICY.format("connect")  # the preview asks its server for what is new
LEARNER_POLICY = _POLICY.format("manifest")


def page_file(name: str) -> str:
    """Return one of ASSETS, or the template of a page."""
    return page_bytes(name).decode()


@cache
def page_bytes(name: str) -> bytes:
    """Return a file as it is: a picture, too."""
    return resources.files(__package__).joinpath("templates", name).read_bytes()
