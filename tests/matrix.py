"""Runs the table of edits and people in several versions of Anki, and prints it.

Each Anki has a venv of its own. A cell names who lost something; empty, nobody did.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
REQUIREMENTS = sorted(
    (ROOT / ".requirements").glob("anki-*.txt"),
    key=lambda path: [int(part) for part in path.stem.removeprefix("anki-").split(".")],
)


def python_with(requirements: Path) -> Path:
    """Return the Python of a venv that has exactly these packages."""
    venv = ROOT / ".venv" / requirements.stem
    python, done = venv / "bin" / "python", venv / requirements.name
    if not done.exists() or done.read_bytes() != requirements.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        pip: list[str | Path] = [python, "-m", "pip", "install", *quiet, "--require-hashes"]
        pip.append("--only-binary=:all:")
        subprocess.run([*pip, "-r", requirements], check=True)
        done.write_bytes(requirements.read_bytes())
    return python


def cell(results: dict[str, str]) -> str:
    """Return what an edit did to all people: one word, or who lost what."""
    found = set(results.values()) - {"-"}
    if len(found) == 1:
        return found.pop()
    return "; ".join(f"{who}: {what}" for who, what in results.items() if what != "harmless")


def main() -> int:
    """Run the table everywhere; returns 1 where a row is not as it must be."""
    table = ROOT / ".venv" / "edits.tsv"
    table.unlink(missing_ok=True)
    environment = {**os.environ, "EDITS_TABLE": str(table), "PYTHONPATH": str(ROOT / "src")}
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/release/test_edits.py"]
    failed = 0
    for python in (*map(python_with, REQUIREMENTS), Path(sys.executable)):
        failed |= subprocess.run(
            [python, *command], cwd=ROOT, env=environment, check=False
        ).returncode
    rows: dict[str, dict[str, dict[str, str]]] = {}
    people: dict[str, None] = {}
    for line in table.read_text("utf-8").splitlines():
        edit, who, version, result = line.split("\t")
        rows.setdefault(edit, {}).setdefault(version, {})[who] = result
        people[who] = None
    versions = list(dict.fromkeys(version for row in rows.values() for version in row))
    print(f"people: {', '.join(people)}")
    print("| " + " | ".join(["edit", *versions]) + " |")
    for edit, results in rows.items():
        print("| " + " | ".join([edit, *(cell(results[version]) for version in versions)]) + " |")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
