"""Ids in a message, as learners write them: with capitals, spaces, slips, or cut in two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from deckwright.feedback._letters import Letters, letters
from deckwright.feedback.message import releases

_LABEL = re.compile(
    r"(?:\b(?:kaart(?:je)?|card|karte|carte|tarjeta|id|nr|nummer|number|naam|name)\b|#)[\s:.#(\[“\"'‘=`*]*$",
    re.IGNORECASE,
)
_JOINS = r"[-_\u00ad\u2010-\u2015\u2212]"
_HYPHEN = r"[-_./+=\u00ad\u200b\u2010-\u2015\u2212]"  # and what stands there in its place
_HYPHENS = re.compile(rf"\s*(?:{_HYPHEN}\s*)+")
_WORD = re.compile(r"[^\W_]+")
_HYPHENED_WORD = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+)+")
_TORN, _TEARS = re.compile(rf"[^\W_]{_JOINS}$"), re.compile(rf"{_JOINS}[^\W_]")
_PART = re.compile(rf"(?<![^\W_])[^\W_]+(?:{_HYPHEN}[^\W_]+)+")
# How much of an id must be there, in per cent, and how many letters it must have: the less there is
# beside it to say that an id is meant, the more.
_LABELLED, _HYPHENED, _PLAIN, _NEVER = (78, 6), (82, 8), (90, 11), (101, 0)
# How alike each word of an id, and the one that stands for it, must be, from how many letters on.
_WORD_ALIKE, _LONG_WORD = 70, 4
_CLOSEST = 70  # per cent from which on an id may be meant
_APART = 5  # per cent by which the id that is meant is better than any other there
_EXACT, _OF_A_PART = 100, 90
_SHORTEST = 6  # letters of an id, or of a part of one, that may have a slip
_HYPHENS_OF_NO_PHRASE = 2  # an id with fewer hyphens, of one or two words, is soon said by chance
_BESIDE = 60  # characters around an id that say whether it is meant


class Name(NamedTuple):
    """An id that learners may know a note by; `phrase` says how it stands in the cards' texts.

    That is as words (" "), with its hyphens ("-"), or not at all ("").
    """

    name: str
    letters: str
    card: int
    phrase: str


class Mention(NamedTuple):
    """An id in a message: that of which card, how sure, and which release is written beside it."""

    card: int
    name: str
    score: float
    start: int
    end: int
    release: int | None
    is_sure: bool


def names_of(cards: Sequence[tuple[tuple[str, ...], str]]) -> list[Name]:
    """Return all ids of some cards: each has ids, and a text."""
    texts = [text.lower() for _, text in cards]
    hyphened = {each for text in texts for each in _HYPHENED_WORD.findall(text)}
    spoken = _spoken({name for names, _ in cards for name in names}, texts)
    return [
        Name(name, found, number, "-" if name in hyphened else " " * (name in spoken))
        for number, (names, _) in enumerate(cards)
        for name in names
        if (found := letters(name))
    ]


def mentions(text: str, names: Sequence[Name]) -> list[Mention]:
    """Return the ids that stand in a text, the likeliest first; of those that overlap, the best.

    None of them `is_sure` where another id is as likely at its place.
    """
    stream = Letters.of(text)
    found = [each for name in names for each in _of_name(stream, name)]
    found += _parts(text, names)
    found.sort(key=lambda each: (-each.score, each.start - each.end))
    kept: list[Mention] = []
    for each in found:
        rivals = [other for other in kept if each.start < other.end and other.start < each.end]
        if not rivals:
            kept.append(each)
        for other in rivals:
            close = other.score < _EXACT and each.score > other.score - _APART
            if close and each.card != other.card:
                kept[kept.index(other)] = other._replace(is_sure=False)
                kept.append(each._replace(is_sure=False))
                break
    return kept


def _spoken(names: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Return the ids whose words stand side by side in a text."""
    by_first: dict[str, list[list[str]]] = defaultdict(list)
    for name in names:
        words = name.split("-")
        by_first[words[0]].append(words)
    found = set()
    for text in texts:
        said = _WORD.findall(text)
        for at, word in enumerate(said):
            for words in by_first.get(word, ()):
                if said[at : at + len(words)] == words:
                    found.add("-".join(words))
    return found


