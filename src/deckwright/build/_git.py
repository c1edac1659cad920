"""What git knows of a folder, where there is git."""

import subprocess
from pathlib import Path

_PATIENCE = 20  # seconds


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, None where it refuses or is not there; the arguments are ours."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours
            command, capture_output=True, check=False, timeout=_PATIENCE
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
