"""Languages: each data file is complete, and one more file is one more language."""

import re
import shutil
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

import deckwright
from deckwright.cards.note_types import FIELDS
from deckwright.check.standard import LIMITS
from deckwright.words.language import language, languages

SOURCE = Path(deckwright.__file__).parent


def test_the_languages_are_the_data_files() -> None:
    """No list names them a second time."""
    files = sorted(path.stem for path in (SOURCE / "words").glob("*.toml"))
    assert languages() == tuple(files)


@pytest.mark.parametrize("code", languages())
def test_each_language_has_the_same_texts(code: str) -> None:
    """Every label and text that one language has, each has, and none is empty."""
    for name in ("labels", "change_notes", "preview", "learner", "study", "spoken", "signs"):
        texts, others = getattr(language(code), name), getattr(language("nl"), name)
        assert texts.keys() == others.keys()
        assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("code", languages())
def test_no_two_fields_have_one_name(code: str) -> None:
    """Anki would take them for one, and learners could not tell them apart."""
    names = [language(code).labels[role] for roles in FIELDS.values() for role in roles]
    assert len(set(names)) == len({role for roles in FIELDS.values() for role in roles})


@pytest.mark.parametrize("code", languages())
def test_words_are_in_lower_case(code: str) -> None:
    """Rules compare in lower case: a word with a capital would never be found."""
    known = language(code)
    sets = [each.name for each in fields(known) if isinstance(getattr(known, each.name), frozenset)]
    assert len(sets) > 20
    for name in sets:
        words = getattr(known, name)
        assert words or code not in ("nl", "en") or name == "linking"
        assert {word.lower() for word in words} == words


def test_turns_of_phrase_are_expressions_that_a_rule_asks_for() -> None:
    """Each compiles, matches no empty text, and is one that both languages and the rules know."""
    names = {code: set(language(code).patterns) for code in ("nl", "en")}
    assert names["nl"] == names["en"]
    asked = "".join(path.read_text("utf-8") for path in (SOURCE / "check").glob("*.py"))
    for code in languages():
        for name, expression in language(code).patterns.items():
            assert not re.compile(expression, re.VERBOSE).search("")
            assert f'"{name}"' in asked


def test_a_language_has_limits_of_rules_that_have_one() -> None:
    """English says the same in more words than Dutch."""
    assert language("nl").limits == {}
    assert language("en").limits == {"answer-long": 30, "question-long": 30}
    assert all(set(language(code).limits) <= set(LIMITS) for code in languages())


def test_the_rules_know_no_words_of_another_language() -> None:
    """A language without a file: English for learners, no words, its own dictionary."""
    known = language("pt-BR")
    assert known.labels == language("en").labels
    assert not known.finite_verbs | known.stop_words | known.negations
    assert known.dictionary == "pt_BR"


def test_a_country_has_the_words_of_its_language() -> None:
    """Learners read Dutch, and the rules know it; only the dictionary is the country's own."""
    belgian = language("nl-BE")
    assert replace(belgian, dictionary="nl_NL") == language("nl")
    assert belgian.dictionary == "nl_BE"


def test_another_file_is_another_language(tmp_path: Path) -> None:
    """With a copy of a data file, a deck of that language builds; nothing else changes."""
    shutil.copytree(SOURCE, tmp_path / "src" / "deckwright")
    words = tmp_path / "src" / "deckwright" / "words"
    shutil.copy(words / "en.toml", words / "xx.toml")
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "deck.yaml").write_text("name: P\nkey: p\nlanguage: xx\ndescription: P.\n", "utf-8")
    (cards / "1.yaml").write_text(
        "subdeck: S\nnotes:\n- {id: a, question: Quoi?, answer: Voila.}\n", "utf-8"
    )
    command = [sys.executable, "-m", "deckwright", "check", "--cards", str(cards)]
    environment = {"PYTHONPATH": str(tmp_path / "src"), "DICPATH": "/nowhere"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "no problems\n", done.stderr
