"""A new note stands at the end of its file, and every other byte stays."""

from pathlib import Path
from typing import Any

import pytest
from commands import run

from deckwright.build.new_note import NewNote, NewNoteError, new_note
from deckwright.source.ids import id_of_text
from deckwright.source.reader import note_items, read_notes

SETTINGS = "name: P\nkey: p-q\nlanguage: nl\ndescription: P.\nretired: {wat-is-oud: Weg.}\n"
PLAIN = """\
# van mij
subdeck: A
notes:
  # eerst
  - id: een
    question: Wat is een?
    answer: Dit.
"""
WISHES = {"question": "Wat is nieuw?", "answer": "Dit: nieuw."}
ADDED = """\
  - id: wat-is-nieuw
    question: Wat is nieuw?
    answer: |
      Dit: nieuw.
"""
SECOND = "  - id: b\n    question: B?\n    answer: C.\n"
# How a file may end, and what comes after what was there: an empty line or none, and how far in.
ENDS = {
    "a note": (PLAIN, "", "\n" + ADDED),
    "two without an empty line": (PLAIN + SECOND, "", ADDED),
    "two with one": (f"{PLAIN}\n  # dan\n{SECOND}", "", "\n" + ADDED),
    "no line end": (PLAIN.rstrip("\n"), "", "\n\n" + ADDED),
    "empty lines": (PLAIN, "\n\n\n", "\n" + ADDED),
    "comments": (PLAIN, "\n# slot\n  # nog een\n", "\n" + ADDED),
    "other keys": (PLAIN, "retired:\n  weg: Zo.\n", "\n" + ADDED),
    "a block": (
        PLAIN.replace("Dit.", "|\n      Dit.\n\n      - id: zo"),
        "",
        "\n" + ADDED,
    ),
    "a block that keeps its end": (
        PLAIN.replace("Dit.", "|+\n      Dit."),
        "\n",
        "\n" + ADDED,
    ),
    "no space before the hyphen": (
        "subdeck: A\nnotes:\n- id: een\n  question: B?\n  answer: C.\n",
        "tags: [a]\n",
        "\n" + ADDED.replace("\n  ", "\n")[2:],
    ),
    "a hyphen of its own": (
        "subdeck: A\nnotes:\n  -\n    id: een\n    question: B?\n    answer: C.\n",
        "",
        "\n" + ADDED,
    ),
    "braces": (
        "subdeck: A\nnotes:\n  - {id: een,\n     question: B?, answer: C.}\n",
        "",
        "\n" + ADDED,
    ),
    "a note with an empty answer": (PLAIN.replace("Dit.", '""'), "", "\n" + ADDED),
    "no notes": ("subdeck: A\nnotes:\n", "# slot\n", ADDED),
}


def deck(folder: Path, text: str, *, end: str = "\n", mark: bytes = b"") -> Path:
    """Write a deck with one file of cards; return that file."""
    (folder / "deck.yaml").write_text(SETTINGS, "utf-8")
    path = folder / "1-a.yaml"
    path.write_bytes(mark + text.replace("\n", end).encode())
    return path


def add_note(folder: Path, wishes: dict[str, Any]) -> NewNote:
    """Make a note, and write it into its file."""
    made = new_note(folder, wishes)
    Path(made.place.file).write_bytes(made.content)
    return made


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ENDS)
def test_every_other_byte_stays(tmp_path: Path, name: str, end: str, mark: bytes) -> None:
    """However lines end, and whatever stands around; the place is that of the new note."""
    before, after, added = ENDS[name]
    path = deck(tmp_path, before + after, end=end, mark=mark)
    made = add_note(tmp_path, WISHES)
    assert path.read_bytes() == mark + (before + added + after).replace("\n", end).encode()
    assert (made.id, made.place.file, made.empty) == ("wat-is-nieuw", str(path), ())
    lines = path.read_bytes().decode("utf-8-sig").split(end)
    assert lines[made.place.line - 1].strip() == "- id: wat-is-nieuw"


