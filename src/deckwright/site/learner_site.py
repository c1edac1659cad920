"""The site for learners: the package, how to get it onto a phone, what is new, and all cards."""

import re
from dataclasses import replace
from pathlib import Path
from string import Template

from deckwright.build.packages import package_bytes
from deckwright.build.plan import BuildPlan, ReadyDeck
from deckwright.cards.fields import description
from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.disk import writing
from deckwright.site._page_files import ASSETS, escaped, page_file
from deckwright.site.preview_page import page_html, preview_page
from deckwright.words.language import language


def write_site(
    plan: BuildPlan, ready: ReadyDeck, out: Path, *, url: str = "", change_notes: str = ""
) -> Path:
    """Write the site into the folder `out`; return the file of its page.

    `ready` is the deck of `plan`; `url` is where the site will stand, for a QR code; `change_notes`
    are Markdown. OSError where the folder refuses.
    """
    page = preview_page(plan)
    page = replace(page, cards=tuple(replace(card, place="") for card in page.cards))
    package = f"{ready.deck.key.value}.apkg"
    landing = Template(page_file("landing.html")).substitute(
        language(page.language).preview,
        title=escaped(page.name),
        about=description(ready.deck),
        package=package,
        code=_qr_code(url) if url else "",
        news=_news(change_notes),
    )
    media = {out / "media" / name: file.path.read_bytes() for name, file in page.media.items()}
    assets = {out / name: page_file(name).encode() for name in ASSETS}
    html = page_html(page, landing=landing, embedded=True)
    pages = {out / package: package_bytes(ready), out / "index.html": html.encode()}
    writing.write_all(media | assets | pages)
    return out / "index.html"


def _qr_code(url: str) -> str:
    import segno

    svg = segno.make(url, micro=False).svg_inline(scale=4, title=url, border=2)
    return f'<figure class="code">{svg}<figcaption>{escaped(url)}</figcaption></figure>'


def _news(change_notes: str) -> str:
    """Return change notes as HTML: a card's HTML has no headings, so theirs become bold."""
    bold = re.sub(r"^#+ (.*)$", r"**\1**", change_notes, flags=re.MULTILINE)
    return MarkdownRenderer().html(bold)
