"""Rules for the mix of a deck: how many notes are cloze, how many ask for application."""

from collections import Counter
from collections.abc import Iterator

from deckwright.problem import Problem
from deckwright.source.deck import ClozeNote, Deck, QuestionNote
from deckwright.words.kinds import QuestionKind
from deckwright.words.messages import Message

MAX_CLOZE, MIN_APPLICATION = 0.30, 0.50
ENOUGH = 20  # of fewer notes, shares say nothing
APPLICATION = tuple(kind for kind in QuestionKind if kind is not QuestionKind.DEFINITION)


def cloze_share(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for a deck with too many clozes."""
    share = sum(isinstance(note, ClozeNote) for note in deck.notes) / max(len(deck.notes), 1)
    if len(deck.notes) >= ENOUGH and share > MAX_CLOZE:
        message = Message(
            "{share:.0%} of the notes are cloze; {max_cloze:.0%} is the most",
            share=share,
            max_cloze=MAX_CLOZE,
        )
        yield Problem(deck.name.place, "cloze-share", message, Message("turn some into questions"))


def application_share(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for a deck with too few questions of the kinds in APPLICATION."""
    kinds = Counter(
        note.kind if isinstance(note, QuestionNote) and note.kind else None for note in deck.notes
    )
    share = sum(kinds[kind] for kind in APPLICATION) / max(len(deck.notes), 1)
    if len(deck.notes) >= ENOUGH and set(kinds) != {None} and share < MIN_APPLICATION:
        message = Message(
            "{share:.0%} of the notes ask for application; {min_application:.0%} is the least",
            share=share,
            min_application=MIN_APPLICATION,
        )
        hint = Message(
            "write more notes of the kinds {kinds}",
            kinds=", ".join(kind.names for kind in APPLICATION),
        )
        yield Problem(deck.name.place, "application-share", message, hint)
