"""What an author types is what a learner sees, or a problem says why not."""

import html
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from author import Author
from hypothesis import example, given, settings
from test_faces import same_as_anki
from test_markdown_renderer import texts

from deckwright.anki.learner import learner
from deckwright.cards.markdown_renderer import MarkdownRenderer, RenderedText
from deckwright.cards.typed_gaps import faults
from deckwright.problem import Place
from deckwright.source.characters import NOT_TEXT
from deckwright.source.deck import Text, text_at

# What is typed, and the HTML of the field.
TYPED = {
    "<ul>\n<li>een\n<li>twee\n</ul>": "<ul>\n<li>een\n</li><li>twee\n</li></ul>",
    "<p>Een.<p>Twee.": "<p>Een.</p><p>Twee.</p>",
    "```jsx met meer\na < b\n```": "<pre><code>a &lt; b</code></pre>",
    "- a\n\n    ```js x\n    b\n    ```": (
        "<ul>\n<li>\n<p>a</p>\n<pre><code>b</code></pre>\n</li>\n</ul>"
    ),
    "(**DEV**elopment) en (**OP**s)": ("(<strong>DEV</strong>elopment) en (<strong>OP</strong>s)"),
    "2**3 en 4**5": "2**3 en 4**5",
    "Wat een g***zooi en k***werk": "Wat een g***zooi en k***werk",
    "Doe dit:\n- Koelen\n- Bellen": (
        "<p>Doe dit:</p>\n<ul>\n<li>Koelen</li>\n<li>Bellen</li>\n</ul>"
    ),
    "1) een\n2) twee": "<ol>\n<li>een</li>\n<li>twee</li>\n</ol>",
    "• een\n• twee": "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>",
    "1. een\n  - a\n2. twee": ("<ol>\n<li>een<ul>\n<li>a</li>\n</ul>\n</li>\n<li>twee</li>\n</ol>"),
    "- een\n   - a\n      - b": (
        "<ul>\n<li>een<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"
    ),
    "3. drie\n4. vier": '<ol start="3">\n<li>drie</li>\n<li>vier</li>\n</ol>',
    "2. twee\n4. vier": '<ol start="2">\n<li>twee<br>\n4. vier</li>\n</ol>',
    "1984. Het boek.": "1984. Het boek.",
    "+ goedkoop\n- duur": "+ goedkoop<br>\n- duur",
    "- [ ] open\n- [x] klaar": "<ul>\n<li>☐ open</li>\n<li>☑ klaar</li>\n</ul>",
    "een\ntwee\ndrie": "een<br>\ntwee<br>\ndrie",
    "Zie:\n| a | b |\n|---|--:|\n| 1 | 2 |\nen verder": (
        "<p>Zie:</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n"
        '<th align="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
        '<td align="right">2</td>\n</tr>\n</tbody>\n</table>\n<p>en verder</p>'
    ),
    "```python\nx = 1\n\n# y\n```": "<pre><code>x = 1\n\n# y</code></pre>",
    "    x = 1\n      y": "<pre><code>x = 1\n  y</code></pre>",
    "Zo:\n\n        - x": "<p>Zo:</p>\n<pre><code>    - x</code></pre>",
    "Zie:\na | b\n--|--": (
        "<p>Zie:</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td></td>\n<td></td>\n</tr>\n</tbody>\n</table>"
    ),
    "- a\n  ```\n  x\n  ```": "<ul>\n<li>\n<p>a</p>\n<pre><code>x</code></pre>\n</li>\n</ul>",
    "> citaat\n> meer": "<blockquote>\n<p>citaat<br>\nmeer</p>\n</blockquote>",
    "> 5 jaar": "&gt; 5 jaar",
    "# Kop\ntekst": "<p><strong>Kop</strong></p>\n<p>tekst</p>",
    "# C#": "<strong>C#</strong>",
    "#1 van de lijst": "#1 van de lijst",
    "tekst\n---\ntekst": "<p>tekst</p>\n<hr>\n<p>tekst</p>",
    "2 + 3\n=\n5": "2 + 3<br>\n=<br>\n5",
    "~~x~~ ==x== H~2~O x^2^": "<del>x</del> <mark>x</mark> H<sub>2</sub>O x<sup>2</sup>",
    "<u>x</u> <sub>2</sub> <ruby>漢<rt>かん</rt></ruby>": (
        "<u>x</u> <sub>2</sub> <ruby>漢<rt>かん</rt></ruby>"
    ),
    "2*3*4, x**2 + y**2, a==b en c==d, x^2+y^2, ~5 en ~6": (
        "2*3*4, x**2 + y**2, a==b en c==d, x^2+y^2, ~5 en ~6"
    ),
    "x^n+y^n=z^n, e^x+e^y, a^b*c^d, 2^3^4 en ^_^ of ^.^": (
        "x^n+y^n=z^n, e^x+e^y, a^b*c^d, 2^3^4 en ^_^ of ^.^"
    ),
    "x^n-1^, 10^-3^ en Na^+^ met Cl^-^": (
        "x<sup>n-1</sup>, 10<sup>-3</sup> en Na<sup>+</sup> met Cl<sup>-</sup>"
    ),
    "tussen ~10–~20 procent, ~10,~20, ~€5,~€10": "tussen ~10–~20 procent, ~10,~20, ~€5,~€10",  # noqa: RUF001 - typed
    "~5–10~ en x~i,j~": "<sub>5–10</sub> en x<sub>i,j</sub>",  # noqa: RUF001 - typed
    "(*) verplicht en (**) of (***) en (*) zo": "(*) verplicht en (**) of (***) en (*) zo",
    "if a==b==c: x==1": "if a==b==c: x==1",
    "ge==werk==t": "ge<mark>werk</mark>t",
    "p==a==rt": "p<mark>a</mark>rt",
    r"kies A \ B of\ C:\ map, en x^a\ b^": r"kies A \ B of\ C:\ map, en x<sup>a b</sup>",
    "$x$*$y$*$z$": r"\(x\)*\(y\)*\(z\)",
    "zelf**ver**trouwen": "zelf<strong>ver</strong>trouwen",
    "*.pdf en **.doc": "*.pdf en **.doc",
    "https://www.ehbo.nl, www.ehbo.nl.": (
        '<a href="https://www.ehbo.nl">https://www.ehbo.nl</a>, '
        '<a href="http://www.ehbo.nl">www.ehbo.nl</a>.'
    ),
    "hulp@ehbo.nl [112](tel:112)": (
        '<a href="mailto:hulp@ehbo.nl">hulp@ehbo.nl</a> <a href="tel:112">112</a>'
    ),
    "Term\n: uitleg": "<dl>\n<dt>Term</dt>\n<dd>uitleg</dd>\n</dl>",
    "$x_1*y_1$ en \\(a<b\\)": r"\(x_1*y_1\) en \(a&lt;b\)",
    "$$\na\n- b\n$$": r"\[a - b\]",
    "dus \\[x_1\\] zo": r"dus \[x_1\] zo",
    "$5 en $10, US$5-$10, $5/$10, Ke$ha en A$AP": "$5 en $10, US$5-$10, $5/$10, Ke$ha en A$AP",
    r"\$x\$": "$x$",
    r"\\(x\\) en `\(x\)`": r"\<b></b>(x\<b></b>) en <code>\<b></b>(x\<b></b>)</code>",
    "{{Sleutel}} &#123;&#123;Hint}} {{#a}}": "{{Sleutel}} {{Hint}} {{#a}}",
    "`$x$` en `[^1]`": "<code>$x$</code> en <code>[^1]</code>",
    '![Een vlak](media/x.png "titel"){width=200}': (
        '<img alt="Een vlak" src="media/x.png" title="titel" width="200">'
    ),
    r"a \<b> c": "a &lt;b&gt; c",
    "{{ naam }} {% als %} ${x}": "{{ naam }} {% als %} ${x}",
}
# A cloze text, the field, and the front of its first card without HTML.
CLOZES = {
    "De {{c1::x^{2}}} is.": ("De {{c1::x^{2}<wbr>}} is.", "De [...] is."),
    "De ${{c1::x^{2}}}$ is.": (r"De \({{c1::x^{2} }}\) is.", r"De \([...]\) is."),
    "De {{c1::$x^{2}$::macht}} is.": (r"De {{c1::\(x^{2}\)::macht}} is.", "De [macht] is."),
    r"\(\frac{ {{c1::a}} }{b^{2}}\) en {{c2::b}}": (
        r"\(\frac{ {{c1::a}} }{b^{2}}\) en {{c2::b}}",
        r"\(\frac{ [...] }{b^{2}}\) en b",
    ),
    "{{c1::`std::cout`::code}} en {{c2::b}}": (
        "{{c1::<code>std:<wbr>:cout</code>::code}} en {{c2::b}}",
        "[code] en b",
    ),
    "`{{c1::std::cout}}` of `{{c2::x::welke naam}}`": (
        "<code>{{c1::std:<wbr>:cout}}</code> of <code>{{c2::x::welke naam}}</code>",
        "[...] of x",
    ),
    "{{c1::f(x) { return {1}; }}} en {{c2::b}}": (
        "{{c1::f(x) { return {1}; }<wbr>}} en {{c2::b}}",
        "[...] en b",
    ),
    "`a}}` en {{c1::`}}`}}, {{ x }}": (
        "<code>a}}</code> en {{c1::<code>}<wbr>}</code>}}, {{ x }}",
        "a}} en [...], {{ x }}",
    ),
    "{{c1::[x](https://a.nl/b::c)}} y": (
        '{{c1::<a href="https://a.nl/b:&#58;c">x</a>}} y',
        "[...] y",
    ),
    "[x](https://a.nl/b::c) {{c1::y}}": ('<a href="https://a.nl/b::c">x</a> {{c1::y}}', "x [...]"),
    "| a |\n|---|\n| {{c1::b}} |": (
        (
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>{{c1::b}}</td>\n"
            "</tr>\n</tbody>\n</table>"
        ),
        "a [...]",
    ),
    "```\nx = {{c1::f({1})}}\n```": (
        "<pre><code>x = {{c1::f({1})}}</code></pre>",
        "x = [...]",
    ),
    "{{c1::5}}*{{c2::3}}*{{c3::2}}": ("{{c1::5}}*{{c2::3}}*{{c3::2}}", "[...]*3*2"),
    "~{{c1::10}}-~{{c2::20}}": ("~{{c1::10}}-~{{c2::20}}", "~[...]-~20"),
    "x^{{c1::n}}+y^{{c2::m}}": ("x^{{c1::n}}+y^{{c2::m}}", "x^[...]+y^m"),
    "x^{{c1::2}}^ en {{c2::*b*}} en {{c3::**c**::*d*}}": (
        "x<sup>{{c1::2}}</sup> en {{c2::<em>b</em>}} en {{c3::<strong>c</strong>::<em>d</em>}}",
        "x[...] en b en c",
    ),
    "{{c1::H~2~O::x^2^}}": ("{{c1::H<sub>2</sub>O::x<sup>2</sup>}}", "[x2]"),
    "{{c1::a:}} {{c2::b}}": ("{{c1::a:<wbr>}} {{c2::b}}", "[...] b"),
}


