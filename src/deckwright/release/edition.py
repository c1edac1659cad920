"""The last line of a deck's description: which release, or draft of one, a package holds."""

import re

from deckwright.words.language import language, languages

EDITION, DRAFT = "edition", "draft_edition"  # labels of a language


def pattern(label: str, code: str) -> str:
    """Return the pattern of one of these labels in a language; its only group is the number."""
    said = re.escape(language(code).labels[label])
    return said.replace(r"\{number\}", r"(\d{1,9})").replace(r"\{date\}", "[^<>]*")


def without_edition(about: str) -> str:
    """Return a description without its last line, if that names a release or a draft."""
    for code in languages():
        for label in (EDITION, DRAFT):
            about = re.sub(f"<p>{pattern(label, code)}</p>$", "", about)
    return about