def test_a_list_without_notes_loses_its_brackets(tmp_path: Path) -> None:
    """So `retire` leaves it, and so a list can begin."""
    path = deck(tmp_path, "subdeck: A\nnotes: [] # niets\ntags: [x]\n")
    add_note(tmp_path, WISHES)
    assert path.read_text() == f"subdeck: A\nnotes: # niets\n{ADDED}tags: [x]\n"


def test_mixed_line_ends_stay_mixed(tmp_path: Path) -> None:
    """A file that two systems wrote."""
    path = deck(tmp_path, PLAIN)
    path.write_bytes(PLAIN.replace("\n", "\r\n", 2).encode())
    add_note(tmp_path, WISHES)
    assert path.read_bytes().startswith(PLAIN.replace("\n", "\r\n", 2).encode())
    assert path.read_bytes().count(b"\r\n") == 2 + len(ADDED.splitlines()) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subdeck: A\nnotes: [{id: a, question: B?, answer: C.}]\n", "between brackets"),
        ("{subdeck: A, notes: []}\n", "between brackets"),
        ('subdeck: A\nnotes:\n  - id: a\n    question: "B?\n    answer: C.\n', "fix"),
        ("subdeck: A\nnotes:\n  - id: a\n    question: &b C?\n    answer: C.\n", "fix"),
        ("subdeck: A\nnotes:\n  - id: a\n    question: >1\n    answer: C.\n", "fix"),
    ],
)
def test_what_must_be_done_by_hand(tmp_path: Path, text: str, said: str) -> None:
    """Nothing is written where the rest of the file could change its meaning."""
    path = deck(tmp_path, text)
    with pytest.raises(NewNoteError, match=said):
        add_note(tmp_path, WISHES)
    assert path.read_text() == text


@pytest.mark.parametrize(
    "value",
    [
        "Ja: zo #1",
        "'s avonds",
        "{{c1::x}} is y",
        "- een\n- twee\n\nslot",
        "null",
        "true",
        "> 5 jaar",
        '"Ja" zei hij',
        "@x",
        "a\\b",
        "een 'twee' drie",
        "# kop",
        "| a |",
        "a\n  b\n c",
        "é漢☕",
        "1984. Het boek",
        "...",
        "--- x",
    ],
)
def test_what_is_said_is_read(tmp_path: Path, value: str) -> None:
    """Whatever YAML would make of it."""
    path = deck(tmp_path, PLAIN)
    wishes = {"question": value, "answer": value, "explanation": value, "case": value}
    add_note(tmp_path, {**wishes, "kind": "waarom", "covers": ("a", "b")})
    *_, note = read_notes(path.read_bytes(), "x")[0]
    assert {role: text.value for role, text in note.texts().items()} == wishes
    assert [text.value for text in note.covers] == ["a", "b"]


def test_keys_have_the_order_of_a_card(tmp_path: Path) -> None:
    """As people write them, whatever was said first."""
    path = deck(tmp_path, PLAIN)
    wishes = ["explanation", "answer", "question", "case"]
    add_note(tmp_path, {**dict.fromkeys(wishes, "Zo"), "covers": ("p",), "kind": "why"})
    lines = path.read_text().split("\n\n")[1].splitlines()
    keys = [line.split(":")[0].strip(" -") for line in lines]
    assert keys == ["id", "covers", "kind", "case", "question", "answer", "explanation"]


def test_ids_are_free(tmp_path: Path) -> None:
    """No note has or had it: here, in another file, without an answer, or retired."""
    left = "  - id: wat-is-nieuw\n    question: Wat?\nretired: {wat-is-x: Zo.}\n"
    path = deck(tmp_path, PLAIN + left)
    other = PLAIN.replace("een\n", "wat-is-nieuw-2\n    was: wat-is-nieuw-3\n", 1)
    (tmp_path / "0-b.yaml").write_text(other, "utf-8")
    made = [add_note(tmp_path, {"question": q}).id for q in ("Wat is nieuw?", "Wat is oud?")]
    assert made == ["wat-is-nieuw-4", "wat-is-oud-2"]
    assert add_note(tmp_path, {"question": "Wat is x?"}).id == "wat-is-x-2"
    assert add_note(tmp_path, {"question": "咖啡"}).id == "note"
    assert add_note(tmp_path, {"question": "咖啡"}).id == "note-2"
    ids = [name for item in note_items(path.read_bytes(), "x")[0] for name in item.ids]
    assert len(ids) == len(set(ids)) == 7
    assert id_of_text("Neem {{c1::Zés}} gram, en dan nog meer!") == "neem-zes-gram-en-dan-nog"