def rendered(source: str, *, cloze: bool = False) -> RenderedText:
    """Render a text as it comes from a file."""
    return MarkdownRenderer().render(Text("x.yaml", source, 1, 1, 1, 1), cloze=cloze)


@pytest.mark.parametrize("source", TYPED)
def test_typed(source: str) -> None:
    """The field holds this, and nothing is wrong with it."""
    made = rendered(source)
    assert made.html == TYPED[source]
    assert made.problems == ()


@pytest.mark.parametrize("source", CLOZES)
def test_typed_with_gaps(tmp_path: Path, source: str) -> None:
    """The field holds this, and the real engine makes this front of it."""
    field, front = CLOZES[source]
    made = rendered(source, cloze=True)
    assert (made.html, made.problems) == (field, ())
    author = Author(tmp_path, [{"id": "een", "cloze": source}])
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        (note,) = anki.notes().values()
        shown = note.cards()[0].render_output().question_text
    text = html.unescape(re.sub(r"<[^>]*>", "", shown.partition('<div class="sentence"')[2]))
    assert " ".join(text.partition(">")[2].split()) == front


def test_anki_shows_the_same(tmp_path: Path) -> None:
    """Both sides of every card above: what the preview shows is what the engine renders."""
    notes = [
        {"id": f"a{number}", "question": "Wat?", "answer": source}
        for number, source in enumerate(TYPED)
        if "media/" not in source
    ]
    notes += [{"id": f"c{number}", "cloze": source} for number, source in enumerate(CLOZES)]
    author = Author(tmp_path, notes)
    author.save()
    assert same_as_anki(tmp_path, author.cards) > len(notes)


