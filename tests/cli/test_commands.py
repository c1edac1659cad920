"""The commands as people run them: output, exit codes, nothing written where it must not be."""

import json
import re
from pathlib import Path

import pytest
from author import Author
from click.testing import Result
from commands import run
from real_deck import CARDS

from deckwright.disk.snapshot import snapshot
from deckwright.release.ledger import Ledger


def test_build_tells_what_it_made(tmp_path: Path) -> None:
    """The summary has notes and cards per subdeck, what changed since when, seconds and bytes."""
    author = Author(tmp_path)
    author.save()
    result = run("build", "--cards", author.cards, "--out", author.out)
    assert result.exit_code == 0, result.output
    size = f"{(author.out / 'proef-concept.apkg').stat().st_size:,}"
    assert re.search(rf"proef-concept\.apkg: {size} bytes in \d+\.\d\d s", result.output)
    assert re.search(r"Proef::1 Deel +4 notes +5 cards", result.output)
    said = "a draft: 4 new, 0 changed, 0 unchanged, 0 retired (nothing was released yet)"
    assert said in result.output

    author.releases()
    result = run("build", "--cards", author.cards, "--out", author.out, "--released")
    assert "proef.apkg" in result.output
    assert "this is release 1" in result.output
    author.retires("vier")
    author.note("een")["answer"] = "Anders."
    author.save()
    result = run("build", "--cards", author.cards, "--out", author.out)
    said = "a draft: 0 new, 1 changed, 2 unchanged, 1 retired (since release 1)"
    assert said in result.output


def release(author: Author, *options: str) -> Result:
    """Run the command `release`."""
    author.save()
    return run("release", *options, "--cards", author.cards, "--out", author.out)


def test_release_shows_asks_and_writes(tmp_path: Path) -> None:
    """A dry run writes nothing; without a terminal, `--yes` is asked for; then all is written."""
    author = Author(tmp_path)
    options = ("--first", "--this-key")
    assert release(author, *options, "--dry-run").exit_code == 0
    assert not author.out.exists()
    asked = release(author, *options)
    assert asked.exit_code == 2
    assert "say --yes to release" in asked.output
    assert not author.out.exists()
    done = release(author, *options, "--yes")
    assert done.exit_code == 0, done.output
    assert "release 1: 4 notes, for people who have none of them" in done.output
    assert "a newcomer gets 4 notes and 5 cards" in done.output
    assert "'Update notes' and 'Update note types' at 'If newer'" in done.output
    written = {path.name for path in author.out.iterdir()}
    assert written == {"proef.apkg", "proef-nieuw.md"}
    author.retires("vier")
    author.note("een")["answer"] = "Een cijfer."
    done = release(author, "--yes")
    assert done.exit_code == 0, done.output
    assert "retired   vier" in done.output
    assert "reworded  een" in done.output
    assert (author.out / "proef-opruimen.apkg").exists()


def test_release_is_strict_unless_told_otherwise(tmp_path: Path) -> None:
    """A warning stops it, with the way out; `--allow-warnings` lets it pass."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "Nee."
    options = ("--first", "--this-key", "--yes")
    refused = release(author, *options)
    assert refused.exit_code == 1
    assert "--allow-warnings" in refused.output
    assert not author.out.exists()
    assert release(author, *options, "--allow-warnings").exit_code == 0


def test_release_writes_nothing_where_anki_finds_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update is played first: harm is named, exit code 1, and all files are the old ones."""
    author = Author(tmp_path)
    author.releases()
    author.note("een")["answer"] = "Een cijfer."
    before = author.ledger_text(), snapshot([author.out])
    real = Ledger.modified
    monkeypatch.setattr(
        Ledger, "modified", lambda ledger, note: real(ledger, note) + 99 * ledger.number
    )
    refused = release(author, "--yes")
    assert refused.exit_code == 1
    assert "harm: own tags are lost: twee" in refused.output
    assert (author.ledger_text(), snapshot([author.out])) == before


