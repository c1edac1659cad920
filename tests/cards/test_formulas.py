r"""Formulas: what is wrong with them to Anki's MathJax, and what they say on a page without it."""

# ruff: noqa: RUF001 - signs that look alike are what it is about

import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest

from deckwright.cards.formulas import faults, with_mathml

# What formulas say in Anki: the text of the MathML that its MathJax (3.2.2, in Anki 26.09) makes of
# them, without spaces.
SAID = {
    r"x_1": "x1",
    r"x^2": "x2",
    r"x_1^2": "x12",
    r"\frac{a}{b}": "ab",
    r"\frac12": "12",
    r"\dfrac{1}{2}": "12",
    r"\tfrac{1}{2}": "12",
    r"\sqrt{x}": "x",
    r"\sqrt[3]{x+1}": "x+13",
    r"\sum_{i=1}^{n} i^2": "∑i=1ni2",
    r"\prod_{k} a_k": "∏kak",
    r"\int_0^1 x\,dx": "∫01xdx",
    r"\int_{a}^{b} f(x)\,\mathrm{d}x": "∫abf(x)dx",
    r"\oint \vec{F}\cdot d\vec{s}": "∮F→⋅ds→",
    r"\iint_D f": "∬Df",
    r"\lim_{x \to 0} \frac{\sin x}{x}": "limx→0sinxx",
    r"\alpha+\beta=\gamma": "α+β=γ",
    r"\Gamma \Delta \Omega": "ΓΔΩ",
    r"\varepsilon \varphi \vartheta": "εφϑ",
    r"a \leq b \geq c \neq d": "a≤b≥c≠d",
    r"a \le b \ge c \ne d": "a≤b≥c≠d",
    r"\approx \equiv \sim \propto": "≈≡∼∝",
    r"x \in A \cup B \cap C": "x∈A∪B∩C",
    r"A \subset B \subseteq C": "A⊂B⊆C",
    r"\emptyset \varnothing": "∅∅",
    r"\forall x \exists y": "∀x∃y",
    r"\neg p \land q \lor r": "¬p∧q∨r",
    r"p \implies q \iff r": "p⟹q⟺r",
    r"\Rightarrow \Leftarrow \to \mapsto": "⇒⇐→↦",
    r"\rightarrow \leftarrow \leftrightarrow": "→←↔",
    r"\mathbb{R} \mathbb{N}": "RN",
    r"\mathcal{L}": "L",
    r"\mathbf{v}": "v",
    r"\mathrm{kg}": "kg",
    r"\mathfrak{g}": "g",
    r"\boldsymbol{\beta}": "β",
    r"\text{als } x > 0": "alsx>0",
    r"\text{5 km}": "5km",
    r"\textbf{vet}": "vet",
    r"\operatorname{Var}(X)": "Var(X)",
    r"\hat{x} \bar{x} \tilde{x} \dot{x} \ddot{x}": "x^x¯x~x˙x¨",
    r"\overline{AB} \underline{x}": "AB―x―",
    r"\overrightarrow{AB}": "AB→",
    r"\widehat{ABC}": "ABC^",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}": "(1234)",
    r"\begin{bmatrix} a & b \end{bmatrix}": "[ab]",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}": "|abcd|",
    r"\begin{cases} 1 & x>0 \\ 0 & x \le 0 \end{cases}": "{1x>00x≤0",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": "a=bc=d",
    r"\begin{align} a &= b \\ c &= d \end{align}": "a=bc=d",
    r"\begin{array}{cc} a & b \\ c & d \end{array}": "abcd",
    r"\left( \frac{a}{b} \right)": "(ab)",
    r"\left[ x \right]": "[x]",
    r"\left\{ x \right\}": "{x}",
    r"\left| x \right|": "|x|",
    r"\left. \frac{df}{dx} \right|_{x=0}": "dfdx|x=0",
    r"\lvert x \rvert \lVert x \rVert": "|x|‖x‖",
    r"\lfloor x \rfloor \lceil y \rceil": "⌊x⌋⌈y⌉",
    r"\langle x, y \rangle": "⟨x,y⟩",
    r"\binom{n}{k}": "(nk)",
    r"{n \choose k}": "(nk)",
    r"n!": "n!",
    r"50\%": "50%",
    r"\$ 5": "$5",
    r"a \times b \div c \pm d \mp e": "a×b÷c±d∓e",
    r"a \cdot b \ast c \circ d": "a⋅b∗c∘d",
    r"\infty \partial \nabla": "∞∂∇",
    r"\ldots \cdots \vdots \ddots": "…⋯⋮⋱",
    r"\sin x \cos x \tan x \log x \ln x \exp x": "sinxcosxtanxlogxlnxexpx",
    r"\max_{x} f \min f \sup f \arg\max_x": "maxxfminfsupfargmaxx",
    r"\det A \gcd(a,b)": "detAgcd(a,b)",
    r"a \mod b": "amodb",
    r"a \bmod b": "amodb",
    r"a \pmod{n}": "a(modn)",
    r"a \equiv b \pmod n": "a≡b(modn)",
    r"90^\circ": "90∘",
    r"45^{\circ}": "45∘",
    r"x'": "x′",
    r"f''(x)": "f″(x)",
    r"x^{\prime}": "x′",
    r"\underbrace{a+b}_{n}": "a+b⏟n",
    r"\overbrace{a+b}^{n}": "a+b⏞n",
    r"\stackrel{?}{=}": "=?",
    r"\overset{a}{b} \underset{c}{d}": "badc",
    r"\xrightarrow{abc}": "→abc",
    r"\xleftarrow[x]{y}": "←xy",
    r"\textcolor{blue}{y}": "y",
    r"\boxed{x=1}": "x=1",
    r"\quad a \qquad b": "ab",
    r"a\,b\;c\:d\!e": "abcde",
    r"a~b": "ab",
    r"\mathrm{H_2O}": "H2O",
    r"\degree": "°",
    r"\perp \parallel \angle \triangle": "⊥∥∠△",
    r"\hbar \ell \Re \Im \aleph": "ℏℓℜℑℵ",
    r"\dagger \ddagger \star": "†‡⋆",
    r"\oplus \otimes \ominus": "⊕⊗⊖",
    r"\ll \gg": "≪≫",
    r"\therefore \because": "∴∵",
    r"\square \blacksquare \diamond": "◻◼⋄",
    r"\uparrow \downarrow \updownarrow": "↑↓↕",
    r"\Uparrow \rightleftharpoons": "⇑⇌",
    r"\hookrightarrow \longrightarrow": "↪⟶",
    r"\not= \not\in": "≠∉",
    r"\notin \ni": "∉∋",
    r"\big( \Big( \bigg( \Bigg(": "((((",
    r"\bigl( x \bigr)": "(x)",
    r"\bigcup_{i} A_i \bigcap": "⋃iAi⋂",
    r"\sum\limits_{i}": "∑i",
    r"\int\limits_a^b": "∫ab",
    r"\displaystyle\sum_{i=1}^n": "∑i=1n",
    r"\mathsf{x} \mathtt{y}": "xy",
    r"\mathscr{F}": "F",
    r"e^{i\pi}+1=0": "eiπ+1=0",
    r"E=mc^2": "E=mc2",
    r"a^2+b^2=c^2": "a2+b2=c2",
    r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}": "x=−b±b2−4ac2a",
    r"P(A|B)=\frac{P(B|A)P(A)}{P(B)}": "P(A|B)=P(B|A)P(A)P(B)",
    r"\sigma=\sqrt{\frac{1}{N}\sum_{i=1}^N (x_i-\mu)^2}": "σ=1N∑i=1N(xi−μ)2",
    r"a < b > c": "a<b>c",
    r"a \lt b \gt c": "a<b>c",
    r"\text{x & y}": "x&y",
    r"x\ y": "xy",
    r"\{1,2\}": "{1,2}",
    r"\_ \# \&": "_#&",
    r"\backslash": "∖",
    r"a\\b": "ab",
    r"\substack{a\\b}": "ab",
    r"\vec{v}": "v→",
    r"\mathring{A}": "A˚",
    r"\overparen{AB}": "AB⏜",
    r"\iff": "⟺",
    r"\lesssim \gtrsim": "≲≳",
    r"\smile \frown": "⌣⌢",
    r"\imath \jmath": "ıȷ",
    r"\complement \setminus": "∁∖",
    r"\top \bot": "⊤⊥",
    r"\models \vdash": "⊨⊢",
    r"\dots": "…",
    r"\sqrt x": "x",
    r"x^10": "x10",
    r"x_{n+1}": "xn+1",
    r"_2^3 H": "23H",
    r"{}_2^3 H": "23H",
    r"{}^{14}C": "14C",
    r"\frac{\partial f}{\partial x}": "∂f∂x",
    r"\frac{d}{dx}": "ddx",
    r"\cfrac{1}{1+\cfrac{1}{2}}": "11+12",
    r"\left<x\right>": "⟨x⟩",
    r"\left(a\middle|b\right)": "(a|b)",
    r"\mathbin{x} \mathrel{y}": "xy",
    r"\mbox{tekst}": "tekst",
    r"\mathbb{1}": "1",
    r"\mathbb R": "R",
    r"\operatorname*{arg\,max}_x": "argmaxx",
    r"\bra{x} \ket{y}": "⟨x||y⟩",
    r"é": "é",
    r"π r²": "πr²",
    r"½": "½",
    r"−x": "−x",
    r"x‑y": "x‑y",
}
# Signs that look the same.
_ALIKE = str.maketrans("⋅∗⊥∼◼∖⊨|", "·*⟂~∎⧵⊧∣")


