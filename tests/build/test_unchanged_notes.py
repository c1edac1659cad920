"""A file that was rendered before: notes that did not change are taken over, moved or not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.build import rendered_file
from deckwright.build.rendered_file import RenderedFile, render_file
from deckwright.source.deck import Note

HEAD = "subdeck: 1 Deel\ntags: [deel]\n"
NOTES = [
    "  - id: warning\n    question: Noem iets\n    answer: Iets.\n",
    "  - id: fixable\n    question: |\n      Wat is een lijst\n      - een\n    answer: Dit.\n",
    "  - id: media\n    question: Wat is ![](media/x.png)?\n    answer: Een plaatje.\n",
    "  - id: cloze\n    cloze: Twee {{c1::gaten}} en {{c2::nog een}}.\n    tags: [eigen]\n",
    "  - id: error\n    question: <script>x</script>\n    answer: Iets.\n",
    "  - {id: flow, question: Noem iets, answer: Dat., language: en, allow: {yes-no: ja}}\n",
    '  - id: quoted\n    question: "Noem\\u0020iets"\n    answer: Iets.\n',
    "  - id: bold\n    question: |\n      Wat hoort er niet bij een mens?\n    answer: Een s.\n",
    '  - id: list\n    question: Welke zijn er?\n    answer: "Rood,\\u0020wit, blauw en geel."\n',
    "  - id: same\n    question: Wat is dit?\n    answer: Dat.\n",
    "  - id: same\n    question: Wat is dit?\n    answer: Dat.\n",
]


def whole(notes: list[str], head: str = HEAD) -> bytes:
    """Return a file of cards with these notes."""
    return f"{head}notes:\n{''.join(notes)}".encode()


def rendered(raw: bytes, before: RenderedFile | None = None) -> RenderedFile:
    """Return a file rendered."""
    return render_file(raw, "1.yaml", "nl", (), before)


some_notes = st.lists(
    st.sampled_from(NOTES) | st.sampled_from(NOTES).map(lambda each: f"  # een regel\n{each}"),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(some_notes, some_notes, st.sampled_from([HEAD, "# boven\n" + HEAD, HEAD.replace("1", "2")]))
def test_what_is_taken_over_is_what_would_be_made(
    before: list[str], after: list[str], head: str
) -> None:
    """Notes that came, went, moved or stayed: with places, problems and fixes as made anew."""
    now = whole(after, head)
    assert rendered(now, rendered(whole(before))) == rendered(now)


def test_only_what_changed_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that moved down by two lines is not rendered again; one with another word is."""
    before = rendered(whole(NOTES))
    made: list[str] = []
    checked = rendered_file._checked

    def counted(note: Note, *about: object) -> object:
        made.append(note.id.value)
        return checked(note, *about)  # type: ignore[arg-type]

    monkeypatch.setattr(rendered_file, "_checked", counted)
    first = NOTES[0].replace("Iets.", "Iets anders.\n    hint: kort")
    rendered(whole([first, *NOTES[1:]]), before)
    assert made == ["warning"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[deel]", "[ander]"),
        ("1 Deel", "2 Deel"),
        ("Noem iets", "Noem alles"),
        ("    question: Noem", "    question:  Noem"),
        ('question: "', 'question:  "'),
        ('    answer: "', '    # hier\n    answer: "'),
        ("      Wat hoort", "        Wat hoort"),
        ("answer: Dat.\n", "answer: Dat.\n    reverse: true\n"),
        ("    cloze: Twee", "    cloze: >-\n      Twee"),
        ("tags: [eigen]", "tags: [ander]"),
        ("{yes-no: ja}", "{yes-no: nee}"),
        ("language: en", "language: de"),
    ],
)
def test_each_edit_is_seen(old: str, new: str) -> None:
    """Another text, another place in the line, another tag, reason or language."""
    source = whole(NOTES).decode()
    assert old in source
    now = source.replace(old, new).encode()
    assert rendered(now, rendered(whole(NOTES))) == rendered(now)


def test_real_files() -> None:
    """The deck itself: after a note in the middle went, the rest is as made anew."""
    files = sorted((Path(__file__).parents[2] / "cards").glob("[0-9]*.yaml"))
    assert files
    for path in files:
        raw = path.read_bytes()
        notes = raw.decode().split("\n  - id: ")
        now = "\n  - id: ".join(notes[:3] + notes[4:]).encode()
        assert rendered(now, rendered(raw)) == rendered(now)
