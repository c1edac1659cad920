"""Every key that an author may write: where it stands, what it holds, and what it is for.

The reader asks for these keys and no others; the schema for editors and the README's table are made
of them.
"""

from collections.abc import Container

from deckwright.source.key import MAX_NAME, Holds, Key, Keys
from deckwright.words.kinds import PointKind, QuestionKind, Switch
from deckwright.words.messages import Message

_RETIRED = Key(
    "retired",
    Holds.PAIRS,
    about=Message("Notes that were taken out: the id of each, and the reason for learners."),
    most=100_000,  # as many as notes
    others="vervallen",
    example=Message("id-of-the-note: why"),
)

DECK: Keys = (
    Key(
        "name",
        Holds.PROSE,
        about=Message("The name of the deck in Anki."),
        required=True,
        most=MAX_NAME,
        others="naam titel",
    ),
    Key(
        "key",
        Holds.ID,
        about=Message("By this Anki knows all notes of the deck: never change it."),
        required=True,
        others="sleutel",
    ),
    Key(
        "language",
        Holds.LANGUAGE,
        about=Message("The language of the cards, as a code such as nl or en."),
        required=True,
        others="taal lang",
    ),
    Key(
        "description",
        Holds.PROSE,
        about=Message("What the deck is about, for learners to read in Anki."),
        required=True,
        others="omschrijving beschrijving",
    ),
    Key("author", Holds.PROSE, about=Message("Who made the deck."), others="auteur"),
    Key(
        "license",
        Holds.PROSE,
        about=Message("What others may do with the deck."),
        others="licentie licence",
    ),
    Key(
        "homepage",
        Holds.NAME,
        about=Message("The address of the deck's page."),
        others="website site url",
    ),
    Key(
        "report",
        Holds.REPORT,
        about=Message("Where learners report a mistake; each back then shows the id of its note."),
        others="melden fouten feedback contact",
    ),
    _RETIRED,
    Key(
        "rules",
        Holds.PAIRS,
        about=Message("Warnings of check that are off in this deck, or have another limit."),
        example=Message("question-mark: off"),
    ),
)

POINT: Keys = (
    Key("id", Holds.ID, about=Message("The name by which notes cover this point."), required=True),
    Key(
        "kind",
        Holds.CHOICE,
        about=Message("What the point is: that says how many notes it needs."),
        required=True,
        choices=PointKind,
        others="soort type",
    ),
    Key("title", Holds.PROSE, about=Message("The point in a few words."), required=True),
)
PART: Keys = (
    Key("id", Holds.ID, about=Message("A name of the part that no other part has."), required=True),
    Key("title", Holds.PROSE, about=Message("The title of the part."), required=True),
    Key(
        "points",
        Holds.ITEMS,
        about=Message("What the part says, point by point."),
        required=True,
        of=POINT,
        others="punten",
    ),
)
GUIDE: Keys = (
    Key(
        "title",
        Holds.PROSE,
        about=Message("The title of the text that the deck teaches."),
        required=True,
        others="titel naam",
    ),
    Key(
        "parts",
        Holds.ITEMS,
        about=Message("Its parts, in their order."),
        required=True,
        of=PART,
        others="delen hoofdstukken",
    ),
)

# What every note may have; then what only a question has, and only a cloze.
NOTE: Keys = (
    Key(
        "id",
        Holds.ID,
        about=Message("The name of the note: it carries the learner's progress, so keep it."),
        required=True,
    ),
    Key(
        "allow",
        Holds.PAIRS,
        about=Message("Warnings that this note may have: the code of each, and the reason."),
        example=Message("answer-long: why"),
    ),
    Key("was", Holds.ID, about=Message("The id that learners know this note by.")),
    Key(
        "covers",
        Holds.NAMES,
        about=Message("Which points of guide.yaml the note teaches."),
        others="dekt behandelt",
    ),
    Key(
        "theme",
        Holds.PROSE,
        about=Message("A line above the question: what kind of card it is."),
        others="thema onderwerp topic subject",
    ),
    Key(
        "tags",
        Holds.NAMES,
        about=Message("Tags of the note in Anki, beside those of its file."),
        others="tag label labels",
    ),
    Key(
        "hint",
        Holds.PROSE,
        about=Message("Help on the front, which a learner may open."),
        others="tip clue",
    ),
    Key(
        "explanation",
        Holds.PROSE,
        about=Message("More on the back, below the answer."),
        others="toelichting uitleg extra explain note opmerking",
    ),
    Key(
        "source",
        Holds.PROSE,
        about=Message("Where the text says so; on the back, in small letters."),
        others="bron bronnen ref reference",
    ),
    Key("language", Holds.LANGUAGE, about=Message("The language of this note, if not its file's.")),
)
QUESTION: Keys = (
    Key(
        "question",
        Holds.PROSE,
        about=Message("The front of the card: one question that has one answer."),
        required=True,
        others="front voorkant vraag q prompt frage",
    ),
    Key(
        "answer",
        Holds.PROSE,
        about=Message("The back of the card, in as few words as do it."),
        required=True,
        others="back achterkant antwoord a ans reply antwort",
    ),
    Key(
        "case",
        Holds.PROSE,
        about=Message("A situation that stands before the question."),
        others="situatie casus situation context",
    ),
    Key("kind", Holds.CHOICE, about=Message("What the question asks for."), choices=QuestionKind),
    Key(
        "reverse",
        Holds.CHOICE,
        about=Message("Whether there is a second card, with the answer on its front."),
        choices=Switch,
        others="omgekeerd andersom reversed bidirectional umgekehrt",
    ),
)
CLOZE: Keys = (
    Key(
        "cloze",
        Holds.PROSE,
        about=Message("A text with gaps, in place of a question: a card for each number."),
        required=True,
        others="text tekst zin invulzin gatenzin gap",
    ),
)
FILE: Keys = (
    _RETIRED,
    Key(
        "subdeck",
        Holds.PROSE,
        about=Message("The name of the subdeck in Anki that the notes of this file go to."),
        required=True,
        most=MAX_NAME,
        others="deck stapel onderdeel substapel",
    ),
    Key("tags", Holds.NAMES, about=Message("Tags of all notes in this file.")),
    Key("language", Holds.LANGUAGE, about=Message("The language of this file, if not the deck's.")),
    Key(
        "reverse",
        Holds.CHOICE,
        about=Message("Whether all questions here have a second card the other way round."),
        choices=Switch,
    ),
    Key(
        "notes",
        Holds.ITEMS,
        about=Message("The notes, in the order of learning."),
        required=True,
        of=(*NOTE, *QUESTION, *CLOZE),
        others="notities kaarten cards vragen",
    ),
)

ALL: Keys = (*DECK, *GUIDE, *PART, *POINT, *FILE, *NOTE, *QUESTION, *CLOZE)
_OTHERS = [(key.name, {key.name, *key.others.split()}) for key in ALL if key.others]


def meant(name: str, known: Container[str]) -> str:
    """Return which of the `known` keys other tools or Dutch authors call so; "" for none."""
    word = name.casefold()  # titel is the name of a deck, and the title of a part
    return next((key for key, others in _OTHERS if key in known and word in others), "")