def said(html: str) -> str:
    """Return what MathML says, without spaces; bold, script and other letters are letters."""
    text = "".join(ET.fromstring(html).itertext())  # noqa: S314 - our own
    plain = re.sub(r"[\s\u200b\u2061-\u2064]", "", unicodedata.normalize("NFKC", text))
    return plain.translate(_ALIKE).replace("\\", "⧵")


@pytest.mark.parametrize("formula", SAID)
def test_a_page_says_what_anki_says(formula: str) -> None:
    """On a page, a formula is MathML that says the same; nothing is wrong with it."""
    assert list(faults(formula)) == []
    typed = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for face, display in ((rf"\({typed}\)", "inline"), (rf"\[{typed}\]", "block")):
        shown = with_mathml(f"<p>a {face} b</p>")
        math = shown.removeprefix("<p>a ").removesuffix(" b</p>")
        assert re.match(r"<math [^>]*display=\"" + display, math)
        expected = unicodedata.normalize("NFKC", SAID[formula])
        assert said(math) == said(
            f"<math>{expected.replace('&', '&amp;').replace('<', '&lt;')}</math>"
        )


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{a}{b",
        r"a}",
        r"\left( x",
        r"x \right)",
        r"\begin{cases} 1",
        r"1 \end{cases}",
        r"\begin{CD} A",
        r"\begin{matrix} 1 \end{cases}",
        r"\begin{tikzpicture} x \end{tikzpicture}",
        r"x^2^3",
        r"x_1_2",
        r"x^",
        r"x^'",
        r"\frac{1}",
        r"\frac",
        r"\frac{\sqrt}{2}",
        r"\sqrt",
        r"\text",
        r"a & b",
        r"\begin{cases} 1 & 2 \end{cases} & 3",
        r"5 #",
        r"zie \eqref{x}",
        r"\ref{x}",
    ],
)
def test_what_anki_cannot_read_is_broken(formula: str) -> None:
    """A learner would see its LaTeX instead (each measured in Anki's MathJax)."""
    assert [code for code, _, _ in faults(formula)] == ["formula-broken"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\ce{2H2 + O2 -> 2H2O}",
        r"\pu{5 km/h}",
        r"\genfrac{}{}{0pt}{}{a}{b}",
        r"a \newline b",
        r"\coloneqq \nsubseteq \dblcolon",
        r"\xleftrightarrow{a}",
        r"\begin{dcases} 1 & 2 \end{dcases}",
        r"\begin{CD} A @>a>> B \end{CD}",
        r"50\% \& 6\#",
        r"\text{a & b}",
        r"\\[2pt] x",
    ],
)
def test_what_only_mathjax_can_read_is_fine(formula: str) -> None:
    """Nothing is said of it; a page that has no MathJax shows the formula or its LaTeX."""
    assert list(faults(formula)) == []
    assert with_mathml(rf"\({formula.replace('&', '&amp;').replace('>', '&gt;')}\)")


