"""What `check --fix` fixes: slips of a kind, and nothing that a card says."""

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from author import Author
from click.testing import CliRunner, Result

from deckwright.build import fixes
from deckwright.build.fixes import fixed_files
from deckwright.build.rendered_file import render_file
from deckwright.cli.main import main
from deckwright.disk import folder_lock
from deckwright.problem import Fix, Place, Problem
from deckwright.source.content_hash import content_hash
from deckwright.words.messages import Message

HEAD = "subdeck: 1 Deel\nnotes:\n"
NOTE = "  - id: a\n    question: Wat doe je?\n    answer: Rustig blijven.\n"
LONG = "bel je de chef " * 10  # a hint would show the beginning alone
DASH = "\N{EN DASH}"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author with one note."""
    author = Author(tmp_path, [{"id": "a", "question": "Wat doe je?", "answer": "Niets."}])
    author.save()
    return author


def run(author: Author, *options: str) -> Result:
    """Run check with these options."""
    return CliRunner().invoke(main, ["check", "--cards", str(author.cards), *options])


def cards(author: Author) -> Path:
    """Return the file of the only part."""
    return next(author.cards.glob("1-*.yaml"))


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        ("answer: 's Ochtends bel je.", """answer: "'s Ochtends bel je.\""""),
        ('answer: "Ja" zeg je dan.', """answer: '"Ja" zeg je dan.'"""),
        (f"answer: 's Ochtends {'bel je ' * 20}op.", f'answer: "\'s Ochtends {"bel je " * 20}op."'),
        ("answer: Doe dit: bellen.", 'answer: "Doe dit: bellen."'),
        ("answer: {dit} gaat zo.", 'answer: "{dit} gaat zo."'),
        ('answer: {\'s Ochtends} "ja".', "answer: '{''s Ochtends} \"ja\".'"),
        ("answer:Bel de chef.", "answer: Bel de chef."),
        ("answer;  Bel de chef.", "answer: Bel de chef."),
        ("answer:\N{NO-BREAK SPACE}Bel de chef.", "answer: Bel de chef."),
        ("answer: Bel de chef.  ", "answer: Bel de chef."),
        ("answer: Bel e\N{COMBINING ACUTE ACCENT}en chef.", "answer: Bel éen chef."),
    ],
)
def test_a_slip_is_fixed(author: Author, typed: str, fixed: str) -> None:
    """The line is as its hint says, and the rest of the file as it was; check is clean of it."""
    comment = "  # een opmerking blijft\n"
    before = NOTE.replace("answer: Rustig blijven.", typed)
    cards(author).write_text(HEAD + comment + before, "utf-8")
    run(author, "--fix")
    after = cards(author).read_text("utf-8")
    assert after == HEAD + comment + NOTE.replace("answer: Rustig blijven.", fixed)
    assert "error" not in run(author).output


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        (f"  {DASH} id: b\n", "  - id: b\n"),
        ("  -id: b\n", "  - id: b\n"),
        ("    id: b\n", "  - id: b\n"),
        ("  - ", "  - id: wat-helpt-er\n    "),
    ],
)
def test_a_note_begins_again(author: Author, typed: str, fixed: str) -> None:
    """A hyphen, a space behind it, or an id that is missing."""
    text = "question: Wat helpt er?\n    answer: Bellen.\n"
    rest = text if typed == "  - " else f"    {text}"
    cards(author).write_text(HEAD + NOTE + typed + rest, "utf-8")
    run(author, "--fix")
    assert cards(author).read_text("utf-8") == HEAD + NOTE + fixed + rest


def test_two_new_ids_are_two(author: Author) -> None:
    """Questions with the same beginning get ids of their own."""
    note = "  - question: Wat helpt er bij {}?\n    answer: Bellen.\n"
    cards(author).write_text(HEAD + "".join(map(note.format, ("brand", "rook", "brand"))), "utf-8")
    run(author, "--fix")
    ids = re.findall("id: (.*)", cards(author).read_text("utf-8"))
    assert ids == ["wat-helpt-er-bij-brand", "wat-helpt-er-bij-rook", "wat-helpt-er-bij-brand-2"]


