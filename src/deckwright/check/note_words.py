"""What the rules for a whole deck need of a note: a few words, which its file remembers."""

from typing import NamedTuple


class AskedAnswer(NamedTuple):
    """A short answer that a card asks for, and the words that ask for it, as lines of words."""

    answer: str
    asks: str


class NoteWords(NamedTuple):
    """The words of a note, as lines of words, all but those to look up in lower case.

    `compared` is what its question is compared by (see `duplicates`), `front` all that its fronts
    show, `asked` the answers that another front could give away (see `leaks`), `spelled` what to
    look up, a line for each text (see `spelling`).
    """

    compared: str
    front: str
    asked: tuple[AskedAnswer, ...]
    spelled: str
