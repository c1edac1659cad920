"""Cards made of what other programs export: all of it, or a line that says what is not there."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from author import Author
from click.testing import Result
from commands import run
from other_programs import BASIC, CLOZE, MP3, NOTES, PNG, OtherDeck

from deckwright.build.plan import plan_build
from deckwright.disk.snapshot import snapshot
from deckwright.problem import errors
from deckwright.release.next_release import Clock
from deckwright.source.deck import Deck

FORMATS: dict[str, Callable[[OtherDeck], Path]] = {
    "old package": lambda deck: deck.package(legacy=True),
    "new package": lambda deck: deck.package(legacy=False),
    "old collection": lambda deck: deck.whole(legacy=True),
    "new collection": lambda deck: deck.whole(legacy=False),
}


def imported(cards: Path, *words: object) -> Result:
    """Run the command; what it wrote has no error."""
    result = run("import", *words, "--cards", cards)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    if result.exit_code == 0:
        assert errors(plan_build(cards, Clock(2_000_000_000)).problems) == []
    return result


def deck_of(cards: Path) -> Deck:
    """Return what the reader reads."""
    deck = plan_build(cards, Clock(2_000_000_000)).deck
    assert deck
    return deck


def texts(cards: Path) -> dict[str, dict[str, str]]:
    """Return the texts of each note, by id."""
    return {
        note.id.value: {role: text.value for role, text in note.texts().items()}
        for note in deck_of(cards).notes
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_package_of_each_format(tmp_path: Path, form: str) -> None:
    """Texts, pictures and sounds, both ways, gaps, formulas, tags and subdecks arrive."""
    cards = tmp_path / "cards"
    result = imported(cards, FORMATS[form](OtherDeck(tmp_path / "anki")))
    assert result.exit_code == 0, result.output
    assert texts(cards) == {
        "which-flag-is-this": {
            "question": "Which **flag** is this?\n![my flag (1)](media/my-flag-1.png)",
            "answer": "Of\nRome",
        },
        "house": {"question": "House ![house](media/house.mp3)", "answer": "maison"},
        "rome-lies-in-italy-country": {
            "cloze": "{{c1::Rome}} lies in {{c2::*Italy*::country}}.",
            "explanation": "H~2~O",
        },
        "is-2-3-a-b-c": {
            "question": "Is 2 < 3, a*b*c and &amp;amp; so?",
            "answer": r"\(x^2\) or \(y_1\)",
        },
        "list": {"question": "List?", "answer": "- one\n- two"},
    }
    deck = deck_of(cards)
    kinds = {note.id.value: note.KIND for note in deck.notes}
    assert kinds["house"] == "reverse"
    assert kinds["list"] == "question"
    assert [t.value for t in deck.notes[0].tags] == ["easy", "geo::flags"]
    assert (deck.name.value, deck.language.value) == ("Geo", "en")
    assert {note.subdeck.value for note in deck.notes} == {"Flags", "Words"}
    assert sorted(path.name for path in cards.glob("*.yaml")) == [
        *("1-flags.yaml", "2-words.yaml", "deck.yaml")
    ]
    assert (cards / "media" / "my-flag-1.png").read_bytes() == PNG
    assert (cards / "media" / "house.mp3").read_bytes() == MP3
    assert "to Anki, these are new notes: whoever has the old deck" in result.output
    assert ("the tags leech and marked" in result.output) == ("collection" in form)
    assert "5 of 5 notes are cards now, with 2 pictures and sounds" in result.output


def test_the_text_export_of_anki(tmp_path: Path) -> None:
    """With its header lines; pictures lie beside it."""
    other = OtherDeck(tmp_path / "anki")
    file = other.text()
    (file.parent / "media").mkdir()
    (file.parent / "house.mp3").unlink()
    (file.parent / "my flag (1).png").unlink()
    (file.parent / "media" / "my flag (1).png").write_bytes(PNG)
    result = imported(tmp_path / "cards", file)
    assert result.exit_code == 0, result.output
    assert "its file 'house.mp3' is not there" in result.output
    assert "4 of 5 notes are cards now, with 1 pictures and sounds" in result.output
    found = texts(tmp_path / "cards")
    assert found["list"]["answer"] == "- one\n- two"
    assert found["rome-lies-in-italy-country"]["explanation"] == "H~2~O"


EXCEL = {
    "as Excel says it": ("sep=;\r\nVraag;Antwoord\r\nWat is één?;Een «getal».\r\n", "utf-8-sig"),
    "utf-8 with a mark": ("Vraag;Antwoord\nWat is één?;Een «getal».\n", "utf-8-sig"),
    "utf-8": ("Vraag,Antwoord\nWat is één?,Een «getal».\n", "utf-8"),
    "utf-16": ("Vraag\tAntwoord\nWat is één?\tEen «getal».\n", "utf-16"),
    "cp1252": ("Vraag;Antwoord\r\nWat is één?;Een «getal».\r\n", "cp1252"),
    "without a header": ("Wat is één?;Een «getal».\n", "cp1252"),
    "quoted": ('"Vraag","Antwoord"\n"Wat is één?","Een «getal»."\n', "utf-8-sig"),
}


@pytest.mark.parametrize("name", EXCEL)
def test_the_csv_of_excel(tmp_path: Path, name: str) -> None:
    """In each encoding, with each separator, with a row of names or without."""
    text, code = EXCEL[name]
    (tmp_path / "lijst.csv").write_bytes(text.encode(code))
    result = imported(tmp_path / "cards", tmp_path / "lijst.csv", "--language", "nl")
    assert result.exit_code == 0, result.output
    assert texts(tmp_path / "cards") == {
        "wat-is-een": {"question": "Wat is één?", "answer": "Een «getal»."}
    }
    assert deck_of(tmp_path / "cards").language.value == "nl"
    assert "to Anki" not in result.output


def test_plain_cells_are_no_html(tmp_path: Path) -> None:
    """A line is a line, and no sign means anything; a formula of Excel is a text."""
    cells = '"What is a < b & c?","*one*\n- two"\n"=1+1","# three\n#four"\n'
    (tmp_path / "list.csv").write_text(cells, "utf-8")
    assert imported(tmp_path / "cards", tmp_path / "list.csv").exit_code == 0
    assert texts(tmp_path / "cards") == {
        "what-is-a-b-c": {"question": "What is a < b & c?", "answer": "\\*one\\*\n\\- two"},
        "1-1": {"question": "=1+1", "answer": "\\# three\n\\#four"},
    }


def test_each_row_is_html_or_not(tmp_path: Path) -> None:
    """A tag that is never closed is what a card is about; the others are told, and can be plain."""
    rows = '"What does <b> do?","a\nb"\nWhat is <b>bold</b>?,R&amp;D\n'
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "list.csv")
    assert list(texts(tmp_path / "cards").values()) == [
        {"question": r"What does \<b\> do?", "answer": "a\nb"},
        {"question": "What is **bold**?", "answer": "R&D"},
    ]
    assert (
        "1 rows are read as HTML; where they are plain text, write '#html:false'" in result.output
    )
    (tmp_path / "list.csv").write_text("#html:false\n" + rows, "utf-8")
    result = imported(tmp_path / "plain", tmp_path / "list.csv")
    assert "read as HTML" not in result.output
    assert [*texts(tmp_path / "plain").values()][1] == {
        "question": r"What is \<b\>bold\</b\>?",
        "answer": "R&amp;amp;D",
    }


def test_no_cell_is_lost_without_a_word(tmp_path: Path) -> None:
    """A column whose name stands there twice, a comment, a cell of any length, an odd line end."""
    (tmp_path / "twice.csv").write_text("question,answer,answer\nWhat?,a,b\n", "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "twice.csv")
    assert result.exit_code == 1
    assert "nobody knows what 3 is" in result.output
    rows = f"#hash: tag?,x\nLong?,{'x' * 200_000}\nWhat is\u2028it?,x\nok?,y\n"
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "list.csv")
    assert "list.csv:1: #hash: tag?,x: this line is no note" in result.output
    assert "list.csv:2: Long?: a text has more than" in result.output
    assert "list.csv:3: What is it?: the invisible character U+2028" in result.output
    assert texts(tmp_path / "cards") == {"ok": {"question": "ok?", "answer": "y"}}


@pytest.mark.parametrize("form", ["csv", "tsv", "crowdanki", "json"])
def test_what_is_exported_is_imported_again(tmp_path: Path, form: str) -> None:
    """The same ids, kinds, texts as they are shown, tags, subdecks and pictures."""
    author = Author(tmp_path / "deck")
    picture = {"id": "plaat", "question": "=1+1?", "answer": "![een plaat](media/b.png){width=20}"}
    author.notes.append({**picture, "reverse": "true", "tags": ["rij::a"]})
    author.parts["2-b.yaml"] = {
        "subdeck": "Twee::Onder",
        "notes": [{"id": "z", "question": "Waar?", "answer": "A_b\nc\n\n`c`"}],
    }
    (author.cards / "media").mkdir(parents=True)
    (author.cards / "media" / "b.png").write_bytes(PNG)
    author.save()
    file = tmp_path / "out" / f"Proef.{'json' if form == 'crowdanki' else form}"
    assert run("export", "--cards", author.cards, "--format", form, file).exit_code == 0
    cards = tmp_path / "again"
    result = imported(cards, file, "--language", "nl")
    assert result.exit_code == 0, result.output

    def shown(folder: Path) -> list[tuple[Any, ...]]:
        ready = plan_build(folder, Clock(2_000_000_000)).ready
        assert ready
        notes = (stamped.note for stamped in ready.release.notes)
        drop_hash = [re.sub(r"(?:-[0-9a-f]{10})+(?=\.png)", "", "|".join(n.fields)) for n in notes]
        notes = (stamped.note for stamped in ready.release.notes)
        return [
            (n.id, n.kind, fields, n.tags, n.deck, n.ordinals)
            for n, fields in zip(notes, drop_hash, strict=True)
        ]

    assert shown(cards) == shown(author.cards)


def test_fields_are_what_the_author_says(tmp_path: Path) -> None:
    """Of a note type that nobody knows, the fields are listed; named, they are carried over."""
    other = OtherDeck(tmp_path / "anki", [])
    other.type("Vocabulary", ["Word", "Meaning", "Where"])
    other.add("Vocabulary", ["casa", "house", "ch. 1"], "Spanish", [])
    package = other.package(legacy=False)
    result = imported(tmp_path / "cards", package)
    assert result.exit_code == 1
    said = "Vocabulary: 1 notes: nobody knows what Word, Meaning, Where is; say what the fields"
    assert said in result.output
    assert not (tmp_path / "cards").exists()
    named = "Word=question,Meaning=answer"
    result = imported(tmp_path / "cards", package, "--fields", named)
    assert result.exit_code == 0, result.output
    assert "lost in 1 notes: the field 'Where' (casa)" in result.output
    assert texts(tmp_path / "cards") == {"casa": {"question": "casa", "answer": "house"}}
    for wrong in ("Word", "Word=front"):
        result = imported(tmp_path / "more", package, "--fields", wrong)
        assert result.exit_code == 2
        assert f"'{wrong}' names no field" in result.stderr


def test_columns_are_what_the_author_says(tmp_path: Path) -> None:
    """Names of columns that nobody knows are names all the same; so are their numbers."""
    (tmp_path / "list.csv").write_text("Land,Stad,Rivier\nItaly,Rome,Tiber\n", "utf-8")
    named = ("--fields", "Land=question,Rivier=answer")
    result = imported(tmp_path / "cards", tmp_path / "list.csv", *named)
    assert "lost in 1 notes: the field 'Stad' (italy)" in result.output
    assert texts(tmp_path / "cards") == {"italy": {"question": "Italy", "answer": "Tiber"}}
    result = imported(tmp_path / "more", tmp_path / "list.csv", "--fields", "1=question,2=answer")
    assert texts(tmp_path / "more") == {
        "land": {"question": "Land", "answer": "Stad"},
        "italy": {"question": "Italy", "answer": "Rome"},
    }


LEFT_OUT = {
    "<script>alert(1)</script>x": "a card cannot hold <script>",
    '<img src="gone.png">': "its file 'gone.png' is not there",
    '<img src="https://example.org/x.png">': "lies on the web",
    '<img src="data:image/png;base64,AAAA">': "a picture stands in its HTML, not in a file",
    r"[latex]\begin{tikzpicture}\end{tikzpicture}[/latex]": "only LaTeX can show",
    "{{c1::a gap}}": "a gap under 'answer'",
    "word " * 1000: "a text has more than 4,000 characters",
    "[anki:tts lang=en_US]x[/anki:tts]": "Anki would run",
    '<a href="javascript:alert(1)">x</a>': "javascript",
    "<br>": "its answer is empty",
}


def test_what_cannot_be_carried_over_is_listed(tmp_path: Path) -> None:
    """A line for each note, with the reason; all other notes arrive."""
    notes: list[Any] = [
        (BASIC, [f"Question {n}?", html], "Odd", []) for n, html in enumerate(LEFT_OUT)
    ]
    other = OtherDeck(tmp_path / "anki", [*NOTES, *notes])
    result = imported(tmp_path / "cards", other.package(legacy=False))
    assert result.exit_code == 0, result.output
    assert f"5 of {5 + len(LEFT_OUT)} notes are cards now" in result.output
    for number, said in enumerate(LEFT_OUT.values()):
        (line,) = (each for each in result.output.split("\n") if f"Question {number}?" in each)
        assert said in line
    assert result.output.count("Question ") == len(LEFT_OUT)


def test_what_no_text_may_hold(tmp_path: Path) -> None:
    """Characters that hide, or control: the note is named, with its row."""
    (tmp_path / "list.csv").write_text("q,x\x07y\nAlso\u202eq?,b\nok?,fine\n", "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "list.csv")
    assert "list.csv:1: q: the character U+0007 cannot stand in a card" in result.output
    assert "list.csv:2: Also\\u202eq?: the character U+202E cannot" in result.output
    assert "1 of 3 notes" in result.output


BLOCKS = {
    "<details><summary>one</summary>two</details>": "one\ntwo",
    "<center>one</center>two": "one\ntwo",
    "<figure>one<figcaption>two</figcaption></figure>": "one\n\ntwo",
    "<header>one</header><main>two</main>": "one\ntwo",
    "<strike>one</strike> two": "~~one~~ two",
    "<big>one</big>two": "onetwo",
}


@pytest.mark.parametrize("html", BLOCKS)
def test_words_of_two_blocks_are_two_words(tmp_path: Path, html: str) -> None:
    """What Anki shows on two lines is not one word; what it strikes out stays struck out."""
    other = OtherDeck(tmp_path / "anki", [(BASIC, ["What?", html], "A", [])])
    imported(tmp_path / "cards", other.package(legacy=False))
    assert texts(tmp_path / "cards")["what"]["answer"] == BLOCKS[html]


def test_looks_that_are_lost_are_told(tmp_path: Path) -> None:
    """Colours go, with a line; bold by a style stays."""
    html = '<span style="color: red; font-weight: 700">Stop</span>'
    other = OtherDeck(tmp_path / "anki", [(BASIC, ["What?", html], "A", [])])
    result = imported(tmp_path / "cards", other.package(legacy=True))
    assert "lost in 1 notes: colours, sizes, fonts and alignment" in result.output
    assert texts(tmp_path / "cards")["what"]["answer"] == "**Stop**"


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    """Ids, numbers of files, names of pictures, spelling of tags and subdecks: all go round it."""
    author = Author(tmp_path)
    author.notes.append({"id": "house", "question": "Huis?", "answer": "![x](media/house.mp3)"})
    author.note("een")["tags"] = ["EASY"]
    (author.cards / "media").mkdir(parents=True)
    (author.cards / "media" / "house.mp3").write_bytes(MP3 + b"\0")
    author.releases()
    before = {path: path.read_bytes() for path in author.cards.rglob("*") if path.is_file()}
    result = imported(author.cards, OtherDeck(tmp_path / "anki").package(legacy=False))
    assert result.exit_code == 0, result.output
    assert {path: path.read_bytes() for path in before} == before
    found = texts(author.cards)
    assert found["house-2"]["question"] == "House ![house](media/house-2.mp3)"
    assert {path.name for path in author.cards.glob("*.yaml")} >= {"2-flags.yaml", "3-words.yaml"}
    assert "the tag 'easy' is now 'EASY'" in result.output
    again = imported(author.cards, tmp_path / "anki" / "Geo.apkg")
    assert again.exit_code == 1
    assert again.output.count("the deck has this note already") == 5
    renamed = imported(author.cards, tmp_path / "anki" / "Geo.apkg", "--subdeck", "All")
    assert "0 of 5" in renamed.output


def test_a_note_that_stands_there_twice(tmp_path: Path) -> None:
    """Of two rows that say the same, one arrives; the other is named."""
    (tmp_path / "list.csv").write_text("What?,That.\nWho?,Me.\nWhat?,That.\n", "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "list.csv")
    assert "list.csv:3: What?: the deck has this note already" in result.output
    assert list(texts(tmp_path / "cards")) == ["what", "who"]


def test_an_id_that_another_note_has(tmp_path: Path) -> None:
    """A table with ids brings no second note of one id, and no other id in silence."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "list.csv").write_text("id,question,answer\neen,Other?,x\nnieuw,New?,y\n", "utf-8")
    result = imported(author.cards, tmp_path / "list.csv")
    assert "list.csv:2: een: the deck has a note with the id 'een'" in result.output
    assert texts(author.cards)["een"]["question"] == "Wat is een?"
    assert texts(author.cards)["nieuw"]["question"] == "New?"


