"""Messages of learners about notes, with ids as they arrive: typed over, cut, wrapped, lost."""

import base64
import quopri
import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from deckwright.feedback.known_cards import KnownCard


class Garbled(NamedTuple):
    """A message of a kind, and the ids of the notes that it is about."""

    kind: str
    about: set[str]
    raw: bytes


_COMPLAINTS = (
    "Er zit een typefout in.",
    "Volgens mij klopt het antwoord niet helemaal.",
    "Ik snap de toelichting niet, kan die korter?",
    "Bij ons op kantoor gaat dat anders.",
    "Moet er geen komma achter het derde woord?",
    "Het plaatje laadt niet op mijn telefoon.",
    "Vraag is prima, maar het voorbeeld is wat flauw.",
    "Kun je hier nog eens naar kijken?",
    "Dit heb ik nu drie keer fout, en ik vind mijn eigen antwoord ook goed.",
    "Het antwoord is te lang om te onthouden.",
)
_GREETINGS = ("Hoi,", "Beste Sanne,", "Dag allemaal,", "Hallo Peter de Wit,", "L.S.,", "")
_GOODBYES = (
    "Groetjes, Joke",
    "Met vriendelijke groet,\nMaria van Dam\nTeamleider Inpak\n06-12345678",
    "mvg\nAhmed",
    "Gr. Wim\n\nVerstuurd vanaf mijn iPhone",
    "",
)
_NEAR_KEYS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjkaxcvbnmn", strict=False))


class _Dice(random.Random):
    def slip(self, word: str) -> str:
        """Return a word with one slip of the thumb: a letter lost, doubled, changed or swapped."""
        at = self.randrange(1, len(word) - 1)
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + _NEAR_KEYS.get(word[at], "x") + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
        return self.choice(ways)

    def letter(self, text: str) -> str:
        """Return a message around a text: a greeting, a complaint, a goodbye."""
        complaint = self.choice(_COMPLAINTS)
        body = self.choice((f"{text} {complaint}", f"{complaint} {text}", f"{text}\n{complaint}"))
        return f"{self.choice(_GREETINGS)}\n\n{body}\n\n{self.choice(_GOODBYES)}\n"

    def label(self, name: str) -> str:
        """Return an id as someone brings it up."""
        ways = ("Kaart {}:", "Het gaat om {}.", "kaartje {}", "({})", "Bij {} staat iets raars.",
                "id: {}", "over “{}”", "In {} zag ik dit.")  # fmt: skip
        return self.choice(ways).format(name)


def garbled(cards: Sequence[KnownCard], count: int, seed: int) -> list[Garbled]:
    """Return so many messages about some cards, as many of each kind; the same for one seed."""
    dice = _Dice(seed)
    kinds = [*_KINDS]
    messages = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        card = dice.choice(cards)
        while kind in _BY_WORDS and len(_front(card).split()) < 6:
            card = dice.choice(cards)
        raw = _KINDS[kind](dice, card)
        about = set() if kind in _ABOUT_NOTHING else {card.id}
        messages.append(Garbled(kind, about, raw if isinstance(raw, bytes) else raw.encode()))
    return messages


def _front(card: KnownCard) -> str:
    """Return the longest line of a card's texts that a learner would quote."""
    return max(card.text.split("\n"), key=len)


def _exact(dice: _Dice, card: KnownCard) -> str:
    return dice.letter(dice.label(card.id))


def _capitals(dice: _Dice, card: KnownCard) -> str:
    ways = (card.id.upper(), card.id.title(), card.id.capitalize())
    return dice.letter(dice.label(dice.choice(ways)))


def _spaces(dice: _Dice, card: KnownCard) -> str:
    signs = (" ", " - ", "_", "", "- ")
    ways = (card.id.replace("-", dice.choice(signs)), card.id.replace("-", " ").capitalize())
    return dice.letter(f"Kaart {dice.choice(ways)}.")


def _slips(dice: _Dice, card: KnownCard) -> str:
    name = dice.slip(card.id)
    return dice.letter(dice.label(dice.slip(name) if len(name) > 14 else name))


def _slips_and_spaces(dice: _Dice, card: KnownCard) -> str:
    return dice.letter(f"kaart “{dice.slip(card.id).replace('-', ' ')}”")


def _signs(dice: _Dice, card: KnownCard) -> str:
    return dice.letter(
        dice.label(card.id.replace("-", dice.choice("\u2011\u2013\u2014\u2212\u00ad")))
    )


def _wrapped(dice: _Dice, card: KnownCard) -> str:
    at = dice.randrange(3, len(card.id) - 2)
    cut = dice.choice(("\n", "\n> ", "=\n"))
    return dice.letter(f"Kaart {card.id[:at]}{cut}{card.id[at:]}")


