"""Each sentence about security that users read is held by a test, which stands beside it here."""

import ast
import re
from functools import cache

import pytest
from real_deck import CARDS

ROOT = CARDS.parent
LIMITS = ROOT / "src" / "deckwright" / "cli" / "topics" / "en" / "limits.md"
# How a sentence begins, and the tests that fail where it is not true.
HELD_BY = {
    "Cards, ledgers and packages may": "cli/test_hostile.py::test_each_attack_is_named",
    "Each mistake or attack in them": "cli/test_hostile.py::test_each_attack_is_named "
    "cli/test_hostile.py::test_a_package_from_a_stranger_gets_one_line",
    "Only plain files inside": "cli/test_hostile.py::test_each_attack_is_named "
    "build/test_fixes.py::test_nothing_is_read_outside_the_folder",
    "The limits are there so that": "test_growth.py::test_growth "
    "build/test_cards_folder.py::test_reading_ends build/test_cards_folder.py::test_a_file_ends",
    "What took too long to read": "build/test_cards_folder.py::test_the_next_run_goes_on",
    "**A crash or a full disk.** All files": "build/test_packages.py::test_kills_leave_old_or_new "
    "disk/test_writing.py::test_a_power_cut_loses_nothing",
    "So each is old or new": "build/test_packages.py::test_kills_leave_old_or_new "
    "build/test_packages.py::test_every_write_may_fail",
    "If the power fails between": "build/test_packages.py::test_kills_leave_old_or_new",
    "A second deckwright waits": "build/test_packages.py::test_a_second_build_waits_or_says_so "
    "build/test_packages.py::test_edits_while_the_cards_are_read",
    "**The cache.** A build remembers": "build/test_cache.py::test_what_is_remembered_is_used "
    "build/test_cache.py::test_only_notes_that_changed_are_made "
    "build/test_cache.py::test_an_edit_is_seen",
    "It counts only where": "build/test_cache.py::test_a_damaged_cache_is_not_believed "
    "build/test_cache.py::test_what_others_could_have_written_is_not_believed",
    "Everything in that folder": "build/test_release_history.py::test_a_ledger_never_goes_back "
    "build/test_cache.py::test_what_is_no_entry_stays",
    "**The preview** answers": "site/test_preview_server.py::test_strangers_get_nothing "
    "site/test_preview_server.py::test_another_site_in_the_browser_gets_nothing "
    "site/test_preview_server.py::test_every_answer_is_guarded",
    "What the sanitiser": "site/test_gate.py::test_the_gate_holds_alone "
    "cards/test_what_you_type.py::test_nothing_is_both_silent_and_lost "
    "site/test_gate.py::test_what_anki_would_run_is_refused",
    "[tests/helpers/hostile.py]": "cli/test_hostile.py::test_each_attack_is_named "
    "cli/test_help_topics.py::test_it_lists_the_limits",
}
# What only asks something of the reader.
ASKS = ("Please report a hole",)


def sentences() -> list[str]:
    """Return what the topic and the README's section say, without headings and tables."""
    readme = (ROOT / "README.md").read_text("utf-8").partition("### Security\n")[2]
    whole = LIMITS.read_text("utf-8") + readme.partition("\n### ")[0]
    prose = [line for line in whole.splitlines() if not line.startswith(("#", "|"))]
    paragraphs = re.split(r"\n\n+", "\n".join(prose).strip())
    found = (re.split(r"(?<=\.)\s+(?=[A-Z*\[])(?<!full disk\.\*\* )", each) for each in paragraphs)
    return [" ".join(each.split()) for paragraph in found for each in paragraph if each.strip()]


@cache
def names_of_tests(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_each_sentence_has_a_test() -> None:
    """Nothing is promised that is not held, and nothing is held here that is no longer said."""
    said = [each for each in sentences() if not each.startswith(ASKS)]
    unheld = [each for each in said if not each.startswith(tuple(HELD_BY))]
    assert not unheld
    assert [begins for begins in HELD_BY if not any(each.startswith(begins) for each in said)] == []


@pytest.mark.parametrize("begins", HELD_BY)
def test_the_test_is_there(begins: str) -> None:
    """Under the name by which it is called here."""
    for test in HELD_BY[begins].split():
        file, name = test.split("::")
        assert name in names_of_tests(file), test
