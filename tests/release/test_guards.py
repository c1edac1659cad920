"""Guards: every slip that would harm a learner is refused, each hint leads out, nothing else is."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.build.plan import plan_build
from deckwright.problem import errors
from deckwright.release.ledger import LEDGER_NAME
from deckwright.release.next_release import Clock

Edit = Callable[[Author], object]


def on(name: str, **texts: object) -> Edit:
    """Return an edit of one note."""
    return lambda author: author.note(name).update(texts)


def gone(author: Author) -> None:
    """Lose a note: an older copy of the file, or half of it deleted."""
    author.notes.pop(0)


def swapped(author: Author) -> None:
    """Give two notes each other's id."""
    author.note("een")["id"] = "x"
    author.note("twee")["id"] = "een"
    author.note("x")["id"] = "twee"


def cloze_of_a_question(author: Author) -> None:
    """Make a cloze of a question."""
    author.notes[0] = {"id": "een", "cloze": "Het eerste getal van de rij heet {{c1::begin}}."}


def reversed_file(author: Author) -> None:
    """Let a whole file have second cards: its old notes, too."""
    author.parts["1-deel.yaml"]["reverse"] = True


def old_notes_as_they_were(author: Author) -> None:
    """Do what the hint says, on each note that it stands at; new notes get the second card."""
    for name in ("een", "twee"):
        author.note(name)["reverse"] = False
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})


