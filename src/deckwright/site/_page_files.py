"""The files that pages are made of."""

from functools import cache
from importlib import resources

# What every page loads, by name, with its media type.
ASSETS = {"preview.css": "text/css", "preview.js": "text/javascript"}

# What a page may load and run: its own files alone, whatever stands on a card.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


@cache
def page_file(name: str) -> str:
    """Return one of ASSETS, or the template of a page."""
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
