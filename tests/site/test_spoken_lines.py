"""What is said of a card, line by line."""

import re
from pathlib import Path

import pytest
from author import Author
from learner_pages import opened, served, write_site
from playwright.sync_api import BrowserContext

# What is typed, and what is said of it.
SAID = {
    r"Dat is $\frac{a}{3}$.": "Dat is a gedeeld door 3 .",
    r"Dat is $\sqrt{x}+y_1$.": "Dat is formule .",
    r"Dat is $\frac{a+b}{c}$.": "Dat is formule .",
    r"Dat is $x^{n+1}$.": "Dat is formule .",
    r"Dat is $\sqrt[3]{x}$.": "Dat is formule .",
    r"Dat is $\vec{v}$.": "Dat is formule .",
    r"Dat is $x^n \le 3$.": "Dat is x tot de macht n is hoogstens 3 .",
    r"Dat is $\text{constructor}$.": "Dat is constructor .",
    "Dat is 10^6^ m^2^, de 1^e^.": "Dat is 10 tot de macht 6 m kwadraat , de 1e.",
    "Dat is ~~niet~~ dr. Jansen, bijv. in nr. 5.": "Dat is dr. Jansen, bijv. in nr. 5.",
    "Dit is lang. " * 20: "Dit is lang.",
    "- een\n- twee": "een",
    "Een | twee\n---|---\ndrie | vier": "Een, twee,",
}


@pytest.mark.parametrize("typed", SAID)
def test_how_a_text_is_said(context: BrowserContext, tmp_path: Path, typed: str) -> None:
    """A formula in words only where they leave no doubt which formula it is."""
    author = Author(tmp_path)
    note = {"id": "n", "question": "Wat is het?", "answer": typed}
    author.parts = {"1-deel.yaml": {"subdeck": "Deel", "notes": [note]}}
    write_site(author.releases().ready, tmp_path / "site")
    with served(tmp_path / "site") as address:
        page = opened(context, address)
        page.keyboard.press(" ")
        said = page.evaluate("linesOf($('face').shadowRoot, true)")
    assert re.sub(r"\s+", " ", said[0]) == SAID[typed]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return the author of a small deck."""
    return Author(tmp_path)


def test_a_device_that_names_no_voices(context: BrowserContext, site: str) -> None:
    """Some phones have a voice and do not say so."""
    page = opened(context, site)
    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    assert page.locator("#aloud").is_visible()