def test_a_page_shows_the_latex_of_what_it_cannot_set() -> None:
    """As code, and never as HTML."""
    shown = with_mathml(r"\(\ce{H2O} &lt;b&gt;\)")
    assert shown == r"<code>\ce{H2O} &lt;b&gt;</code>"


@pytest.mark.parametrize("formula", [r"\SI{5}{\metre}", r"\dv{x}", r"\foo", r"\alfa + \beta"])
def test_a_command_that_mathjax_does_not_know(formula: str) -> None:
    """Each is told once; a learner would see it in red."""
    found = list(faults(formula + formula))
    assert {code for code, _, _ in found} == {"formula-unknown"}
    assert len(found) == len(set(re.findall(r"\\(?:SI|metre|dv|foo|alfa)", formula)))


@pytest.mark.parametrize(
    "formula",
    [
        r"\href{javascript:x()}{y}",
        r"\newcommand{\x}{y}",
        r"\Newextarrow{\alpha}{5,10}{0x21C0}",
        r"\label{a} x = 1",
        r"\DeclareMathOperator{\x}{y}",
        r"\definecolor{x}{RGB}{1,2,3}",
        r"\require{physics}",
        r"\style{color:red}{x}",
        r"\let\x\y",
        r"\def\x{y}",
    ],
)
def test_what_does_more_than_show_a_formula(formula: str) -> None:
    """Links, styles, and what would hold for later cards."""
    assert [code for code, _, _ in faults(formula)] == ["formula-runs"]


