"""How to add what an optional part of deckwright needs, in the environment that it runs in."""

import sys
from pathlib import Path

# What uv and pipx leave in the environment of a program (their documentation, and measured).
_OF_UV, _OF_PIPX = "uv-receipt.toml", "pipx_metadata.json"


def install_line(extra: str) -> str:
    """Return the command that installs the libraries of an extra, `verify` or `import`.

    It names the libraries, not deckwright: so it works wherever deckwright itself came from.
    """
    from importlib import metadata  # it takes longer than click, and few need it

    needed = (each.partition(";") for each in metadata.requires("deckwright") or ())
    names = [f'"{name.strip()}"' for name, _, when in needed if f"'{extra}'" in _quoted(when)]
    libraries = " ".join(names)
    if (Path(sys.prefix) / _OF_PIPX).exists():
        return f"pipx inject deckwright {libraries}"
    if (Path(sys.prefix) / _OF_UV).exists():
        return f'uv pip install --python "{sys.prefix}" {libraries}'
    return f'"{sys.executable}" -m pip install {libraries}'


def _quoted(condition: str) -> str:
    return condition.replace('"', "'")
