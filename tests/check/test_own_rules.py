"""What a deck says of rules: a warning off, another limit; and the language of a note."""

from pathlib import Path

import pytest
from author import Author

LONG = {"id": "een", "question": "Wat doe je?", "answer": "a " * 30, "explanation": "b " * 55}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, ["answer-long", "answer-long"]),
        ({"answer-long": "off"}, []),
        ({"answer-long": "uit"}, []),
        ({"answer-long": "29"}, ["answer-long", "answer-long"]),
        ({"answer-long": 30}, []),
        ({"question-long": "off"}, ["answer-long", "answer-long"]),
        ({"answer-long": "0"}, ["answer-long", "answer-long", "rule-unknown"]),
        ({"yes-no": "5"}, ["answer-long", "answer-long", "rule-unknown"]),
        ({"answr-long": "off"}, ["answer-long", "answer-long", "rule-unknown"]),
        ({"html-not-allowed": "off"}, ["answer-long", "answer-long", "rule-unknown"]),
    ],
)
def test_rules(tmp_path: Path, rules: dict[str, object], expected: list[str]) -> None:
    """A rule is switched off, or measures by another number; what is wrong there is an error."""
    author = Author(tmp_path, [LONG])
    author.settings["rules"] = rules
    assert sorted(author.codes()) == expected


def test_a_limit_reaches_what_was_remembered(tmp_path: Path) -> None:
    """The cache keeps no problems of other limits."""
    from deckwright.build.cards_folder import Resources
    from deckwright.build.plan import BuildOptions, plan_build
    from deckwright.release.next_release import Clock

    author = Author(tmp_path, [LONG])
    options = BuildOptions(resources=Resources(tmp_path / "cache"))
    found = []
    for limit in ("25", "30", "25"):
        author.settings["rules"] = {"answer-long": limit}
        author.save()
        found.append(len(plan_build(author.cards, Clock(author.now), options).problems))
    assert found == [2, 0, 2]


def test_a_note_in_another_language(tmp_path: Path) -> None:
    """The rules take the words of its own language: 'is' begins no question in Italian."""
    note = {"id": "een", "question": "Is this a question?", "answer": "No padding."}
    author = Author(tmp_path, [note, {**note, "id": "twee", "question": "Is that one?"}])
    assert author.codes().count("yes-no") == 2
    author.notes[0]["language"] = "it"
    assert author.codes().count("yes-no") == 1
    author.parts["1-deel.yaml"]["language"] = "fr"
    assert author.codes() == []
    author.notes[0]["language"] = "Nederlands"
    assert author.codes() == ["value-unknown"]


@pytest.mark.parametrize("code", ["de", "fr", "es", "it", "ar", "zh-Hans", "pt-BR"])
def test_a_deck_in_another_language(tmp_path: Path, code: str) -> None:
    """It builds, and no rule that needs words says anything of a good card."""
    author = Author(tmp_path)
    author.settings["language"] = code
    assert author.codes() == []
    assert f'lang="{code}"' in author.releases().ready.types["question"].templates[0].front
