"""Files are written whole or not at all, all of a build or none, by one build at a time."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckwright.disk import folder_lock, writing
from deckwright.disk.folder_lock import hold


def test_write_says_whether_it_wrote(tmp_path: Path) -> None:
    """Equal bytes leave the file alone; the folder is made where it lacks."""
    target = tmp_path / "new" / "file"
    assert writing.write(target, b"one")
    inode = target.stat().st_ino
    assert not writing.write(target, b"one")
    assert target.stat().st_ino == inode
    assert writing.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


FULL_DISK = """
import resource, sys
from pathlib import Path
from deckwright.disk import writing
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
writing.write(Path(sys.argv[1]), b"new" * 100)
"""


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the system takes no more bytes, the old ones stay and no temporary file does."""
    target = tmp_path / "file"
    writing.write(target, b"old")
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
        writing.write(target, b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def test_all_files_or_none(tmp_path: Path) -> None:
    """Where the second file cannot be written, the first one keeps its old content too."""
    first, second = tmp_path / "a" / "first", tmp_path / "b" / "second"
    writing.write(first, b"old")
    (tmp_path / "b").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="b"):
        writing.write_all({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old"
    assert list(first.parent.iterdir()) == [first]


def test_a_link_or_pipe_is_replaced_not_followed(tmp_path: Path) -> None:
    """The file that a link leads to keeps its content, and a pipe does not block."""
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "link").symlink_to("other")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        assert writing.write(tmp_path / name, b"new")
        assert (tmp_path / name).read_bytes() == b"new"
    assert (tmp_path / "other").read_bytes() == b"other"


WRITE_ALL = """
import sys
from pathlib import Path
from deckwright.disk import writing
ledger, package = Path(sys.argv[1], "cards", "ledger"), Path(sys.argv[1], "build", "package")
writing.write_all({ledger: b"ledger", package: b"package"}, durable=sys.argv[2] == "durable")
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace (on Debian: strace)")
@pytest.mark.parametrize("durable", [True, False])
def test_a_power_cut_loses_nothing(tmp_path: Path, *, durable: bool) -> None:
    """All files are on the disk before the first is renamed, then the folders are; in this order.

    What may be lost waits for no disk.
    """
    traced = ["strace", "-f", "-y", "-e", "trace=fsync,rename", "-o", str(tmp_path / "calls")]
    how = "durable" if durable else "cache"
    subprocess.run([*traced, sys.executable, "-c", WRITE_ALL, str(tmp_path), how], check=True)
    text = (tmp_path / "calls").read_text("utf-8").replace(str(tmp_path), "")
    calls = re.findall(r"(fsync|rename)\(.*?(/cards|/build)(?:/\.([a-z]+))?[>.]", text)
    renames = [("rename", "/cards", "ledger"), ("rename", "/build", "package")]
    before = [("fsync", *rest) for _, *rest in renames]
    after = [("fsync", "/cards", ""), ("fsync", "/build", "")]
    assert calls == ([*before, *renames, *after] if durable else renames)


def test_a_forked_process_holds_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that outlives its build keeps nobody from the next one."""
    with hold(tmp_path):
        child = os.fork()
        if not child:
            time.sleep(20)
            os._exit(0)
    monkeypatch.setattr(folder_lock, "PATIENCE", 5)
    try:
        with hold(tmp_path):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
