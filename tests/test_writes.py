"""Files are written whole or not at all, and text is certain to be text."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from deckwright import files


def test_write_says_whether_it_wrote(tmp_path: Path) -> None:
    """Equal bytes leave the file alone; the folder is made where it lacks."""
    target = tmp_path / "new" / "file"
    assert files.write(target, b"one")
    inode = target.stat().st_ino
    assert not files.write(target, b"one")
    assert target.stat().st_ino == inode
    assert files.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


FULL_DISK = """
import resource, sys
from pathlib import Path
from deckwright import files
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
files.write(Path(sys.argv[1]), b"new" * 100)
"""


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the system takes no more bytes, the old ones stay and no temporary file does."""
    target = tmp_path / "file"
    files.write(target, b"old")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, target], capture_output=True, text=True, check=False
    )
    assert "OSError" in run.stderr
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    """The file has the permissions that the umask gives, not the 0600 of a temporary file."""
    target = tmp_path / "file"
    old = os.umask(0o022)
    try:
        files.write(target, b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