def test_an_id_that_learners_know_is_not_free(tmp_path: Path) -> None:
    """What was released and then removed stays taken."""
    released = PLAIN.replace("een\n", "wat-is-nieuw\n", 1)
    deck(tmp_path, released)
    words = ("--cards", tmp_path, "--out", tmp_path / "out")
    done = run("release", "--yes", "--first", "--allow-warnings", *words)
    assert done.exit_code == 0, done.output
    deck(tmp_path, PLAIN)
    assert add_note(tmp_path, WISHES).id == "wat-is-nieuw-2"


def test_without_an_answer_check_says_where(tmp_path: Path) -> None:
    """The answer is there, and empty; a second one comes after it."""
    path = deck(tmp_path, PLAIN)
    for number in (1, 2):
        result = run("new", "Wat is nieuw?", "--cards", tmp_path)
        assert result.exit_code == 0, result.output
        assert "the note 'wat-is-nieuw" in result.output
        assert "write its 'answer' there" in result.output
        found = run("check", "--cards", tmp_path).stdout
        assert found.count("'answer' is empty") == number
        assert f"{path}:{result.output.split(':')[1]}:" not in found
    assert [*note_items(path.read_bytes(), "x")[0]][-1].ids == ("wat-is-nieuw-2",)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["Wat nu?", "--answer", "Zo.", "--kind", "waarom"],
            0,
            "2-b.yaml:10: the note 'wat-nu' is new",
        ),
        (["Wat nu?", "--file", "1-a.yaml"], 0, "1-a.yaml:9: the note 'wat-nu' is new"),
        (["--cloze", "De {{c1::zee}} is vandaag erg wild."], 0, "2-b.yaml:10: the note 'de-zee-is"),
        (["Wat nu?", "--file", "3-c.yaml"], 1, "there are: 1-a.yaml, 2-b.yaml"),
        (["Wat nu?", "--file", "deck.yaml"], 1, "there are: 1-a.yaml, 2-b.yaml"),
        ([], 2, "say what it asks"),
        ([" "], 2, "say what it asks"),
        (["Wat nu?", "--cloze", "{{c1::x}}"], 2, "either a question and its answer, or a cloze"),
        (["--cloze", "{{c1::x}}", "--kind", "why"], 2, "either a question"),
        (["Wat nu?", "--kind", "zomaar"], 2, "zomaar"),
        (["Wat nu?", "--covers", "a: b"], 1, "a colon and a space"),
        (["x" * 4_001], 1, "4,001 characters; 4,000 is the most"),
        (["a\u2028b?"], 0, "is new"),
        (["a\x07b?"], 1, "invisible character"),
    ],
)
def test_the_command(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    """What it says, and with which exit code; where it fails, nothing is written."""
    deck(tmp_path, PLAIN)
    text = PLAIN.replace("een\n", "twee\n", 1).replace("notes", "tags: [b]\nnotes")
    (tmp_path / "2-b.yaml").write_text(text, "utf-8")
    result = run("new", *words, "--cards", tmp_path)
    assert result.exit_code == code, result.output
    assert said in result.output
    changed = (tmp_path / "2-b.yaml").read_text("utf-8") != text or "1-a" in said.partition(":")[0]
    assert changed == (code == 0)


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    """There is nothing to add to."""
    (tmp_path / "deck.yaml").write_text(SETTINGS, "utf-8")
    result = run("new", "Wat nu?", "--cards", tmp_path)
    assert (result.exit_code, "no file with notes" in result.output) == (1, True)
