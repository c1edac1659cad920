"""What is skipped for speed changes nothing: each way to HTML gives what the whole way gives."""

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckwright import markup
from deckwright.markup import ALLOWED, SCHEMES, Renderer

# What means something to Markdown or HTML, alone or together, and words between.
PIECES = [
    *"*_`#<>&\\![]()-+=~:.|'\"/ \n\t1a",
    *("**", "__", "***", "\n\n", "\n- ", "\n* ", "\n1. ", "\n2. ", "    ", "  \n", "](", "]: "),
    *("[a](b)", "[a][b]", "![a](b)", "<b>", "</b>", "<http://a.b>", "&amp;", "&#42;", "---", "==="),
    *(
        "{{c1::",
        "}}",
        "::",
        "\n> ",
        "\n# ",
        "https://a.b/c_d",
        "a_b_c",
        "woord",
        "é",
        "\xa0",
        "\x02",
    ),
    *("](https://a.b)", "](mailto:a@b.c)", "<!--", "-->", "<?", "<![CDATA[", "a@b.c", "wzxhzdk:0"),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
many = settings(max_examples=400, deadline=None)


def whole(source: str) -> str:
    """Return the HTML the long way: all of Markdown, then all of the sanitiser."""
    html = markup._markdown().convert(source)
    attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
    clean = nh3.clean(
        html, tags=set(ALLOWED), attributes=attributes, url_schemes=SCHEMES, link_rel=None
    ).strip()
    inside = clean[3:-4]
    alone = clean == f"<p>{inside}</p>" and "<p>" not in inside and "</p>" not in inside
    return inside if alone else clean


@many
@given(source=texts)
@example("Een zin.\n\nEn *nog* een [x](https://a.b).")
@example("1. a\n2. b")
@example("a  \nb")
@example("a\n===")
def test_every_way_gives_what_the_whole_way_gives(source: str) -> None:
    """Text that needs no Markdown, text that needs little, and text that needs all."""
    assert Renderer().html(source) == whole(source)


@many
@given(sources=st.lists(texts, max_size=4))
def test_a_renderer_forgets(sources: list[str]) -> None:
    """One renderer for many texts gives what a new one for each gives."""
    kept = Renderer()
    assert [kept.html(source) for source in sources] == [Renderer().html(s) for s in sources]


def test_a_text_that_is_too_deep_harms_no_other() -> None:
    """After lists in lists without end, the same renderer renders as a new one does."""
    kept = Renderer()
    kept.html("1. " * 1_000 + "a")
    for source in ("Een **zin**.", "> a\n\n- b", "[a](https://a.b)"):
        assert kept.html(source) == whole(source)


@pytest.mark.parametrize("text", ["Een gewone zin.", "Twee — zinnen. Met 'aanhaling'?", "é·ë 12%"])
def test_plain_text_takes_the_short_way(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of Markdown is even set up for it."""
    monkeypatch.setattr(markup, "_markdown", None)
    assert Renderer().html(text) == text