def test_nothing_in_a_formula_becomes_html() -> None:
    """Not in words, not in a link, not in a class."""
    shown = with_mathml(r"\(\text{&lt;img src=x onerror=alert(1)&gt;} \class{a}{b} \href{x}{y}\)")
    assert "<img" not in shown
    assert not re.search(r"\b(?:href|class|style|id)=", shown)


def test_only_formulas_are_set() -> None:
    """Code, and attributes, stay as they are."""
    for face in (r"<code>\(x\)</code>", r"<pre>\[x\]</pre>", r'<img alt="\(x\)">', "a (x) b"):
        assert with_mathml(face) == face


@pytest.mark.parametrize(
    ("runs", "shows"),
    [
        (r"\mmlToken{mi}[href=javascript:alert(1)]{x}", r"\mathit{x}"),
        (r"\bbox[background:url(//evil.example/x)]{x}", r"\bbox[yellow, 5px]{x^2}"),
        (r"\unicode[a;background:url(//evil.example/x)]{65}", r"\unicode{x22D6}"),
        (r"\fcolorbox{red}{url(//evil.example/x)}{x}", r"\fcolorbox{red}{yellow}{x}"),
        (r"\textcolor{url(//evil.example/x)}{x}", r"\textcolor[RGB]{255,0,0}{x^2}"),
        (r"\enclose{circle}[mathbackground=url(//evil.example/x)]{x}", r"\enclose{circle}{x^2}"),
    ],
)
def test_an_argument_that_becomes_a_style_or_an_attribute(runs: str, shows: str) -> None:
    """MathJax 3.2.2 makes links of it that run, and loads; a name of a colour or a size is fine."""
    assert [code for code, _, _ in faults(runs)] == ["formula-runs"]
    assert list(faults(shows)) == []
