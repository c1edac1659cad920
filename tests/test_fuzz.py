"""Whatever a file holds, its reader keeps its promises: by chance here, by coverage in fuzz/."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import TARGETS, seeds

FOUND = Path(__file__).parent / "fuzz" / "found"
CASES = sorted(FOUND.glob("*/*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_what_was_found_stays_fixed(case: Path) -> None:
    """Each input that once broke a promise."""
    TARGETS[case.parent.name](case.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_real_files_with_bytes_changed(name: str, data: st.DataObject) -> None:
    """A real file with a few pieces cut out and put in, and bytes of no meaning."""
    content = bytearray(data.draw(st.sampled_from([*seeds(name), b""])))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 20))
        content[at : at + cut] = data.draw(st.binary(max_size=12))
    TARGETS[name](bytes(content))
