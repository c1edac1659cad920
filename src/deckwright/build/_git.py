"""What git knows of a folder, where there is git.

The folder may come from a stranger, and its `.git/config` may name programs for git to run. So only
commands are asked for that need none (`rev-list` and `cat-file`, which check no signature and
convert no text), and whatever they lack is not fetched.
"""

import os
import subprocess
from pathlib import Path

_PATIENCE = 20  # seconds
_ALONE = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
}


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, None where it refuses or is not there."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell reads the arguments
            command,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, **_ALONE},
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
