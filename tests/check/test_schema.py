"""The schemas for editors and the reader say the same of a file."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from commands import run
from real_deck import CARDS, START

from deckwright.build.plan import plan_build
from deckwright.check.schema import FILES, schema
from deckwright.problem import GROUPS
from deckwright.release.next_release import Clock
from deckwright.source import keys
from deckwright.source.key import Holds, Key, Keys

DECK = """\
name: Koffie
key: koffie-zetten
language: nl
description: Zo zet je koffie.
author: Ans
license: CC0
homepage: https://example.org
report: kaarten@voorbeeld.nl
retired: {oud: te makkelijk}
rules: {question-mark: off, answer-long: 40}
"""
GUIDE = """\
title: Koffie
parts:
  - id: deel-1
    title: Zetten
    points:
      - id: punt
        kind: feit
        title: Water kookt
"""
NOTES = """\
subdeck: 1 Zetten
tags: [koffie]
language: nl
reverse: nee
notes:
  - id: water
    was: warm-water
    allow: {answer-long: het moet}
    covers: punt
    theme: Op de vloer
    tags: [koffie::a, koffie::b]
    kind: waarom
    case: Je zet koffie.
    question: Waarom kook je water?
    hint: Damp.
    answer: Dat lost beter op.
    explanation: Meer niet.
    source: Deel 1
    language: en
    reverse: ja
  - id: koffie
    cloze: "Neem {{c1::60}} gram koffie op {{c2::een liter::hoeveel water}} water."
