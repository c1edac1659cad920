"""Where notes go: their ids, tags and subdecks, all of them legal and none of them taken."""

import re
from collections.abc import Iterable, Iterator

from deckwright.check.names import MAX_LEVELS
from deckwright.disk.file_names import same_name
from deckwright.exchange._drafts import DraftNote
from deckwright.exchange._existing import Existing
from deckwright.exchange.source import LeftOut
from deckwright.source.characters import is_visible
from deckwright.source.ids import MAX_LENGTH, is_id, suggested_id
from deckwright.words.messages import Message

_WORDS_OF_AN_ID = 6
_MARKUP = re.compile(r"<[^>]*>|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|\{\{c\d+::|\}\}|&\w+;")
_IN_NO_TAG = re.compile(r'[\s"*\\<>&,]+')
_IN_NO_NAME = re.compile(r'["<>&\\\s]+')
_LONGEST = 200  # characters of a name


def deck_name(decks: Iterable[str]) -> str:
    """Return the deck that all of these stand in, by their whole names; "" without one."""
    tops = {deck.split("::")[0].strip() for deck in decks}
    return tops.pop() if len(tops) == 1 else ""


class Arrangement:
    """Arranges notes in a folder that holds `here` already; all go into `subdeck` where given."""

    def __init__(self, here: Existing, subdeck: str = "") -> None:
        self._ids = set(here.ids)
        self._texts = here.texts
        self._tags = dict(here.tags)
        self._subdecks = {same_name(each): each for each in (here.name, *here.subdecks) if each}
        self._subdeck = subdeck
        self._seen: set[str] = set()

    def arranged(
        self, notes: Iterable[DraftNote], top: str, left_out: list[LeftOut]
    ) -> Iterator[DraftNote]:
        """Yield the notes of the deck `top` with their ids, tags and subdecks."""
        self._subdecks.setdefault(same_name(top), top)
        for note in notes:
            again = repr(sorted(note.texts.items()))
            if note.main in self._texts or again in self._seen:
                why = Message("the deck has this note already")
                left_out.append(LeftOut(note.source, why))
            elif note.wanted_id in self._ids:
                why = Message("the deck has a note with the id '{id}'", id=note.wanted_id)
                left_out.append(LeftOut(note.source, why))
            else:
                self._seen.add(again)
                note.id = self._id(note)
                note.tags = self._legal_tags(note)
                note.deck = self._legal_subdeck(note, top)
                yield note

    def _id(self, note: DraftNote) -> str:
        """Return an id made of the first words, with a number where that is taken."""
        words = re.findall(r"[^\W_]+", _MARKUP.sub(r" \1 ", note.main))[:_WORDS_OF_AN_ID]
        name = suggested_id(" ".join(words)) or suggested_id(note.wanted_id) or "note"
        if is_id(note.wanted_id):
            name = note.wanted_id
        found, number = name, 1
        while found in self._ids:
            number += 1
            found = f"{name[: MAX_LENGTH - len(str(number)) - 1].strip('-')}-{number}"
        self._ids.add(found)
        return found

    def _legal_tags(self, note: DraftNote) -> list[str]:
        tags = []
        for tag in note.tags:
            levels = (_IN_NO_TAG.sub("-", level).strip("-") for level in tag.split("::"))
            legal = "::".join(level for level in levels if level)[:_LONGEST]
            if not legal or not is_visible(legal):
                note.lost.add(Message("the tag '{tag}', which Anki cannot hold", tag=tag))
                continue
            legal = self._tags.setdefault(same_name(legal), legal)
            if legal != tag:
                note.lost.add(Message("the tag '{tag}' is now '{legal}'", tag=tag, legal=legal))
            tags.append(legal)
        return list(dict.fromkeys(tags))

    def _legal_subdeck(self, note: DraftNote, top: str) -> str:
        levels = [_legal(level) for level in (self._subdeck or note.deck).split("::")]
        if not self._subdeck and top and len(levels) > 1 and levels[0] == _legal(top):
            del levels[0]
        kept = [level for level in levels if level][:MAX_LEVELS]
        name = "::".join(kept)[:_LONGEST].strip(" :") or "1"
        return self._subdecks.setdefault(same_name(name), name)


def _legal(level: str) -> str:
    seen = "".join(sign for sign in level if sign.isprintable())
    return _IN_NO_NAME.sub(" ", seen).strip(" :")
