"""Which notes a message is about: by their ids of now and before, and by their words."""

import time
from pathlib import Path

import pytest
from author import Author

from deckwright.build.plan import plan_build
from deckwright.feedback.inbox import Desk, Inbox, Unplaced, inbox
from deckwright.feedback.known_cards import KnownCard, known_cards
from deckwright.feedback.mails import messages_in
from deckwright.problem import Place
from deckwright.release.next_release import Clock

NAMES = ("water-temperatuur", "water-tempo", "malen-of-gemalen", "all-in", "plan-voor-mei")
TEXTS = (
    "Waarom gebruik je geen kokend water?\nHet haalt bittere stoffen uit de koffie.",
    "Hoe snel giet je op?\nLangzaam, in cirkels, van binnen naar buiten.",
    "Waarin verschilt versgemalen koffie van koffie uit een pak?\nDe geur is er nog.",
    "Ga je all-in met espresso?\nNee, begin klein: malen of gemalen maakt dan niet uit.",
    "Wat staat er in het plan?\nEen proeverij.",
)


def placed(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    """Return the ids of the notes at which a message lands."""
    cards = [
        KnownCard(name, Place("a.yaml", number), (name,), words)
        for number, (name, words) in enumerate(zip(names, TEXTS, strict=True), 1)
    ]
    found = inbox(
        Desk(cards, frozenset({"de", "het", "er", "is", "in"})), messages_in(text.encode())
    )
    return [each.card.id for each in found.placed]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Fout in water-temperatuur.", ["water-temperatuur"]),
        ("Fout in kaartje Water Temperatuur.", ["water-temperatuur"]),
        ("water‐temperatur klopt niet", ["water-temperatuur"]),  # noqa: RUF001
        ("Fout in water-temperatuur en in water-tempo.", ["water-temperatuur", "water-tempo"]),
        ("https://voorbeeld.nl/kaarten/#water-tempo klopt niet", ["water-tempo"]),
        # a turn of phrase is an id only where something says so
        ("Wij gaan all-in met die koffie.", []),
        ("Kaart all-in klopt niet.", ["all-in"]),
        ("Wij gaan all-in, maar in kaart all-in staat een fout.", ["all-in"]),
        ("Doe je water tempo zeker?", []),
        ("Mijn plan voor mei staat al vast.", ["plan-voor-mei"]),
        ("!!!", []),
        ("all-in\nDie klopt niet.", ["all-in"]),
        ("Maakt malen of gemalen uit?", ["all-in"]),  # whose words these are
        ("Fout in malen-of-gemalen.", ["malen-of-gemalen"]),
        # another word, another note
        ("Kaart water-filter klopt niet.", []),
        ("Kaart plan-voor-juni klopt niet.", []),
        ("Kaart plan-voor-mie klopt niet.", ["plan-voor-mei"]),
        ("Kaart water-tempo-en-meer klopt niet.", []),
        # what may be two is none
        ("Kaart water-temp klopt niet.", []),
        ("Kaart water-te… klopt niet.", []),
        ("Kaart temperatuur-van-water klopt niet.", []),
        # words: enough of them, and of one card alone
        ("Die over bittere stoffen en kokend water snap ik niet.", ["water-temperatuur"]),
        ("Die over bitere stofffen die kokend water uit de koffie haalt.", ["water-temperatuur"]),
        ("Die over koffie en water.", []),
        ("Die over bitttere stofffen: gebruiik ik nooit.", ["water-temperatuur"]),
        ("Is er nog tijd?", []),
        ("Bittere stoffen en kokend water, of langzaam in cirkels naar buiten?", []),
        ("Leuke kaarten!", []),
    ],
)  # fmt: skip
def test_where_a_message_lands(text: str, ids: list[str]) -> None:
    """At the notes that it is about, and at no other."""
    assert placed(text) == ids


def test_what_the_page_filled_in_counts_alone() -> None:
    """The other id in the message is what somebody says."""
    text = "Dit is dezelfde als water-tempo.\n\nKaart: all-in · versie 1\n“Ga je all-in?”\n"
    assert placed(text) == ["all-in"]


