"""The gate: what a card shows, read as a browser reads it, may hold only what is listed here.

Both sides of every card pass it as Anki renders them, before anything gets into a package or onto a
page. nh3 reads as browsers do (html5ever): whatever it would take out, close, move or read in
another way than it is written makes the HTML another one than it was.
"""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

import nh3

from deckwright.cards import cloze, formulas, typed_gaps
from deckwright.cards._html_contents import ALLOWED, SCHEMES
from deckwright.cards._run_by_anki import refused, run_by_anki, runs
from deckwright.cards.faces import HINT, faces
from deckwright.cards.fields import RenderedNote, RenderedTexts, description, filled
from deckwright.cards.note_types import FIELDS, NoteType, note_types
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, Text
from deckwright.words.messages import Message

# What the templates of our note types, and Anki's gaps and hints, put around the texts.
_AROUND = {
    "main": {"class": "face", "lang": "[A-Za-z-]+"},
    "section": {"id": "answer"},
    "p": {"class": "theme|source|gone", "dir": "auto"},
    "div": {"class": "case|question|sentence|clue|answer|explanation|hint", "dir": "auto"},
    "span": {"class": "cloze|cloze-inactive", "data-ordinal": "[0-9]{1,3}"},
}
# What an attribute of a text may say; the others are words for people.
_NUMBER = "[0-9]{1,4}%?"
_SAYS = {
    "href": rf"(?:{'|'.join(sorted(SCHEMES))}):.*",
    "align": "left|center|right",
    **dict.fromkeys(("colspan", "rowspan", "start", "width", "height"), _NUMBER),
}
# An element as nh3 writes it: each value within double quotes, and none within a value.
_TAG = re.compile(r'<([a-z0-9]+)((?: [^\s"=]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([^\s"=]+)="([^"]*)"')
# A paragraph ends by itself where a list begins: what is shown is the same.
_PARAGRAPH = re.compile(r'</?p(?: class="(?:theme|source|gone)" dir="auto")?>')
# What our fields write in another way than a browser would write it.
_SAME = (("\xa0", "&nbsp;"), ("&#125;", "}"), ("&#58;", ":"), ("&#61;", "="))


def gate(texts: RenderedTexts, code: str) -> list[Problem]:
    """Return what the cards of a note show and may not, in a deck of the language `code`."""
    sources = {each.source for each in texts.media}
    return _gate(texts, filled(texts, "", {}), code, sources)


def gate_deck(
    deck: Deck, texts: tuple[RenderedTexts, ...], notes: list[RenderedNote]
) -> Iterator[Problem]:
    """Yield what `gate` could not know: the cards with their media, and the description."""
    for each, note in zip(texts, notes, strict=True):
        if each.media:
            yield from _gate(each, note, deck.language.value, note.media)
    if not passes(description(deck)):
        yield _odd(deck.description)


def shows_a_card(note: RenderedNote, code: str) -> bool:
    """Return whether the cards of a note, in a deck of the language `code`, show no more."""
    note_type, opens = _type(code, note.kind)
    both = [faces(note_type, note, number) for number in note.ordinals]
    sides = [side for f in both for side in (f.front, f.back)]
    return all(passes(side.replace(opens, '\n<div class="hint">'), note.media) for side in sides)


def passes(shown: str, media: Collection[str] = ()) -> bool:
    """Return whether all that HTML holds may be on a card, which shows the files of `media`."""
    for written, same in _SAME:
        shown = shown.replace(written, same)
    parsed = _parser().clean(shown)
    if _PARAGRAPH.sub("", parsed) != _PARAGRAPH.sub("", shown):
        return False
    if not all(
        _says_what_it_may(tag, name, value, media) for tag, name, value in _attributes(parsed)
    ):
        return False
    return not runs(shown, media) and not formulas.runs(shown)


def says_itself(name: str) -> bool:
    """Return whether a name is to a browser no more than its characters."""
    return ("<" not in name and "&" not in name) or html.unescape(_text().clean(name)) == name


def _gate(
    texts: RenderedTexts, note: RenderedNote, code: str, media: Collection[str]
) -> list[Problem]:
    if _gaps_as_typed(texts) and shows_a_card(replace(note, media=tuple(media)), code):
        return []
    return list(dict.fromkeys(_located(texts, note, media))) or [_odd(_main(texts))]


def _located(texts: RenderedTexts, note: RenderedNote, media: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each text that does not pass by itself."""
    for role, text in texts.note.texts().items():
        shown = [note.fields[FIELDS[note.kind].index(role)]]
        if role == ClozeNote.KIND:
            sides = [(number + 1, back) for number in note.ordinals for back in (False, True)]
            shown = [cloze.shown(shown[0], number, answer=back) for number, back in sides]
        for each in shown:
            if not passes(each, media):
                yield from list(run_by_anki(text, each)) or [_odd(text)]


def _gaps_as_typed(texts: RenderedTexts) -> bool:
    """Return whether Anki finds the gaps that the author typed, and no other."""
    if not isinstance(texts.note, ClozeNote):
        return True
    typed = texts.note.cloze.value
    found = cloze.gaps(texts.html.get(ClozeNote.KIND, typed))
    numbers = sorted(gap.number for gap in typed_gaps.gaps(typed))
    occlusions = any(map(cloze.is_occlusion, found))
    return not occlusions and sorted(gap.number for gap in found) == numbers


def _main(texts: RenderedTexts) -> Text:
    note = texts.note
    return note.cloze if isinstance(note, ClozeNote) else note.question


def _odd(text: Text) -> Problem:
    message = Message(
        "a browser reads this in another way than it is written (HTML that is not closed, or a"
        " stray < or &)"
    )
    hint = Message("write \\< for <, and &amp; for &, or leave the HTML out")
    return refused(text, "", message, hint)


@cache
def _type(code: str, kind: str) -> tuple[NoteType, str]:
    """Return the note type, and how Anki begins a hint on its cards, with its script."""
    note_type = note_types("", code, (kind,))[kind]
    name = next(field.name for field in note_type.fields if field.role == "hint")
    return note_type, HINT.partition("{text}")[0].format(name=name, number=name)


@cache
def _parser() -> nh3.Cleaner:
    # No `attribute_filter`: nh3 cannot pass on a Ctrl-C that comes while one runs.
    tags = {tag: {*ALLOWED.get(tag, ()), *_AROUND.get(tag, ())} for tag in ALLOWED | _AROUND}
    allowed = {**tags, "*": set()}  # nh3 has some of its own
    return nh3.Cleaner(tags=set(tags), attributes=allowed, url_schemes=SCHEMES, link_rel=None)


def _attributes(parsed: str) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, name and value of each attribute in HTML as nh3 writes it."""
    for tag, attributes in _TAG.findall(parsed):
        for name, value in _ATTRIBUTE.findall(attributes):
            yield tag, name, html.unescape(value)


def _says_what_it_may(tag: str, name: str, value: str, media: Collection[str]) -> bool:
    if name == "src":
        return value in media
    says = _AROUND.get(tag, {}).get(name) or _SAYS.get(name)
    return says is None or re.fullmatch(says, value, re.DOTALL) is not None


@cache
def _text() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), link_rel=None)
