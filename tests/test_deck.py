"""The real deck: what `cards/` promises to the people who study it."""

import re

from real_deck import CARDS, clock_after

from deckwright.build.plan import plan_build
from deckwright.release.next_release import NextRelease
from deckwright.source.deck import Deck, QuestionNote
from deckwright.words.kinds import PointKind, QuestionKind

DAY = 20  # new cards: what Anki gives by itself
# The theme stands on the front, so it says what kind of card this is, and nothing of the guide.
THEMES = {
    "Uit de gids", "Op de vloer", "Zie de fout", "Tegenspraak",
    "Dilemma", "Als … dan", "Jouw plan", "Terugkijken",
}  # fmt: skip


def the_deck() -> Deck:
    """Return the deck, which must be sound."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready
    return planned.ready.deck


def the_release() -> NextRelease:
    """Return the release that the cards would be."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.ready
    return planned.ready.release


def test_it_has_no_problems() -> None:
    """The deck is sound, and could be released as it is."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.problems == []
    assert planned.ready


def test_every_point_of_the_guide_has_a_note() -> None:
    """No point of the outline is forgotten; all four parts and the close have notes."""
    deck = the_deck()
    assert deck.guide
    covered = {text.value for note in deck.notes for text in note.covers}
    assert {point.id.value for point in deck.guide.points()} - covered == set()
    assert len(deck.guide.parts) == 5
    assert 75 <= len(deck.notes) <= 90


def test_tags_tell_part_and_kind() -> None:
    """Each note has one tag for its part and one for its kind, so learners can filter."""
    for note in the_deck().notes:
        tags = " ".join(tag.value for tag in note.tags)
        assert re.fullmatch(
            r"managerspet::(deel-\d|slot) managerspet::(principe|dilemma|tip|feit|reflectie)", tags
        ), note.id.value


def test_no_guid_is_ever_used_twice() -> None:
    """Each note has a guid and an id of its own."""
    notes = the_release().notes
    assert len({note.guid for note in notes}) == len(notes)
    assert len({note.added for note in notes}) == len(notes)


def test_themes_answer_nothing() -> None:
    """The theme of a card names neither the principle nor the term that it asks for."""
    assert {note.theme.value if note.theme else "" for note in the_deck().notes} == THEMES


def test_a_card_for_each_note() -> None:
    """No note shows the answer of one of its cards on the front of another."""
    assert {note.ordinals for note in (each.note for each in the_release().notes)} == {(0,)}


def test_each_day_has_something_to_do() -> None:
    """Each twenty new cards, but for those of the last day, hold a tip and several cases."""
    deck = the_deck()
    kinds = {point.id.value: point.kind for point in deck.guide.points()} if deck.guide else {}
    for start in range(0, len(deck.notes) - DAY, DAY):
        notes = deck.notes[start : start + DAY]
        covered = {kinds[text.value] for note in notes for text in note.covers}
        assert PointKind.TIP in covered, start
        assert sum(isinstance(note, QuestionNote) and bool(note.case) for note in notes) >= 3, start


def test_principles_come_before_dilemmas() -> None:
    """Nobody has to weigh two values before what the guide says about either was asked."""
    first: dict[str, int] = {}
    deck = the_deck()
    for number, note in enumerate(deck.notes):
        for text in note.covers:
            first.setdefault(text.value, number)
    for principle, dilemma in {
        "teamlid-en-beslisser": "vriendschappelijk-productief",
        "dynamische-spanning": "bevoordelen-benadelen",
        "openheid-verbinding": "gezelligheid-vriendschap",
        "openheid-vertrouwen": "vertrouwen-afstand",
    }.items():
        assert first[principle] < first[dilemma], dilemma


def test_learners_make_plans() -> None:
    """The guide's question to look back, and at least two plans of the learner's own."""
    asked = [n for n in the_deck().notes if isinstance(n, QuestionNote)]
    looking = [n for n in asked if n.kind is QuestionKind.REFLECTION]
    assert sum("als …, dan" in n.question.value for n in looking) >= 2
    assert any("voor het laatst kwetsbaar opgesteld" in n.question.value for n in looking)


def test_cases_ask_for_more_than_a_kind_answer() -> None:
    """Learners say things in words of their own, find mistakes, and weigh what sounds right."""
    deck = the_deck()
    themes = [note.theme.value for note in deck.notes if note.theme]
    asked = [n for n in deck.notes if isinstance(n, QuestionNote)]
    assert sum("letterlijk" in n.question.value for n in asked) >= 4
    assert themes.count("Zie de fout") >= 3
    assert themes.count("Tegenspraak") >= 3
