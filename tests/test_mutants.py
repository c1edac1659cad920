"""The list of mutants that do the same as the code is about the code as it is."""

import pytest
from real_deck import CARDS

import mutants


@pytest.mark.parametrize("mutant", mutants.equal_mutants(), ids=lambda each: each["becomes"])
def test_what_counts_as_equal_is_a_mutant_of_a_line_that_is_there(mutant: dict[str, str]) -> None:
    """A line that changed is asked about again; and each has a reason."""
    lines = (CARDS.parent / mutant["module"]).read_text("utf-8").splitlines()
    assert mutant["is"] in [line.strip() for line in lines]
    assert mutant["becomes"] != mutant["is"]
    assert mutant["why"].endswith(".")
    assert mutant.keys() == {"module", "is", "becomes", "why"}
