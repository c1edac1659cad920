"""The second card of a question: the answer asks for the question, and nothing gives that away."""

import re
from html import unescape
from pathlib import Path

import pytest
from author import Author
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckwright.anki.learner import learner
from deckwright.cards.faces import Faces, faces
from deckwright.cards.note_types import FIELDS, fixed_ordinals, kind_of, note_types
from deckwright.source.deck import ReverseNote
from deckwright.words.language import language, languages

ROLES = ReverseNote.ROLES
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=9, max_size=14)
NOTE = {
    "id": "een",
    "theme": "Europa",
    "case": "Je staat op de Eiffeltoren.",
    "question": "Wat is de hoofdstad van **Frankrijk**?",
    "hint": "Begint met een P.",
    "answer": "Parijs, aan de Seine.",
    "explanation": "Sinds het jaar 987.",
    "source": "Atlas, blz. 12",
    "reverse": True,
}


def plain(side: str) -> str:
    """Return the text of a side."""
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", side, flags=re.DOTALL)
    return " ".join(unescape(text).split())


def second_card(author: Author, code: str = "nl") -> Faces:
    """Return both sides of the second card of the first note."""
    author.settings["language"] = code
    ready = author.plan().ready
    assert ready
    note = ready.release.notes[0].note
    assert note.ordinals == (0, 1)
    return faces(ready.types["reverse"], note, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORD, min_size=len(ROLES), max_size=len(ROLES), unique=True),
       present=st.sets(st.sampled_from(ROLES)))  # fmt: skip
def test_the_front_shows_the_answer_and_nothing_else_of_the_note(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], present: set[str]
) -> None:
    """Not the question, nor a case, theme or hint that would give it away; the back has all."""
    said = {role: f"Dit {word} bedoel ik zo" for role, word in zip(ROLES, words, strict=True)}
    note = {r: said[r] for r in ROLES if r in present | {"question", "answer"}}
    author = Author(tmp_path_factory.mktemp("a"), [{"id": "een", "reverse": True, **note}])
    author.settings["rules"] = {"question-mark": "off"}
    made = second_card(author)
    label = language("nl").labels["which"]
    assert plain(made.front) == f"{label} {note['answer']}"
    back = plain(made.back)
    assert back.startswith(plain(made.front))
    assert [role for role in note if note[role] not in back] == [r for r in note if r == "hint"]


@pytest.mark.parametrize("code", languages())
def test_the_front_asks_in_the_language_of_the_deck(tmp_path: Path, code: str) -> None:
    """Each language has a label, a name for the card and one for the note type."""
    front = second_card(Author(tmp_path, [NOTE]), code).front
    assert plain(front) == f"{language(code).labels['which']} Parijs, aan de Seine."
    labels = language(code).labels
    assert labels["card"] != labels["reverse_card"]
    assert len({labels[f"{kind}_type"] for kind in FIELDS}) == len(FIELDS)
    if code != "en":
        assert labels["which"] != language("en").labels["which"]


def test_anki_makes_and_shows_both_cards(tmp_path: Path) -> None:
    """In the real engine: question to answer, then answer to question; each with its name."""
    author = Author(tmp_path, [NOTE])
    with learner(tmp_path / "anki") as anki:
        log = anki.imports(author.releases().package)
        assert (log.new, log.conflicting) == (1, 0)
        first, second = anki.note("een").cards()
        assert [card.template()["name"] for card in (first, second)] == ["Kaart", "Omgekeerd"]
        front, back = (plain(side) for side in (first.question(), first.answer()))
        assert front.startswith("Europa Je staat op de Eiffeltoren. Wat is de hoofdstad")
        assert "Parijs" not in front
        assert "Parijs, aan de Seine." in back
        front, back = (plain(side) for side in (second.question(), second.answer()))
        assert front == "Bij welke vraag hoort dit? Parijs, aan de Seine."
        assert back == (
            f"{front} Europa Je staat op de Eiffeltoren. Wat is de hoofdstad van Frankrijk ? "
            "Sinds het jaar 987. Atlas, blz. 12"
        )
        assert 'dir="auto"' in second.question()
        assert anki.notices() == []
        assert not anki.empty_cards()


def test_only_decks_that_need_it_have_the_note_type(tmp_path: Path) -> None:
    """A deck without is what it was before there were second cards; it stays once it is there."""
    author = Author(tmp_path)
    assert list(author.releases().ready.types) == ["question", "cloze"]
    author.notes.append({**NOTE, "id": "heen"})
    assert list(author.releases().ready.types) == ["question", "cloze", "reverse"]
    author.retires("heen")
    made = author.releases()
    assert list(made.ready.types) == ["question", "cloze", "reverse"]
    assert list(made.ledger.types) == ["question", "cloze", "reverse"]


def test_an_id_tells_the_kind() -> None:
    """Whatever a learner calls the note type, and whichever cards were added to it."""
    for key in ("managerspet", "a", "koffie-x9"):
        for kind, made in note_types(key, "nl").items():
            assert kind_of(made.id, cloze=kind == "cloze") == kind
            assert len(made.templates) == len(fixed_ordinals(kind))
    assert kind_of(1_700_000_000_000, cloze=False) is None  # a time of Anki's
    assert kind_of(2**38, cloze=True) is None


@pytest.mark.parametrize(
    ("file", "note", "kind"),
    [
        ({}, {}, "question"),
        ({}, {"reverse": True}, "reverse"),
        ({}, {"reverse": "ja"}, "reverse"),
        ({}, {"reverse": "nee"}, "question"),
        ({"reverse": True}, {}, "reverse"),
        ({"reverse": "ja"}, {"reverse": False}, "question"),
        ({"reverse": False}, {"reverse": True}, "reverse"),
        ({"reverse": False}, {}, "question"),
    ],
)
def test_a_note_says_it_or_its_file(
    tmp_path: Path, file: dict[str, object], note: dict[str, object], kind: str
) -> None:
    """What stands on the note goes first; clozes of the file are left alone."""
    author = Author(tmp_path)
    author.parts["1-deel.yaml"] |= file
    author.note("een").update(note)
    ready = author.plan().ready
    assert ready
    made = {each.note.id: each.note.kind for each in ready.release.notes}
    assert (made["een"], made["drie"]) == (kind, "cloze")