def test_an_id_that_was_retired_stays_taken(tmp_path: Path) -> None:
    """What learners had under it must not come back as another note."""
    author = Author(tmp_path)
    author.releases()
    author.retires("twee")
    author.releases()
    del author.settings["retired"]  # the ledger alone remembers it
    author.releases()
    (tmp_path / "list.csv").write_text("question,answer\ntwee,2\n", "utf-8")
    assert imported(author.cards, tmp_path / "list.csv").exit_code == 0
    assert "twee-2" in texts(author.cards)


def test_a_folder_with_errors_gets_nothing(tmp_path: Path) -> None:
    """They are shown first; nothing is written."""
    author = Author(tmp_path)
    author.notes.append({"id": "Fout", "question": "Wat?", "answer": "Dat."})
    author.save()
    (tmp_path / "list.csv").write_text("a,b\n", "utf-8")
    seen = snapshot([author.cards])
    result = run("import", tmp_path / "list.csv", "--cards", author.cards)
    assert result.exit_code == 1
    assert "id-malformed" in result.stderr
    assert snapshot([author.cards]) == seen


def test_questions_and_answers_in_markdown(tmp_path: Path) -> None:
    """Headings begin a subdeck; what stands outside is named; code keeps its lines."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "p.png").write_bytes(PNG)
    (tmp_path / "notes.md").write_text(
        "Intro.\n\n# Rome\n\nQ: What is **Rome**?\nA: A city:\n\n- old\n- large\n\n"
        "**Q:** Its flag?\n**A:** ![flag](part/p.png)\n---\n## Code\nQ: What prints?\nA:\n"
        "```\nQ: no question\n```\n\nC: A [gap].\nQ: Open?\n",
        "utf-8",
    )
    result = imported(tmp_path / "cards", tmp_path / "notes.md")
    assert result.exit_code == 0, result.output
    assert texts(tmp_path / "cards") == {
        "what-is-rome": {"question": "What is **Rome**?", "answer": "A city:\n\n- old\n- large"},
        "its-flag": {"question": "Its flag?", "answer": "![flag](media/p.png)"},
        "what-prints": {"question": "What prints?", "answer": "```\nQ: no question\n```"},
    }
    assert {note.subdeck.value for note in deck_of(tmp_path / "cards").notes} == {"Rome", "Code"}
    assert "notes.md:1: 'Intro.' stands outside" in result.output
    assert "notes.md:21: 'C: A [gap].' stands outside" in result.output
    assert "notes.md:22: the question 'Open?' has no answer" in result.output


@pytest.mark.parametrize("code", ["~~~\n```\n~~~", "````\n```\n````", "```py\n```"])
def test_code_ends_where_its_fence_does(tmp_path: Path, code: str) -> None:
    """Another fence inside it is code, and the next question is one."""
    (tmp_path / "notes.md").write_text(f"Q: What?\nA: This:\n{code}\nQ: Who?\nA: Me.\n", "utf-8")
    imported(tmp_path / "cards", tmp_path / "notes.md")
    assert list(texts(tmp_path / "cards")) == ["what", "who"]


def test_a_title_that_is_the_name_of_the_file(tmp_path: Path) -> None:
    """Anki takes Rome and rome for one deck: the subdeck is written as the deck."""
    (tmp_path / "rome.md").write_text("# Rome\n\nQ: Old?\nA: Very.\n", "utf-8")
    assert imported(tmp_path / "cards", tmp_path / "rome.md").exit_code == 0
    assert deck_of(tmp_path / "cards").notes[0].subdeck.value == "rome"


@pytest.mark.parametrize("tags", ["a::b c", "a::b, c", "a::b,c"])
def test_tags_of_a_table(tmp_path: Path, tags: str) -> None:
    """People part them by spaces or commas."""
    (tmp_path / "list.csv").write_text(f'front,back,tags\nOld?,Very.,"{tags}"\n', "utf-8")
    assert imported(tmp_path / "cards", tmp_path / "list.csv").exit_code == 0
    assert [tag.value for tag in deck_of(tmp_path / "cards").notes[0].tags] == ["a::b", "c"]


def test_crowdanki_decks_below_decks(tmp_path: Path) -> None:
    """Notes of children arrive in their subdecks; two templates make both ways."""
    model: dict[str, Any] = {
        "crowdanki_uuid": "m", "name": "Basis", "type": 0,
        "flds": [{"name": "Voorkant"}, {"name": "Achterkant"}],
        "tmpls": [{"qfmt": "{{Voorkant}}"}, {"qfmt": "{{Achterkant}}"}],
    }  # fmt: skip
    note = {"guid": "g", "note_model_uuid": "m", "tags": ["a b"], "fields": ["één", "1<br>2"]}
    deck = {"__type__": "Deck", "name": "Top", "note_models": [model], "notes": [],
            "children": [{"name": "Sub", "children": [], "notes": [note]}]}  # fmt: skip
    (tmp_path / "Top").mkdir()
    (tmp_path / "Top" / "deck.json").write_text(json.dumps(deck), "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "Top")
    assert result.exit_code == 0, result.output
    (made,) = deck_of(tmp_path / "cards").notes
    assert (made.KIND, made.subdeck.value, made.tags[0].value) == ("reverse", "Sub", "a-b")
    assert texts(tmp_path / "cards") == {"een": {"question": "één", "answer": "1\n2"}}
    assert "the tag 'a b' is now 'a-b'" in result.output


def test_without_the_libraries_exit_code_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says how to install them."""
    import sys

    for name in [name for name in sys.modules if name.startswith("deckwright.exchange")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "markdownify", None)
    (tmp_path / "list.csv").write_text("a,b\n", "utf-8")
    result = run("import", tmp_path / "list.csv", "--cards", tmp_path / "cards")
    assert result.exit_code == 3
    assert '-m pip install "beautifulsoup4' in result.stderr


