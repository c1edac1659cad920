"""The promise to learners: ids, order of fields and templates, frozen since the first release."""

import re

import pytest

from deckwright.cards.note_types import FIELDS, KINDS, note_types
from deckwright.words.language import languages

# Never change a number here: learners' collections hold it.
FROZEN = {
    "question": (
        702396861751,
        (1016205859097,),
        (
            889344649148,
            613490751008,
            564201997126,
            604239523477,
            866829371085,
            809045796345,
            1065490221896,
            567881100442,
            1006114248719,
            603209383712,
        ),
    ),
    "cloze": (
        860122445210,
        (1002447400425,),
        (
            989105669374,
            738557475376,
            808431686667,
            622673198970,
            766809820302,
            633132621715,
            720052318282,
            646192990934,
        ),
    ),
    "reverse": (
        434912121446,
        (800065561156, 630544686561),
        (
            870641745705,
            818707755324,
            929250571842,
            647448332408,
            680363421285,
            1045797741711,
            889285659513,
            779821691786,
            672076108060,
            638127198490,
        ),
    ),
}
# What ledgers hold of them.
SHAPES = {
    "question": "86fdaf3b1a7859ec",
    "cloze": "ce532eaa436ae06b",
    "reverse": "aaace7037693f089",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_frozen(kind: str, language: str) -> None:
    """The ids of the real deck's note types are those of the first release, in every language."""
    made = note_types("managerspet", language)[kind]
    ids = tuple(field.id for field in made.fields)
    assert (made.id, tuple(each.id for each in made.templates), ids) == FROZEN[kind]
    assert made.shape == SHAPES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_templates_name_only_fields_that_exist(kind: str) -> None:
    """Each {{Veld}} of a template is a field, in each language; Anki shows an error otherwise."""
    for language in languages():
        made = note_types("k", language)[kind]
        names = {field.name for field in made.fields}
        for html in (side for t in made.templates for side in (t.front, t.back, *t.browser)):
            used = re.findall(r"\{\{[#/^]?(?:\w+:)*([^}]+)\}\}", html)
            assert used
            assert set(used) <= names


def test_ids_never_meet() -> None:
    """Two keys share no id, and within a deck every id is its own."""
    ids = [
        number
        for key in ("a", "b")
        for made in note_types(key, "nl").values()
        for number in (made.id, *(t.id for t in made.templates), *(f.id for f in made.fields))
    ]
    assert len(set(ids)) == len(ids) == 2 * (7 + sum(map(len, FIELDS.values())))


def test_the_back_repeats_the_front() -> None:
    """Nothing jumps when the card turns: the back begins with the front, word for word."""
    for made in note_types("k", "nl").values():
        for each in made.templates:
            front, closing, _ = each.front.partition("</main>")
            assert closing
            assert each.back.startswith(front)
            assert each.back.count('id="answer"') == 1
            assert "script" not in each.front + each.back + made.css
            assert "//" not in each.front + each.back + made.css