def _of_name(stream: Letters, name: Name) -> Iterator[Mention]:
    for begin, stop in stream.whole(name.letters) or _nearest(stream, name.letters):
        score = fuzz.ratio(name.letters, stream.stream[begin:stop])
        start, end = stream.raw(begin, stop)
        wanted, length = _asked(stream.text, start, end, name)
        is_sure = score >= (_EXACT if len(name.letters) < length else wanted)
        release = _release().match(stream.text[end : end + _BESIDE])
        number = int(release[1]) if release else None
        yield Mention(name.card, name.name, score, start, end, number, is_sure)


def _nearest(stream: Letters, name: str) -> list[tuple[int, int]]:
    """Return the stretch of words that is most like an id, if one is; a short one is like many."""
    if len(name) < _SHORTEST:
        return []
    near = fuzz.partial_ratio_alignment(name, stream.stream, score_cutoff=_CLOSEST)
    if near is None:
        return []
    is_all = len(stream.stream) < len(name)
    spans = [(0, len(stream.stream))] if is_all else stream.words_at(near.dest_start, near.dest_end)
    return sorted(spans, key=lambda span: fuzz.ratio(name, stream.stream[slice(*span)]))[-1:]


def _parts(text: str, names: Sequence[Name]) -> Iterator[Mention]:
    """Yield the ids of which a part stands in a text, with a hyphen in it, or all but a part."""
    for part in _PART.finditer(text):
        some = letters(part[0])
        for name in names if len(some) >= _SHORTEST else ():
            is_part = len(some) < len(name.letters) and some in name.letters
            score = _OF_A_PART if is_part else fuzz.ratio(some, name.letters, score_cutoff=_CLOSEST)
            if score:
                yield Mention(name.card, name.name, score, *part.span(), None, is_part)


def _asked(text: str, start: int, end: int, name: Name) -> tuple[int, int]:
    """Return how much of an id must be there to be sure, and from which length on."""
    before, after = text[max(start - _BESIDE, 0) : start], text[end : end + _BESIDE]
    is_first = not before.rpartition("\n")[2].strip() and ("\n" in before or start < _BESIDE)
    is_alone = is_first and not after.partition("\n")[0].strip(" .!?\t")
    if _TORN.search(before) or _TEARS.match(after) or _is_other(text[start:end], name.name):
        return _NEVER
    if _LABEL.search(before) or is_alone or _release().match(after):
        return _LABELLED
    gaps = _WORD.split(text[start:end])[1:-1]
    if gaps and all(map(_HYPHENS.fullmatch, gaps)) and name.phrase != "-":
        return _HYPHENED
    is_phrase = bool(name.phrase) or name.name.count("-") < _HYPHENS_OF_NO_PHRASE
    return _NEVER if is_phrase else _PLAIN


def _is_other(raw: str, name: str) -> bool:
    """Return whether one of as many words is another, however alike the whole is."""
    wrote, words = _WORD.findall(raw), _WORD.findall(name)
    pairs = zip(map(letters, wrote), words, strict=True) if len(wrote) == len(words) else ()
    return any(
        fuzz.ratio(one, other) < _WORD_ALIKE
        for one, other in pairs
        if max(len(one), len(other)) >= _LONG_WORD
    )


@cache
def _release() -> re.Pattern[str]:
    """Return what our page writes behind an id: a sign, a word, and the number of a release."""
    return re.compile(rf"[^\w\n]{{0,6}}(?:{releases()})\s+(\d{{1,6}})\b", re.IGNORECASE)