def test_a_negation_gets_bold_and_an_allowed_one_does_not(author: Author) -> None:
    """What the author allowed stays, and so does what is not selected."""
    note = "  - id: {}\n    question: Wat doe je niet?\n    answer: Rennen.\n"
    allowed = note.format("b") + "    allow: {negation: een grap}\n"
    cards(author).write_text(HEAD + note.format("a") + allowed, "utf-8")
    before = cards(author).read_bytes()
    run(author, "--fix", "--ignore", "negation")
    assert cards(author).read_bytes() == before
    run(author, "--fix")
    changed = HEAD + note.format("a").replace("niet", "**niet**") + allowed
    assert cards(author).read_text("utf-8") == changed


def test_what_learners_hold_is_not_sent_again_for_a_warning(author: Author) -> None:
    """Nor for a slip beside it, and the tool says so; a note that is new, or named, is fixed."""
    note = "  - id: {}\n    question: Wat doe je niet?\n    answer: Rennen.\n"
    author.notes[:] = [{"id": "a", "question": "Wat doe je niet?", "answer": "Rennen."}]
    author.releases()
    both = HEAD + note.format("b") + note.format("a")
    slip = "  - id: c\n    question: Wat zeg je?\n    answer: 's Ochtends niets.\n"
    cards(author).write_text(both + slip, "utf-8")
    result = run(author, "--fix")
    assert "not fixed, since learners hold the note: 1" in result.stderr
    fixed = note.format("b").replace("niet", "**niet**")
    slip = slip.replace("'s Ochtends niets.", '"\'s Ochtends niets."')
    assert cards(author).read_text("utf-8") == HEAD + fixed + note.format("a") + slip
    result = run(author, "--fix", "--select", "negation")
    assert "not fixed" not in result.stderr
    changed = HEAD + fixed + note.format("a").replace("niet", "**niet**") + slip
    assert cards(author).read_text("utf-8") == changed


def test_a_renamed_note_is_still_held(author: Author) -> None:
    """By the id that it had; and what nobody holds is not said to be held."""
    note = {"id": "a", "question": "Wat doe je niet?", "answer": "Rennen."}
    author.notes[:] = [note]
    author.releases()
    author.notes[:] = [note | {"id": "nieuw", "was": "a"}]
    author.save()
    before = cards(author).read_bytes()
    assert "not fixed, since learners hold the note: 1" in run(author, "--fix").stderr
    assert cards(author).read_bytes() == before
    assert "not fixed" not in run(author, "--fix", "--ignore", "negation").stderr


def test_two_slips_of_one_line_are_fixed(author: Author) -> None:
    """The first does not move the second away."""
    cards(author).write_text(HEAD + NOTE.replace("je?", "je niet of nooit?"), "utf-8")
    run(author, "--fix")
    assert "question: Wat doe je **niet** of **nooit**?" in cards(author).read_text("utf-8")


def test_a_fix_that_changes_what_a_note_says_is_left(author: Author) -> None:
    """Whatever a rule proposes: the proof has the last word, for each fix by itself."""
    cards(author).write_text(HEAD + NOTE + NOTE.replace("id: a", "id: b"), "utf-8")

    def find(folder: Path) -> list[Problem]:
        file = str(folder / cards(author).name)
        fixes = [
            Fix(Place(file, 4, 19), "doe", "**doe**"),
            Fix(Place(file, 4, 15), "Wat", "**Wat**"),  # no text begins with a star, says YAML
            Fix(Place(file, 5, 13), "Rustig", "Onrustig"),
            Fix(Place(file, 6, 5), "id: b", "id: c"),
            Fix(Place(file, 8, 13), "Rustig blijven.", ""),
        ]
        return [Problem(fix.place, "negation", Message(""), Message(""), fix) for fix in fixes]

    ((_, new),) = fixed_files(author.cards, find).values()
    assert new.decode() == HEAD + NOTE.replace("doe", "**doe**") + NOTE.replace("id: a", "id: b")


