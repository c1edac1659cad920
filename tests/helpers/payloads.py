"""What an attacker would write into a card: element by attribute by address by writing.

Each calls `ran()`, or asks evil.example for something, wherever it is let.
"""

# ruff: noqa: E501, Q003
import html
from collections.abc import Iterator
from typing import Any

RUN = "ran(1)"
OUT = "//evil.example/x"
_SCHEMES = (
    "javascript:ran(1)", "JaVaScRiPt:ran(1)", " javascript:ran(1)", "java\tscript:ran(1)",
    "javascript&colon;ran(1)", "&#106;avascript:ran(1)", "&#x6A&#x61vascript:ran(1)",
    "\x01javascript:ran(1)", "vbscript:ran(1)", "data:text/html,<script>ran(1)</script>",
    "data:image/svg+xml,<svg onload=ran(1)>", "https://evil.example/x", OUT, r"\\evil.example\x",
    "file:///etc/passwd", "blob:https://evil.example/x", "//evil.example:80/x?a=b",
)  # fmt: skip
_ELEMENTS = (
    "script", "img", "svg", "math", "iframe", "object", "embed", "video", "audio", "source",
    "track", "link", "style", "base", "meta", "form", "button", "input", "select", "textarea",
    "a", "b", "p", "table", "td", "body", "html", "div", "span", "details", "marquee", "template",
    "noscript", "title", "xmp", "plaintext", "noembed", "frame", "frameset", "portal", "tts",
    "anki-mathjax", "x-y", "ruby", "rt", "ins", "svg/onload=ran(1)", "isindex", "keygen", "image",
    "picture", "dialog", "slot", "area", "map", "bgsound", "applet", "font", "center",
)  # fmt: skip
_ADDRESSES = (
    "src", "href", "srcset", "poster", "background", "ping", "formaction", "action", "data",
    "xlink:href", "content", "lowsrc", "dynsrc", "cite", "longdesc", "codebase", "manifest",
)  # fmt: skip
_EVENTS = (
    "onerror", "onload", "onfocus autofocus tabindex=0 onfocus", "onmouseover", "onanimationstart",
    "ontoggle", "onbegin", "OnClIcK", "on\nload", "/onload", "x\x0conload", '"onload', "onpointerrawupdate",
)  # fmt: skip
_STYLES = (
    f"background:url({OUT})", "x:expression(ran(1))", f"@import '{OUT}'", f"position:fixed;list-style:url({OUT})",
)  # fmt: skip
_MUTATIONS = (
    "<svg></p><style><a id='</style><img src=x onerror=ran(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=ran(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=ran(1)>",
    "<noscript><p title='</noscript><img src=x onerror=ran(1)>'>",
    "<title><a title='</title><img src=x onerror=ran(1)>'>",
    "<textarea><a title='</textarea><img src=x onerror=ran(1)>'>",
    "<template><p title='</template><img src=x onerror=ran(1)>'>",
    "<style><a title='</style><img src=x onerror=ran(1)>'>",
    "<xmp><a title='</xmp><img src=x onerror=ran(1)>'>",
    "<svg><desc><img src=x onerror=ran(1)></desc></svg>",
    "<svg><foreignObject><iframe src=javascript:ran(1)></iframe>",
    "<math href=javascript:ran(1)>x</math>", "<math><annotation-xml encoding=text/html><img src=x onerror=ran(1)>",
    "<!--><img src=x onerror=ran(1)>-->", "<!--!><img src=x onerror=ran(1)>-->",
    "<!-- --!><img src=x onerror=ran(1)>", "<!-->x", "<? <img src=x onerror=ran(1)> ?>",
    "<![CDATA[<img src=x onerror=ran(1)>]]>", "<!doctype x[<!entity a '<img src=x onerror=ran(1)>'>]>&a;",
    "</ <img src=x onerror=ran(1)>", "<<img src=x onerror=ran(1)>", "<img src=x onerror=ran(1)",
    "<img src=x onerror=ran(1)//", "<img src='x' onerror='ran(1)' a=\"", "<b <img src=x onerror=ran(1)>",
    "<b title=\"a>b\" onmouseover=ran(1)>x</b>", "<a title='\"><img src=x onerror=ran(1)>' href=x>y</a>",
    "<td title=</td><img src=x onerror=ran(1)>", "<p><table><p><svg onload=ran(1)>",
    "+ADw-script+AD4-ran(1)+ADw-/script+AD4-", "\ufe64script\ufe65ran(1)", "\uff1cimg src=x onerror=ran(1)\uff1e",
    "&lt;img src=x onerror=ran(1)&gt;", "&amp;lt;img src=x onerror=ran(1)&amp;gt;", "&#60;img src=x onerror=ran(1)&#62;",
    "&#x3c;img src=x onerror=ran(1)>", "&LT;img src=x onerror=ran(1)&GT;", "&#0060img src=x onerror=ran(1)>",
    "&#0;", "&#xd800;", "&#11;", "&#x202e;", "&NewLine;&Tab;", "<\x00img src=x onerror=ran(1)>",
    "`<img src=x onerror=ran(1)>`", "```html\n<img src=x onerror=ran(1)>\n```", "    <img src=x onerror=ran(1)>",
    "`` ` <img src=x onerror=ran(1)> ``", "~~~\n</code></pre><img src=x onerror=ran(1)>\n~~~",
    "[x]: javascript:ran(1)\n\n[y][x]", '[x](javascript:ran(1) "t")', "[x](<javascript:ran(1)>)",
    "![x](javascript:ran(1))", f"![x]({OUT})", f"![x](https:{OUT})", f'![x" onerror="ran(1)]({OUT})',
    "[x](https://a.nl/\"onmouseover=\"ran(1))", "[x](https://a.nl 'a\" onmouseover=\"ran(1)')",
    "<javascript:ran(1)>", "<https://a.nl/\"onmouseover=\"ran(1)>", "https://a.nl/<img/src=x/onerror=ran(1)>",
    "www.a.nl/\"><img src=x onerror=ran(1)>", "ran@evil.example\"><img src=x onerror=ran(1)>",
    "| a | b |\n|---|---|\n| <img src=x onerror=ran(1)> | x |", "a\n: <img src=x onerror=ran(1)>",
    "# <img src=x onerror=ran(1)>", "> <svg onload=ran(1)>", "- <svg onload=ran(1)>",
    "{: onload=ran(1) }", "x{: src=y}", "![x](media/een.png){width=\"1\" onerror=ran(1)}",
    "$\\href{javascript:ran(1)}{x}$", r"\\(\href{javascript:ran(1)}{x}\\)", r"\\<wbr>(\href{javascript:ran(1)}{x}\\<wbr>)",
    r"$\text{<img src=x onerror=ran(1)>}$", r"$x<img src=x onerror=ran(1)>y$", r"\(</code><svg onload=ran(1)>\)",
    r"$\style{background:url(//evil.example/x)}{x}$", r"$\class{x}{y}$", r"$\bbox[background:url(//evil.example/x)]{x}$",
    r"$\unicode[a;background:url(//evil.example/x)]{65}$", r"$\mmlToken{mi}[href=javascript:ran(1)]{x}$",
    "\u200b<img src=x onerror=ran(1)>", "\U00100002x\U00100001", "\U00101000",
)  # fmt: skip
_ANKI = (
    "[sound:x.mp3]", "[sound:x", "x.mp3]", '[sound:x" onerror="ran(1)]', "[SOUND:x]", "[so<b>und</b>:x]", "&#91;sound:x]",
    r"\[sound:x]", "`[sound:x]`", "[sound:../../x]", "[anki:tts lang=nl_NL]x[/anki:tts]", "[anki:play:q:0]", "[anki:", "[/anki:x]",
    "<tts service=android>x</tts>", "[latex]x[/latex]", "[latex]", "[/latex]", "[$]x[/$]", "[$$]", "[LaTeX]", "[[type:Antwoord]]",
    "[[type:cloze:Tekst]]", "{{FrontSide}}", "{{tts nl_NL:Antwoord}}", "{{#Antwoord}}", "{{/Antwoord}}", "{{^Antwoord}}", "{{type:x}}",
    "{{Antwoord}}", "{{cloze:Tekst}}", "{{hint:Tekst}}", "{{=<% %>=}}", "{{!x}}", "}}", "{{", "{{c1::", "::", "::x}}", "{{c1}}", "{{c1:x}}",
    'image-occlusion:rect:left=" autofocus tabindex=0 onfocus="ran(1)', "image-occlusion:", "image&#45;occlusion:rect:left=1",
    "{{c1::x}}", "{{c2::x}}", "{{c01::x}}", "{{c00001::x}}", "{{c1,2::x}}", "{{c1,::x}}", "{{c0::x}}", "{{c500::x}}", "{{c65537::x}}",
    "`{{c0001::image-occlusion:rect:left=\" onfocus=\"ran(1)}}`", "`{{c1,::image-occlusion:rect:left=\" onfocus=\"ran(1)}}`",
    "{&#123;c1::image-occlusion:rect:left=x}}", "&lcub;&lcub;c1::image-occlusion:x}}", "{<b></b>{c1::x}}", "{{c1::x::[sound:y]}}",
    "{{c1::x::latex}} {{c1::y::/latex}}", "{{c1::x::sound:y}}", "{{c1::x::[type:z]}}", r"{{c1::\\}}(x\\)", r"{{c1::x::\\}} x\\)",
    "{{c1::<b>}}x</b>", "{{c1::x::<img src=x onerror=ran(1)>}}", "{{c1::x::&lt;img src=x onerror=ran(1)&gt;}}", "{{c1::a {{c2::b}} c}}",
    r"$\text{ {{c1::</span><svg onload=ran(1)>}} }$", "$x {{c1::<b title=\"}}\">y</b>}}$", "{{c1::`}}`<img src=x onerror=ran(1)>}}",
    "onclick=\"document.write(1)\"", "<a class=hint href=\"#\" onclick=\"ran(1)\">x</a>", "</main></div></p><svg onload=ran(1)>",
    "<div id=\"answer\">x</div>", "<span class=\"cloze\" onclick=ran(1)>x</span>", "<p class=gone dir=auto>x</p>", "<!-- back -->",
    "$theme", "${gone}", "%s {0} {name}", "\\g<0> \\1", "</script><script>ran(1)</script>", "\u2028ran(1)", "\x1f",
)  # fmt: skip


