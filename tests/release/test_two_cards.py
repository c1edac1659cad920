"""A question with two cards, release after release, with those who hold it."""

from pathlib import Path

from author import Author, Released
from commands import run

from deckwright.anki.learner import learner
from deckwright.anki.package_reader import read_package
from deckwright.release.diff import diff
from deckwright.release.ledger import dump
from deckwright.release.ledger_reader import parse

HEEN = {"id": "heen", "question": "Wat is de hoofdstad van Frankrijk?", "answer": "Parijs.",
        "reverse": True}  # fmt: skip


def author_of_two_cards(folder: Path) -> Author:
    """Return an author whose deck has a note with two cards."""
    author = Author(folder)
    author.notes.append(dict(HEEN))
    return author


def test_an_update_keeps_both_schedules_and_own_tags(tmp_path: Path) -> None:
    """Another note changes: all stays; this one changes: both cards keep their reviews."""
    author = author_of_two_cards(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        anki.studies(rounds=2)
        first, second = anki.note("heen").cards()
        second.start_timer()
        anki.col.sched.answerCard(second, 1)  # known one way, not the other
        anki.tags("van-mij", at=author.now + 60)
        before = anki.progress()
        assert before[anki.note("heen").guid, 0] != before[anki.note("heen").guid, 1]
        author.note("een")["answer"] = "Het eerste getal."
        anki.imports(author.releases().package)
        assert anki.progress() == before
        assert "van-mij" in anki.note("heen").tags
        author.note("heen")["answer"] = "Parijs, aan de Seine."
        log = anki.imports(author.releases().package)
        assert (log.updated, log.conflicting) == (1, 0)
        assert anki.progress() == before
        assert "aan de Seine" in anki.col.get_card(second.id).question()
        assert first.ord + 1 == second.ord


def test_the_clean_up_takes_both_cards(tmp_path: Path) -> None:
    """Once retired, both cards say so; Empty Cards deletes them and the note, and no other."""
    author = author_of_two_cards(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        author.retires("heen")
        made = author.releases()
        anki.imports(made.package)
        assert made.cleanup
        log = anki.imports(made.cleanup)
        assert (log.new, log.updated, log.conflicting) == (0, 1, 0)
        cards = anki.note("heen").cards()
        assert len(cards) == 2
        for card in cards:
            assert "Deze kaart is vervallen." in card.question()
        assert "Bij welke vraag" not in cards[1].question()
        anki.removes_empty_cards()
        assert {note.fields[0] for note in anki.notes().values()} == {"een", "twee", "drie", "vier"}


def test_what_anki_does_with_a_question_that_gets_a_second_card(tmp_path: Path) -> None:
    """Why that is refused: the note is never updated again, and the second card never comes."""
    author, careless = Author(tmp_path / "a"), Author(tmp_path / "b")
    careless.now += 86_400
    careless.note("een").update(reverse=True, answer="Het eerste getal.")
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        log = anki.imports(careless.releases().package)
        assert log.conflicting == 1
        assert len(anki.note("een").cards()) == 1
        assert "Het eerste" not in anki.note("een").cards()[0].answer()


def test_a_default_of_the_file_is_told_at_each_old_note(tmp_path: Path) -> None:
    """It costs nobody anything: nothing is written, and each old question is named."""
    author = author_of_two_cards(tmp_path)
    author.releases()
    before = author.ledger_text()
    author.parts["1-deel.yaml"]["reverse"] = True
    author.save()
    result = run("release", "--yes", "--cards", author.cards, "--out", author.out)
    assert result.exit_code == 1
    assert result.output.count("error[kind-changed]") == 2
    for name in ("een", "twee"):
        assert f"'{name}' was a question and is now a question with a second card" in result.output
    assert author.ledger_text() == before


def test_the_ledger_knows_the_note_type(tmp_path: Path) -> None:
    """What is written is read again; a release without changes is that release, to the byte."""
    author = author_of_two_cards(tmp_path)
    made = author.releases()
    read, problems = parse(dump(made.ledger), "deck.lock")
    assert (read, problems) == (made.ledger, [])
    assert made.ledger.notes["heen"].ordinals == (0, 1)
    assert made.ledger.notes["heen"].text == HEEN["question"]
    package = made.package.read_bytes()
    assert author.drafts(released=True).package.read_bytes() == package
    contents = read_package(made.package)
    assert contents.notes[made.ledger.notes["heen"].guid].ordinals == (0, 1)


def test_a_package_and_the_ledger_say_the_same(tmp_path: Path) -> None:
    """Compared with the package of its own release, the ledger shows no difference."""
    author = author_of_two_cards(tmp_path)
    old = author.published()
    result = run("diff", old, "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert "nothing" in result.output.lower()


def test_another_look_of_the_second_card_is_told(tmp_path: Path) -> None:
    """A new template of the second card reaches learners as a look, not as another note."""
    author = author_of_two_cards(tmp_path)
    old = read_package(author.published())
    look = old.types["reverse"].look
    assert len(look) == 5
    author.settings["language"] = "en"
    new = read_package(author.releases().package)
    (change,) = [each for each in diff(old, new) if each.name.endswith("beide kanten op")]
    assert change.opening == "front, back, front of card 2, back of card 2"


def test_verify_plays_the_first_note_with_two_cards(tmp_path: Path) -> None:
    """Who has a release without the note type gets it with the update: no harm, none is stray."""
    author = Author(tmp_path)
    author.releases()
    author.notes.append(dict(HEEN))
    author.save()
    result = run("verify", "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("a newcomer gets 5 notes and 7 cards\n")
    made: Released = author.releases()
    author.retires("heen")
    author.note("een")["answer"] = "Het eerste getal."
    author.save()
    result = run("verify", "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert "the clean-up takes 1 retired notes away" in result.output
    assert made.ledger.types["reverse"].changed == 2


def test_a_card_cannot_be_taken_away_and_the_hint_leads_out(tmp_path: Path) -> None:
    """Moved into a file without the default, a note says for itself what it was."""
    author = author_of_two_cards(tmp_path)
    author.releases()
    author.note("heen").pop("reverse")
    (problem,) = author.plan().problems
    assert problem.code == "kind-changed"
    assert "write 'reverse: true' on this note" in problem.hint
    author.note("heen")["reverse"] = "ja"
    assert author.plan().problems == []
    assert author.releases().changes.changed == []