"""
GOOD = {"deck": DECK, "guide": GUIDE, "cards": NOTES}
NAMES = {"deck": "deck.yaml", "guide": "guide.yaml", "cards": "1-zetten.yaml"}
# What reader and rules say of the form of a file, as a schema can.
OF_FORM = {*GROUPS["structure"], "id-malformed", "allow-unknown"}

# A kind of file, what is written there in place of what, and whether that is good.
EDITS = [
    ("deck", "key: koffie-zetten", "key: Koffie zetten", False),
    ("deck", "key: koffie-zetten", f"key: {'a' * 81}", False),
    ("deck", "key: koffie-zetten", "key: 2024", True),
    ("deck", "name: Koffie", "name: 2024", True),
    ("deck", "name: Koffie", "name:", False),
    ("deck", "name: Koffie", 'name: " "', False),
    ("deck", "name: Koffie", f"name: {'a' * 200}", True),
    ("deck", "name: Koffie", f"name: {'a' * 201}", False),
    ("deck", "name: Koffie", "name: [Koffie]", False),
    ("deck", "language: nl", "language: dutch", False),
    ("deck", "language: nl", "language: uk", True),
    ("deck", "language: nl", "language: pt-BR", True),
    ("deck", "language: nl", "language: no", True),
    ("deck", "language: nl", "language: NL", False),
    ("deck", "author: Ans", "auteur: Ans", False),
    ("deck", "author: Ans", f"author: {'a' * 201}", True),
    ("deck", "https://example.org", "a" * 200, True),
    ("deck", "https://example.org", "a" * 201, False),
    ("deck", "kaarten@voorbeeld.nl", "mailto:kaarten@voorbeeld.nl", False),
    ("deck", "kaarten@voorbeeld.nl", "kaarten@voorbeeld", False),
    ("deck", "kaarten@voorbeeld.nl", "Ans <kaarten@voorbeeld.nl>", False),
    ("deck", "kaarten@voorbeeld.nl", f"{'a' * 188}@voorbeeld.nl", False),
    ("deck", "kaarten@voorbeeld.nl", "ans+kaarten@leren.voorbeeld.nl", True),
    ("deck", "kaarten@voorbeeld.nl", "https://git.example/i/new?title={id}&body={text}", True),
    ("deck", "kaarten@voorbeeld.nl", "https://git.example:80/new?body={text}", True),
    ("deck", "kaarten@voorbeeld.nl", "https://git.example/new?body={texts}", False),
    ("deck", "kaarten@voorbeeld.nl", "https://git.example/new?title={id}", False),
    ("deck", "kaarten@voorbeeld.nl", "http://git.example/new?body={text}", False),
    ("deck", "kaarten@voorbeeld.nl", "https://evil.example@git.example/new?body={text}", False),
    ("deck", "kaarten@voorbeeld.nl", "javascript://git.example/{text}", False),
    ("deck", "kaarten@voorbeeld.nl", "https://git.example/{text}?{naam}", False),
    ("cards", "tags: [koffie]", f"tags: [{'a' * 201}]", False),
    ("cards", "tags: [koffie]", f"tags: {'a' * 201}", False),
    ("deck", "{oud: te makkelijk}", "{oud: }", True),
    ("deck", "{oud: te makkelijk}", "[oud]", False),
    ("deck", "{oud: te makkelijk}", "oud", False),
    ("deck", "{oud: te makkelijk}", "", True),
    ("deck", "question-mark: off", "question-mark: false", True),
    ("deck", "question-mark: off", "question-mark: 3", False),
    ("deck", "question-mark: off", "question-marks: off", False),
    ("deck", "question-mark: off", "cloze-syntax: off", False),
    ("deck", "answer-long: 40", "answer-long: 0", False),
    ("deck", "answer-long: 40", "answer-long: veel", False),
    ("guide", "kind: feit", "kind: fact", True),
    ("guide", "kind: feit", "kind: waarom", False),
    ("guide", "parts:", "delen:", False),
    ("guide", "      - id: punt", "      - naam: punt", False),
    ("guide", GUIDE.partition("    points:\n")[2], "      - punt\n", False),
    ("cards", "reverse: nee", "reverse: true", True),
    ("cards", "reverse: nee", "reverse: soms", False),
    ("cards", "tags: [koffie]", "tags: koffie", True),
    ("cards", "tags: [koffie]", "tags:", False),
    ("cards", "tags: [koffie]", "tags: {koffie: ja}", False),
    ("cards", "tags: [koffie]", "tags: [[koffie]]", False),
    ("cards", "tags: [koffie]", f"tags: [{', '.join(f't{n}' for n in range(100))}]", True),
    ("cards", "tags: [koffie]", f"tags: [{', '.join(f't{n}' for n in range(101))}]", False),
    ("cards", "kind: waarom", "kind: why", True),
    ("cards", "kind: waarom", "kind: tip", False),
    ("cards", "id: water", "id: Water", False),
    ("cards", "id: water", "id: water_", False),
    ("cards", "id: water", "id: 7", True),
    ("cards", "id: water", "id: -7", False),
    ("cards", "answer: Dat lost beter op.", "answer: 42", True),
    ("cards", "answer: Dat lost beter op.", "answer: true", True),
    ("cards", "answer: Dat lost beter op.", f"answer: {'a ' * 2000}a", False),
    ("cards", "allow: {answer-long: het moet}", "allow:", True),
    ("cards", "allow: {answer-long: het moet}", "allow: answer-long", False),
    ("cards", "answer-long: het moet", "answers-long: het moet", False),
    ("cards", "answer-long: het moet", "cloze-syntax: het moet", False),
    ("cards", "  - id: koffie", "  - id: koffie\n    question: Wat?", False),
    ("cards", "  - id: koffie", "  - id: koffie\n    case: Zo.", False),
    ("cards", "  - id: koffie", "  - id: koffie\n    kind: waarom", False),
    ("cards", "  - id: koffie", "  - id: koffie\n    reverse: ja", False),
    ("cards", "  - id: koffie", "  - id: koffie\n    reverse: nee", True),
    ("cards", "  - id: koffie", "  - id: koffie\n    notes: []", False),
    ("cards", NOTES.partition("notes:")[2], "\n", False),
    ("cards", NOTES.partition("notes:")[2], " []\n", True),
    ("cards", NOTES.partition("notes:")[2], " [water]\n", False),
    ("cards", NOTES.partition("notes:")[2], " {id: water}\n", False),
]
BY_NAME = {
    "deck": keys.DECK,
    "guide": (*keys.GUIDE, *keys.PART, *keys.POINT),
    "cards": (*keys.FILE, *keys.NOTE, *keys.QUESTION, *keys.CLOZE),
}


class _Editor(yaml.SafeLoader):
    """Reads YAML 1.2, as editors do: `no` and `off` are texts there."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith((":bool", ":timestamp"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@cache
def validator(kind: str) -> jsonschema.Draft7Validator:
    """Return what checks a kind of file by its schema."""
    made = schema(kind, "en")
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(made)


def by_schema(kind: str, text: str) -> bool:
    """Return whether a file is good by its schema."""
    tree = yaml.load(text, Loader=_Editor)  # noqa: S506 - a SafeLoader
    return bool(validator(kind).is_valid(tree))


def by_reader(folder: Path, kind: str, text: str) -> bool:
    """Return whether a file is good to the reader; the others of its deck are."""
    for each, name in NAMES.items():
        (folder / name).write_text(text if each == kind else GOOD[each], "utf-8")
    found = plan_build(folder, Clock(START)).problems
    return not [p for p in found if p.code in OF_FORM and p.place.file.endswith(NAMES[kind])]


def lines_of(text: str, key: str) -> list[int]:
    """Return the lines on which a key stands."""
    return [n for n, line in enumerate(text.split("\n")) if re.match(rf"[ -]*{key}:", line)]


