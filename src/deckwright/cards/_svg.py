"""What an SVG holds that a drawing does not need: scripts, links, what it loads, endless copies.

As <img> an SVG runs and loads nothing. But on the page for learners it can be opened by itself, and
then it runs there; and an Anki that came to show it in the page would run it in the card. So only
what is known to draw may stand in it.
"""

from xml.parsers import expat

from deckwright.cards import _svg_names as names
from deckwright.cards import _svg_problems as problems
from deckwright.cards._svg_copies import REFERENCE, Elements
from deckwright.cards._svg_problems import SvgFault, SvgProblem
from deckwright.words.messages import Message

# Chromium draws so many elements, and so many copies within copies, in half a second each.
MOST_ELEMENTS, MOST_COPIES = 50_000, 10_000
_MOST = (
    (Message("elements"), MOST_ELEMENTS),
    (Message("steps of filters"), 500),
    (Message("attributes on one element"), 500),
)
_MOST_PROBLEMS, _LONGEST_NAME = 10, 1_000
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}


class _StopError(Exception):
    """The rest is not worth reading."""


def svg_problems(name: str, content: bytes) -> list[SvgProblem]:
    """Return what is wrong with an SVG, at most ten things; `name` is for messages.

    Never raises, whatever the bytes are.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = Message("'{name}' is written in UTF-16", name=name)
        return [SvgProblem(SvgFault.BROKEN, message, Message("save it as UTF-8"))]
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        message = Message("'{name}' holds something else than its name says", name=name)
        hint = Message("export it again as svg, not compressed")
        return [SvgProblem(SvgFault.BROKEN, message, hint)]
    return _Drawing(name, content).problems


class _Drawing:
    """Reads an SVG; `problems` is what is wrong with it."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._found: dict[str, SvgProblem] = {}  # by message: each kind is told once
        self._elements = Elements()
        self._refused = 0  # how deep the element stands whose contents are not looked at, or 0
        self._style: list[str] | None = None  # the texts of an open <style>
        self._unnamed = False  # whether the namespace of SVG is missing
        self._parser = self._made_parser()
        try:
            self._parser.Parse(content, True)  # noqa: FBT003
            self._end_of_file()
        except _StopError:
            pass
        except expat.ExpatError as error:
            self._broken(error, content)
        self.problems = list(self._found.values())

    def _made_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SkippedEntityHandler = self._skipped
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        return parser

    def _add(self, fault: SvgFault, message: Message, hint: Message) -> None:
        line, col = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        self._found.setdefault(message, SvgProblem(fault, message, hint, line, col))
        if len(self._found) == _MOST_PROBLEMS:
            raise _StopError

    def _end_with(self, fault: SvgFault, message: Message, hint: Message) -> None:
        self._add(fault, message, hint)
        raise _StopError

    def _broken(self, error: expat.ExpatError, content: bytes) -> None:
        hint = problems.HINTS.get(error.code, problems.REPAIR)
        message = Message(
            "'{name}' is broken XML: {why}", name=self._name, why=expat.ErrorString(error.code)
        )
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            message = Message("'{name}' is not written in UTF-8", name=self._name)
            hint = problems.UTF8
        place = error.lineno, error.offset + 1
        self._found[message] = SvgProblem(SvgFault.BROKEN, message, hint, *place)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in _ENCODINGS:
            message = Message(
                "'{name}' is written in {encoding!r:.40}", name=self._name, encoding=encoding
            )
            self._end_with(SvgFault.BROKEN, message, problems.UTF8)

    def _doctype(self, _root: str, _system: str | None, public: str | None, subset: int) -> None:
        if subset:  # entities and defaults for attributes: they may bring in anything
            message = Message(
                "'{name}' declares something between [ and ] in its DOCTYPE", name=self._name
            )
            self._end_with(SvgFault.ACTIVE, message, problems.UNDECLARE)
        if public and not public.startswith("-//W3C//DTD SVG"):  # that of XHTML brings entities
            message = Message("'{name}' has a DOCTYPE that is not of SVG", name=self._name)
            self._end_with(SvgFault.BROKEN, message, Message("delete the <!DOCTYPE …>"))

    def _skipped(self, entity: str, _parameter: int) -> None:
        message = Message(
            "'{name}' has an entity that SVG does not know: {entity!r:.40}",
            name=self._name,
            entity=entity,
        )
        self._end_with(SvgFault.BROKEN, message, problems.HINTS[problems.UNDEFINED])

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            message = Message("'{name}' loads a style by <?xml-stylesheet", name=self._name)
            hint = Message("put the style into a <style> of the drawing")
            self._add(SvgFault.ACTIVE, message, hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._elements.open:
            self._root(space, local)
        self._elements.enter(local, attributes)
        for count, (what, most) in zip(
            (len(self._elements), self._elements.filters, len(attributes)), _MOST, strict=True
        ):
            if count > most:
                self._too_many(what, most)
        if self._refused:
            return
        if self._style is not None or (
            local not in names.ELEMENTS if space == names.SVG else space in names.HTML
        ):
            self._refused = len(self._elements.open)
            message = Message("'{name}' has <{tag:.40}> in it", name=self._name, tag=local)
            hint = problems.TEXTS_AS_SVG if local == "foreignObject" else problems.PLAIN
            self._add(SvgFault.ACTIVE, message, hint)
            return
        for attribute, value in attributes.items():
            self._attribute(space, local, attribute, value)
        if space == names.SVG and local == "style":
            self._style = []
            self._parser.CharacterDataHandler = self._style.append

    def _too_many(self, what: Message, most: int) -> None:
        message = Message(
            "'{name}' has more than {most:,} {what}", name=self._name, most=most, what=what
        )
        self._end_with(SvgFault.LARGE, message, problems.SIMPLER)

    def _namespace(self, _prefix: str | None, address: str | None) -> None:
        """Refuse a long one: the parser writes it out before each name."""
        if len(address or "") > _LONGEST_NAME:
            self._too_many(Message("characters in the name of a namespace"), _LONGEST_NAME)

    def _root(self, space: str, local: str) -> None:
        self._unnamed = not space
        if local != "svg" or space not in ("", names.SVG):
            message = Message("'{name}' holds something else than its name says", name=self._name)
            self._end_with(SvgFault.BROKEN, message, Message("export it again as svg"))

    def _end(self, _name: str) -> None:
        if len(self._elements.open) == self._refused:
            self._refused = 0
        elif self._style is not None and not self._refused:
            self._styled("".join(self._style), of_all=True)  # a comment in it ends no word
            self._style = self._parser.CharacterDataHandler = None
        self._elements.leave()

    def _attribute(self, space: str, local: str, attribute: str, value: str) -> None:
        of, _, name = attribute.rpartition(" ")
        known = name in names.TEXTS or name.startswith(("data-", "aria-"))
        if (not of and name.lower().startswith("on")) or (of, name) == (names.XML, "base"):
            message = Message(
                "'{name}' has an attribute that is not of a drawing: {attribute!r:.40}",
                name=self._name,
                attribute=name,
            )
            self._add(SvgFault.ACTIVE, message, problems.PLAIN)
        elif space != names.SVG or of not in ("", names.XLINK):
            return  # an editor's own notes
        elif name in ("href", "src"):
            self._address(local, value.strip())
        elif not of and name in names.STYLED:
            self._styled(value)
        elif not of and not known and not names.INERT.fullmatch(value):
            message = Message(
                "'{name}' has an attribute that SVG does not know: {attribute!r:.40}",
                name=self._name,
                attribute=name,
            )
            hint = Message("delete it, or export the drawing as plain SVG")
            self._add(SvgFault.ACTIVE, message, hint)

    def _address(self, local: str, value: str) -> None:
        if value.startswith("#"):
            if local != "a":
                self._refer(value[1:])
        elif value and not (local in names.PICTURES and names.PICTURE.match(value)):
            message = Message(
                "'{name}' refers to what is not in it: {value!r:.60}", name=self._name, value=value
            )
            self._add(
                SvgFault.ACTIVE, message, problems.EMBED if local == "image" else problems.UNLINK
            )

    def _styled(self, style: str, *, of_all: bool = False) -> None:
        if found := names.STYLE_LOADS.search(style):
            message = Message(
                "'{name}' has {found!r:.40} in its styles", name=self._name, found=found[0]
            )
            self._add(SvgFault.ACTIVE, message, problems.NO_LOADING)
        for found in REFERENCE.finditer(style):
            self._refer(found[1], of_all=of_all)
        if of_all:
            self._elements.style(style)

    def _refer(self, name: str, *, of_all: bool = False) -> None:
        if len(name) > _LONGEST_NAME:
            self._too_many(Message("characters in a name that it refers to"), _LONGEST_NAME)
        if not of_all:
            self._elements.refer(name)

    def _end_of_file(self) -> None:
        if self._unnamed and not self._found:
            message = Message(
                "'{name}' does not say that it is SVG, so nobody sees it", name=self._name
            )
            hint = Message('begin it with <svg xmlns="{svg}"', svg=names.SVG)
            self._found[message] = SvgProblem(SvgFault.BROKEN, message, hint)
        if self._elements.copies() > MOST_COPIES:
            message = Message(
                "'{name}' draws more than {most:,} copies of its elements",
                name=self._name,
                most=MOST_COPIES,
            )
            self._found[message] = SvgProblem(SvgFault.LARGE, message, problems.SIMPLER)