# Letters and digits that are styling: those of tags, of the numbers of lists, of a ticked box, of
# the names of links, and of the language of code.
STYLED = re.compile(
    r"</?[a-z!][^<>]*>|^[ >\t]*(?:[-*•] )*\d{1,3}[.)](?= )|\[x\](?= )|(?<=\])\[\w+\]"
    r"|^ {0,3}\[\w+\]: .*$|^[ >\t]*```\w*$",
    re.MULTILINE,
)
MARKS = set("*_`#~=^+->|:[](){}!\\$<>/•\"'&.;")
ATTRIBUTES = re.compile(r"<[a-z]+((?: (?:src|href|alt|title)=\"[^\"]*\")*)[^>]*>|</?[a-z]+>")


@settings(max_examples=2_000, deadline=None)
@given(source=texts)
@example("| a |\n|---|\n| 1 | 2 |")
@example("[1]: https://a.b")
@example("[^1]: woord")
@example("&nbsp;")
@example("# a #")
@example("a\n: b")
@example("[a]: <b> 'c'")
@example("1. a\n3. b")
def test_nothing_is_both_silent_and_lost(source: str) -> None:
    """Each letter and digit that is typed is seen as often, or is styling, or has a problem.

    Each other sign is seen, or is one that Markdown takes for a mark.
    """
    source = NOT_TEXT.sub("", source).strip() or "a"
    made = MarkdownRenderer().render(text_at(source, Place("x.yaml")))
    if made.problems:
        return
    seen = html.unescape(ATTRIBUTES.sub(r"\1", made.html))
    typed = Counter(filter(str.isalnum, html.unescape(STYLED.sub(" ", source))))
    assert not typed - Counter(seen), (source, made.html)
    signs = (char for char in html.unescape(source) if not char.isalnum() and not char.isspace())
    assert set(signs) <= set(seen) | MARKS, (source, made.html)


@pytest.mark.parametrize("blank", ["\u3164", "\u2800", "\u115f \u1160", "\uffa0", "&#x3164;"])
def test_what_nobody_sees_is_no_text(blank: str) -> None:
    """Neither as a whole text, nor as what a gap hides."""
    assert [each.code for each in rendered(blank).problems] == ["text-lost"]
    cloze = f"Dit is {{{{c1::{blank}}}}} zo"
    hidden = {each.code for each in faults(cloze)}
    hidden |= {each.code for each in rendered(cloze, cloze=True).problems}
    assert hidden in ({"cloze-empty"}, {"cloze-split"})


@pytest.mark.parametrize("fence", ["~~~", "```"])
def test_a_fence_that_goes_on_is_read_at_once(fence: str) -> None:
    """Whatever follows it: four thousand spaces took minutes."""
    started = time.monotonic()
    rendered(fence + " " * 3_900 + fence[0])
    assert time.monotonic() - started < 2
