"""What `report` in deck.yaml does to learners: a foot on each back, and a line of the description.

The id is a field that every note has: the foot is a new look, and no note is touched. A release
number in the templates would be another look at every release; see the test with a learner's CSS.
"""

from pathlib import Path

import pytest
from author import NOTES, Author
from engine_faces import without_wrappers
from real_deck import CARDS, clock_after

from deckwright.anki.learner import Learner, learner
from deckwright.build.plan import plan_build
from deckwright.cards.faces import faces

MAIL = "kaarten@voorbeeld.nl"
REVERSE = {"id": "heen", "question": "Wie is daar?", "answer": "Ik.", "reverse": True}
CSS = "\n.card { font-size: 40px }"


def reporting(folder: Path, report: str = MAIL) -> Author:
    """Return an author of a deck that says where to report."""
    author = Author(folder, [*NOTES, REVERSE])
    author.settings["report"] = report
    return author


def enlarges(anki: Learner, at: int) -> None:
    """Write CSS of a learner's own below ours, `at` a time in seconds since 1970."""
    for name in anki.note_types():
        model = anki.col.models.by_name(name)
        model["css"] += CSS
        anki.col.models.update_dict(model)
    anki.col.db.execute("update notetypes set mtime_secs = ?", at)
    anki.col.models._clear_cache()


def enlarged(anki: Learner) -> set[bool]:
    """Return whether the note types have the learner's CSS."""
    models = (anki.col.models.by_name(name) for name in anki.note_types())
    return {model["css"].endswith(CSS) for model in models}


def test_anki_shows_the_id_on_each_back_and_on_no_front(tmp_path: Path) -> None:
    """Every kind of card, as the engine renders it and as our pages do."""
    made = reporting(tmp_path).releases()
    with learner(tmp_path / "anki") as anki:
        anki.imports(made.package)
        ids = {stamped.guid: stamped.note for stamped in made.notes}
        for card in anki.cards():
            note = ids[card.note().guid]
            output = card.render_output()
            foot = f'<p class="foot" dir="ltr">Kaart <span>{note.id}</span></p>\n</section>'
            assert output.answer_text.count(foot) == 1
            assert "foot" not in output.question_text
            ours = faces(made.ready.types[note.kind], note, card.ord)
            assert without_wrappers(ours.back) == without_wrappers(output.answer_text)


def test_a_card_that_has_gone_shows_no_id(tmp_path: Path) -> None:
    """What a clean-up blanks says only that it has gone."""
    author = reporting(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        for name in ("een", "drie", "heen"):
            author.retires(name)
        cleanup = author.releases().cleanup
        assert cleanup
        anki.imports(cleanup)
        outputs = [card.render_output() for name in ("een", "drie", "heen")
                   for card in anki.note(name).cards()]  # fmt: skip
        assert len(outputs) == 5
        for side in (side for each in outputs for side in (each.question_text, each.answer_text)):
            assert "foot" not in side


def test_a_learners_own_css_goes_once(tmp_path: Path) -> None:
    """With the release that brings the foot; later ones leave the note types alone."""
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        enlarges(anki, author.now + 60)
        author.note("een")["answer"] = "Het eerste getal."
        anki.imports(author.releases().package)
        assert enlarged(anki) == {True}
        author.settings["report"] = MAIL
        made = author.releases()
        assert made.changes.changed == []
        anki.imports(made.package)
        assert enlarged(anki) == {False}
        enlarges(anki, author.now + 60)
        author.note("een")["answer"] = "Een getal."
        author.settings["report"] = "ans@voorbeeld.nl"
        anki.imports(author.releases().package)
        assert enlarged(anki) == {True}


@pytest.mark.parametrize(
    ("report", "shown"),
    [(MAIL, MAIL), ("https://git.example/new?title={id}&body={text}", "https://git.example/new")],
)
def test_the_description_says_where_and_which_release(
    tmp_path: Path, report: str, shown: str
) -> None:
    """In Anki, below the deck; each release replaces it, so nobody needs the number on a card."""
    author = reporting(tmp_path, report)
    with learner(tmp_path / "anki") as anki:
        for number in (1, 2):
            author.note("een")["answer"] = f"Getal {number}."
            anki.imports(author.releases().package)
            about = anki.col.decks.by_name("Proef")["desc"]
            assert f"klein onder het antwoord staat: {shown}</p>" in about
            assert f"Versie {number}," in about


def test_another_address_is_another_release(tmp_path: Path) -> None:
    """It stands in the description: without a release, learners would go on with the old one."""
    author = reporting(tmp_path)
    author.releases()
    assert author.drafts().release.is_out
    author.settings["report"] = "ans@voorbeeld.nl"
    made = author.drafts()
    assert not made.release.is_out
    assert made.release.types == dict.fromkeys(made.release.types, author.now - 7200)


def test_without_report_the_look_is_that_of_every_release_so_far() -> None:
    """The deck of this repository is out: its cards still are that release."""
    ready = plan_build(CARDS, clock_after(CARDS)).ready
    assert ready
    if ready.deck.report is None:
        looks = {kind: ready.types[kind].fingerprint for kind in ready.types}
        assert looks == {kind: each.fingerprint for kind, each in ready.held.types.items()}
        assert not any("foot" in part for each in ready.types.values() for part in each.look)
