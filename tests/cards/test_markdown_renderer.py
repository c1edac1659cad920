"""Markdown to HTML: what authors type, and that the short way give what the whole way gives."""

import re
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckwright.cards import markdown_renderer
from deckwright.cards.markdown_renderer import MarkdownRenderer, RenderedText
from deckwright.problem import Place
from deckwright.source.characters import HIDDEN, NOT_TEXT
from deckwright.source.deck import text_at

# What means something to Markdown or HTML, alone or together, and words between.
PIECES = [
    *"*_`#<>&\\![]()-+=~:.|'\"/ \n\t1a",
    *("**", "__", "***", "\n\n", "\n- ", "\n* ", "\n1. ", "\n2. ", "    ", "  \n", "](", "]: "),
    *("[a](b)", "[a][b]", "![a](b)", "<b>", "</b>", "<http://a.b>", "&amp;", "&#42;", "---", "==="),
    *("{{c1::", "}}", "::", "\n> ", "\n# ", "https://a.b/c_d", "a_b_c", "woord", "é"),
    *("\xa0", "\x02"),
    *("](https://a.b)", "](mailto:a@b.c)", "<!--", "-->", "<?", "<![CDATA[", "a@b.c", "wzxhzdk:0"),
    *("[sound:x.mp3]", "[latex]", r"\(", "[anki:tts"),
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
many = settings(max_examples=400, deadline=None)
NEVER = re.compile(r"(?!)")

GOLDEN = {
    "Een gewone zin.": "Een gewone zin.",
    "Een **vette** en *schuine* zin.": "Een <strong>vette</strong> en <em>schuine</em> zin.",
    "Eén alinea.\n\nEn nog een.": "<p>Eén alinea.</p>\n<p>En nog een.</p>",
    "- paar\n- stel": "<ul>\n<li>paar</li>\n<li>stel</li>\n</ul>",
    "1. eerst\n2. dan": "<ol>\n<li>eerst</li>\n<li>dan</li>\n</ol>",
    "regel  \nregel": "regel<br>\nregel",
    "a < b & c": "a &lt; b &amp; c",
    "[x](https://a.b/c)": '<a href="https://a.b/c">x</a>',
    "[x](mailto:a@b.c)": '<a href="mailto:a@b.c">x</a>',
    "`**code**`": "<code>**code**</code>",
    "![Een vlak](media/x.png)": '<img alt="Een vlak" src="media/x.png">',
    "snake_case_naam": "snake_case_naam",
    r"\*geen nadruk\*": "*geen nadruk*",
    "<b>vet</b>": "<b>vet</b>",
    "<script>x</script>": "",
}


@pytest.mark.parametrize("source", GOLDEN)
def test_what_authors_type(source: str) -> None:
    """The HTML of a text is this, to the letter; a text of one paragraph comes without its <p>."""
    assert MarkdownRenderer().html(source) == GOLDEN[source]


def whole(source: str) -> RenderedText:
    """Render a text by the whole way: all of Markdown and of the sanitiser."""
    with patch.object(markdown_renderer, "_PLAIN", NEVER):
        return MarkdownRenderer().render(text_at(source, Place("x.yaml")))


@many
@given(source=texts)
@example("Een zin.\n\nEn *nog* een [x](https://a.b).")
@example("1. a\n2. b")
@example("a  \nb")
@example("a\n===")
@example("a [sound:x.mp3]")
def test_the_short_ways_give_what_the_whole_way_gives(source: str) -> None:
    """Text that needs no Markdown, text that needs little, and text that needs all."""
    source = HIDDEN.sub("", NOT_TEXT.sub("", source)).strip()  # as texts come from a file
    if source:
        assert MarkdownRenderer().render(text_at(source, Place("x.yaml"))) == whole(source)


@many
@given(sources=st.lists(texts, max_size=4))
def test_a_renderer_forgets(sources: list[str]) -> None:
    """One renderer for many texts gives what a new one for each gives."""
    kept = MarkdownRenderer()
    assert [kept.html(source) for source in sources] == [
        MarkdownRenderer().html(source) for source in sources
    ]


def test_a_known_text_is_none_of_a_cloze() -> None:
    """What is known of a description says nothing about a text with gaps."""
    kept, text = MarkdownRenderer(), text_at("Een {{c1::*gat*}}.", Place("x.yaml"))
    made = kept.render(text, cloze=True)
    kept.known = {text.value: "iets anders"}
    assert kept.render(text).html == "iets anders"
    assert kept.render(text, cloze=True) == made


def test_a_text_that_is_too_deep_harms_no_other() -> None:
    """After lists in lists without end, the same renderer renders as a new one does."""
    kept = MarkdownRenderer()
    kept.html("1. " * 1_000 + "a")
    for source, html in GOLDEN.items():
        assert kept.html(source) == html


@pytest.mark.parametrize("text", ["Een gewone zin.", "Twee — zinnen. Met 'aanhaling'?", "é·ë 12%"])
def test_plain_text_takes_the_short_way(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of Markdown is even set up for it."""
    monkeypatch.setattr("markdown.Markdown", None)
    assert MarkdownRenderer().html(text) == text