def _plain() -> Iterator[str]:
    for element in _ELEMENTS:
        yield f"<{element}>{RUN}</{element.partition('/')[0]}>"
        yield f"<{element}>"
        yield f"<{element}/src={OUT}/onload={RUN}>"
        for name in _ADDRESSES:
            yield f'<{element} {name}="{OUT}">x</{element.partition("/")[0]}>'
            yield f"<{element} {name}={_SCHEMES[len(element + name) % len(_SCHEMES)]}>"
        for event in _EVENTS:
            yield f"<{element} {event}={RUN}>"
        for style in _STYLES:
            yield f'<{element} style="{style}">x'
    for scheme in _SCHEMES:
        yield from (f"[x]({scheme})", f"![x]({scheme})", f"<{scheme}>", f'<a href="{scheme}">x</a>')
        yield from (f'<img src="{scheme}" alt=x>', f"<a href='{scheme}' title=x>y</a>", scheme)
    yield from (*_MUTATIONS, *_ANKI)


def payloads() -> list[str]:
    """Return all payloads, each in the writings that hide it from who looks at the text."""
    found: dict[str, None] = {}
    for number, each in enumerate(_plain()):
        hidden = (
            html.escape(each), each.replace("<", "&#60;"), f"`{each}`", f"**{each}**", f"{each}\n\n{each}",
            each.upper(), each.replace("<", "\\<"), f"x {each} y", each.replace(" ", "\t\n"), f"<b>{each}</b>",
            each.replace('"', "&quot;"), f"- {each}", each.replace("<", "<\u200b"), f"{each} -->",
        )  # fmt: skip
        found |= dict.fromkeys(
            (each, hidden[number % len(hidden)], hidden[(number + 5) % len(hidden)])
        )
    return list(found)


def notes(payload: str, name: str) -> dict[str, dict[str, Any]]:
    """Return, by role, a note that has a payload there; `name` begins their ids."""
    asks = {"question": "Wat is dit nu?", "answer": "Een ding."}
    gap = "Dit is {{c1::een gat}} midden in een zin."
    made: dict[str, dict[str, Any]] = {
        role: {**asks, role: payload}
        for role in ("question", "answer", "case", "hint", "explanation", "source", "theme")
    }
    made |= {
        "cloze": {"cloze": f"{gap} {payload}"},
        "gap": {"cloze": f"Dit is {{{{c1::{payload}}}}} midden in een zin."},
        "gap's hint": {"cloze": f"Dit is {{{{c1::een gat::{payload}}}}} midden in een zin."},
        "alt": {**asks, "answer": f"![{payload}](media/een.png)"},
        "link": {**asks, "answer": f"[hier]({payload})"},
    }
    return {role: {"id": f"{name}-{n}", **made[role]} for n, role in enumerate(made)}
