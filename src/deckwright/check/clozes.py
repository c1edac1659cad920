"""Rules for cloze texts: what each card shows, and what it hides."""

from collections.abc import Iterator

from deckwright import cloze
from deckwright.check.words import content, spoken, without_gaps
from deckwright.language import Language
from deckwright.notes import ClozeNote, Note, Text
from deckwright.problem import Problem

MAX_GAPS = 3
MAX_HIDDEN = 5
MIN_VISIBLE, MAX_VISIBLE = 6, 35
MIN_PART = 5  # letters from which a hidden word inside a longer word gives it away


def cloze_leak(note: Note, known: Language) -> Iterator[Problem]:
    """A hidden word stands nowhere else on the front of its card.

    The theme, the hint and the other gaps are visible too; then the card tests nothing. A longer
    word that holds the hidden one leaks as well.

    Bad:
      theme: Veiligheid
      cloze: Een bril aan de zaag is goed voor je {{c1::veiligheid}} en die van anderen.
    Good:
      theme: De zaag
      cloze: Een bril aan de zaag is goed voor je {{c1::veiligheid}} en die van anderen.
    """
    for text, gap in _gaps(note):
        seen = [without_gaps(text.value, gap.number), gap.hint]
        seen += [other.value for other in (note.theme, note.hint) if other]
        front = [word.casefold() for part in seen for word in spoken(part)]
        for word in content(spoken(gap.hidden), known):
            leaks = [w for w in front if word == w or (len(word) >= MIN_PART and word in w)]
            if leaks:
                message = f"'{word}' is hidden in c{gap.number}, and the card shows '{leaks[0]}'"
                hint = "say it in other words there, or hide something else"
                yield Problem(text.at(gap.start), "cloze-leak", message, hint)


def cloze_many(note: Note, _known: Language) -> Iterator[Problem]:
    """A cloze text has at most three cards.

    More, and each card gives the others away: the learner knows the sentence by its shape
    (SuperMemo, rules 5 and 9).

    Bad:
      cloze: Neem {{c1::bril}}, {{c2::helm}}, {{c3::jas}} en {{c4::pas}} mee naar de grote zaag.
    Good:
      cloze: Neem {{c1::bril}}, {{c2::helm}} en {{c3::jas}} mee naar de grote zaag.
    """
    found = _gaps(note)
    numbers = {gap.number for _, gap in found}
    if len(numbers) > MAX_GAPS:
        message = f"the text has {len(numbers)} gaps; {MAX_GAPS} is the most"
        yield Problem(found[0][0].place, "cloze-many", message, "make it two notes")


def cloze_long(note: Note, _known: Language) -> Iterator[Problem]:
    """A gap hides at most five words.

    Half a sentence can be filled in ten ways, and nine of them feel right (Matuschak: precise).

    Bad:
      cloze: Draag aan de zaag {{c1::altijd een bril die goed past}}, anders doe je je ogen pijn.
    Good:
      cloze: Draag aan de zaag altijd {{c1::een bril}} die goed past, anders doe je je ogen pijn.
    """
    for text, gap in _gaps(note):
        count = len(spoken(gap.hidden))
        if count > MAX_HIDDEN:
            message = f"gap c{gap.number} hides {count} words; {MAX_HIDDEN} is the most"
            hint = "hide the one or two words that matter"
            yield Problem(text.at(gap.start), "cloze-long", message, hint)


def cloze_trivial(note: Note, known: Language) -> Iterator[Problem]:
    """A gap hides more than an article or a preposition.

    Grammar fills such a gap; the learner remembers nothing (Hinze & Wiley: fill-in helps the item
    only, so the item must be worth it).

    Bad:
      cloze: Draag {{c1::aan de}} zaag altijd een bril die goed past.
    Good:
      cloze: Draag aan de zaag altijd een {{c1::bril}} die goed past.
    """
    for text, gap in _gaps(note):
        hidden = {word.casefold() for word in spoken(gap.hidden)}
        if hidden and hidden <= known.articles_and_prepositions:
            message = f"gap c{gap.number} hides only '{gap.hidden}'"
            hint = "hide the word that matters"
            yield Problem(text.at(gap.start), "cloze-trivial", message, hint)


def cloze_context(note: Note, _known: Language) -> Iterator[Problem]:
    """A cloze text shows between 6 and 35 words around its gaps.

    Fewer leave too many answers open; more are skimmed, and the card is known by its look
    (Matuschak: pattern matching).

    Bad:
      cloze: De bril is {{c1::verplicht}}.
    Good:
      cloze: Aan de zaag is een bril {{c1::verplicht}}, ook voor bezoek.
    """
    for text, _ in _gaps(note)[:1]:
        count = len(spoken(without_gaps(text.value)))
        if not MIN_VISIBLE <= count <= MAX_VISIBLE:
            message = f"{count} words around the gaps; {MIN_VISIBLE} to {MAX_VISIBLE} are right"
            hint = "give more to go by" if count < MIN_VISIBLE else "cut what is not needed"
            yield Problem(text.place, "cloze-context", message, hint)


def _gaps(note: Note) -> list[tuple[Text, cloze.Gap]]:
    """Return the gaps of a cloze text, each with the text; none where a gap is broken."""
    if not isinstance(note, ClozeNote):
        return []
    text = note.cloze
    return [] if cloze.faults(text.value) else [(text, gap) for gap in cloze.gaps(text.value)]
