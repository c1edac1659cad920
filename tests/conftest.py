"""In CI a skipped test is a failed one: there everything is installed that a test may ask for."""

import os

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def] # noqa: ANN201
    """Turn a skip into a failure where DECKWRIGHT_NO_SKIP is set."""
    report = yield
    if report.skipped and os.environ.get("DECKWRIGHT_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not be skipped in CI: {call.excinfo}"
    return report
