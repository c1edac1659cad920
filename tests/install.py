"""Installs deckwright as the README says, with each Python that is here, and makes a first deck.

Usage: install.py [PYTHON …]; by default all of 3.11 to 3.14 that are installed. Each line of the
README's block is run as it stands, in a folder with the wheel; then what stands below *Begin*,
a release, and what needs the extras. So is each line without extras: then `verify` says how to add
its library, and that line is run. The sdist is tried with pip. All Pythons but the first try only
the first line and the sdist. Exit code 1 where any of it fails.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
EXTRAS = "[verify,import]"
WITH_EXTRAS = r"""
deckwright release --first --yes
deckwright verify
printf 'Q: Waarom rijst het?\nA: Door het gist.\n' > meer.md
deckwright import meer.md
"""
WITHOUT_EXTRAS = """
if deckwright verify 2> said; then exit 1; fi
sed -n 's/.*: //p' said > line
sh -e line
deckwright release --first --yes
deckwright verify
"""


def main() -> int:
    """Try each way to install, with each Python; return the exit code."""
    install, begin = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))[:2]
    failed = 0
    with tempfile.TemporaryDirectory() as room:
        made = Path(room) / "dist"
        subprocess.run([UV, "build", "--quiet", "--out-dir", made, ROOT], check=True)
        for number, python in enumerate(sys.argv[1:] or pythons()):
            for line, commands in ways(install.splitlines(), begin, briefly=number > 0):
                home = Path(tempfile.mkdtemp(dir=room)) / "een map, met spaties"
                shutil.copytree(made, home)
                done = attempt(str(Path(python).absolute()), home, commands)
                said = "fine" if done.returncode == 0 else done.stdout[-2000:]
                print(f"{python}: {line}: {said}")
                failed += done.returncode != 0
    return 1 if failed else 0


def ways(lines: list[str], begin: str, *, briefly: bool) -> Iterator[tuple[str, str]]:
    """Yield the ways to install, and all the commands to try with each."""
    sdist = lines[-1].replace("-py3-none-any.whl", ".tar.gz")
    for line in (lines[0], sdist) if briefly else (*lines, sdist):
        yield line, f"{line}\n{begin}{WITH_EXTRAS}"
    for line in () if briefly else lines:
        bare = line.replace(EXTRAS, "")
        yield bare, f"{bare}\n{begin}{WITHOUT_EXTRAS}"


def pythons() -> Iterator[str]:
    """Yield the paths of the Pythons of VERSIONS that are installed."""
    for version in VERSIONS:
        command = [str(UV), "python", "find", "--no-python-downloads", version]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if found.returncode == 0:
            yield found.stdout.strip()
        else:
            print(f"Python {version}: not installed here")


def attempt(python: str, home: Path, commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands in a folder with the packages, as someone who has uv, pipx and pip would."""
    environment = home / "environment"
    subprocess.run([UV, "venv", "--quiet", "--seed", "--python", python, environment], check=True)
    programs = home / "bin"
    programs.mkdir()
    (programs / "uv").symlink_to(UV)
    (programs / "pipx").write_text('#!/bin/sh\nexec uv tool run --quiet pipx "$@"\n', "utf-8")
    (programs / "pipx").chmod(0o755)
    own = {
        "PATH": f"{environment / 'bin'}:{programs}:{os.environ['PATH']}",
        "UV_TOOL_DIR": str(home / "tools"),
        "UV_TOOL_BIN_DIR": str(programs),
        "UV_PYTHON": python,
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(programs),
        "PIPX_DEFAULT_PYTHON": python,
        "PYTHONPATH": "",
        "DECKWRIGHT_LANG": "en",
    }
    return subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=home, env=os.environ | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