@pytest.mark.parametrize("replaces", [True, False])
def test_what_the_author_saves_meanwhile_stays(
    author: Author, monkeypatch: pytest.MonkeyPatch, *, replaces: bool
) -> None:
    """Nothing is written over it, whether the editor replaces the file or writes into it."""
    other = author.cards / "2-rest.yaml"
    other.write_text(HEAD + NOTE.replace("id: a", "id: b"), "utf-8")
    cards(author).write_text(HEAD + NOTE.replace("answer: ", "answer:"), "utf-8")

    def edit(file: Path) -> None:
        saved = author.cards.parent / "saved"
        saved.write_text(file.read_text("utf-8") + "# later\n", "utf-8")
        if replaces:
            saved.replace(file)
        else:
            file.write_bytes(saved.read_bytes())

    def slow_render(*what: Any) -> Any:
        if edited:
            edit(edited.pop())
        return render_file(*what)

    monkeypatch.setattr(fixes, "render_file", slow_render)
    edited = [cards(author)]
    result = run(author, "--fix")
    assert "error[files-changing]" in result.stderr
    assert result.exit_code == 1
    assert cards(author).read_text("utf-8").endswith("# later\n")
    assert "answer:Rustig" in cards(author).read_text("utf-8")
    edited = [other]
    run(author, "--fix")
    assert other.read_text("utf-8").endswith("# later\n")


SEEMING_KEYS = (
    "name=koffie\n",
    "key:value\n",
    "• tags: x\n",
    "-key: y\n",
    "id;7\n",
    "\N{NO-BREAK SPACE}theme: x\n",
)


@pytest.mark.parametrize(
    "typed",
    [
        "Let op: dit # nakijken",
        '"Ja" zeg je dan. # grapje',
        "'s Avonds bel je. #later",
        "*ster* \t# x",
        "{dit} gaat # zo",
        "Let op: dit\n      en dat",
        '"Ja" zeg je\n\n      en zij ook',
        "'s Avonds\n     bel je",
    ],
)
def test_only_the_author_knows_where_a_text_ends(author: Author, typed: str) -> None:
    """A comment is no part of a card, and half of a text between quotes is broken still."""
    before = NOTE.replace("answer: Rustig blijven.", f"answer: {typed}")
    cards(author).write_text(HEAD + before, "utf-8")
    assert "error[yaml-quotes]" in run(author, "--fix").output
    assert cards(author).read_text("utf-8") == HEAD + before


def yaml_reads(text: str) -> bool:
    """Return whether a text is YAML."""
    try:
        yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return True


@pytest.mark.parametrize("line", SEEMING_KEYS)
@pytest.mark.parametrize(
    "text",
    [
        "answer: |\n      {line}",
        "answer: |\n      ```\n        {line}      ```\n\n      {line}",
        "answer: |-\n      Zo:\n  # een opmerking\n      {line}",
        "answer: >-\n     {line}",
        "answer: Zo gaat dat\n      {line}",
        'answer: "Zo gaat dat\n    {line}      en zo"\n',
        "tags:\n      - |\n        {line}",
    ],
)
def test_what_looks_like_a_key_in_a_text_stays(author: Author, text: str, line: str) -> None:
    """In a note that is broken elsewhere; what is wrong there is fixed where the rest is YAML."""
    rest = yaml_reads(f"x:\n    {text.format(line=line)}")
    text = text.format(line=line)
    for wrong in ("hint: Let op: dit\n", "hint: 's Ochtends.\n", "hint:dit\n"):
        cards(author).write_text(
            f"{HEAD}  - id: a\n    question: Wat?\n    {text}    {wrong}", "utf-8"
        )
        run(author, "--fix")
        after = cards(author).read_text("utf-8")
        assert text in after
        assert wrong not in after or not rest


