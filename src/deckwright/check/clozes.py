"""Rules for cloze texts: gaps that Anki understands, what each card shows, what it hides."""

from collections.abc import Iterator

from deckwright.cards import typed_gaps
from deckwright.cards.cloze import Gap
from deckwright.cards.code_and_formulas import prose
from deckwright.check._prose import content_words, without_gaps, words_of
from deckwright.check.standard import Standard
from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Note, Text

MIN_VISIBLE, MAX_VISIBLE = 6, 35
# A hidden word inside a longer one gives something away from so many letters on, and of so much.
MIN_PART, NEARLY = 5, 0.7


def cloze_faults(note: Note, _known: Standard) -> Iterator[Problem]:
    """Anki can make a card of every gap: `{{c1::hidden}}` or `{{c1::hidden::hint}}`.

    Anki imports a broken gap silently, and makes no card of it or not the one that was meant.

    Bad:
      cloze: Draag aan de zaag altijd een {{c1:bril}} die goed past.
    Good:
      cloze: Draag aan de zaag altijd een {{c1::bril}} die goed past.
    """
    if isinstance(note, ClozeNote):
        found = typed_gaps.faults(note.cloze.value)
        for fault in found:
            yield Problem(note.cloze.at(fault.offset), fault.code, fault.message, fault.hint)
        if not found and not typed_gaps.gaps(note.cloze.value):
            hint = "hide the word that matters: {{c1::word}}"
            yield Problem(note.cloze.place, "cloze-missing", "the cloze has no gap", hint)


def cloze_misplaced(note: Note, _known: Standard) -> Iterator[Problem]:
    """A gap stands only under `cloze`.

    Elsewhere a learner would see the braces, and the answer between them.

    Bad:
      question: Wat is een {{c1::bril}}?
    Good:
      question: Wat is een bril?
    """
    for role, text in note.texts().items():
        if role != ClozeNote.KIND and (offset := _gap_or_nearly(text.value)) >= 0:
            message = f"a gap under '{role}' is shown as it stands, braces and all"
            hint = (
                "make this a note with 'cloze', remove the braces, or put code between back-ticks"
            )
            yield Problem(text.at(offset), "cloze-misplaced", message, hint)


def _gap_or_nearly(text: str) -> int:
    """Return where a gap stands in the prose of a text, or what nearly is one; -1 without."""
    found = [offset for offset, _ in typed_gaps.near_misses(text)]
    found += [gap.start for gap in typed_gaps.gaps(prose(text))]
    return min(found, default=-1)


def cloze_code(note: Note, _known: Standard) -> Iterator[Problem]:
    """A gap that hides code with `::` in it has back-ticks.

    Otherwise Anki takes what follows the `::` for a hint, and shows it.

    Bad:
      cloze: In C++ schrijf je met {{c1::std::cout}} een regel naar het scherm van de gebruiker.
    Good:
      cloze: In C++ schrijf je met {{c1::`std::cout`}} een regel naar het scherm van de gebruiker.
    """
    for text, gap in _sound_gaps(note):
        if typed_gaps.hint_in_code(gap):
            message = f"'{gap.hint}' is the hint of gap c{gap.number}, and the card shows it"
            hint = f"if it is code: {{{{c{gap.number}::`{gap.hidden}::{gap.hint}`}}}}"
            yield Problem(text.at(gap.start), "cloze-code", message, hint)


def cloze_leak(note: Note, known: Standard) -> Iterator[Problem]:
    """A hidden word stands nowhere else on the front of its card.

    Otherwise the card tests nothing. The theme, the hint and the other gaps are visible, too; and a
    word that is hardly longer than the hidden one gives it away as well.

    Bad:
      theme: Veiligheid
      cloze: Een bril aan de zaag is goed voor je {{c1::veiligheid}} en die van anderen.
    Good:
      theme: De zaag
      cloze: Een bril aan de zaag is goed voor je {{c1::veiligheid}} en die van anderen.
    """
    for text, gap in _sound_gaps(note):
        seen = [without_gaps(text.value, gap.number), gap.hint]
        seen += [other.value for other in (note.theme, note.hint) if other]
        front = [word.casefold() for part in seen for word in words_of(part)]
        hidden = content_words(words_of(gap.hidden), known.words)
        shown = [next((w for w in front if _gives_away(w, word)), "") for word in hidden]
        if hidden and all(shown):
            message = f"'{hidden[0]}' is hidden in c{gap.number}, and the card shows '{shown[0]}'"
            hint = "say it in other words there, or hide something else"
            yield Problem(text.at(gap.start), "cloze-leak", message, hint)


