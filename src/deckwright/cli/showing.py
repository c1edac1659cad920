"""The command that shows a deck: on a local page, or as a site for learners."""

import gc
import threading
from pathlib import Path

import click

from deckwright.cli.common import (
    CARDS,
    PACKAGE,
    changelog_since,
    clock,
    one_line_errors,
    published_plan,
)

LONGEST_URL = 1_000  # a QR code holds three times that


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
        raise click.BadParameter(f"--url has more than {LONGEST_URL} signs")
    from deckwright.preview import export as write
    from deckwright.writes import exclusive

    with one_line_errors(), exclusive(cards):
        news = changelog_since(since, cards, cards) if since else ""
        click.echo(write(published_plan(cards), export, url=url, changelog=news))


def _serve(cards: Path, port: int, *, browser: bool) -> None:
    from deckwright import build as room
    from deckwright import cache
    from deckwright.gather import Speed
    from deckwright.preview import page
    from deckwright.serve import HOST, Live, server

    gc.enable()  # a preview runs for hours
    stop = threading.Event()
    options = room.Options(speed=Speed(cache.folder()))
    live = Live(cards, lambda last: page(room.plan(cards, clock(), options), last))
    threading.Thread(target=live.follow, args=(stop,), daemon=True).start()
    with server(live, port) as made:
        address = f"http://{HOST}:{made.server_port}/"
        click.echo(f"{address} (end with Ctrl-C)")
        if browser:
            import webbrowser

            webbrowser.open(address)
        try:
            made.serve_forever()
        except KeyboardInterrupt:
            stop.set()
