"""The face of a card as a part of a page."""

import re

from deckwright.cards.formulas import with_mathml

# A sound or video of our own; nothing else may reach an attribute.
_PLAYED = re.compile(r"\[sound:([a-z0-9.-]+\.([a-z0-9]+))\]")
_VIDEOS = {"mp4", "webm"}


def for_a_page(face: str) -> str:
    """Return the face of a card as a part of a page.

    Its media are found, its sounds play, and its formulas are MathML; the page has a `main` of its
    own; and its policy allows no inline handler, so the page's script opens hints.
    """
    face = with_mathml(face)
    face = face.replace("<main ", "<div ").replace("</main>", "</div>")
    face = re.sub(r'\nonclick="[^"]*"', "", face)
    face = re.sub(r'(<img [^>]*src=")([^"/]+")', r"\1media/\2", face)
    return _PLAYED.sub(_player, face)


def _player(played: re.Match[str]) -> str:
    name, ending = played.groups()
    element, how = ("video", "controls playsinline") if ending in _VIDEOS else ("audio", "controls")
    return f'<{element} {how} src="media/{name}"></{element}>'
