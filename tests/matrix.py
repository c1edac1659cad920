"""Runs the table of edits in several versions of Anki, each in a venv of its own, and prints it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
REQUIREMENTS = sorted((ROOT / ".requirements").glob("anki-*.txt"))


def python_with(requirements: Path) -> Path:
    """Return the Python of a venv that has exactly these packages."""
    venv = ROOT / ".venv" / requirements.stem
    python, done = venv / "bin" / "python", venv / requirements.name
    if not done.exists() or done.read_bytes() != requirements.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        pip: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "--require-hashes", "-r", requirements], check=True)
        done.write_bytes(requirements.read_bytes())
    return python


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
    rows: dict[str, dict[str, str]] = {}
    for line in table.read_text("utf-8").splitlines():
        edit, version, result = line.split("\t")
        rows.setdefault(edit, {})[version] = result
    versions = list(next(iter(rows.values())))
    for edit, results in {"edit": dict(zip(versions, versions, strict=True)), **rows}.items():
        print(
            "| " + " | ".join([edit, *(results.get(version, "-") for version in versions)]) + " |"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
