"""The site for learners: a page to study on, and the package for those who use Anki."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from deckwright.build.packages import label, package_name
from deckwright.build.plan import ReadyDeck
from deckwright.cards.media import TOO_LARGE
from deckwright.disk.reading import read_bytes
from deckwright.site._learner_page import Offered, learner_page, service_worker


def site_files(
    ready: ReadyDeck, out: Path, *, package: bytes, url: str = "", cleanup: bytes | None = None
) -> dict[Path, bytes]:
    """Return the files of the site in the folder `out`, in the order in which to write them.

    `package` is that of the release; `url` is where the site will stand, for a QR code; `cleanup`
    is the package that blanks what was retired, None without. The page comes after what it loads.
    """
    name = _clean_up_name(ready)
    code = _qr_code(url) if url else ""
    page = learner_page(ready, Offered(package_name(ready), name if cleanup else "", code))
    shown = {name for each in ready.release.notes for name in each.note.media}
    media = {
        f"media/{file.name}": read_bytes(file.path, TOO_LARGE)
        for file in ready.media.values()
        if file.name in shown
    }
    packages = {package_name(ready): package}
    if cleanup:
        packages[name] = cleanup
    offline = media | page
    files = packages | offline | {"sw.js": service_worker(ready, offline)}
    return {out / name: content for name, content in files.items()}


def without_old_clean_up(ready: ReadyDeck, out: Path, files: Mapping[Path, bytes]) -> None:
    """Remove the clean-up of an earlier release from a site of which these are the files.

    Its notes would come back as cards without text for those who have cleaned up.
    """
    old = out / _clean_up_name(ready)
    if old not in files:
        old.unlink(missing_ok=True)


def _clean_up_name(ready: ReadyDeck) -> str:
    return f"{ready.deck.key.value}-{label(ready, 'cleanup')}.apkg"


def _qr_code(url: str) -> str:
    import segno

    svg = segno.make(url, micro=False).svg_inline(scale=4, title=url, border=2)
    return f'<figure class="code">{svg}<figcaption>{escape(url)}</figcaption></figure>'
