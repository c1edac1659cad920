"""Faces of cards: the very HTML that Anki shows."""

from dataclasses import replace
from pathlib import Path

import pytest
from author import Author
from engine_faces import without_wrappers
from real_deck import CARDS, clock_after

from deckwright.anki.learner import learner
from deckwright.build.packages import package_bytes
from deckwright.build.plan import plan_build
from deckwright.cards.faces import faces


def same_as_anki(folder: Path, cards: Path) -> int:
    """Compare both sides of every card with what the engine renders; returns how many."""
    planned = plan_build(cards, clock_after(cards))
    assert planned.ready, planned.problems
    package = folder / "deck.apkg"
    package.write_bytes(package_bytes(planned.ready))
    compared = 0
    with learner(folder / "anki") as anki:
        notes = anki.notes()
        assert not notes
        anki.imports(package)
        notes = anki.notes()
        for stamped in planned.ready.release.notes:
            for card in notes[stamped.guid].cards():
                output = card.render_output()
                ours = faces(planned.ready.types[stamped.note.kind], stamped.note, card.ord)
                theirs = (output.question_text, output.answer_text)
                assert [without_wrappers(ours.front), without_wrappers(ours.back)] == list(
                    map(without_wrappers, theirs)
                )
                compared += 1
    return compared


def test_every_card_of_the_deck_equals_anki(tmp_path: Path) -> None:
    """The whole real deck: differences 0."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.ready
    cards = sum(len(stamped.note.ordinals) for stamped in planned.ready.release.notes)
    assert same_as_anki(tmp_path, CARDS) == cards >= 75


def test_hard_cards_equal_anki(tmp_path: Path) -> None:
    """Hints, markup and several gaps of one number, quotes, accents, lists, cases."""
    author = Author(tmp_path)
    author.note("een").update(case="- a\n- b", hint="Denk & <b>doe</b>.", explanation="é < ü")
    author.note("drie").update(
        cloze='{{c1::**Rood** & "wit"::een *kleur*}} en {{c2::één}} {{c1::samen}} geven moois.',
        hint="Kijk.", theme="Kleur", source="Deel 1",
    )  # fmt: skip
    author.note("twee").update(
        reverse=True, theme="Getallen", case="Er zijn er meer dan een.", source="Deel 1",
    )  # fmt: skip
    author.save()
    assert same_as_anki(tmp_path, author.cards) == 6


@pytest.mark.parametrize("blank", [" ", "<br>", "<div></div>", "<br />\n<div>", "<b></b>", "0"])
def test_a_field_of_blank_html(tmp_path: Path, blank: str) -> None:
    """Anki leaves out a section whose field shows nothing but breaks; ours is the same."""
    author = Author(tmp_path)
    ready = author.releases().ready
    first = ready.release.notes[0]
    note = replace(first.note, fields=tuple(text or blank for text in first.note.fields))
    package = tmp_path / "blank.apkg"
    package.write_bytes(package_bytes(ready, (replace(first, note=note),)))
    with learner(tmp_path / "anki") as anki:
        anki.imports(package)
        output = anki.col.get_card(anki.col.find_cards("")[0]).render_output()
        ours = faces(ready.types[note.kind], note, 0)
        assert without_wrappers(ours.front) == without_wrappers(output.question_text)
        assert without_wrappers(ours.back) == without_wrappers(output.answer_text)
