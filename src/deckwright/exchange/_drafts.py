"""Notes of another program to notes of a deck, one by one; what cannot be carried over is named."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import PurePosixPath
from time import process_time
from urllib.parse import unquote

from deckwright.anki.foreign_note import ForeignNote, ForeignType
from deckwright.cards.media import FOLDER
from deckwright.cards.note_types import CLOZE, REVERSE
from deckwright.exchange._markdown_writer import written
from deckwright.exchange._media_names import MediaNames
from deckwright.exchange._soup import NotCarriedError
from deckwright.exchange.columns import ROLES
from deckwright.exchange.roles import (
    FieldNames,
    is_known,
    is_reversed,
    lacking_role,
    named_by,
    roles_of,
    texts_by_role,
)
from deckwright.exchange.source import LeftOut, SourceError
from deckwright.words.messages import Message

_OF_THE_LEARNER = frozenset({"leech", "marked"})
_OPENING = 60  # characters
# A note that takes longer than an ordinary text can, and what all of those may take together.
_SLOW, _MOST_SECONDS = 0.3, 20
_MEDIA = re.compile(
    r"""\bsrc=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))|\[sound:([^\]]*)\]|!\[[^\]\n]*\]\(([^)\s]+)\)""",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\{\{(?:[^{}]*:)?([^{}:]+)\}\}")


@dataclass
class DraftNote:
    """A note to be written: `texts` in Markdown by role; `media` are names in `cards/media/`.

    `source` is how messages call it, `foreign` what it is made of, `deck` the whole name of its
    deck there. `wanted_id` and `guid` are those that it had, "" without. `lost` says what of its
    look is not carried over.
    """

    source: str
    foreign: ForeignNote
    deck: str
    texts: dict[str, str]
    tags: list[str]
    reverse: bool = False
    wanted_id: str = ""
    guid: str = ""
    id: str = ""
    media: set[str] = field(default_factory=set)
    lost: set[Message] = field(default_factory=set)

    @property
    def main(self) -> str:
        """The question or the cloze text."""
        return self.texts.get(CLOZE) or self.texts["question"]

    def row(self) -> dict[str, object]:
        """Return what stands in the file of cards."""
        kept = {role: self._block(self.texts[role]) for role in ROLES if role in self.texts}
        row: dict[str, object] = {"id": self.id, **kept}
        if self.reverse:
            row["reverse"] = True
        if self.tags:
            row["tags"] = self.tags
        return row

    def _block(self, text: str) -> str:
        return f"{text}\n" if "\n" in text else text


def opening(note: ForeignNote) -> str:
    """Return how messages call a note: where it stands, or how its first text begins."""
    said = next((text for text in note.fields if text.strip()), "")
    words = (" ".join(re.sub(r"<[^>]*>", " ", said).split()) or said.strip())[:_OPENING]
    return f"{note.place}: {words}" if note.place else words or note.guid


class Carrier:
    """Carries notes over, one by one; what cannot be is added to `left_out`.

    `wanted` are the fields as the author names them, `media` the files that notes show, by the
    names that they have there, `names` gives each its name here.
    """

    def __init__(
        self,
        wanted: Sequence[FieldNames],
        media: Mapping[str, bytes],
        names: MediaNames,
        left_out: list[LeftOut],
    ) -> None:
        self._wanted, self._media, self._names = wanted, media, names
        self._left_out = left_out
        self._unplaced: Counter[tuple[ForeignType, tuple[str, ...]]] = Counter()

    def drafts(self, notes: Iterable[ForeignNote]) -> Iterator[DraftNote]:
        """Yield the notes that can be carried over."""
        slow = 0.0
        for note in notes:
            started = process_time()
            if slow > _MOST_SECONDS:
                raise SourceError(
                    Message("{place}: its HTML takes too long to read", place=note.deck)
                )
            texts, unplaced = texts_by_role(note, self._wanted)
            if not is_known(note.type, self._wanted):
                self._unplaced[note.type, note.type.fields] += 1
            elif lacking := lacking_role(texts, note.type):
                why = Message("its {role} is empty", role=lacking)
                self._left_out.append(LeftOut(opening(note), why))
            elif unplaced and not named_by(note.type, self._wanted):
                self._unplaced[note.type, tuple(unplaced)] += 1
            else:
                yield from list(self._draft(note, texts, unplaced))
            took = process_time() - started
            slow += took if took > _SLOW else 0
        for (foreign, fields), count in self._unplaced.items():
            why = Message(
                "{count} notes: nobody knows what {unknown} is; say what the fields {fields} are,"
                " as in --fields 'Front=question,Back=answer'",
                count=count,
                unknown=list(fields),
                fields=list(foreign.fields),
            )
            self._left_out.append(LeftOut(foreign.name, why))

    def _draft(
        self, note: ForeignNote, texts: dict[str, str], unplaced: list[str]
    ) -> Iterator[DraftNote]:
        made = DraftNote(opening(note), note, texts.pop("subdeck", "") or note.deck, {}, [])
        made.wanted_id, made.guid = texts.pop("id", ""), note.guid
        tags = [*note.tags, *texts.pop("tags", "").replace(",", " ").split()]
        made.tags = list(dict.fromkeys(tag for tag in tags if tag.lower() not in _OF_THE_LEARNER))
        if len(made.tags) < len(tags):
            made.lost.add(Message("the tags leech and marked, which are a learner's"))
        made.lost |= {Message("the field '{name}'", name=name) for name in unplaced}
        self._cards(note, made)
        try:
            for role, text in texts.items():
                show = partial(self._shown, made)
                done = written(text, note.form, show, cloze=role == CLOZE)
                if done.markdown:
                    made.texts[role] = done.markdown
                made.lost |= done.lost
        except NotCarriedError as error:
            self._left_out.append(LeftOut(made.source, error.message))
            return
        if lacking := lacking_role(made.texts, note.type):
            why = Message("its {role} is empty", role=lacking)
            self._left_out.append(LeftOut(made.source, why))
        else:
            yield made

    def _cards(self, note: ForeignNote, made: DraftNote) -> None:
        """Find out whether a note has a card the other way round, and no other."""
        if note.type.is_cloze or note.type.kind == CLOZE:
            return
        asked = _SECOND.findall(note.type.fronts[1]) if len(note.type.fronts) > 1 else []
        roles = roles_of(note, self._wanted)
        back = "answer" in {roles.get(name, "") for name in asked}
        made.reverse = (
            note.type.kind == REVERSE or is_reversed(note.type) or (note.cards == (0, 1) and back)
        )
        if not note.type.kind and note.cards not in ((0,), (0, 1) if made.reverse else (0,)):
            made.lost.add(Message("its other cards: a note has question and answer, or both ways"))

    def _shown(self, made: DraftNote, name: str, alt: str, width: str) -> str:
        """Return a picture or sound in Markdown; NotCarriedError where its file is not there."""
        if name.lower().startswith("data:"):
            raise NotCarriedError(Message("a picture stands in its HTML, not in a file"))
        if re.match(r"[a-z]+:|//", name, re.IGNORECASE):
            raise NotCarriedError(Message("'{name}' lies on the web, not in a file", name=name))
        content = next((self._media[n] for n in (name, unquote(name)) if n in self._media), None)
        if content is None:
            raise NotCarriedError(Message("its file '{name}' is not there", name=name))
        final = self._names.name(unquote(name), content)
        made.media.add(final)
        if not alt.strip():
            alt = PurePosixPath(unquote(name)).stem
            made.lost.add(
                Message("no words said what its pictures and sounds show: now a name does")
            )
        words = " ".join(re.sub(r"[\[\]\\<>*_`]", " ", alt).split()) or "media"
        return f"![{words}]({FOLDER}/{final})" + (f"{{width={width}}}" if width else "")


def media_of(notes: Iterable[ForeignNote]) -> set[str]:
    """Return the names of the files that notes may show."""
    names = {
        unescape(next(filter(None, found), ""))
        for note in notes
        for text in note.fields
        for found in _MEDIA.findall(text)
    }
    return {each for name in names for each in (name, unquote(name)) if each}