@pytest.mark.parametrize("kind", GOOD)
def test_good_files_are_good(tmp_path: Path, kind: str) -> None:
    """The files here hold every key there is, and both accept them."""
    assert [key.name for key in BY_NAME[kind] if not lines_of(GOOD[kind], key.name)] in (
        [],
        ["retired"],  # it stands in deck.yaml here
    )
    assert by_schema(kind, GOOD[kind])
    assert by_reader(tmp_path, kind, GOOD[kind])


def test_real_decks_are_good() -> None:
    """Each file of the real deck, and of the one in the README."""
    files = {path.name: path.read_text("utf-8") for path in CARDS.glob("*.yaml")}
    readme = (CARDS.parent / "README.md").read_text("utf-8")
    shown = re.findall(r"`cards/([\w.-]+)`[^\n]*\n\n```yaml\n(.*?)```", readme, re.DOTALL)
    assert len(files) > 6
    assert len(shown) == 2
    for name, text in [*files.items(), *shown]:
        tree = yaml.load(text, Loader=_Editor)  # noqa: S506 - a SafeLoader
        kind = name.removesuffix(".yaml")
        found = validator(kind if kind in FILES else "cards").iter_errors(tree)
        assert [error.message for error in found] == [], name


@pytest.mark.parametrize(("kind", "old", "new", "good"), EDITS)
def test_reader_and_schema_agree(
    tmp_path: Path, kind: str, old: str, new: str, *, good: bool
) -> None:
    """Of one edit, both say the same."""
    assert old in GOOD[kind]
    text = GOOD[kind].replace(old, new, 1)
    assert by_reader(tmp_path, kind, text) == good
    assert by_schema(kind, text) == good


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key.name) for kind in BY_NAME for key in BY_NAME[kind]]
)
def test_a_key_that_is_taken_away_misspelt_or_mistyped(tmp_path: Path, kind: str, key: str) -> None:
    """For each place of each key: both allow that it is gone, or neither; neither a wrong one."""
    lines = GOOD[kind].split("\n")
    for at in lines_of(GOOD[kind], key):
        alone = re.fullmatch(rf"(?P<head>[ -]*){key}: \S.*", lines[at])
        changed = [re.sub(rf"{key}:", f"x{key}x:", lines[at])]
        if alone:
            inside = " " * len(alone["head"])
            changed += [
                f"{alone['head']}allow:" if "-" in alone["head"] else f"{inside}# gone",
                f"{alone['head']}{key}: {{een: twee}}",
                f"{alone['head']}{key}: [[een]]",
            ]
        for line in changed:
            text = "\n".join([*lines[:at], line, *lines[at + 1 :]])
            if text.count("    allow:") + text.count("- allow:") > 1:
                text = text.replace("    allow: {answer-long: het moet}\n", "")
            assert by_schema(kind, text) == by_reader(tmp_path, kind, text), line


def described(made: Any) -> list[str]:
    """Return every text for people in a schema."""
    if isinstance(made, list):
        return [text for part in made for text in described(part)]
    if not isinstance(made, dict):
        return []
    own = made.get("description", "")
    return [*([own] if isinstance(own, str) and own else []), *described([*made.values()])]


@pytest.mark.parametrize("kind", FILES)
def test_each_key_says_what_it_is_for_in_both_languages(kind: str) -> None:
    """The command prints what editors show; no text is the same in the other language."""
    english, dutch = (
        json.loads(run("schema", kind, "--lang", code).output) for code in ("en", "nl")
    )
    texts = described(english)
    assert len(texts) == len(described(dutch)) >= len(BY_NAME[kind])
    assert not set(texts) & set(described(dutch))
    assert english["properties"].keys() == {key.name for key in FILES[kind]}


def required(group: Keys, made: dict[str, Any]) -> bool:
    """Return whether a schema asks for just those keys of a group that it needs."""
    return bool(made["required"] == [key.name for key in group if key.required])


def test_choices_have_both_words() -> None:
    """An editor offers Dutch and English ones."""
    point = schema("guide", "en")["properties"]["parts"]["items"]["properties"]["points"]["items"]
    assert {"fact", "feit", "dilemma"} <= {*point["properties"]["kind"]["enum"]}
    assert required(keys.POINT, point)
    note = schema("cards", "en")["properties"]["notes"]["items"]
    assert {"why", "waarom", "if-then", "als-dan"} <= {*note["properties"]["kind"]["enum"]}
    assert note["properties"]["reverse"]["enum"] == ["true", "ja", True, "false", "nee", False]


def test_limits_are_those_of_the_reader() -> None:
    """How long a text may be, how many things a list may have."""
    for kind, group in FILES.items():
        for key in group:
            made = schema(kind, "en")["properties"][key.name]
            limits = {made.get(name) for name in ("maxLength", "maxItems", "maxProperties")}
            assert _has_no_limit(key) or key.limit in limits, key


def _has_no_limit(key: Key) -> bool:
    return key.holds in (Holds.LANGUAGE, Holds.CHOICE, Holds.ITEMS, Holds.ID)
