"""The site for learners: the package, how to get it onto a phone, what is new, and all cards."""

from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

from deckwright.build.packages import label, package_name
from deckwright.build.plan import BuildPlan, ReadyDeck
from deckwright.cards import media
from deckwright.cards.fields import description
from deckwright.cards.gate import passes
from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.disk.reading import read_bytes
from deckwright.site._page_files import ASSETS, page_file
from deckwright.site.preview_page import page_html, preview_page
from deckwright.words.language import language


def site_files(  # noqa: PLR0913 - all that stands on it
    ready: ReadyDeck,
    out: Path,
    *,
    package: bytes,
    url: str = "",
    change_notes: str = "",
    cleanup: bytes | None = None,
) -> dict[Path, bytes]:
    """Return the files of the site in the folder `out`.

    `package` is that of the release; `url` is where the site will stand, for a QR code;
    `change_notes` are Markdown; `cleanup` is the package that blanks what was retired, if any was.
    UnreadableFileError for a picture that went meanwhile.
    """
    page = preview_page(BuildPlan(out, [], ready.deck, ready=ready))
    page = replace(page, cards=tuple(replace(card, place="") for card in page.cards))
    words = language(page.language).preview
    name = f"{ready.deck.key.value}-{label(ready, 'cleanup')}.apkg"
    landing = Template(page_file("landing.html")).substitute(
        words,
        title=escape(page.name),
        about=description(ready.deck),
        package=package_name(ready),
        code=_qr_code(url) if url else "",
        news=_news(change_notes),
        clean_up=f'<p><a href="{name}" download>{words["clean_up"]}</a></p>' if cleanup else "",
    )
    files = {
        out / "media" / name: read_bytes(file.path, media.TOO_LARGE)
        for name, file in page.media.items()
    }
    assets = {out / name: page_file(name).encode() for name in ASSETS}
    html = page_html(page, landing=landing, embedded=True)
    packages = {out / package_name(ready): package}
    if cleanup:
        packages[out / name] = cleanup
    return files | assets | packages | {out / "index.html": html.encode()}


def _news(change_notes: str) -> str:
    """Return HTML of Markdown that may hold texts of other people's packages."""
    html = MarkdownRenderer().html(change_notes)
    return html if passes(html) else f"<pre>{escape(change_notes)}</pre>"


def _qr_code(url: str) -> str:
    import segno

    svg = segno.make(url, micro=False).svg_inline(scale=4, title=url, border=2)
    return f'<figure class="code">{svg}<figcaption>{escape(url)}</figcaption></figure>'
