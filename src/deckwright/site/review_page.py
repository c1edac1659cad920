"""The page on which cards fail: a plot of the worst, and a table of all; it needs no network."""

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from string import Template

from deckwright.feedback.failing_cards import CardFigures, Verdict
from deckwright.problem import Place
from deckwright.release.answers import Card
from deckwright.site._page_files import page_file
from deckwright.words.messages import Message, said

# Nothing but its own style: there is no script, and nothing to load.
_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
_VERDICTS = {
    Verdict.FAILS: Message("fails"),
    Verdict.FINE: Message("fine"),
    Verdict.EARLY: Message("too early"),
}
_TITLE = Message("Which cards fail")
_LEGEND = Message(
    "How often each of the worst cards was forgotten: the mark, within the range in which it may"
    " lie. The dashed line is how often the same learners forget the rest of the deck. A filled"
    " square fails, a filled circle is fine, and for an empty circle it is too early to say."
)
_CAPTION = Message("The figures of all cards, the worst first")
HEADS = [
    Message("card"),
    Message("verdict"),
    Message("again"),
    Message("range"),
    Message("expected"),
    Message("reviews"),
    Message("learners"),
    Message("place"),
]
_MOST = 40  # cards in the plot
_LONGEST = 52  # characters of a name that stand there
# In units of the plot: a row, from where to where its share goes, and where its parts are.
_ROW, _LEFT, _RIGHT, _HEAD = 40, 18, 382, 24
_NAME_AT, _MARK_AT, _MARK = 16, 28, 5


def review_page(
    figures: Sequence[CardFigures],
    places: Mapping[str, Place],
    remarks: Sequence[Message],
    code: str,
) -> bytes:
    """Return the HTML of the page in a language.

    `figures` are in the order in which they stand there, `places` those of their notes by id, and
    `remarks` say what was read.
    """

    def say(message: Message) -> str:
        return escape(said(message, code))

    css = page_file("review.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    names = card_names(figures)
    plotted = [each for each in figures if each.reviews][:_MOST]
    html = Template(page_file("review.html")).substitute(
        lang=code,
        policy=_POLICY.format(digest),
        title=say(_TITLE),
        css=css,
        remarks="\n".join(f"<p>{say(each)}</p>" for each in remarks),
        plot=_plot(plotted, {card: say(names[card]) for card in names}, say(_TITLE)),
        legend=say(_LEGEND),
        caption=say(_CAPTION),
        heads="".join(f'<th scope="col">{say(each)}</th>' for each in HEADS),
        rows="\n".join(
            _table_row(cells(each, names[each.card], places[each.card.note], code))
            for each in figures
        ),
    )
    return html.encode(errors="backslashreplace")


def card_names(figures: Sequence[CardFigures]) -> dict[Card, Message]:
    """Return the name of each card: the id of its note and, of several cards, which one it is."""
    several = Counter(each.card.note for each in figures)
    return {
        each.card: Message("{name}, card {number}", name=each.card.note, number=each.card.number)
        if several[each.card.note] > 1
        else Message("{name}", name=each.card.note)
        for each in figures
    }


def cells(figures: CardFigures, name: Message, place: Place, code: str) -> list[str]:
    """Return what stands below each of HEADS; no shares without an answer."""
    shares = ["", "", ""]
    if figures.reviews:
        span = f"{figures.low * 100:.0f}-{figures.high * 100:.0f}%"
        shares = [f"{figures.rate:.0%}", span, f"{figures.expected:.0%}"]
    return [
        said(name, code),
        said(_VERDICTS[figures.verdict], code),
        *shares,
        str(figures.reviews),
        str(figures.learners),
        f"{place.file}:{place.line}",
    ]


def _table_row(row: Sequence[str]) -> str:
    name, *others = map(escape, row)
    data = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{name}</th>{data}</tr>'


def _plot(figures: Sequence[CardFigures], names: Mapping[Card, str], title: str) -> str:
    """Return the SVG of these cards; the table says the same in words."""
    bottom = _HEAD + _ROW * len(figures)
    scale = "".join(
        f'<line x1="{_at(share)}" x2="{_at(share)}" y1="{_HEAD - 6}" y2="{bottom}"/>'
        f'<text x="{_at(share)}" y="{_HEAD - 10}">{share:.0%}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    rows = "\n".join(
        _plot_row(each, names[each.card], _HEAD + _ROW * row) for row, each in enumerate(figures)
    )
    return (
        f'<svg viewBox="0 0 400 {bottom + 4}" role="img" aria-labelledby="plot"'
        f' aria-describedby="caption"><title id="plot">{title}</title>\n'
        f'<g class="scale">{scale}</g>\n{rows}\n</svg>'
    )


def _plot_row(each: CardFigures, name: str, top: int) -> str:
    name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    y, x, expected = top + _MARK_AT, _at(each.rate), _at(each.expected)
    return (
        f'<text x="{_LEFT}" y="{top + _NAME_AT}">{name}</text>'
        f'<line class="expected" x1="{expected}" x2="{expected}" y1="{y - 8}" y2="{y + 8}"/>'
        f'<g class="{each.verdict}"><line class="range" x1="{_at(each.low)}"'
        f' x2="{_at(each.high)}" y1="{y}" y2="{y}"/>{_mark(each.verdict, x, y)}</g>'
    )


def _mark(verdict: Verdict, x: float, y: int) -> str:
    if verdict is Verdict.FAILS:
        return f'<rect x="{x - _MARK}" y="{y - _MARK}" width="{2 * _MARK}" height="{2 * _MARK}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{_MARK}"/>'


def _at(share: float) -> float:
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)
