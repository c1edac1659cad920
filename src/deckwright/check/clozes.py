"""Rules for cloze texts: gaps that Anki understands, what each card shows, what it hides."""

from collections.abc import Iterator

from deckwright.cards import typed_gaps
from deckwright.cards.cloze import Gap
from deckwright.cards.code_and_formulas import prose
from deckwright.check._prose import content_words, without_gaps, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Note, Text
from deckwright.words.messages import Message

MIN_VISIBLE, MAX_VISIBLE = 6, 35
# A hidden word inside a longer one gives something away from so many letters on, and of so much.
MIN_PART, NEARLY = 5, 0.7


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
    """Yield a problem for each hidden word that the front of its card shows.

    The theme, the hint and the other gaps are visible, too.
    """
    for text, gap in _sound_gaps(note):
        seen = [without_gaps(text.value, gap.number), gap.hint]
        seen += [other.value for other in (note.theme, note.hint) if other]
        front = [word.casefold() for part in seen for word in words_of(part)]
        hidden = content_words(words_of(gap.hidden), known.words)
        shown = [next((w for w in front if _gives_away(w, word)), "") for word in hidden]
        if hidden and all(shown):
            message = Message(
                "'{hidden}' is hidden in c{number}, and the card shows '{shown}'",
                hidden=hidden[0],
                number=gap.number,
                shown=shown[0],
            )
            hint = Message("say it in other words there, or hide something else")
            yield Problem(text.at(gap.start), "cloze-leak", message, hint)


def _gives_away(shown: str, hidden: str) -> bool:
    """Return whether a word is the hidden one, or hardly more: but one number is not another."""
    if shown == hidden:
        return not hidden.isdecimal()
    return len(hidden) >= MIN_PART and hidden in shown and len(hidden) >= NEARLY * len(shown)


def cloze_many(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for a text with too many cards."""
    found = _sound_gaps(note)
    numbers = {gap.number for _, gap in found}
    most = known.limits["cloze-many"]
    if len(numbers) > most:
        message = Message(
            "the text has {count} gaps; {most} is the most", count=len(numbers), most=most
        )
        yield Problem(found[0][0].place, "cloze-many", message, Message("make it two notes"))


def cloze_long(note: Note, known: Standard) -> Iterator[Problem]:
    """Yield a problem for each gap that hides too many words."""
    for text, gap in _sound_gaps(note):
        count, most = len(words_of(gap.hidden)), known.limits["cloze-long"]
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
    """Yield a problem for each gap that hides only articles and prepositions."""
    for text, gap in _sound_gaps(note):
        hidden = {word.casefold() for word in words_of(gap.hidden)}
        if hidden and hidden <= known.words.articles_and_prepositions:
            message = Message(
                "gap c{number} hides only '{hidden}'", number=gap.number, hidden=gap.hidden
            )
            hint = Message("hide the word that matters")
            yield Problem(text.at(gap.start), "cloze-trivial", message, hint)


def cloze_context(note: Note, _known: Standard) -> Iterator[Problem]:
    """Yield a problem for a text with too few or too many words around its gaps."""
    for text, _ in _sound_gaps(note)[:1]:
        count = len(words_of(without_gaps(text.value)))
        if not MIN_VISIBLE <= count <= MAX_VISIBLE:
            message = Message(
                "{count} words stand around the gaps; {min_visible} to {max_visible} are right",
                count=count,
                min_visible=MIN_VISIBLE,
                max_visible=MAX_VISIBLE,
            )
            hint = (
                Message("say more around the gaps")
                if count < MIN_VISIBLE
                else Message("cut what is not needed")
            )
            yield Problem(text.place, "cloze-context", message, hint)


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
