"""Mutation testing: breaks the code in one place after another, and asks whether a test notices.

Usage: mutants.py [--sample N] [--seed N] [--changed REVISION] [WING …]. cosmic-ray makes the
mutants of the wings that carry the promise; each is tried in a copy of the repository, with the
tests that concern its wing. What survives is a missing test, unless `equal_mutants.toml` says that
the mutant does the same: exit code 1 where one is not listed.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
EQUAL = ROOT / "tests" / "equal_mutants.toml"
PACKAGE = Path("src") / "deckwright"
# The tests that notice most, the fastest first; `pytest -x` ends at the first that fails.
TESTS = {
    "release": "tests/test_cases.py tests/release tests/anki tests/build",
    "anki": "tests/anki tests/release/test_recovery.py tests/cli/test_commands.py",
    "disk": "tests/disk tests/cards/test_media.py tests/source tests/build",
    "source": "tests/test_cases.py tests/source tests/build/test_fixes.py "
    "tests/release/test_rename.py tests/cli",
    "cards": "tests/test_cases.py tests/cards tests/cli/test_hostile.py tests/site/test_gate.py "
    "tests/site/test_preview_page.py",
}
# These take most of the time: only what survives all others meets them.
SLOW = (
    "tests/build/test_cards_folder.py",
    "tests/build/test_packages.py",
    "tests/build/test_workers.py",
    "tests/cards/test_templates.py",
    "tests/cli/test_hostile.py",
    "tests/release/test_edits.py",
    "tests/release/test_years.py",
    "tests/site/test_gate.py",
    "tests/site/test_preview_page.py",
)
CONFIG = """
[cosmic-ray]
module-path = {modules}
timeout = 400.0
excluded-modules = []
test-command = "{command}"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""


def main() -> int:
    """Try the mutants that were asked for; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0, help="so many of each wing, 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--changed", default="", help="only files that differ from this revision")
    parser.add_argument("wings", nargs="*", help=f"of {', '.join(TESTS)}; all without any")
    wanted = parser.parse_args()
    known = {(each["module"], each["is"], each["becomes"]) for each in equal_mutants()}
    counts: Counter[str] = Counter()
    for wing in wanted.wings or TESTS:
        modules = modules_of(wing, wanted.changed)
        if not modules:
            continue
        for module, line, mutant, outcome in mutants(wing, modules, wanted.sample, wanted.seed):
            is_equal = outcome == "survived" and (module, line, mutant) in known
            counts["equal" if is_equal else outcome] += 1
            if outcome == "survived" and not is_equal:
                print(f"{module}: survived\n  - {line}\n  + {mutant}", flush=True)
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing")
    return 1 if counts["survived"] else 0


def equal_mutants() -> list[dict[str, str]]:
    """Return the mutants that do the same as the code, each with the reason."""
    found: list[dict[str, str]] = tomllib.loads(EQUAL.read_text("utf-8")).get("mutant", [])
    return found


def modules_of(wing: str, changed: str) -> list[str]:
    """Return the modules of a wing, those that changed since a revision if one is given."""
    files = [str(path.relative_to(ROOT)) for path in sorted((ROOT / PACKAGE / wing).glob("*.py"))]
    if changed:
        command = ["git", "diff", "--name-only", changed, "--", str(PACKAGE / wing)]
        differ = subprocess.check_output(command, cwd=ROOT, text=True).split()
        files = [file for file in files if file in differ]
    return [file for file in files if not file.endswith("__init__.py")]


def mutants(
    wing: str, modules: list[str], sample: int, seed: int
) -> Iterator[tuple[str, str, str, str]]:
    """Yield module, line, mutated line and outcome of each mutant tried."""
    with tempfile.TemporaryDirectory() as room:
        copy = Path(room) / "copy"
        tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
        for name in filter(None, tracked.split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        ignored = " ".join(f"--ignore={file}" for file in SLOW)
        fast = f"{ignored} {TESTS[wing]}"
        slow = " ".join(file for file in SLOW if file.startswith(tuple(TESTS[wing].split())))
        configure(copy, modules, fast)
        run(copy, "cosmic-ray", "baseline", "mutants.toml")  # else every mutant would seem killed
        run(copy, "cosmic-ray", "init", "mutants.toml", "mutants.sqlite")
        run(copy, "cr-filter-operators", "mutants.sqlite", "mutants.toml")
        if sample:
            keep_some(copy / "mutants.sqlite", sample, seed)
        run(copy, "cosmic-ray", "exec", "mutants.toml", "mutants.sqlite")
        if slow:
            configure(copy, modules, slow)
            forget_survivors(copy / "mutants.sqlite")
            run(copy, "cosmic-ray", "exec", "mutants.toml", "mutants.sqlite")
        for row in run(copy, "cosmic-ray", "dump", "mutants.sqlite").splitlines():
            item, result = json.loads(row)
            if result and result.get("worker_outcome") == "normal":
                module = item["mutations"][0]["module_path"]
                yield (module, *difference(result["diff"]), result["test_outcome"])


def configure(copy: Path, modules: list[str], tests: str) -> None:
    """Write the configuration of a run with these tests."""
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"
    content = CONFIG.format(modules=json.dumps(modules), command=command)
    (copy / "mutants.toml").write_text(content, "utf-8")


def forget_survivors(session: Path) -> None:
    """Let the next run try the mutants again that no test noticed."""
    with sqlite3.connect(session) as connection:
        connection.execute("DELETE FROM work_results WHERE test_outcome = 'SURVIVED'")


def keep_some(session: Path, most: int, seed: int) -> None:
    """Leave a random sample of the mutants that are still to try."""
    with sqlite3.connect(session) as connection:
        jobs = connection.execute(
            "SELECT job_id FROM mutation_specs WHERE job_id NOT IN "
            "(SELECT job_id FROM work_results) ORDER BY module_path, operator_name, occurrence"
        ).fetchall()
        random.Random(seed).shuffle(jobs)  # noqa: S311 - no secret
        connection.executemany("DELETE FROM mutation_specs WHERE job_id = ?", jobs[most:])
        connection.executemany("DELETE FROM work_items WHERE job_id = ?", jobs[most:])


def difference(diff: str) -> tuple[str, str]:
    """Return the first line that a diff takes out, and the first that it puts in."""
    _, _, *lines = diff.splitlines()[1:]
    signs = {sign: [line[1:].strip() for line in lines if line[:1] == sign] for sign in "-+"}
    return (signs["-"] or [""])[0], (signs["+"] or [""])[0]


def run(folder: Path, *command: str) -> str:
    """Run a program of this environment in a copy of the repository; return what it printed."""
    program = Path(sys.executable).with_name(command[0])
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [program, *command[1:]], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE,
        text=True,
    ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
