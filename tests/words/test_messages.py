"""The messages: each can be said in each language, and nothing is lost on the way."""

import re
import string
import tomllib
from importlib import resources

import pytest
from messages import templates

from deckwright.words.messages import LANGUAGES, Message, MessageError, said

DUTCH = tomllib.loads(
    (resources.files("deckwright.words") / "messages" / "nl.toml").read_text("utf-8")
)


def holes(template: str) -> set[tuple[str, str, str]]:
    """Return the names of the holes, each with what is done to its value."""
    parsed = string.Formatter().parse(template)
    return {(name, spec or "", conversion or "") for _, name, spec, conversion in parsed if name}


def has_words(template: str) -> bool:
    """Return whether anything but holes and signs stands in a template."""
    return bool(re.search("[A-Za-z]", re.sub(r"\{[^{}]*\}", "", template)))


def test_none_is_missing_in_dutch_and_none_is_left_over() -> None:
    """The data file has every template of the code that has words, and no other."""
    wanted = {template for template in templates() if has_words(template)}
    assert len(wanted) > 400
    assert set(DUTCH) == wanted


@pytest.mark.parametrize("template", DUTCH)
def test_a_translation_has_the_same_holes(template: str) -> None:
    """It shows every value, numbers as numbers; it is not the English text again."""
    dutch = DUTCH[template]
    assert holes(dutch) == holes(template)
    assert dutch.count("{{") == template.count("{{")
    assert (dutch == template) == (template == "{package}: {size:,} bytes in {seconds:.2f} s")
    english = set(re.findall("[a-z']+", re.sub("'[^']*'|<[^>]*>|--[a-z-]+", "", dutch.lower())))
    assert not english & {"the", "and", "with", "write", "remove", "learners", "cannot", "this"}
    assert [*re.findall("^ *", dutch)] == [*re.findall("^ *", template)]


def test_a_message_is_said_in_a_language() -> None:
    """Numbers as it writes them; messages and lists in it, too; braces in values stay."""
    nested = Message("gap c{number} hides nothing", number=3)
    message = Message("{what}: {size:,} bytes, {share:.0%}", what=nested, size=12345, share=0.5)
    assert message == "gap c3 hides nothing: 12,345 bytes, 50%"
    assert said(message, "nl") == "invulplek c3 verbergt niets: 12.345 bytes, 50%"
    assert said(message, "en") == message
    several = Message("{each}", each=[nested, Message("a cloze")])
    assert several == "gap c3 hides nothing, a cloze"
    assert said(several, "nl") == "invulplek c3 verbergt niets, een invulzin"
    assert Message("remove {runs}", runs="{x} {0} {{c1::y}}") == "remove {x} {0} {{c1::y}}"
    assert said(Message("remove {runs}", runs="{x}"), "nl") == "haal {x} weg"
    assert LANGUAGES == ("en", "nl")


def test_an_error_keeps_its_message() -> None:
    """Its text is English, for logs; its message can be said."""
    error = MessageError(Message("no note has the id '{name}'", name="een"))
    assert str(error) == "no note has the id 'een'"
    assert said(error.message, "nl") == "geen notitie heeft het id 'een'"


def test_a_hole_without_a_value_is_a_mistake_of_ours() -> None:
    """It is noticed where the message is made."""
    with pytest.raises(KeyError):
        Message("remove {runs}")
