"""The catalogue of every message: what an author writes, and exactly what check then says."""

import ast
import re
from pathlib import Path

import prose
import pytest
from commands import run
from real_deck import START

from deckwright.build.plan import plan_build
from deckwright.build.releasing import release_files, write_release
from deckwright.problem import LEVELS
from deckwright.release.next_release import Clock

TESTS = Path(__file__).parent
CASES = {
    f"{path.stem}: {case.title}": case
    for path in (TESTS / "cases").glob("*.md")
    for case in prose.read(path)
}

# Codes that no text in a file brings about, and the test that does.
ELSEWHERE = {
    "folder-unreadable": "source/test_reader.py::test_folders_that_lack_something",
    "deck-missing": "source/test_reader.py::test_folders_that_lack_something",
    "notes-missing": "source/test_reader.py::test_folders_that_lack_something",
    "file-unreadable": "source/test_reader.py::test_files_that_cannot_be_read",
    "file-encoding": "source/test_reader.py::test_bytes_that_are_not_utf_8",
    "file-outside": "source/test_reader.py::test_a_file_from_elsewhere_or_too_large",
    "file-large": "source/test_reader.py::test_a_file_from_elsewhere_or_too_large",
    "file-unwritable": "cli/test_commands.py::test_a_folder_that_refuses_is_a_problem",
    "files-changing": "build/test_packages.py::test_edits_while_the_cards_are_read",
    "deck-busy": "build/test_packages.py::test_a_second_build_waits_or_says_so",
    "problems-many": "source/test_reader.py::test_a_file_of_nothing_but_problems",
    "not-released": "build/test_packages.py::test_released_fails_on_a_draft",
    "lock-rewritten": "release/test_ledger_changes.py::test_a_breach_stands_at_its_line",
    "since-base": "release/test_ledger_changes.py::test_what_several_releases_hide_is_shown",
    "lock-old": "build/test_release_history.py::test_a_ledger_never_goes_back",
    "first-release": "build/test_release_history.py::test_a_first_release_is_asked_for",
    "key-common": "build/test_release_history.py::test_a_key_of_one_word_is_questioned",
    "anki-missing": "cli/test_push.py::test_nobody_answers",
    "anki-refused": "cli/test_push.py::test_anki_refuses",
    "deck-large": "build/test_cards_folder.py::test_a_deck_has_a_limit",
    "lock-time": "release/test_guards.py::test_a_clock_may_be_a_day_ahead",
    "note-type-changed": "release/test_guards.py::test_fields_that_changed_are_refused",
    "adopted-field": "exchange/test_adopting.py::test_a_text_without_a_field_is_an_error",
    "cloze-share": "check/test_shares.py::test_shares_are_exact",
    "application-share": "check/test_shares.py::test_shares_are_exact",
    "media-unreadable": "cards/test_media.py::test_links",
    "media-large": "cards/test_media.py::test_sizes",
    "media-heavy": "cards/test_media.py::test_sizes",
    "cloze-trivial": "cli/test_hint_level.py::test_hints_are_shown_on_request",
    "word-long": "check/test_rules.py::test_thresholds_are_exact",
    "spelling": "check/test_spelling.py::test_a_misspelt_word_is_found_where_it_stands",
    "word-reason": "check/test_spelling.py::test_the_word_list_needs_reasons_and_use",
    "word-unknown": "check/test_spelling.py::test_what_comes_three_times_is_a_term",
    "word-unneeded": "check/test_spelling.py::test_the_word_list_needs_reasons_and_use",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(tmp_path: Path, name: str) -> None:
    """The output for these files is this text, to the letter, and the exit code fits it."""
    case = CASES[name]
    for number, files in enumerate((case.before, case.files)):
        for old in tmp_path.glob("*.yaml"):
            old.unlink()
        for file, content in files.items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_bytes(content)
        if number == 0 and files:
            plan = plan_build(tmp_path, Clock(START))
            assert plan.ready
            write_release(plan.ready, release_files(plan.ready, tmp_path, tmp_path / "out"), {})
    result = run("check", "--cards", tmp_path)
    assert result.stdout.replace(f"{tmp_path}/", "") == case.expected
    assert result.exit_code == (" error[" in f" {case.expected}")
    english = [*result.stdout.splitlines()]
    dutch = run("check", "--lang", "nl", "--cards", tmp_path).stdout.splitlines()
    assert len(dutch) == len(english)
    assert not set(dutch) & set(english), "each line is said in Dutch, too"


def test_every_code_has_a_case() -> None:
    """Each code stands in the output of a case, or is expected by the test that ELSEWHERE names."""
    shown = "".join(case.expected for case in CASES.values())
    assert {code for code in LEVELS if f"[{code}]" not in shown} == ELSEWHERE.keys()


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_test_of_a_code_is_there(code: str) -> None:
    """The test that ELSEWHERE names has the code in a text that it compares with."""
    file, _, name = ELSEWHERE[code].partition("::")
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    (test,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    texts = [
        each.value
        for each in ast.walk(test)
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and each.value != ast.get_docstring(test, clean=False)
    ]
    assert any(re.search(rf"(?<![\w-]){code}(?![\w-])", text) for text in texts)