def test_check_has_three_formats(tmp_path: Path) -> None:
    """The same problem as text, as JSON and as an annotation on GitHub; exit code 1."""
    author = Author(tmp_path)
    author.note("een")["id"] = "Een"
    author.save()
    file = author.cards / "1-deel.yaml"
    result = run("check", "--cards", author.cards)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{file}:3:7: error[id-malformed]: 'Een' is not an id\n  hint: write it as 'een'\n1 error\n"
    )
    result = run("check", "--cards", author.cards, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": str(file),
            "line": 3,
            "col": 7,
            "level": "error",
            "code": "id-malformed",
            "message": "'Een' is not an id",
            "hint": "write it as 'een'",
        }
    ]
    result = run("check", "--cards", author.cards, "--format", "github")
    assert result.exit_code == 1
    assert result.stdout == (
        f"::error file={file},line=3,col=7,title=id-malformed::'Een' is not an id. "
        "Hint: write it as 'een'\n"
    )


def test_a_name_with_a_comma_in_an_annotation(tmp_path: Path) -> None:
    """GitHub parts properties by commas and colons."""
    author = Author(tmp_path / "a,b")
    author.note("een")["id"] = "Een"
    author.save()
    result = run("check", "--cards", author.cards, "--format", "github")
    assert "/a%2Cb/cards/1-deel.yaml,line=3,col=7," in result.stdout


def test_what_the_system_refuses_is_1(tmp_path: Path) -> None:
    """One line, and an exit code that a script sees."""
    author = Author(tmp_path)
    old = author.published()
    (author.cards / "deck.lock").unlink()
    (author.cards / "deck.lock").mkdir()
    result = run("lock", "--from", old, "--cards", author.cards)
    assert result.exit_code == 1


def test_check_writes_nothing_and_passes(tmp_path: Path) -> None:
    """A good deck: exit code 0, no lock, no package."""
    author = Author(tmp_path)
    author.save()
    result = run("check", "--cards", author.cards)
    assert (result.exit_code, result.stdout) == (0, "no problems\n")
    assert sorted(path.name for path in author.cards.iterdir()) == ["1-deel.yaml", "deck.yaml"]
    assert not author.out.exists()


def test_build_reports_problems_and_leaves_the_rest(tmp_path: Path) -> None:
    """With a problem: exit code 1, the problem on standard error, nothing written."""
    author = Author(tmp_path)
    author.note("een").pop("answer")
    author.save()
    result = run("build", "--cards", author.cards, "--out", author.out)
    assert result.exit_code == 1
    assert "error[key-missing]: 'answer' is missing" in result.stderr
    assert result.stdout == ""
    assert not author.out.exists()
    assert not (author.cards / "deck.lock").exists()


def test_a_folder_that_refuses_is_a_problem(tmp_path: Path) -> None:
    """Where the package cannot be written, a line says so; the lock is not written either."""
    author = Author(tmp_path)
    author.save()
    (tmp_path / "build").write_text("a file where the folder should be")
    result = run("build", "--cards", author.cards, "--out", author.out)
    assert result.exit_code == 1
    assert "error[file-unwritable]" in result.stderr
    assert not (author.cards / "deck.lock").exists()


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["build", "--nothing"], ["check", "--format", "xml"]]
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    """Unknown commands, options and values have exit code 2 and say how to get help."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "--help" in result.output


def test_a_wrong_epoch_is_2(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH that is not a number is wrong usage."""
    result = run("check", "--cards", tmp_path, SOURCE_DATE_EPOCH="morgen")
    assert result.exit_code == 2
    assert "seconds since 1970" in result.output


def test_strict_lets_warnings_count(tmp_path: Path) -> None:
    """One warning: exit code 0, with `--strict` 1."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "Nee."
    author.save()
    assert run("check", "--cards", author.cards).exit_code == 0
    assert run("check", "--cards", author.cards, "--strict").exit_code == 1


def test_coverage_is_a_table_or_json() -> None:
    """The real deck: a row for each point, nothing missing, the same in JSON."""
    cards = CARDS
    text = run("check", "--cards", cards, "--coverage").stdout
    rows = json.loads(run("check", "--cards", cards, "--coverage", "--format", "json").stdout)
    assert text.endswith(f"{len(rows)} points, 0 with something missing\n")
    assert len(text.splitlines()) == len(rows) + 2
    assert all(row["missing"] == [] and row["notes"] for row in rows)


GUIDE = """\
title: Tellen
parts:
  - {id: deel, title: Deel, points: [{id: een-is-een, kind: feit, title: Een is een}]}
