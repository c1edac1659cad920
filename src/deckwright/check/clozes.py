"""Rules for cloze texts: gaps that Anki understands, what each card shows, what it hides."""

import re
from collections.abc import Iterator

from deckwright.cards import typed_gaps
from deckwright.cards.cloze import Gap
from deckwright.cards.code_and_formulas import prose
from deckwright.check._likeness import stands_in
from deckwright.check._prose import (
    count_words,
    shows_more,
    strip_markdown,
    telling_words,
    without_gaps,
    words_in,
    words_of,
)
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Note, Text
from deckwright.words.messages import Message

# Words around a gap that carry a meaning, and words around it at all.
MIN_TELLING, MAX_VISIBLE = 2, 35


def cloze_faults(note: Note, _known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap that Anki would drop or misread, and where there is none."""
    if isinstance(note, ClozeNote):
        found = typed_gaps.faults(note.cloze.value)
        for fault in found:
            yield Problem(note.cloze.at(fault.offset), fault.code, fault.message, fault.hint)
        if not found and not typed_gaps.gaps(note.cloze.value):
            hint = Message("hide the word that matters: {{{{c1::word}}}}")
            yield Problem(note.cloze.place, "cloze-missing", Message("the cloze has no gap"), hint)


def cloze_misplaced(note: Note, _known: Standard) -> Iterator[Problem]:
    """Yield a problem for each text but a cloze that has a gap, or nearly one."""
    for role, text in note.texts().items():
        if role != ClozeNote.KIND and (offset := _gap_or_nearly(text.value)) >= 0:
            message = Message(
                "a gap under '{role}' is shown as it stands, braces and all", role=role
            )
            hint = Message(
                "make this a note with 'cloze', remove the braces, or put code between back-ticks"
            )
            yield Problem(text.at(offset), "cloze-misplaced", message, hint)


def _gap_or_nearly(text: str) -> int:
    """Return where a gap stands in the prose of a text, or what nearly is one; -1 without."""
    found = [offset for offset, _ in typed_gaps.near_misses(text)]
    found += [gap.start for gap in typed_gaps.gaps(prose(text))]
    return min(found, default=-1)


def cloze_code(note: Note, _known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap whose hint looks like a part of hidden code."""
    for text, gap in _sound_gaps(note):
        if typed_gaps.hint_in_code(gap):
            message = Message(
                "'{hint}' is the hint of gap c{number}, and the card shows it",
                hint=gap.hint,
                number=gap.number,
            )
            hint = Message(
                "if it is code: {{{{c{number}::`{hidden}::{hint}`}}}}",
                number=gap.number,
                hidden=gap.hidden,
                hint=gap.hint,
            )
            yield Problem(text.at(gap.start), "cloze-code", message, hint)


def cloze_leak(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap whose words the front of its card shows in their order.

    The theme, the hints and the other gaps are visible, too. A theme of many words is a subject.
    """
    for text, gap in _sound_gaps(note):
        hidden = _phrase(gap.hidden, known)
        if not hidden or all(word.isdecimal() or len(word) == 1 for word in hidden):
            continue
        seen = [
            without_gaps(text.value, gap.number),
            gap.hint,
            note.hint.value if note.hint else "",
        ]
        theme = telling_words(words_of(note.theme.value), known.words) if note.theme else []
        if note.theme and 2 * len(hidden) >= len(theme):
            seen.append(note.theme.value)
        parts = [[word.casefold() for word in words_of(part)] for part in seen]
        if any(stands_in(hidden, part) for part in parts):
            message = Message(
                "'{hidden}' is hidden in c{number}, and the card shows it too",
                hidden=" ".join(hidden),
                number=gap.number,
            )
            hint = Message("say it in other words there, or hide something else")
            yield Problem(text.at(gap.start), "cloze-leak", message, hint)


def _phrase(text: str, known: Standard) -> list[str]:
    """Return the words of a text without those at its ends that carry no meaning."""
    words = [word.casefold() for word in words_of(text)]
    while words and words[0] in known.words.stop_words:
        words.pop(0)
    while words and words[-1] in known.words.stop_words:
        words.pop()
    return words


def cloze_many(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a text with too many cards."""
    found = _sound_gaps(note)
    numbers = {gap.number for _, gap in found}
    most = known.limits["cloze-many"]
    if len(numbers) > most:
        message = Message(
            "the text makes {count} cards; {most} is the most", count=len(numbers), most=most
        )
        yield Problem(found[0][0].place, "cloze-many", message, Message("make it two notes"))


def cloze_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap that hides too many words."""
    for text, gap in _sound_gaps(note):
        count, most = count_words(gap.hidden), known.limits["cloze-long"]
        if count > most:
            message = Message(
                "gap c{number} hides {count} words; {most} is the most",
                number=gap.number,
                count=count,
                most=most,
            )
            hint = Message("hide the one or two words that matter")
            yield Problem(text.at(gap.start), "cloze-long", message, hint)


def cloze_trivial(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap that hides only articles, prepositions and the like.

    Where the words themselves are learnt, they are no trifle: on a card about grammar, beside code,
    in capitals, as a part of a word, or with a hint.
    """
    trivial = (known.words.articles_and_prepositions - known.words.contrasts) | known.words.light
    for text, gap in _sound_gaps(note):
        hidden = {word.casefold() for word in words_of(gap.hidden)}
        if not hidden or not hidden <= trivial or _words_are_learnt(note, text.value, gap, known):
            continue
        message = Message(
            "gap c{number} hides only '{hidden}'", number=gap.number, hidden=gap.hidden
        )
        yield Problem(
            text.at(gap.start), "cloze-trivial", message, Message("hide the word that matters")
        )


def _words_are_learnt(note: Note, text: str, gap: Gap, known: Standard) -> bool:
    before, after = text[: gap.start][-2:], text[gap.end :][:2]
    said = {word.casefold() for each in note.texts().values() for word in words_of(each.value)}
    capital = gap.hidden.isupper() and (len(gap.hidden) > 1 or gap.start > 0)
    part = bool(re.search(r"[\w\"'“’-]$|\S[./]$", before) or re.match(r"[\w\"'”’-]|[./]\S", after))
    return bool(gap.hint or capital or part or shows_more(text) or said & known.words.grammar)


def cloze_context(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a card with too few telling words around its gap, or too many words.

    The other gaps, the theme and the hint are on the card, too; a picture or formula says enough.
    """
    for text, gap in _sound_gaps(note):
        long = count_words(gap.hidden) > known.limits["cloze-long"]
        if not long and (telling := _too_few(note, text.value, gap, known)):
            message = Message(
                "around gap c{number} stands only '{words}': too little to know what is asked",
                number=gap.number,
                words=telling,
            )
            hint = Message("say more around the gaps")
            yield Problem(text.at(gap.start), "cloze-context", message, hint)
            return
    for text, _ in _sound_gaps(note)[:1]:
        if (count := count_words(without_gaps(text.value))) > MAX_VISIBLE:
            message = Message(
                "{count} words stand around the gaps; {max_visible} is the most",
                count=count,
                max_visible=MAX_VISIBLE,
            )
            hint = Message("cut what is not needed")
            yield Problem(text.place, "cloze-context", message, hint)


def _too_few(note: Note, text: str, gap: Gap, known: Standard) -> str:
    """Return the few words that a card shows, "" where they are enough."""
    shown = [without_gaps(text, gap.number), gap.hint]
    shown += [each.value for each in (note.theme, note.hint) if each]
    whole = " ".join(shown)
    if shows_more(text):
        return ""
    telling = telling_words(words_in(strip_markdown(whole)), known.words)
    seen = " ".join(strip_markdown(whole).split()) or "…"
    return seen if len(telling) < MIN_TELLING else ""


def _sound_gaps(note: Note) -> list[tuple[Text, Gap]]:
    """Return the gaps of a cloze text, each with the text; none where a gap is broken."""
    if not isinstance(note, ClozeNote):
        return []
    text = note.cloze
    return (
        []
        if typed_gaps.faults(text.value)
        else [(text, gap) for gap in typed_gaps.gaps(text.value)]
    )