def _gives_away(shown: str, hidden: str) -> bool:
    """Return whether a word is the hidden one, or hardly more: but one number is not another."""
    if shown == hidden:
        return not hidden.isdecimal()
    return len(hidden) >= MIN_PART and hidden in shown and len(hidden) >= NEARLY * len(shown)


def cloze_many(note: Note, known: Standard) -> Iterator[Problem]:
    """A cloze text has at most three cards.

    If it has more, each card gives the others away: the learner knows the sentence by its shape
    (SuperMemo, rules 5 and 9).

    Bad:
      cloze: Neem {{c1::bril}}, {{c2::helm}}, {{c3::jas}} en {{c4::pas}} mee naar de grote zaag.
    Good:
      cloze: Neem {{c1::bril}}, {{c2::helm}} en {{c3::jas}} mee naar de grote zaag.
    """
    found = _sound_gaps(note)
    numbers = {gap.number for _, gap in found}
    most = known.limits["cloze-many"]
    if len(numbers) > most:
        message = f"the text has {len(numbers)} gaps; {most} is the most"
        yield Problem(found[0][0].place, "cloze-many", message, "make it two notes")


def cloze_long(note: Note, known: Standard) -> Iterator[Problem]:
    """A gap hides at most five words.

    Half a sentence can be filled in ten ways, and nine of them feel right (Matuschak: precise).

    Bad:
      cloze: Draag aan de zaag {{c1::altijd een bril die goed past}}, anders doe je je ogen pijn.
    Good:
      cloze: Draag aan de zaag altijd {{c1::een bril}} die goed past, anders doe je je ogen pijn.
    """
    for text, gap in _sound_gaps(note):
        count, most = len(words_of(gap.hidden)), known.limits["cloze-long"]
        if count > most:
            message = f"gap c{gap.number} hides {count} words; {most} is the most"
            hint = "hide the one or two words that matter"
            yield Problem(text.at(gap.start), "cloze-long", message, hint)


def cloze_trivial(note: Note, known: Standard) -> Iterator[Problem]:
    """A gap hides more than an article or a preposition.

    Grammar fills such a gap; the learner remembers nothing (Hinze & Wiley: fill-in helps the item
    only, so the item must be worth it).

    Bad:
      cloze: Draag {{c1::aan de}} zaag altijd een bril die goed past.
    Good:
      cloze: Draag aan de zaag altijd een {{c1::bril}} die goed past.
    """
    for text, gap in _sound_gaps(note):
        hidden = {word.casefold() for word in words_of(gap.hidden)}
        if hidden and hidden <= known.words.articles_and_prepositions:
            message = f"gap c{gap.number} hides only '{gap.hidden}'"
            hint = "hide the word that matters"
            yield Problem(text.at(gap.start), "cloze-trivial", message, hint)


def cloze_context(note: Note, _known: Standard) -> Iterator[Problem]:
    """A cloze text shows between 6 and 35 words around its gaps.

    With fewer, too many answers fit; with more, learners skim the text and know the card by its
    look (Matuschak: pattern matching).

    Bad:
      cloze: De bril is {{c1::verplicht}}.
    Good:
      cloze: Aan de zaag is een bril {{c1::verplicht}}, ook voor bezoek.
    """
    for text, _ in _sound_gaps(note)[:1]:
        count = len(words_of(without_gaps(text.value)))
        if not MIN_VISIBLE <= count <= MAX_VISIBLE:
            message = (
                f"{count} words stand around the gaps; {MIN_VISIBLE} to {MAX_VISIBLE} are right"
            )
            hint = "say more around the gaps" if count < MIN_VISIBLE else "cut what is not needed"
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