def test_the_likeliest_are_named() -> None:
    """For a message without a place: by a bit of an id, or by too few words."""
    cards = [
        KnownCard(name, Place("a.yaml", number), (name,), words)
        for number, (name, words) in enumerate(zip(NAMES, TEXTS, strict=True), 1)
    ]
    desk = Desk(cards, frozenset())
    for text, near in (("Kaart water-temp?", {"water-temperatuur", "water-tempo"}),
                       ("Die met cirkels.", {"water-tempo"})):  # fmt: skip
        (message,) = messages_in(text.encode())
        found = desk.place(message)
        assert isinstance(found, Unplaced)
        assert near <= {card.id for card in found.near}


def test_who_wrote_is_not_said_of_what_has_no_place() -> None:
    """Neither where nothing else stands there; but the line with an unknown id is."""
    desk = Desk([], frozenset())
    texts = {
        "Groetjes,\nJoke de Vries\njoke@voorbeeld.nl": "",
        "Hoi Sanne,\n\nKaart: nul · versie 1\n\nmvg Joke": "Kaart: nul · versie 1",
        "": "",
    }
    for text, said in texts.items():
        (message,) = messages_in(text.encode())
        assert desk.place(message) == Unplaced(said, ())


@pytest.mark.parametrize("text", ["a" * 19_000, "a-" * 9_000, "kaart " * 3_000, "all-in " * 2_500])
def test_no_message_keeps_a_computer_busy(text: str) -> None:
    """Strangers can write, too: seconds at most, however odd the text."""
    start = time.monotonic()
    placed(text)
    assert time.monotonic() - start < 4


def reports(author: Author, text: str) -> Inbox:
    """Return where messages land in an author's folder as it is now."""
    author.save()
    plan = plan_build(author.cards, Clock(author.now))
    assert plan.deck
    assert plan.held
    cards = known_cards(plan.deck, plan.held, str(author.cards / "deck.lock"))
    return inbox(Desk(cards, frozenset()), messages_in(text.encode()))


def test_ids_that_only_learners_know(tmp_path: Path) -> None:
    """A note that was renamed, before and after the release, and one that is to be retired."""
    author = Author(tmp_path)
    author.releases()
    author.note("een").update(id="eerste-getal", was="een")
    author.retires("vier", "Te makkelijk.")
    text = "Kaart een: fout.\n-----\nKaart: vier · versie 1\n-----\nKaart eerste-getal: fout.\n"
    for file, retired in (("deck.yaml", 2), ("deck.yaml", 2)):
        found = reports(author, text)
        assert not found.unplaced
        by_name = {each.name: each for each in found.placed}
        assert by_name["een"].card.id == by_name["eerste-getal"].card.id == "eerste-getal"
        assert by_name["een"].card.place.file.endswith("1-deel.yaml")
        gone = by_name["vier"].card
        assert (gone.retired, gone.reason) == (retired, "Te makkelijk.")
        line = Path(gone.place.file).read_text("utf-8").splitlines()[gone.place.line - 1]
        assert gone.place.file.endswith(file)
        assert line.strip().startswith("vier:")
        author.releases()


def test_a_note_that_only_the_ledger_has_stands_at_its_line(tmp_path: Path) -> None:
    """It was retired long ago, and nobody lists it any more."""
    author = Author(tmp_path)
    author.releases()
    author.retires("vier")
    author.releases()
    del author.settings["retired"]
    (found,) = reports(author, "Kaart vier is fout.").placed
    assert found.card.place.file.endswith("deck.lock")
    line = Path(found.card.place.file).read_text("utf-8").splitlines()[found.card.place.line - 1]
    assert '"note":"vier"' in line


def test_since_when_a_note_is_as_it_is(tmp_path: Path) -> None:
    """The message is of release 1; release 2 changed the note, perhaps because of it."""
    author = Author(tmp_path)
    author.releases()
    author.note("een")["answer"] = "Het eerste getal."
    author.releases()
    (found,) = reports(author, "Fout.\n\nKaart: een · versie 1\n").placed
    assert (found.release, found.card.changed) == (1, 2)
