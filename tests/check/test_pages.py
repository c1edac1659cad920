"""The pages: each code has one in each language, and the cards on it are true."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from real_deck import START

from deckwright.build.plan import BuildOptions, plan_build
from deckwright.build.releasing import release_files, write_release
from deckwright.check.pages import LANGUAGES, figures, headings, labels, page, read_by_hand
from deckwright.problem import GROUPS, LEVELS, Level
from deckwright.release.next_release import Clock

DATA = resources.files("deckwright.check") / "pages"
SETTINGS = "# deck.yaml\nname: Proef\nkey: proef\nlanguage: nl\ndescription: De zaag.\n"
PART = "# 1-zaag.yaml\nsubdeck: 1 Zaag\nnotes:\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
# What no card can show: it is about files, the ledger, or the deck as a whole.
WITHOUT_CARDS = {
    *("folder-unreadable", "deck-missing", "notes-missing", "file-unreadable", "file-unwritable"),
    *("file-outside", "file-large", "file-name", "files-changing", "deck-large", "deck-busy"),
    *("file-encoding", "problems-many", "file-character", "files-unread", "yaml-tab"),
    *("value-large", "media-unreadable", "media-kind", "media-case", "media-active"),
    *("media-large", "media-heavy", "media-unused", "cloze-share", "application-share"),
    *("lock-broken", "lock-conflict", "lock-version", "lock-edited", "lock-time", "lock-old"),
    *("lock-rewritten", "since-base", "anki-missing", "anki-refused"),
    *("not-released", "first-release", "key-common", "note-type-changed"),
    "adopted-field",
}
SHOWN = [code for code in LEVELS if code not in WITHOUT_CARDS]
# A rule that reads words needs a dictionary.
SPELLED = {"spelling", "word-unknown", "word-reason", "word-unneeded"}
WORDS = ["bril", "de", "dichte", "een", "hier", "past", "welke", "zaag"]


def tables(name: str) -> dict[str, dict[str, str]]:
    """Return the content of a data file."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def files(cards: str) -> dict[str, str]:
    """Return the files of an example; a note that is not whole gets a question and an answer."""
    if not cards.startswith(("# ", "- ")):
        if not re.search("^(question|cloze):", cards, re.MULTILINE):
            cards = f"question: Welke bril past hier?\n{cards}"
        if not re.search("^(answer|cloze):", cards, re.MULTILINE):
            cards = f"answer: Vooral wachten.\n{cards}"
        cards = "- id: n\n" + re.sub("^(?=.)", "  ", cards, flags=re.MULTILINE)
    if not cards.startswith("# "):
        cards = PART + re.sub("^(?=.)", "  ", cards, flags=re.MULTILINE)
    found = re.findall(r"^# (\S+)\n((?:(?!# ).*\n)*)", SETTINGS + cards, re.MULTILINE)
    return dict(found)


def check(folder: Path, *examples: str, spell: bool = False) -> list[str]:
    """Release all examples but the last; return the codes of what check says of that."""
    for number, cards in enumerate(examples, 1):
        for old in folder.glob("*.yaml"):
            old.unlink()
        content = files(cards)
        if list(content) == ["deck.yaml"]:
            content |= files("- id: n\n  question: Welke bril past hier?\n  answer: Een dichte.\n")
            content |= files(cards)
        if "media/zaag.svg" in cards:
            content["media/zaag.svg"] = PICTURE
        for name, text in content.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        plan = plan_build(folder, Clock(START + number), BuildOptions(spell=spell, hints=True))
        if number < len(examples):
            assert plan.ready, plan.problems
            write_release(plan.ready, release_files(plan.ready, folder, folder / "out"), {})
    return [problem.code for problem in plan.problems]


@pytest.mark.parametrize("code", SHOWN)
def test_the_cards_of_a_page_are_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """What the page calls bad has this problem and no other; what it calls good has none."""
    shown = page(code, "nl")
    assert shown.bad
    spell = code in SPELLED
    if spell:
        (tmp_path / "nl_NL.aff").write_text("SET UTF-8\n", "utf-8")
        (tmp_path / "nl_NL.dic").write_text("\n".join([str(len(WORDS)), *WORDS, ""]), "utf-8")
        monkeypatch.setenv("DICPATH", str(tmp_path))
    before = [shown.released] if shown.released else []
    assert set(check(tmp_path / "bad", *before, shown.bad, spell=spell)) == {code}
    assert check(tmp_path / "good", *before, shown.good, spell=spell) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", LEVELS)
def test_every_code_has_a_page(code: str, language: str) -> None:
    """It says in one line what is asked, in one to three sentences why, and what to do."""
    found = page(code, language)
    assert found.asks.endswith(".")
    assert len(found.asks) <= 100
    for text in (found.why, found.do):
        assert text.endswith(".")
        assert 10 <= len(text) <= 420
    assert "|" not in found.asks, "it would end a cell of the README's table"
    assert bool(found.bad) == bool(found.good) == (code not in WITHOUT_CARDS)


def test_no_page_is_left_over() -> None:
    """The data files have the codes of LEVELS, in their order, and nothing else."""
    for name in LANGUAGES:
        assert set(tables(name)) - {"labels", "groups"} == LEVELS.keys()
        assert all(
            each.keys() == {"asks", "why", "do"}
            for code, each in tables(name).items()
            if code in LEVELS
        )
    assert [*tables("en")] == [*tables("nl")]
    assert tables("examples").keys() == set(SHOWN)
    assert {file.name for file in DATA.iterdir()} == {
        f"{name}.toml" for name in (*LANGUAGES, "examples", "figures")
    }
    with pytest.raises(KeyError):
        page("labels", "en")


def test_nothing_is_left_in_english() -> None:
    """No text of a page, no label and no heading is the same in both languages."""
    for code in LEVELS:
        english, dutch = page(code, "en"), page(code, "nl")
        assert not set(english[:3]) & set(dutch[:3])
        assert english[3:] == dutch[3:]
        words = set(
            re.findall(r"[a-z]+", re.sub("`[^`]*`|'[^']*'", "", " ".join(dutch[:3]).lower()))
        )
        assert not words & {"the", "and", "it", "with", "that", "they", "which", "learner"}
    assert set(headings("en").values()).isdisjoint(headings("nl").values())
    assert labels("en").keys() == labels("nl").keys() >= set(Level)
    assert {name for name in labels("en") if labels("en")[name] == labels("nl")[name]} == {"code"}
    assert headings("en").keys() == headings("nl").keys() == GROUPS.keys()


def test_figures_are_of_codes() -> None:
    """What is not measured has none; what is has as many right as it flagged, at most."""
    assert figures("yaml-tab") == {}
    assert read_by_hand("yaml-tab") == (0, 0)
    assert tables("figures").keys() <= LEVELS.keys()
    for code in tables("figures"):
        for found in figures(code).values():
            assert found.right <= found.flagged
            assert found.found <= found.bad


def test_every_code_stands_in_one_group() -> None:
    """So that the list shows each once."""
    assert [code for codes in GROUPS.values() for code in codes] == list(LEVELS)
