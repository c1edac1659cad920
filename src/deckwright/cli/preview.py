"""`deckwright preview`: all cards on a local page."""

import threading
from dataclasses import replace
from pathlib import Path

import click

from deckwright.cli._options import CARDS, clock, common
from deckwright.cli._running import at_work, run_for_hours
from deckwright.cli._spoken_language import language, tell
from deckwright.words.messages import Message


@click.command()
@CARDS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@common
def preview(cards: Path, port: int, *, browser: bool) -> None:
    """Show all cards as Anki does, on a page that follows the files.

    \b
    Example:
      deckwright preview
    """
    _serve(cards, port, browser=browser)


def _serve(cards: Path, port: int, *, browser: bool) -> None:
    from deckwright.build.plan import BuildOptions, plan_build
    from deckwright.site.preview_page import EMPTY_PAGE, PreviewPage, preview_page
    from deckwright.site.preview_server import HOST, LivePreview, preview_server

    stop, code = threading.Event(), language()
    with at_work() as resources:
        first = BuildOptions(resources=resources)
        later = BuildOptions(resources=replace(resources, workers=1))  # it has threads by then

        def look(last: PreviewPage) -> PreviewPage:
            options = first if last is EMPTY_PAGE else later
            return preview_page(plan_build(cards, clock(), options), last, code)

        live = LivePreview(cards, look)
    run_for_hours()
    threading.Thread(target=live.follow, args=(stop,), daemon=True).start()
    with preview_server(live, port) as server:
        address = f"http://{HOST}:{server.server_port}/"
        tell(Message("{address} (end with Ctrl-C)", address=address))
        if browser:
            import webbrowser

            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            stop.set()