"""


def test_coverage_is_not_silent_about_errors(tmp_path: Path) -> None:
    """What makes the exit code 1 stands below the table, or beside the JSON; a warning does not."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "Nee."
    author.save()
    (author.cards / "guide.yaml").write_text(GUIDE, "utf-8")
    words = ["check", "--coverage", "--cards", author.cards]
    fine = run(*words)
    assert fine.exit_code == 0
    assert fine.stdout.endswith("1 points, 1 with something missing\n")
    strict = run(*words, "--strict")
    assert strict.exit_code == 1
    assert "warning[yes-no]" not in strict.stdout.partition("with something missing\n")[0]
    assert "warning[coverage]" in strict.stdout.partition("with something missing\n")[2]
    author.note("een")["id"] = "Een"
    author.save()
    (author.cards / "guide.yaml").write_text(GUIDE, "utf-8")
    wrong = run(*words)
    assert wrong.exit_code == 1
    assert "error[id-malformed]" in wrong.stdout.partition("with something missing\n")[2]
    for form in ("json", "github"):
        program = run(*words, "--format", form)
        assert program.exit_code == 1
        assert [row["point"] for row in json.loads(program.stdout)] == ["een-is-een"]
        assert "error[id-malformed]" in program.stderr


def test_coverage_without_a_guide_says_so(tmp_path: Path) -> None:
    """In words for people, as an empty list for programs; a broken guide is another matter."""
    author = Author(tmp_path)
    author.save()
    words = ["check", "--coverage", "--cards", author.cards]
    text, program = run(*words), run(*words, "--format", "json")
    assert (text.exit_code, text.stdout) == (0, "")
    assert "there is no guide.yaml" in text.stderr
    assert json.loads(program.stdout) == []
    assert "there is no guide.yaml" in program.stderr
    (author.cards / "guide.yaml").write_text("title: [", "utf-8")
    broken = run(*words)
    assert broken.exit_code == 1
    assert "there is no guide" not in broken.stderr
    assert "error[yaml-syntax]" in broken.stdout


def test_version() -> None:
    """`--version` names the tool and its version."""
    assert re.fullmatch(r"deckwright, version \d+\.\d+\.\d+\n", run("--version").output)


def test_check_selects_and_counts(tmp_path: Path) -> None:
    """Codes are chosen or left out; errors count all the same; of many, twenty are shown."""
    notes = [{"id": f"a{n}", "question": f"Is {n} rood?", "answer": "x " * 30} for n in range(30)]
    author = Author(tmp_path, notes)
    author.note("a0")["answer"] = "<span>x</span>"
    author.save()
    everything = run("check", "--cards", author.cards)
    assert everything.stdout.count("[yes-no]") == 20
    assert "and 10 more of yes-no: --all shows them\n" in everything.stdout
    assert "30 × yes-no, 29 × answer-long" in everything.stdout.splitlines()[-1]
    assert run("check", "--all", "--cards", author.cards).stdout.count("[yes-no]") == 30
    assert run("check", "--format", "json", "--cards", author.cards).stdout.count('"yes-no"') == 30
    chosen = run("check", "--select", "yes,html", "--ignore", "yes-no", "--cards", author.cards)
    assert "1 error\n" in chosen.stdout
    hidden = run("check", "--select", "yes-no", "--cards", author.cards)
    assert hidden.exit_code == 1
    assert "errors that are not shown: 1;" in hidden.output
    author.note("a0")["answer"] = "Zo."
    author.save()
    assert run("check", "--select", "spelling", "--strict", "--cards", author.cards).exit_code == 0
    wrong = run("check", "--select", "yes-noo", "--cards", author.cards)
    assert wrong.exit_code == 2
    assert "did you mean 'yes-no'?" in wrong.output
