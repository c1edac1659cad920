"""Fuzzes one target with atheris, guided by coverage. Usage: fuzz.py TARGET RUNS [CORPUS].

Prints how many inputs were tried and how long the slowest took. A crash ends it: keep the input
that is written beside the corpus in `found/TARGET/`, which the suite replays.
"""

import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["deckwright", "markdown", "json", "zipfile"]):
    from targets import TARGETS, seeds

name, runs, *corpus = sys.argv[1:]
tried, slowest, worst = 0, 0.0, b""


def once(data: bytes) -> None:
    """Try one input."""
    global tried, slowest, worst  # noqa: PLW0603 - atheris gives no place to keep them
    started = time.perf_counter()
    TARGETS[name](data)
    took = time.perf_counter() - started
    tried += 1
    if took > slowest:
        slowest, worst = took, data
    if tried == int(runs):
        print(f"{name}: {tried} inputs, 0 crashes, slowest {slowest:.3f} s for {len(worst)} bytes")
        sys.stdout.flush()


folder = Path(corpus[0] if corpus else f"/tmp/deckwright-fuzz-{name}")  # noqa: S108 - no secret
folder.mkdir(parents=True, exist_ok=True)
for number, seed in enumerate(seeds(name)):
    (folder / f"seed-{number}").write_bytes(seed)
options = [
    f"-runs={int(runs) + 10}",
    "-max_len=8192",
    "-verbosity=0",
    f"-artifact_prefix={folder}-",
]
atheris.Setup([sys.argv[0], *options, str(folder)], once)
atheris.Fuzz()
