"""How the libraries of an extra are added, however deckwright was installed."""

import sys
from pathlib import Path

import pytest

from deckwright.cli._extras import install_line

LIBRARIES = {"verify": '"anki>=2.1.54"', "import": '"beautifulsoup4>=4.13" "markdownify>=1.2"'}


@pytest.mark.parametrize("extra", LIBRARIES)
def test_by_the_installer_that_made_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str
) -> None:
    """As what pip, uv and pipx leave there says; tests/install.py runs the line in real ones."""
    libraries = LIBRARIES[extra]
    assert install_line(extra) == f'"{sys.executable}" -m pip install {libraries}'
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (tmp_path / "uv-receipt.toml").touch()
    assert install_line(extra) == f'uv pip install --python "{tmp_path}" {libraries}'
    (tmp_path / "pipx_metadata.json").touch()
    assert install_line(extra) == f"pipx inject deckwright {libraries}"