REFUSED: dict[str, tuple[Edit, list[str]]] = {
    "gone": (gone, ["note-gone"]),
    "another id": (on("een", id="nieuw"), ["id-changed"]),
    "another id, a word reworded": (
        on("twee", id="nieuw", question="Wat is nu twee?"), ["id-changed"],
    ),
    "another id, a word of a cloze reworded": (
        on("vier", id="nieuw", cloze="Het water kookt aan zee bij {{c1::honderd}} graden."),
        ["id-changed"],
    ),
    "ids swapped": (swapped, ["ids-swapped", "ids-swapped"]),
    "another question": (
        on("een", question="Hoe heet de burgemeester?", answer="Jansen."), ["meaning-changed"],
    ),
    "another cloze": (
        on("vier", cloze="De hoofdstad van het koninkrijk heet sinds lang {{c1::Amsterdam}}."),
        ["meaning-changed"],
    ),
    "a cloze of a question": (cloze_of_a_question, ["kind-changed"]),
    "a second card": (on("een", reverse=True), ["kind-changed"]),
    "a second card, and another id": (on("een", reverse=True, id="x", was="een"), ["kind-changed"]),
    "a file with second cards": (reversed_file, ["kind-changed", "kind-changed"]),
    "gaps swapped": (
        on("drie", cloze="{{c2::Rood}} en {{c1::blauw::kleur}} geven samen een mooi paars."),
        ["cloze-changed", "cloze-changed"],
    ),
    "gaps renumbered": (
        on("drie", cloze="Rood en {{c1::blauw::kleur}} geven samen een mooi paars."),
        ["cloze-changed"],
    ),
    "a gap at another word": (
        on("vier", cloze="Water kookt {{c1::meestal}} bij honderd graden."), ["cloze-changed"],
    ),
    "a number left out": (
        on("vier", cloze="{{c3::Water}} kookt aan zee bij {{c1::honderd}} graden."), ["cloze-gap"],
    ),
    "a key": (lambda author: author.settings.update(key="ander"), ["lock-key"]),
    "was another note": (on("een", was="twee"), ["was-taken"]),
    "retired and there": (
        lambda author: author.settings.update(retired={"een": "weg"}), ["retired-kept"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_harm_is_refused(tmp_path: Path, name: str) -> None:
    """The edit has these codes, and nothing is written."""
    author = Author(tmp_path)
    author.releases()
    before = author.ledger_text()
    edit, codes = REFUSED[name]
    edit(author)
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in errors(problems)] == codes
    assert author.ledger_text() == before


def given_back(*pairs: tuple[str, str]) -> Edit:
    """Return an edit that gives notes other ids, by way of ids that nobody has."""

    def obey(author: Author) -> None:
        notes = [(author.note(old), new) for old, new in pairs]
        for note, new in notes:
            note["id"] = new

    return obey


def as_another_note(old: str) -> Edit:
    """Return what a hint says of a note that asks something else: a new id, the old one retired."""

    def obey(author: Author) -> None:
        author.note(old)["id"] = "heel-nieuw"
        author.settings["retired"] = {old: "Iets anders."}

    return obey


def without_retired(author: Author) -> None:
    """Take the note off the list."""
    del author.settings["retired"]


# What the hint of each refusal says, obeyed.
OBEYED: dict[str, Edit] = {
    "gone": lambda author: author.settings.update(retired={"een": "Weg."}),
    "another id": given_back(("nieuw", "een")),
    "another id, a word reworded": on("nieuw", was="twee"),
    "another id, a word of a cloze reworded": on("nieuw", was="vier"),
    "ids swapped": given_back(("een", "twee"), ("twee", "een")),
    "another question": as_another_note("een"),
    "another cloze": as_another_note("vier"),
    "a cloze of a question": as_another_note("een"),
    "a second card": on("een", reverse=False),
    "a second card, and another id": on("x", reverse=False),
    "a file with second cards": old_notes_as_they_were,
    "gaps swapped": on("drie", cloze="{{c1::Rood}} en {{c2::blauw::kleur}} geven een mooi paars."),
    "gaps renumbered": on("drie", cloze="Rood en {{c2::blauw::kleur}} geven een mooi paars."),
    "a gap at another word": on("vier", cloze="Water kookt {{c2::meestal}} bij honderd graden."),
    "a number left out": on(
        "vier", cloze="{{c2::Water}} kookt altijd aan zee bij {{c1::honderd}} graden."
    ),
    "a key": lambda author: author.settings.update(key="proef"),
    "was another note": lambda author: author.note("een").pop("was"),
    "retired and there": without_retired,
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_hint_leads_out(tmp_path: Path, name: str) -> None:
    """Who does what the hint says can release."""
    author = Author(tmp_path)
    author.releases()
    REFUSED[name][0](author)
    assert errors(author.plan().problems)
    OBEYED[name](author)
    made, problems = author.tries()
    assert made, problems


FINE: dict[str, Edit] = {
    "a corrected answer": on("een", answer="Iets volkomen anders dan het was."),
    "a reworded question": on("een", question="Wat is een, in het kort?"),
    "two corrected gaps": on(
        "drie", cloze="{{c1::Geel}} en {{c2::groen::kleur}} geven samen een mooi paars."
    ),
    "gaps that hid each other's word": on(
        "drie", cloze="{{c1::Blauw}} en {{c2::rood::kleur}} geven samen een mooi paars."
    ),
    "a sentence the other way round": on(
        "drie", cloze="Een mooi paars geven {{c1::rood}} en {{c2::blauw::kleur}} samen."
    ),
    "a new gap": on("vier", cloze="{{c2::Water}} kookt altijd aan zee bij {{c1::honderd}} graden."),
    "a gap fewer": on("drie", cloze="Rood en {{c2::blauw::kleur}} geven samen een mooi paars."),
    "a rename": on("een", id="nieuw", was="een"),
    "a retirement": lambda author: author.retires("een"),
    "another order": lambda author: author.notes.reverse(),
    "a new note": lambda author: author.notes.append(
        {"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."}
    ),
}


@pytest.mark.parametrize("name", FINE)
def test_what_harms_nobody_is_released(tmp_path: Path, name: str) -> None:
    """No false alarm: not one problem, not even a warning."""
    author = Author(tmp_path)
    author.releases()
    FINE[name](author)
    made, problems = author.tries()
    assert problems == []
    assert made


@pytest.mark.parametrize("broken", ['question: "Wat is een?', "quesion: Wat is een?"])
def test_a_note_that_cannot_be_read_is_not_gone(tmp_path: Path, broken: str) -> None:
    """A slip in its YAML is one problem: nobody should retire the note for that."""
    author = Author(tmp_path)
    author.releases()
    file = author.cards / "1-deel.yaml"
    text = file.read_text("utf-8").replace("question: Wat is een?", broken)
    file.write_text(text, "utf-8")
    said = run("check", "--cards", author.cards).stdout
    assert "1-deel.yaml" in said
    assert "note-gone" not in said


def test_the_hints_of_a_gone_note_lead_out(tmp_path: Path) -> None:
    """Put back, retired by the command, or renamed by the command: each is released."""
    author = Author(tmp_path)
    author.releases()
    whole = copy.deepcopy(author.notes)
    author.notes.pop(0)
    author.save()
    said = run("check", "--cards", author.cards).stdout
    assert "put it back; or run 'deckwright retire een'" in said
    assert run("retire", "een", "--why", "Weg.", "--cards", author.cards).exit_code == 0
    assert run("check", "--cards", author.cards).exit_code == 0
    author.parts["1-deel.yaml"]["notes"] = whole
    author.save()
    assert errors(author.plan().problems) == []


def test_the_hint_of_another_id_leads_out(tmp_path: Path) -> None:
    """`deckwright rename een nieuw` after the fact: the file says `was`, and all is well."""
    author = Author(tmp_path)
    author.releases()
    author.note("een")["id"] = "nieuw"
    author.save()
    said = run("check", "--cards", author.cards).stdout
    assert "run 'deckwright rename een nieuw'" in said
    assert run("rename", "een", "nieuw", "--cards", author.cards).exit_code == 0
    assert run("check", "--cards", author.cards).stdout == "no problems\n"
    assert "was: een" in (author.cards / "1-deel.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["another question", "ids swapped", "gaps swapped"])
def test_what_is_meant_can_be_allowed(tmp_path: Path, name: str) -> None:
    """With `allow` and a reason the same edit is released; afterwards the line is not needed."""
    author = Author(tmp_path)
    author.releases()
    edit, codes = REFUSED[name]
    edit(author)
    notes = [n for n in author.notes if n["id"] in {"another question": ["een"],
             "ids swapped": ["een", "twee"], "gaps swapped": ["drie"]}[name]]  # fmt: skip
    for note in notes:
        note["allow"] = {codes[0]: "zo bedoeld"}
    made, problems = author.tries()
    assert made, problems
    assert [p.code for p in author.plan().problems if p.code != "allow-unneeded"] == []
    assert "allow-unneeded" in author.codes()


def test_a_used_up_number_is_not_for_another_word(tmp_path: Path) -> None:
    """Its card lies in learners' collections with the progress of what it hid."""
    author = Author(tmp_path)
    author.releases()
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
    author.releases()
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi {{c2::paars}}."
    _, problems = author.tries()
    assert [problem.code for problem in problems] == ["cloze-changed"]
    assert problems[0].hint == "take the next free number, c3"
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi {{c3::paars}}."
    assert author.releases().changes.changed == ["drie"]


def test_a_move_is_a_warning(tmp_path: Path) -> None:
    """One line for all notes that go to another subdeck; it is released all the same."""
    author = Author(tmp_path)
    author.releases()
    author.parts["1-deel.yaml"]["subdeck"] = "1 Anders"
    made, problems = author.tries()
    assert [problem.code for problem in problems] == ["deck-moved"]
    assert problems[0].message.startswith("notes go from the deck 'Proef::1 Deel'")
    assert made
    assert made.changes.changed == []
    assert author.plan().problems == []


@pytest.mark.parametrize(("ahead", "codes"), [(86_400, []), (86_401, ["lock-time"])])
def test_a_clock_may_be_a_day_ahead(tmp_path: Path, ahead: int, codes: list[str]) -> None:
    """Time zones and a clock that is a little wrong are fine: of the ledger, and of an epoch."""
    author = Author(tmp_path)
    author.releases()
    clocks = Clock(author.now - ahead), Clock(author.now, author.now + ahead)
    for clock in clocks:
        plan = plan_build(author.cards, clock)
        assert [problem.code for problem in plan.problems] == codes


def test_fields_that_changed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deckwright that makes other fields than learners have: no note could ever be updated."""
    author = Author(tmp_path)
    author.releases()
    real = author.plan().ready
    assert real
    monkeypatch.setattr("deckwright.cards.note_types.NoteType.shape", "other")
    made, problems = author.tries()
    assert made is None
    assert {problem.code for problem in problems} == {"note-type-changed"}


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (on("een", was="nooit"), "was-unneeded"),
        (lambda a: a.settings.update(retired={"nooit": "weg"}), "retired-unneeded"),
        (lambda a: a.retires("een", ""), "retired-reason"),
    ],
)
def test_lines_that_say_nothing_are_warnings(tmp_path: Path, edit: Edit, code: str) -> None:
    """What learners never had cannot be renamed or retired; a retirement needs a reason."""
    author = Author(tmp_path)
    author.releases()
    edit(author)
    assert author.codes() == [code]


def test_was_may_go_after_the_release(tmp_path: Path) -> None:
    """Once the ledger knows the new id, the line is not needed any more."""
    author = Author(tmp_path)
    author.releases()
    author.note("een").update(id="nieuw", was="een")
    author.releases()
    assert author.codes() == ["was-unneeded"]
    del author.note("nieuw")["was"]
    assert author.codes() == []
    assert author.plan().ready.release.is_out  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name", ["2-meer.yaml.txt", "2-Deel.YAML", "oud.yml.bak", "archief/2-meer.yaml"]
)
def test_cards_that_nobody_reads(tmp_path: Path, name: str) -> None:
    """A name that is nearly YAML, or a folder below `cards/`: its notes would go in silence."""
    author = Author(tmp_path)
    author.save()
    path = author.cards / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("subdeck: S\nnotes: []\n", "utf-8")
    assert author.codes() == ["files-unread"]


@pytest.mark.parametrize("name", [".2-meer.yaml.swp", "2-meer.yaml~", "lees-mij.txt", "map/x.txt"])
def test_files_that_are_no_cards_are_left_alone(tmp_path: Path, name: str) -> None:
    """What editors leave, and notes of the author's own."""
    author = Author(tmp_path)
    author.save()
    path = author.cards / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")
    assert author.codes() == []


def test_a_problem_of_the_ledger_has_its_place(tmp_path: Path) -> None:
    """What is gone from the cards is told at the ledger."""
    author = Author(tmp_path)
    author.releases()
    author.notes.pop(0)
    (problem,) = author.plan().problems
    assert problem.place.file == str(author.cards / LEDGER_NAME)
    assert Clock(author.now).now == author.now
