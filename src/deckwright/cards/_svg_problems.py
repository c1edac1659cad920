"""What can be wrong with an SVG, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple
from xml.parsers.expat import errors

from deckwright.cards import _svg_names as names
from deckwright.words.messages import Message

PLAIN = Message("export it as plain SVG, without script, links or animation")
TEXTS_AS_SVG = Message("export texts as texts of SVG (draw.io: Convert labels to SVG)")
UNDECLARE = Message(
    "export it as plain SVG (Illustrator: File, Export, Export As), or delete that part"
)
EMBED = Message("embed that picture (Inkscape: Extensions, Images, Embed Images), or delete it")
UNLINK = Message("delete this link, and leave what it stands around")
NO_LOADING = Message(
    "a style may refer to the drawing alone, as in url(#name): delete this, or draw it"
)
SIMPLER = Message("draw it more simply, or save it as png")
REPAIR = Message("export it again, or open it in a browser, which shows where it breaks off")
UTF8 = Message('save it as UTF-8, with encoding="UTF-8" in its first line')
UNDEFINED = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
HINTS = {
    UNDEFINED: Message("write the character itself"),
    errors.codes[errors.XML_ERROR_MISPLACED_XML_PI]: Message("delete what stands before <?xml"),
    errors.codes[errors.XML_ERROR_INVALID_TOKEN]: Message("write &amp; for &, and &lt; for <"),
    errors.codes[errors.XML_ERROR_TAG_MISMATCH]: Message("close each element, the last one first"),
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: Message("delete one of the two attributes"),
    errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]: Message(
        'declare it at the beginning, as in <svg xmlns="{svg}" xmlns:xlink="{xlink}"',
        svg=names.SVG,
        xlink=names.XLINK,
    ),
}


class SvgFault(StrEnum):
    """What kind of fault it is."""

    BROKEN = "broken"
    ACTIVE = "active"
    LARGE = "large"


class SvgProblem(NamedTuple):
    """One thing that is wrong with an SVG, at a line and column from 1."""

    fault: SvgFault
    message: Message
    hint: Message
    line: int = 1
    col: int = 1
