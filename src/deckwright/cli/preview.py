"""`deckwright preview`: all cards on a local page, or as a site for learners."""

import gc
import threading
from pathlib import Path

import click

from deckwright.cli._options import CARDS, PACKAGE, clock
from deckwright.cli._running import one_line_errors

LONGEST_URL = 1_000  # characters; a QR code holds three times that


@click.command()
@CARDS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@click.option("--export", type=click.Path(path_type=Path), help="Write a site for learners here.")
@click.option("--url", default="", help="Where the site will stand: makes a QR code.")
@click.option("--since", type=PACKAGE, help="The last package: tells learners what is new.")
def preview(
    cards: Path, port: int, export: Path | None, url: str, since: Path | None, *, browser: bool
) -> None:
    """Show all cards as Anki does, on a page that follows the files; or export a site.

    \b
    Example:
      deckwright preview
      deckwright preview --export site --url https://example.org/deck
    """
    if export is None:
        _serve(cards, port, browser=browser)
        return
    if len(url) > LONGEST_URL:
        raise click.BadParameter(f"--url has more than {LONGEST_URL} characters")
    from deckwright.cli._decks import change_notes_since, published_plan
    from deckwright.disk.folder_lock import hold
    from deckwright.site.learner_site import write_site

    with one_line_errors(), hold(cards):
        news = change_notes_since(since, cards, cards) if since else ""
        plan, ready = published_plan(cards)
        click.echo(write_site(plan, ready, export, url=url, change_notes=news))


def _serve(cards: Path, port: int, *, browser: bool) -> None:
    from deckwright.build.cards_folder import Resources
    from deckwright.build.plan import BuildOptions, plan_build
    from deckwright.disk.user_cache import user_cache_folder
    from deckwright.site.preview_page import preview_page
    from deckwright.site.preview_server import HOST, LivePreview, preview_server

    gc.enable()  # a preview runs for hours
    stop = threading.Event()
    options = BuildOptions(resources=Resources(user_cache_folder()))
    live = LivePreview(cards, lambda last: preview_page(plan_build(cards, clock(), options), last))
    threading.Thread(target=live.follow, args=(stop,), daemon=True).start()
    with preview_server(live, port) as server:
        address = f"http://{HOST}:{server.server_port}/"
        click.echo(f"{address} (end with Ctrl-C)")
        if browser:
            import webbrowser

            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            stop.set()
