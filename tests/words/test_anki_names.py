"""What texts call a thing in Anki is what Anki calls it, in the language of the text."""

import re

import anki.lang
import pytest
from real_deck import CARDS

from deckwright.words.language import language
from deckwright.words.messages import LANGUAGES

TOPICS = CARDS.parent / "src" / "deckwright" / "cli" / "topics"
LANGS = {"en": "en_US", "nl": "nl_NL"}


def names(code: str) -> dict[str, str]:
    """Return what Anki calls its menus and options, without their keys and dots."""
    anki.lang.set_lang(LANGS[code])
    says = anki.lang.tr_legacyglobal
    found = {
        "tools": says.qt_accel_tools(),
        "empty": says.qt_misc_empty_cards(),
        "notes": says.importing_update_notes(),
        "types": says.importing_update_notetypes(),
        "merge": says.importing_merge_notetypes(),
        "newer": says.importing_update_if_newer(),
        "cards": says.qt_accel_cards(),
        "forget": says.qt_accel_forget(),
        "deck": says.browsing_change_deck(),
        "file": says.qt_accel_file(),
        "export": says.qt_accel_export(),
        "profile": says.qt_accel_switch_profile(),
    }
    anki.lang.set_lang("en_US")
    return {name: re.sub(r"&|\.\.\.$", "", text) for name, text in found.items()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_notes_for_learners_name_what_anki_has(code: str) -> None:
    """Someone who looks for it in Anki finds it."""
    known, words = names(code), language(code)
    said = {name: " ".join(text.split()) for name, text in words.change_notes.items()}
    assert f"{known['tools']}, {known['empty']}" in said["cleanup"]
    assert f"{known['cards']}, {known['forget']}" in said["meaning_how"]
    assert f"{known['cards']}, {known['deck']}" in said["moved_how"]
    assert f"'{known['notes']}'" in said["options"]
    assert f"'{known['types']}'" in said["options"]
    assert f"'{known['newer']}'" in said["options"]
    assert f"'{known['merge']}'" in said["options"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_topics_name_what_anki_has(code: str) -> None:
    """So do the texts for authors."""
    known = names(code)
    read = {
        path.stem: " ".join(path.read_text("utf-8").split()) for path in (TOPICS / code).iterdir()
    }
    assert f"*{known['tools']}, {known['empty']}*" in read["learners"]
    assert f"*{known['notes']}*" in read["learners"]
    assert f"*{known['newer']}*" in read["learners"]
    assert f"*{known['merge']}*" in read["exchange"]
    assert f"*{known['file']}, {known['export']}*" in read["releases"]
    assert f"*{known['file']}, {known['profile']}*" in read["releases"]
