"""What an SVG may be made of: the elements, attributes and namespaces that only draw.

Names are those of SVG 1.1 and 2 (w3.org/TR/SVG11/attindex.html, w3.org/TR/SVG2/propidx.html). Left
out is what runs, loads, leaves or moves: script, foreignObject, animate, set, handler, cursor.
"""

import re

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Besides SVG, a browser shows and runs only these.
HTML = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"}

PICTURES = {"image", "feImage"}
# They hold colours, and cost a browser nothing.
COLOURS = {"linearGradient", "radialGradient", "stop"}
_DRAWING = """
a circle clipPath defs desc ellipse filter flowDiv flowPara flowRegion flowRoot flowSpan font
font-face font-face-format font-face-name font-face-src g glyph glyphRef hatch hatchpath hkern line
marker mask mesh meshgradient meshpatch meshrow metadata missing-glyph path pattern polygon polyline
rect solidcolor style svg switch symbol text textPath title tref tspan use view vkern
"""
_FILTERS = """
Blend ColorMatrix ComponentTransfer Composite ConvolveMatrix DiffuseLighting DisplacementMap
DistantLight DropShadow Flood FuncA FuncB FuncG FuncR GaussianBlur Image Merge MergeNode Morphology
Offset PointLight SpecularLighting SpotLight Tile Turbulence
"""
ELEMENTS = PICTURES | COLOURS | {*_DRAWING.split(), *(f"fe{name}" for name in _FILTERS.split())}

# Texts, and the numbers of a path: what they hold is not read as a style.
_TEXTS = "class content d font-family font-name glyph-name id lang name points title unicode"
TEXTS = set(_TEXTS.split())
_STYLED = """
accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent azimuth
background background-color baseProfile baseFrequency baseline-shift bbox bias border border-radius
calcMode cap-height clip clip-path clip-rule clipPathUnits color color-interpolation
color-interpolation-filters color-profile color-rendering contentScriptType contentStyleType
crossorigin cx cy descent diffuseConstant direction display divisor dominant-baseline dx dy edgeMode
elevation enable-background exponent fill fill-opacity fill-rule filter filterRes filterUnits
flood-color flood-opacity focusable font font-feature-settings font-kerning font-size
font-size-adjust font-stretch font-style font-variant font-variant-ligatures font-weight format fr
fx fy g1 g2 glyph-orientation-horizontal glyph-orientation-vertical glyphRef gradientTransform
gradientUnits hanging height horiz-adv-x horiz-origin-x horiz-origin-y ideographic image-rendering
in in2 inline-size intercept isolation k k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning
lengthAdjust letter-spacing lighting-color limitingConeAngle line-height margin marker marker-end
marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits
maskUnits mathematical max-width media method mix-blend-mode mode numOctaves offset opacity operator
order orient orientation origin overflow overline-position overline-thickness paint-order panose-1
path pathLength patternContentUnits patternTransform patternUnits pointer-events pointsAtX pointsAtY
pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rendering-intent
requiredExtensions requiredFeatures result role rotate rx ry scale seed shape-inside
shape-image-threshold shape-margin shape-padding shape-rendering shape-subtract side slope
snapshotTime solid-color solid-opacity spacing specularConstant specularExponent spreadMethod
startOffset stdDeviation stemh stemv stitchTiles stop-color stop-opacity
strikethrough-position strikethrough-thickness string stroke stroke-dasharray stroke-dashoffset
stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale
systemLanguage tabindex tableValues targetX targetY text-align text-anchor text-decoration
text-decoration-color text-decoration-line text-decoration-style text-indent text-orientation
text-overflow text-rendering text-transform textLength transform transform-box transform-origin type
u1 u2 underline-position underline-thickness unicode-bidi unicode-range units-per-em v-alphabetic
v-hanging v-ideographic v-mathematical values vector-effect version vert-adv-y vert-origin-x
vert-origin-y viewBox viewTarget visibility white-space width widths will-change word-spacing
writing-mode x x-height x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan
"""
STYLED = set(_STYLED.split())

# What may stand in a value: a picture of its own, and what no style or other attribute may do.
PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
STYLE_LOADS = re.compile(
    r"\\|@(?:import|keyframes)|(?<![\w-])d\s*:|url\(\s*+[\"']?+\s*+"
    r"(?!#|data:(?:image/(?:png|jpe?g|gif|webp)|font/|application/(?:x-)?font))"
    r"|(?<![\w-])(?:-\w{1,9}-)?(?:image(?:-set)?|src|cross-fade|element|paint|expression)\(",
    re.IGNORECASE,
)
# An editor's own note, on an attribute that SVG does not know: neither an address nor code.
INERT = re.compile(r"[\w\s.,%#;+-]*")
