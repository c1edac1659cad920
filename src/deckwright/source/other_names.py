"""What other tools, or Dutch authors, call the keys."""

_OTHER_NAMES = {
    other: key
    for key, others in {
        "question": "front voorkant vraag q prompt frage",
        "answer": "back achterkant antwoord a ans reply antwort",
        "cloze": "text tekst zin invulzin gatenzin gap",
        "tags": "tag label labels",
        "explanation": "toelichting uitleg extra explain note opmerking",
        "source": "bron bronnen ref reference",
        "theme": "thema onderwerp topic subject",
        "case": "situatie casus situation context",
        "kind": "soort type",
        "hint": "tip clue",
        "reverse": "omgekeerd andersom reversed bidirectional umgekehrt",
        "covers": "dekt behandelt",
        "notes": "notities kaarten cards vragen",
        "subdeck": "deck stapel onderdeel substapel",
        "name": "naam titel",
        "title": "titel naam",
        "key": "sleutel",
        "language": "taal lang",
        "description": "omschrijving beschrijving",
        "retired": "vervallen",
        "author": "auteur",
        "license": "licentie licence",
        "homepage": "website site url",
        "parts": "delen hoofdstukken",
        "points": "punten",
    }.items()
    for other in (key, *others.split())
}


def meant(key: str) -> str:
    """Return the key that is meant by a word that other tools, or Dutch authors, have for it."""
    return _OTHER_NAMES.get(key.casefold(), "")