def test_line_ends_and_mark_stay(author: Author) -> None:
    """What Windows writes stays what Windows wrote."""
    text = (HEAD + NOTE.replace("Wat doe", "Wat doe nooit")).replace("\n", "\r\n")
    cards(author).write_bytes(b"\xef\xbb\xbf" + text.encode())
    run(author, "--fix")
    changed = text.replace("nooit", "**nooit**")
    assert cards(author).read_bytes() == b"\xef\xbb\xbf" + changed.encode()


def test_diff_shows_and_writes_nothing(author: Author) -> None:
    """Exit code 1 where something can be fixed, 0 where nothing can."""
    cards(author).write_text(HEAD + NOTE.replace("answer: ", "answer:"), "utf-8")
    before = cards(author).read_bytes()
    shown = run(author, "--diff")
    assert shown.exit_code == 1
    assert "-    answer:Rustig blijven.\n+    answer: Rustig blijven.\n" in shown.stdout
    assert cards(author).read_bytes() == before
    run(author, "--fix")
    assert run(author, "--diff").exit_code == 0


def test_a_line_that_nobody_needs_goes(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word list loses the word that the dictionary knows, and keeps its comments."""
    for suffix, content in (("aff", "SET UTF-8\n"), ("dic", "2\nbril\nkop\n")):
        (author.cards.parent / f"nl_NL.{suffix}").write_text(content, "utf-8")
    monkeypatch.setenv("DICPATH", str(author.cards.parent))
    words = author.cards / "woordenlijst.txt"
    words.write_text("# woorden\nkop:zomaar\nbril: zomaar\nniets: staat er\n", "utf-8")
    run(author, "--fix")
    assert words.read_text("utf-8") == "# woorden\nkop:zomaar\nniets: staat er\n"


def test_what_a_text_ends_with_stays_where_it_counts(author: Author) -> None:
    """Spaces that are part of a text stay: learners would get the note anew."""
    text = HEAD + NOTE.replace("Rustig blijven.", "|\n      ```\n      a  \n      ```\n")
    cards(author).write_text(text, "utf-8")
    run(author, "--fix")
    assert cards(author).read_text("utf-8") == text


DAMAGES = [
    (r"answer: '(.*)'", r"answer:'\1'"),
    (r"answer: '(.*)'", r"answer: \1: en zo"),
    (r"answer: '(.*)'", r"answer: 's Ochtends \1"),
    (r"answer: '(.*)'", r'answer: "Ja" zegt \1'),
    (r"answer: '", "answer:\N{NO-BREAK SPACE}'"),
    (r"  - id: (.*)\n    question", r"  - question"),
    (r"  - id", f"  {DASH} id"),
    (r"  - id", "  -id"),
    (r"question: '", "question: 'Niet of nooit: "),
    (r"'\n$", "'   \n"),
]


def test_damaged_notes_say_the_same(author: Author) -> None:
    """Of many notes, each damaged in one way: all are whole again, and say what they said."""
    dice = random.Random(16)  # noqa: S311 - no secret
    words = "een bel de chef en wacht op hulp bij het grote werk van nu".split()  # noqa: SIM905

    def text() -> str:
        return " ".join(dice.choices(words, k=dice.randint(4, 12))).capitalize()

    damaged = []
    for number in range(200):
        note = f"  - id: n{number}\n    question: '{text()}?'\n    answer: '{text()}.'\n"
        typed, slip = dice.choice(DAMAGES)
        damaged.append(re.sub(typed, slip, note, count=1))
    source = HEAD + "".join(damaged)
    cards(author).write_text(source, "utf-8")
    readable = {
        each.note.id.value: each.note for each in render_file(source.encode(), "x", "").texts
    }
    run(author, "--fix")
    made = render_file(cards(author).read_bytes(), "x", "")
    assert not made.reading_problems
    assert len(made.texts) == len(damaged)
    for each in made.texts:
        before = readable.get(each.note.id.value)
        if before and "iet" not in before.texts()["question"].value:
            assert content_hash(before) == content_hash(each.note)
    answers = [each.note.texts()["answer"].value for each in made.texts]
    wrote = re.findall(r"answer[:\s]*(.*)", source)
    assert [re.sub(r"\W", "", each) for each in answers] == [re.sub(r"\W", "", t) for t in wrote]


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_nothing_is_read_outside_the_folder(author: Author, tmp_path: Path) -> None:
    """Links stay links, to a file, a folder, nowhere or in a ring; a pipe is no file."""
    outside = tmp_path / "buiten"
    (outside / "diep").mkdir(parents=True)
    (outside / "geheim.yaml").write_text("geheim: ja   \n", "utf-8")
    links = {"9-x.yaml": outside / "geheim.yaml", "map": outside, "ring": Path(), "weg": Path("x")}
    for name, target in links.items():
        (author.cards / name).symlink_to(target)
    (author.cards / "media").mkdir()
    os.mkfifo(author.cards / "media" / "x.png")
    cards(author).write_text(HEAD + NOTE.replace("answer: ", "answer:"), "utf-8")
    shown = run(author, "--diff")
    assert "geheim" not in shown.stdout
    assert "answer: Rustig" in shown.stdout
    run(author, "--fix")
    assert all((author.cards / name).is_symlink() for name in links)
    assert cards(author).read_text("utf-8") == HEAD + NOTE


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_word_list_that_is_no_file_learns_nothing(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """One line, exit code 1; what a link leads to is not copied into the deck."""
    for suffix, content in (("aff", "SET UTF-8\n"), ("dic", "2\nbel\nis\n")):
        (tmp_path / f"nl_NL.{suffix}").write_text(content, "utf-8")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    note = "  - id: {0}\n    question: Wie is {0} Zorblax?\n    answer: Zorblax is {0}.\n"
    cards(author).write_text(HEAD + note.format("a") + note.format("b"), "utf-8")
    words = author.cards / "woordenlijst.txt"
    if kind == "link":
        (tmp_path / "geheim.txt").write_text("geheim: ja\n", "utf-8")
        words.symlink_to(tmp_path / "geheim.txt")
    else:
        os.mkfifo(words)
    result = run(author, "--learn")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: 'woordenlijst.txt' is ")
    assert result.stderr.count("\n") == 1
    assert words.is_symlink() == (kind == "link")


def test_another_deckwright_at_work_is_one_line(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, for all that changes a folder."""
    monkeypatch.setattr(folder_lock, "PATIENCE", 0)
    with folder_lock.hold(author.cards):
        for option in ("--fix", "--diff"):
            result = run(author, option)
            assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
            assert "another deckwright is at work" in result.stderr


def test_diff_wins_over_fix(author: Author) -> None:
    """Whoever asks for both is only shown it."""
    cards(author).write_text(HEAD + NOTE.replace("answer: ", "answer:"), "utf-8")
    before = cards(author).read_bytes()
    assert run(author, "--fix", "--diff").exit_code == 1
    assert cards(author).read_bytes() == before


def test_a_description_is_not_tidied(author: Author) -> None:
    """A deck whose description differs by a space would not be the last release."""
    settings = author.cards / "deck.yaml"
    text = "description: |\n  Een tekst.  \n  Nog een.\n"
    settings.write_text(f"name: Proef\nkey: proef\nlanguage: nl\n{text}", "utf-8")
    cards(author).rename(author.cards / "1-deel.yml")
    (author.cards / "1-deel.yml").write_text(HEAD + NOTE.replace("blijven.", "blijven.  "), "utf-8")
    run(author, "--fix")
    assert text in settings.read_text("utf-8")
    assert (author.cards / "1-deel.yml").read_text("utf-8") == HEAD + NOTE