def _shortened(dice: _Dice, card: KnownCard) -> str:
    words = card.id.split("-")
    if len(words) > 2 and dice.random() < 0.5:
        del words[dice.randrange(len(words) - 1)]
        return dice.letter(f"Kaart {'-'.join(words)}")
    return dice.letter(f"Kaart {card.id[: max(6, len(card.id) * 4 // 5)]}…")


def _filled_in(dice: _Dice, card: KnownCard) -> str:
    quote = _front(card)[: dice.randrange(20, 120)]
    return (f"Wat klopt er niet?\n\n{dice.choice(_COMPLAINTS)}\n\n{dice.choice(_GOODBYES)}\n\n"
            f"Kaart: {card.id} · versie {dice.randrange(1, 9)}\n“{quote}…”\n")  # fmt: skip


def _mail(dice: _Dice, card: KnownCard) -> bytes:
    text = _filled_in(dice, card)
    head = ("From: Joke de Vries <joke.de.vries@fabriek.example>\nTo: kaarten@voorbeeld.nl\n"
            f"Subject: Kaart {card.id}\nMIME-Version: 1.0\nMessage-ID: <a@b>\n")  # fmt: skip
    if dice.random() < 0.5:
        encoded, how = quopri.encodestring(text.encode()), "quoted-printable"
    else:
        encoded, how = base64.encodebytes(text.encode()), "base64"
    more = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {how}\n\n"
    return (head + more).encode() + encoded


def _raw_quoted_printable(dice: _Dice, card: KnownCard) -> bytes:
    at = dice.randrange(2, len(card.id) - 1)
    text = quopri.encodestring(_filled_in(dice, card).encode())
    name = card.id.encode()
    return text.replace(name, name[:at] + b"=\n" + name[at:])


def _filled_in_and_slipped(dice: _Dice, card: KnownCard) -> str:
    sign = dice.choice(("·", "?", "*", "", "�"))
    text = _filled_in(dice, card).replace("·", sign)
    return text.replace(card.id, dice.slip(card.id)).replace("\n“", "\n> “")


def _quoted(dice: _Dice, card: KnownCard) -> str:
    words = _front(card).split()
    length = min(len(words), dice.randrange(6, 14))
    at = dice.randrange(len(words) - length + 1)
    piece = words[at : at + length]
    long = [number for number, word in enumerate(piece) if len(word) > 5]
    if long and dice.random() < 0.7:
        chosen = dice.choice(long)
        piece[chosen] = dice.slip(piece[chosen])
    text = " ".join(piece).strip(".,“”?!")
    ways = (f"Over “{text}”:", f"bij de kaart met: {text.lower()}", f"Kaart over {text.lower()}.")
    return dice.letter(dice.choice(ways))


def _described(dice: _Dice, card: KnownCard) -> str:
    words = re.findall(r"[^\W\d_]{5,}", card.text)
    chosen = dice.sample(sorted(set(words)), min(4, len(set(words))))
    return dice.letter(f"De kaart over {', '.join(chosen[:-1])} en {chosen[-1]}.".lower())


def _nothing(dice: _Dice, _: KnownCard) -> str:
    return dice.letter(dice.choice((
        "Die ene kaart van gisteren is fout.",
        "Leuke kaarten, ga zo door met het deck!",
        "De kaarten over luisteren zijn het best, vind ik.",
        "Mijn voortgang is weg na het importeren, hoe kan dat?",
        "Ik ben nooit klaar met leren, en slecht slapen doe ik er niet om.",
        "Een van ons heeft geen Anki: kan dat ook op papier?",
        "We gaan morgen all-in met de hele ploeg, dank voor de kaarten.",
    )))  # fmt: skip


def _unknown(dice: _Dice, card: KnownCard) -> str:
    """Name a card that is not there, but sounds like one: of another deck, or misremembered."""
    other = dice.choice(("feestje", "het-rooster", "nieuwe-collega", "van-mirjam", "zonder-einde"))
    return dice.letter(dice.label(f"{card.id.split('-')[0]}-{other}"))


_KINDS: dict[str, Callable[[_Dice, KnownCard], str | bytes]] = {
    "as it is": _exact,
    "capitals": _capitals,
    "spaces": _spaces,
    "slips": _slips,
    "slips and spaces": _slips_and_spaces,
    "other hyphens": _signs,
    "cut by a line": _wrapped,
    "shortened": _shortened,
    "filled in by the page": _filled_in,
    "a mail": _mail,
    "quoted-printable": _raw_quoted_printable,
    "filled in, with a slip": _filled_in_and_slipped,
    "quoted": _quoted,
    "described": _described,
    "about no card": _nothing,
    "about an unknown card": _unknown,
}
_BY_WORDS = {"quoted", "described"}
_ABOUT_NOTHING = {"about no card", "about an unknown card"}