def test_it_speaks_dutch(tmp_path: Path) -> None:
    """And the new deck is Dutch, unless it is told otherwise."""
    (tmp_path / "lijst.csv").write_text("<b>a</b>,<script>x</script>\nWat?,Dat.\n", "utf-8")
    result = run("import", tmp_path / "lijst.csv", "--cards", tmp_path / "c", "--lang", "nl")
    assert "1 van 2 notities zijn nu kaarten" in result.output
    settings = (tmp_path / "c" / "deck.yaml").read_text("utf-8")
    assert "language: nl" in settings
    assert "Gemaakt uit lijst.csv." in settings


def test_many_notes_become_several_files(tmp_path: Path) -> None:
    """No file is too large to be read; all notes arrive."""
    rows = "".join(f"Question {n} of them?,Answer {n}.\n" for n in range(1201))
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    result = imported(tmp_path / "cards", tmp_path / "list.csv", "--subdeck", "All of it")
    assert "1201 of 1201" in result.output
    assert sorted(path.name for path in (tmp_path / "cards").glob("[0-9]*")) == [
        *("1-all-of-it.yaml", "2-all-of-it.yaml", "3-all-of-it.yaml")
    ]
    shutil.rmtree(tmp_path / "cards")


def test_gaps_make_cards(tmp_path: Path) -> None:
    """A text with gaps in a table without names is a cloze; of another note type, it is not."""
    (tmp_path / "list.csv").write_text('"{{c1::Rome}} is old";"Very."\n', "utf-8")
    assert imported(tmp_path / "cards", tmp_path / "list.csv").exit_code == 0
    assert texts(tmp_path / "cards") == {
        "rome-is-old": {"cloze": "{{c1::Rome}} is old", "explanation": "Very."}
    }
    other = OtherDeck(tmp_path / "anki", [(CLOZE, ["{{c1::a}} and {{c1::b}}", ""], "A", [])])
    assert imported(tmp_path / "more", other.package(legacy=True)).exit_code == 0
