"""How hints are obeyed, by their templates: what an author writes instead of what."""

# ruff: noqa: RUF001 - signs that look alike are what some hints are about

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from deckwright.problem import Problem

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'

# What stands there and what is written instead, with words of the hint and message between braces;
# of several, the first that stands there.
WORD_FOR_WORD: dict[str, list[tuple[str, str]]] = {
    "write it without '<' and '&…;'": [
        ("R&amp;D & <3", "R&D & 3"),
        ("a<b>c", "abc"),
        ("'<img src=https://evil.example/n.png>'", "Proef"),
    ],
    "name it after what it teaches: the description would replace theirs": [
        ("name: standaard", "name: Koffie")
    ],
    # allowances and rules
    "write '{code}: ' and why this note may have it": [('{code}: ""', "{code}: het hoort zo")],
    "write the code of such a warning: 'deckwright rule' lists them": [
        (", id-malformed: zomaar", "")
    ],
    "write '{code}: off', or a number of 1 or more": [("veel", "40")],
    "write '{code}: off'": [("{code}:", "{code}: off")],
    "did you mean '{close}'?": [
        ("spellling", "{close}"),
        ("luistern", "{close}"),
        ("cards/media/week/plaat.svg", "{close}"),
        ("media\\week\\plaat.svg", "{close}"),
        ("media/plaat.svg", "{close}"),
        ("plaat.svg", "{close}"),
    ],
    "fix what it finds: Anki would lose or break it": [("  html-not-allowed: off\n", "")],
    # questions
    "ask without those words": [
        ("Is rood een kleur?", "Is dat de tint?"),
        ("Welke kleur is rood? En groen?", "Wat ziet u? En nu?"),
        ("Waarom is lijn", "Waarom is die"),
    ],
    "make it shorter, or split it into two notes": [
        (
            "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien",
            "Een",
        ),
        ("Hoe noemt iedere collega van deze afdeling die al langer dan een jaar", "Hoe noemt wie"),
    ],
    "ask only for the reason, or give the note a 'case'": [
        ("Wat is niet een tint, en waarom?", "Waarom is zout geen tint?")
    ],
    "make it two notes": [
        ("{{{{c4::negen}}}}", "negen"),
        (" En groen?", ""),
    ],
    "make a note of each item": [("    - ", "    ")],
    "ask what, why, how or when": [
        (
            "Is rood een kleur?\n  answer: Rood is er een",
            "Waarom is rood fel?\n  answer: Rood",
        ),
    ],
    "name the thing itself": [("helpt dat", "helpt een pauze")],
    "write **{found}**": [("{found}", "**{found}**")],
    "end it with '?'": [("de bak", "de bak?"), ("lijn #1", "lijn? #1")],
    "ask for the one thing that you want to hear": [
        ("Noem de kleuren van bloed.", "Welke tint heeft bloed?")
    ],
    "name it: who learns this card has not just read the text": [("de schrijver", "Heinrich")],
    "ask for the one that is meant: the first, the largest, that of one case": [
        ("een gevaar van de zaag", "het grootste gevaar van de zaag")
    ],
    "put them further apart, or say less there ({file}:{line})": [
        ("een ruimzichtbril schoon", "je masker schoon")
    ],
    "ask from another angle ({file}:{line})": [
        ("Hoe noemt een collega van die afdeling de grote, rode knop?", "Wanneer druk je erop?")
    ],
    # clozes
    "write {{{{c{home}::…}}}} there: a learner's progress belongs to the number": [
        ("{{{{c1::", "{{{{c{home}::"),
        ("{{{{c2::", "{{{{c{home}::"),
    ],
    "if it is code: {{{{c{number}::`{hidden}::{hint}`}}}}": [
        ("{{{{c{number}::{hidden}::{hint}}}}}", "{{{{c{number}::`{hidden}::{hint}`}}}}")
    ],
    "say more around the gaps": [
        ("De bril is", "Aan de zaag is een bril"),
    ],
    "write the hidden text after the ::": [("{{{{c1::", "{{{{c1::rood")],
    "number the gaps c1, c2, c3 … without leaving one out": [("{{{{c3::", "{{{{c2::")],
    "write {{{{c1::hidden text::hint}}}}, and code between back-ticks: {{{{c1::`a::b`}}}}": [
        ("rood::kleur::fel", "rood::kleur")
    ],
    "say it in other words there, or hide something else": [
        ("{{{{c1::rood}}}}", "{{{{c1::van}}}} ver")
    ],
    "hide the one or two words that matter": [("twee drie vier vijf zes zeven", "twee")],
    "hide the word that matters": [("{{{{c1::Een}}}}", "{{{{c1::Elf}}}}")],
    "make this a note with 'cloze', remove the braces, or put code between back-ticks": [
        ("{{{{c1::rood}}}}", "rood"),
        ("{{c1::schade}}", "schade"),
        ("((c1::water))", "water"),
    ],
    "hide the word that matters: {{{{c1::word}}}}": [("kleur", "{{{{c1::kleur}}}}")],
    "put the gaps one after the other": [
        ("{{{{c1::heel {{{{c2::fel}}}} rood}}}}", "{{{{c1::heel}}}} {{{{c2::fel}}}} rood")
    ],
    "number the gaps from c1": [("{{{{c0::", "{{{{c1::"), ("{{{{c500::", "{{{{c2::")],
    "write {{{{{name}::…}}}}, with one number": [("{{{{c1,2::", "{{{{{name}::")],
    "begin the gap with another word": [("image-occlusion:rect", "een vorm")],
    "keep a gap within one paragraph": [("rood\n\n", "rood ")],
    "let bold, links and lists begin and end on the same side of the braces": [
        ("{{{{c1::**rood}}}} kun**", "**{{{{c1::rood}}}} kun**")
    ],
    "write {{{{c1::hidden text}}}}": [
        ("{{{{c1:rood}}}}", "{{{{c1::rood}}}}"),
        ("{{c2::lauw}}", "{{{{c2::lauw}}}}"),
        ("{{{{C3::veel}}}}", "{{{{c3::veel}}}}"),
        ("{{{{c2}}}}", "{{{{c2::regen}}}}"),
        ("{{{{c2|zwerm}}}}", "{{{{c2::zwerm}}}}"),
        ("{{{{c2-burcht}}}}", "{{{{c2::burcht}}}}"),
        ("{{{{2:burcht}}}}", "{{{{c2::burcht}}}}"),
        ("{{{{c2：：kom}}}}", "{{{{c2::kom}}}}"),
        ("｛｛c2::buis｝｝", "{{{{c2::buis}}}}"),
        ("{{{{с2::dak}}}}", "{{{{c2::dak}}}}"),
    ],
    "write }}}} after the hidden text": [("rood", "rood}}}}")],
    "remove it": [
        ("answer-long: citaat, ", ""),
        ("}}}}.", "."),
        ("}} met", " met"),
        ("\x07", ""),
        ("\\0", ""),
    ],
    # names
    'write it on one line without "; put :: only between a deck and its subdeck': [
        ('"Start::"', "Start")
    ],
    "give it back the id '{old}'": [("Straße ø", "{old}")],
    "run 'deckwright rename {old} {name}'; or give it back the id '{old}'": [("bril", "{old}")],
    "write it as '{name}'": [("Één Kaart", "{name}"), ("Drie", "{name}"), ("Straße ø", "{name}")],
    "use a-z, 0-9 and hyphens": [('"!!"', "roep")],
    "it stands in {file}:{line}; choose another": [("een", "een-ander")],
    "give each its own id again: this is '{other}'": [("twee", "{other}"), ("een", "{other}")],
    "join words with hyphens and levels with ::": [("goed bezig", "goed-bezig"), ('"a::"', "a::b")],
    "write several tags as a list: [one, two]": [("a, b", "[a, b]")],
    "choose another word": [("leech", "lastig"), ("Marked", "gemerkt")],
    "write '{alike}' in both places": [("basis", "{alike}")],
    # texts
    "check that each {{ has its }}, each \\left its \\right, each \\begin its \\end": [
        ("{{b$", "{{b}}$"),
        ("\\left( x", "\\left( x \\right)"),
    ],
    "remove {runs}": [("{runs}{{https://a.nl}}", "")],
    "check how it is spelled; what is no formula needs no $": [("\\foobar{{x}}", "\\sqrt{{x}}")],
    "remove it and its end; to show it, write `<{tag}>` between back-ticks": [
        ("<script>alert(1)</script>", "`<script>alert(1)</script>`"),
        ('<span style="color:red">Niets</span>', "Niets"),
    ],
    "remove '{name}=…'": [(' {name}="alert(1)"', "")],
    "write a whole address, such as https://example.org/page": [
        ("javascript:alert(1)", "https://example.org/page")
    ],
    "remove it; a note to yourself stands behind a # in the file": [("<!-- nog nakijken -->", "")],
    "check that each address is valid": [("http://%/a", "http://voorbeeld.nl/a")],
    "say what it shows: ![…]({source})": [("![]({source})", "![Een vlak]({source})")],
    "write `{found}`, or **{name}** if bold is meant": [("{found}?", "`{found}`?")],
    "write `{found}`": [("{found}", "`{found}`")],
    "write it before and after the words, without <p>; to show it: {shown_as}": [
        ("**dag?", "**dag?**"),
        ("<p>**vet**</p>", '"**vet**"'),
        ('"zie `a"', "zie {shown_as}a"),
        ("__elke dag", "__elke__ dag"),
        ("Vet__", "Vet{shown_as}"),
    ],
    "put the note between brackets, or under 'explanation'": [
        ("Niets[^1].", "Niets (1)."),
        ("Zo[^a].", "Zo (of zo)."),
        ("[^a]: Of zo.", "Of zo."),
    ],
    "write the address alone, or [words](https://…)": [("[1]: https", "https")],
    "give each row of the table as many cells as its first row": [(" drie |", "")],
    "write some words, or a picture": [('"&nbsp;"', "Zo.")],
    "write | behind the key, and the whole text on the lines below it": [
        ("answer: Dit alles", "answer: |\n    Dit alles"),
        ("answer: >\n    1.", "answer: |\n    1."),
        (
            '"| a | b |\n    |---|---|\n    | c | d |"',
            "|\n    | a | b |\n    |---|---|\n    | c | d |",
        ),
    ],
    "write the number itself": [(r"$\eqref{{a}}$", "(1)")],
    # the ledger
    "write 'key: {key}': with another key, learners get every note a second time": [
        ("anders", "{key}")
    ],
    "write 'reverse: false' on this note: Anki cannot add the other card to it; to ask it the "
    "other way round as well, add a question with a new id": [
        ("    reverse: true", "    reverse: false")
    ],
    "write 'reverse: true' on this note: learners have both of its cards": [
        ("    question:", "    reverse: true\n    question:")
    ],
    "give this note a new id, and put the old one back or retire it; or, to let learners keep "
    "their progress on it all the same, write 'allow: {{meaning-changed: why}}'": [
        ("    question:", "    allow: {{meaning-changed: met opzet}}\n    question:")
    ],
    "remove it from 'retired', or remove the note": [("  een: Te makkelijk.\n", "")],
    "write '{name}: ' and why: learners read it": [("{name}:", "{name}: Te makkelijk.")],
    "remove the line": [
        ("%TAG !a! x", "  question: Wat nu?\n  answer: Zo."),
        ("was: een\n    ", ""),
        ("was: ooit\n    ", ""),
        ("  ooit: Nooit gehad.\n", ""),
    ],
    # media
    "put it on a card, and say it here in words": [
        ('"![Een vlak](media/plaat.svg)"', "Met een vlak op de eerste kaart.")
    ],
    # keys and values
    "add a line '{key}: …'": [
        ("name: Proef\n", "name: Proef\n{key}: proef\n"),
        ("- id: een\n", "- id: een\n  {key}: Waarom nu?\n"),
        ("- question", "- {key}: een\n  question"),
    ],
    "add a line 'language: …' with the code of the language, such as one of {known}": [
        ("name: Proef\n", "name: Proef\nlanguage: nl\n")
    ],
    "add a line '{key}: …' with one of {known}": [
        ("- id: luisteren\n", "- id: luisteren\n        {key}: fact\n")
    ],
    "keep one and remove the other": [("  answer: Anders.\n", ""), ("  answer: Anders.", "")],
    "write '- id: …' on this line": [("  id: twee", "- id: twee")],
    "write '{right}'": [("{key}:", "{right}:")],
    "known here: {known}": [("  kleur: rood\n", ""), ("  kleur: rood", "")],
    "remove the line 'reverse', or write a question and its answer": [("    reverse: true\n", "")],
    "write lines such as 'id: my-note'": [
        (
            "alleen maar tekst",
            "subdeck: Start\nnotes:\n- {{id: a, question: Wat nu?, answer: Zo.}}",
        ),
        ("- Wat nu?", "- id: my-note\n  question: Wat nu?\n  answer: Zo."),
    ],
    "begin each item with '- '": [("  id: een", "- {{id: een, question: Wat nu?, answer: Zo.}}")],
    "write a single text, between quotes": [
        ("\n    - Zo.\n    - Anders.", ""),
        ("    - Zo.\n    - Anders.", '    "Zo."'),
    ],
    "write '{key}: {{{example}}}'": [
        ("{key}: answer-long", "{key}: {{{example}}}"),
        ("{key}: [een]", "{key}: {{weg: Te makkelijk.}}"),
        ("{key}: off", "{key}: {{{example}}}"),
    ],
    "add an item: '- …'": [("notes:", "notes:\n- {{id: a, question: Wat nu?, answer: Zo.}}")],
    "write a text, or remove the line": [("answer:", "answer: Zo.")],
    "write '{code}'": [("nederlands", "{code}")],
    "write one of {known}; did you mean '{close}'?": [("situatei", "{close}")],
    "write one of {known}": [("yes", "true")],
    "write '{mail}'": [("mailto:kaarten@voorbeeld.nl", "{mail}")],
    "write {{text}} where the form takes the message, as in "
    "https://github.com/OWNER/NAME/issues/new?title={{id}}&body={{text}}": [
        ("acme/kaarten/issues", "acme/kaarten/issues/new?title={{id}}&body={{text}}")
    ],
    "write a mail address, or the https:// address of a form that reports mistakes": [
        ("bij Ans", "ans@voorbeeld.nl")
    ],
    # YAML
    "put the text between quotes, or a comment on a line of its own": [
        ("vervangen door les #2", '"vervangen door les #2"'),
        ("Waarom is lijn #1 de drukste?", '"Waarom is lijn #1 de drukste?"'),
        ("Dat is lijn #1.", '"Dat is lijn #1."'),
    ],
    'put the text between quotes: "…", or below the key after a |': [
        ('{{\'s Ochtends}} "ja".', "'{{''s Ochtends}} \"ja\".'"),
        *(
            (wrong, f'"{wrong}"')
            for wrong in (
                "Let op: wat nu?",
                "{{{{c1::Rood}}}} is een kleur die je ver kunt zien.",
                "*Wat* is nu?",
                "&c is een teken",
                "!niet doen",
                ">1 keer",
                ">1",
                "%5 van alles",
                "[link](https://voorbeeld.nl)",
            )
        ),
    ],
    "put the words with the # between quotes: {text}": [("zie #3", "{text}")],
    "put the whole text between quotes: {text}": [
        ("'Wat zie je op foto's?'", "{text}"),
        ('"Wat is "nu"?"', "{text}"),
        ("'s Ochtends drink je koffie.", "{text}"),
        ('"Rustig blijven" zeg je.', "{text}"),
        ("'Nee' zei hij.", "{text}"),
        ('"A" en "B"', "{text}"),
    ],
    "write \\\\ for a backslash, or put the text between '…'": [
        ("\\Users\\priya", "\\\\Users\\\\priya"),
        ("\\ud800", "\\\\ud800"),
    ],
    "add the closing quote: {text}{quote}": [("{text}", "{text}{quote}")],
    "write '{key}: {text}'": [
        ("{key}:{text}", "{key}: {text}"),
        ("{key}：{text}", "{key}: {text}"),
    ],
    "write a hyphen and a space: '- '": [("– ", "- ")],
    "use spaces": [("\t", "  ")],
    "a deck needs at most five levels": [("[" * 25 + "x" + "]" * 25, "x")],
}


def _deleted(problem: Problem, _: Path) -> None:
    path = Path(problem.place.file)
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _rename(path: Path, name: str, cards: Path) -> None:
    """Give a file another name, here and in the texts."""
    path.rename(path.with_name(name))
    for each in cards.glob("*.yaml"):
        text = each.read_text("utf-8")
        each.write_text(text.replace(f"/{path.name}", f"/{name}"), "utf-8")


def _renamed(problem: Problem, cards: Path) -> None:
    path = Path(problem.place.file)
    number = re.sub(r"\D", "", path.name) or "0"
    _rename(path, f"{int(number) + 3}-{path.name.lstrip('0123456789-')}", cards)


def _called_yaml(problem: Problem, _: Path) -> None:
    path = Path(problem.place.file)
    text = re.sub(r"id: .*", "id: een-ander", path.read_text("utf-8"))
    path.with_name(f"{problem.hint.values['nearly_yaml']}.yaml").write_text(text, "utf-8")
    path.unlink()


def _moved_up(problem: Problem, cards: Path) -> None:
    for path in Path(problem.place.file).iterdir():
        text = re.sub(r"id: .*", "id: nog-een-ander", path.read_text("utf-8"))
        (cards / path.name).write_text(text, "utf-8")
    shutil.rmtree(problem.place.file)


def _drawn_plainly(problem: Problem, cards: Path) -> None:
    path = Path(problem.place.file)
    _rename(path, f"{path.stem}.svg", cards)
    path.with_suffix(".svg").write_text(PICTURE, "utf-8")


def _exported(problem: Problem, _: Path) -> None:
    Path(problem.place.file).write_bytes(b"\x89PNG\r\n\x1a\n")


def _put_there(problem: Problem, cards: Path) -> None:
    """Put the file into media/ that the text refers to, or will."""
    values = {**problem.message.values, **problem.hint.values}
    name = Path(values.get("name", values.get("source", ""))).name
    path, at = Path(problem.place.file), problem.place.line - 1
    lines = path.read_text("utf-8").split("\n")
    if "[sound:" in lines[at]:
        lines[at] = lines[at].replace(f"[sound:{name}]", f"![wat je hoort](media/{name})")
    elif "media/" not in values.get("source", ""):
        lines[at] = lines[at].replace(values["source"], "media/name.png")
        name = "name.png"
    path.write_text("\n".join(lines), "utf-8")
    contents = {".mp3": b"ID3", ".png": b"\x89PNG\r\n\x1a\n", ".svg": PICTURE.encode()}
    (cards / "media").mkdir(exist_ok=True)
    (cards / "media" / name).write_bytes(contents[Path(name).suffix])


def _covered(problem: Problem, cards: Path) -> None:
    """Write notes that teach the point, from each side."""
    name = problem.hint.values["name"]
    notes = f"""subdeck: Zo
notes:
  - id: {name}-a
    covers: {name}
    kind: if-then
    case: Er staat een pan op het vuur.
    question: Wat doe je met {name}?
    answer: Vooral wachten.
  - id: {name}-b
    covers: {name}
    question: Waarom helpt {name}?
    answer: Vanwege de rust.
  - id: {name}-c
    covers: {name}
    cloze: Wie aan {name} begint, heeft eerst een {{{{c1::plan}}}} nodig.
"""
    (cards / f"5-{name}.yaml").write_text(notes, "utf-8")


def _in_the_guide(problem: Problem, cards: Path) -> None:
    point = f"{{id: {problem.message.values['text']}, kind: fact, title: Een punt}}"
    part = f"{{id: deel, title: Deel, points: [{point}]}}"
    (cards / "guide.yaml").write_text(f"title: Gids\nparts: [{part}]\n", "utf-8")


def _kept_in_its_deck(problem: Problem, cards: Path) -> None:
    was = problem.message.values["was"].split("::")
    for path in (Path(problem.place.file), cards / "deck.yaml"):
        text = path.read_text("utf-8")
        text = re.sub(r"^name: .*", f"name: {was[0]}", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"^subdeck: .*", f"subdeck: {was[1]}", text), "utf-8")


def _new_id(problem: Problem, cards: Path) -> None:
    path, old = Path(problem.place.file), problem.message.values["id"]
    text = path.read_text("utf-8").replace(f"- id: {old}\n", f"- id: {old}-anders\n")
    path.write_text(text, "utf-8")
    with (cards / "deck.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nretired:\n  {old}: Het staat er nu anders.\n")


def _numbered(_: Problem, cards: Path) -> None:
    names: dict[str, str] = {}
    files = sorted(cards.glob("*-*.yaml"), key=lambda path: int(path.name.split("-")[0]))
    for path in files:
        text = path.read_text("utf-8")
        name = re.search(r"^subdeck: (?:\d+ )?(.*)", text, re.MULTILINE)
        assert name
        number = names.setdefault(name[1], f"{len(names) + 1:02}")
        path.write_text(text.replace(name[0], f"subdeck: {number} {name[1]}"), "utf-8")


def _in_a_file_of_its_own(problem: Problem, cards: Path) -> None:
    path = Path(problem.place.file)
    first, _, second = path.read_text("utf-8").partition("\n---\n")
    path.write_text(f"{first}\n", "utf-8")
    notes = "notes:\n  - {id: nog-een, question: Waarom?, answer: Zo.}\n"
    (cards / "9-meer.yaml").write_text(f"{second.strip()}\n{notes}", "utf-8")


def _moved_in(problem: Problem, _: Path) -> None:
    path, at = Path(problem.place.file), problem.place.line - 1
    lines = path.read_text("utf-8").split("\n")
    lines[at] = " " * problem.hint.values["wanted"] + lines[at].lstrip(" ")
    path.write_text("\n".join(lines), "utf-8")


def _either(problem: Problem, _: Path) -> None:
    """Keep the cloze of a note that has a question, too; give one that has neither a question."""
    path = Path(problem.place.file)
    text = path.read_text("utf-8")
    if "cloze:" in text:
        text = re.sub(r"  (?:question|answer): .*\n", "", text)
    else:
        text = text.replace("  hint: Hm.", "  hint: Hm.\n  question: Wat nu?\n  answer: Zo.")
    path.write_text(text, "utf-8")


def _shortened(problem: Problem, _: Path) -> None:
    Path(problem.place.file).write_text(NOTES, "utf-8")


def _other_new_id(problem: Problem, _: Path) -> None:
    path, was = Path(problem.place.file), problem.message.values["was"]
    text = path.read_text("utf-8").replace(f"- id: {was}\n", "- id: een-ander\n")
    path.write_text(text, "utf-8")


def _known_again(problem: Problem, cards: Path) -> None:
    """Give a note the id by which learners know its text, and the other one a new id."""
    old, name = problem.hint.values["old"], problem.message.values["name"]
    path = Path(problem.place.file)
    text = path.read_text("utf-8").replace(f"id: {old}\n", "id: een-ander\n")
    path.write_text(text.replace(f"id: {name}\n", f"id: {old}\n"), "utf-8")
    settings = cards / "deck.yaml"
    text = re.sub(rf"retired:\n  {old}: .*\n", "", settings.read_text("utf-8"))
    settings.write_text(text, "utf-8")


BY_HAND: dict[str, Callable[[Problem, Path], None]] = {
    "write a note with 'covers: {name}'": _covered,
    "add the point to guide.yaml": _in_the_guide,
    "keep the name; or release all the same: the notes for learners say how to move them": (
        _kept_in_its_deck
    ),
    "give it a new id, and retire the old one: Anki cannot make the one into the other": _new_id,
    "begin the names with numbers of as many digits each: 01, 02 … 10": _numbered,
    "remove the line, or put what follows in a file of its own": _in_a_file_of_its_own,
    "begin the line with {wanted} spaces": _moved_in,
    "write either 'question' and 'answer', or 'cloze'": _either,
    "write the file's keys, or remove the file": _deleted,
    "delete one of the two files": _deleted,
    "use it or remove it": _deleted,
    "take one of the two out": _deleted,
    "give this note the id '{old}', and the other one a new id; or, where '{old}' is listed as "
    "retired, take it off that list first": _known_again,
    "give that other note a new id, or remove the line": _other_new_id,
    "give it another name": _renamed,
    "give one of them another name": _renamed,
    "call it {nearly_yaml}.yaml, or take it out of this folder": _called_yaml,
    "move them up beside deck.yaml, or take the folder out of this one": _moved_up,
    "use one of {formats}": _drawn_plainly,
    "export it as plain SVG, without script, links or animation": _drawn_plainly,
    "embed that picture (Inkscape: Extensions, Images, Embed Images), or delete it": _drawn_plainly,
    "write &amp; for &, and &lt; for <": _drawn_plainly,
    'save it as UTF-8, with encoding="UTF-8" in its first line': _drawn_plainly,
    "export it again as {ending}": _exported,
    "put the file into {folder}/": _put_there,
    "put the file into {folder}/ and write {folder}/name.png": _put_there,
    "put the file into {folder}/ and write ![what it says]({folder}/{name})": _put_there,
    "make it shorter, or split it into several notes": _shortened,
}

# Hints of what no text shows: files, the disk, the clock, a dictionary; and the test of each.
ELSEWHERE = {
    "start Anki and open a profile; if it runs, choose Tools, Add-ons, Get Add-ons there, give the "
    "code 2055492159, and start Anki again": "cli/test_push.py::test_nobody_answers",
    "end the other program there; or give AnkiConnect another 'webBindPort' in Tools, Add-ons, "
    "AnkiConnect, Config, start Anki again, and add --url http://127.0.0.1:PORT": (
        "cli/test_push.py::test_nobody_answers"
    ),
    "end what it is doing, close the dialogs that it shows, then push again": (
        "cli/test_push.py::test_nobody_answers"
    ),
    "press Yes when Anki asks; or empty 'ignoreOriginList' in Tools, Add-ons, AnkiConnect, Config, "
    "and push again": "cli/test_push.py::test_anki_refuses",
    "open one there, then push again": "cli/test_push.py::test_anki_refuses",
    "choose Tools, Add-ons, Check for Updates in Anki": "cli/test_push.py::test_anki_refuses",
    "run deckwright and Anki in one system, where both see the same files": (
        "cli/test_push.py::test_anki_refuses"
    ),
    "choose File, Import in Anki for this package: there it may say more": (
        "cli/test_push.py::test_anki_refuses"
    ),
    "set DECKWRIGHT_ANKICONNECT_KEY to the 'apiKey' in Tools, Add-ons, AnkiConnect, Config": (
        "cli/test_push.py::test_it_has_a_key"
    ),
    "split it, or write what has very many marks more simply": (
        "build/test_cards_folder.py::test_a_file_ends"
    ),
    "fix what was found, and run this again: what was read is remembered": (
        "build/test_cards_folder.py::test_reading_ends"
    ),
    "write it into {roles}; or give the note a new id and retire the old one, which begins anew "
    "for them": "exchange/test_adopting.py::test_a_text_without_a_field_is_an_error",
    "split it into several decks": "build/test_cards_folder.py::test_a_deck_has_a_limit",
    "try again when the editor, or whatever else writes here, has ended": (
        "build/test_packages.py::test_edits_while_the_cards_are_read"
    ),
    "wait until it has ended, then try again": (
        "build/test_packages.py::test_a_second_build_waits_or_says_so"
    ),
    "make room on the disk or change the folder's permissions, then try again": (
        "cli/test_commands.py::test_a_folder_that_refuses_is_a_problem"
    ),
    "run 'deckwright release', and commit the ledger with the cards": (
        "build/test_packages.py::test_released_fails_on_a_draft"
    ),
    "take the ledger of release {number} from there or from version control, or make it again: "
    "'deckwright lock --from PACKAGE'": (
        "build/test_release_history.py::test_a_ledger_never_goes_back"
    ),
    "nobody has this deck yet: add --first; people have it: take deck.lock from version control, "
    "or run 'deckwright lock --from PACKAGE' with the package that they have": (
        "build/test_release_history.py::test_a_first_release_is_asked_for"
    ),
    "write 'key: {key}-{digest}', or add --this-key to keep it": (
        "build/test_release_history.py::test_a_key_of_one_word_is_questioned"
    ),
    "copy the file itself here": "cards/test_media.py::test_links",
    "copy the folder itself here": "cards/test_media.py::test_links",
    "make the picture smaller, or the sound or video shorter": "cards/test_media.py::test_sizes",
    "make it smaller or shorter": "cards/test_media.py::test_sizes",
    "move it up": "cards/test_media.py::test_folders_that_lie_too_deep",
    "write more notes of the kinds {kinds}": "check/test_shares.py::test_shares_are_exact",
    "turn some into questions": "check/test_shares.py::test_shares_are_exact",
    "split it with a hyphen, or write it as two words": (
        "check/test_rules.py::test_thresholds_are_exact"
    ),
    "correct it, or write '{word}: ' and the reason in {word_list}": (
        "check/test_spelling.py::test_the_word_list_needs_reasons_and_use"
    ),
    "write '{word}: ' and why": (
        "check/test_spelling.py::test_the_word_list_needs_reasons_and_use"
    ),
    "give a new gap a number that no learner can have had, well above the others": (
        "release/test_recovery.py::test_a_lost_ledger_is_made_again"
    ),
    "set this computer's clock right; or, if nobody has that release, take the ledger before it "
    "from version control; or, if people have it, 'deckwright release --this-time': what comes "
    "after it is newer still, and reaches them": (
        "release/test_release_time.py::test_a_release_from_the_future_has_a_way_out"
    ),
    "write a time that has passed, or leave it out": (
        "release/test_release_time.py::test_a_time_of_the_environment_is_past"
    ),
    "set PYTHONUTF8=1, or LANG to a language with UTF-8": (
        "disk/test_file_names.py::test_a_name_that_this_computer_misreads"
    ),
    "set its clock right; or, if it is right, add --this-time": (
        "release/test_release_time.py::test_a_clock_far_ahead_of_all_is_refused"
    ),
    "take the ledger of {base} again, and run 'deckwright release': nothing else writes it": (
        "release/test_ledger_changes.py::test_the_way_out"
    ),
    "ask whether it is meant: learners keep progress on another question, or lose corrections": (
        "release/test_ledger_changes.py::test_what_several_releases_hide_is_shown"
    ),
    "use the deckwright that wrote the ledger: fields and their order never change": (
        "release/test_guards.py::test_fields_that_changed_are_refused"
    ),
    "take the next free number, c{free}, for the new gap": (
        "release/test_guards.py::test_each_hint_leads_out"
    ),
    "take the next free number, c{free}": "release/test_guards.py::test_each_hint_leads_out",
    "take out what no card has": "source/test_reader.py::test_word_lists_have_a_limit",
    "fix these first": "source/test_reader.py::test_a_file_of_nothing_but_problems",
    "name the folder with deck.yaml: --cards FOLDER": (
        "source/test_reader.py::test_folders_that_lack_something"
    ),
    "check its permissions": "source/test_reader.py::test_files_that_cannot_be_read",
    "take it out of this folder": "source/test_reader.py::test_files_that_cannot_be_read",
    "remove this link, or put the file itself in its place": (
        "source/test_reader.py::test_files_that_cannot_be_read"
    ),
    "copy the file itself into the folder": (
        "source/test_reader.py::test_a_file_from_elsewhere_or_too_large"
    ),
    "split it into several files, one for each part of the text": (
        "source/test_reader.py::test_a_file_from_elsewhere_or_too_large"
    ),
    "save it as UTF-8": "cards/test_svg.py::test_what_stands_before_the_drawing",
    "take the file from version control again": "test_hints.py::test_a_ledger_comes_back",
    "install the deckwright that wrote it": "test_hints.py::test_a_ledger_comes_back",
    "keep the ledger of the release that was sent: 'git checkout --ours' or '--theirs', then this "
    "file; the next release then sends what the other one changed": (
        "release/test_ledger.py::test_two_releases_apart_collide_and_the_way_out"
    ),
    "put it back; or run 'deckwright retire {name}'; or, where it has another id now, "
    "'deckwright rename {name} THAT-ID'": (
        "release/test_guards.py::test_the_hints_of_a_gone_note_lead_out"
    ),
}

_SVG = 'xmlns="http://www.w3.org/2000/svg"'
# Drawings with one thing wrong, and as they are when the hint was obeyed.
DRAWINGS = {
    "put the style into a <style> of the drawing": (
        f'<?xml-stylesheet href="x.css"?><svg {_SVG}/>',
        f"<svg {_SVG}><style>rect {{}}</style></svg>",
    ),
    'begin it with <svg xmlns="{svg}"': ("<svg><rect/></svg>", f"<svg {_SVG}><rect/></svg>"),
    "export it again as svg, not compressed": ("\x1f\x8b", PICTURE),
    "delete the <!DOCTYPE …>": (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">' + PICTURE,
        PICTURE,
    ),
    "export it again as svg": ("<html/>", PICTURE),
    "delete it, or export the drawing as plain SVG": (
        f"<svg {_SVG}><rect zomaar='a(b)'/></svg>",
        f"<svg {_SVG}><rect/></svg>",
    ),
    "export texts as texts of SVG (draw.io: Convert labels to SVG)": (
        f"<svg {_SVG}><foreignObject/></svg>",
        f"<svg {_SVG}><text>a</text></svg>",
    ),
    "export it as plain SVG (Illustrator: File, Export, Export As), or delete that part": (
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + PICTURE,
        PICTURE,
    ),
    "delete this link, and leave what it stands around": (
        f'<svg {_SVG}><a href="https://a.nl"><rect/></a></svg>',
        f"<svg {_SVG}><rect/></svg>",
    ),
    "a style may refer to the drawing alone, as in url(#name): delete this, or draw it": (
        f'<svg {_SVG}><rect style="fill:url(//a.nl/x)"/></svg>',
        f'<svg {_SVG}><rect style="fill:url(#x)"/></svg>',
    ),
    "draw it more simply, or save it as png": (
        f"<svg {_SVG}>{'<g/>' * 50_001}</svg>",
        f"<svg {_SVG}>{'<g/>' * 10}</svg>",
    ),
    "export it again, or open it in a browser, which shows where it breaks off": (
        f"<svg {_SVG}>",
        PICTURE,
    ),
    "write the character itself": (
        (
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'
            f"<svg {_SVG}><text>&eacute;</text></svg>"
        ),
        f"<svg {_SVG}><text>é</text></svg>",
    ),
    "delete what stands before <?xml": (f' <?xml version="1.0"?>{PICTURE}', PICTURE),
    "close each element, the last one first": (
        f"<svg {_SVG}><g><rect></g></svg>",
        f"<svg {_SVG}><g><rect></rect></g></svg>",
    ),
    "delete one of the two attributes": (
        f'<svg {_SVG}><rect x="1" x="2"/></svg>',
        f'<svg {_SVG}><rect x="1"/></svg>',
    ),
    'declare it at the beginning, as in <svg xmlns="{svg}" xmlns:xlink="{xlink}"': (
        f'<svg {_SVG}><use xlink:href="#a"/></svg>',
        f'<svg {_SVG} xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>',
    ),
}
# Lines of one note with one thing wrong, and as they are when the hint was obeyed.
LINES = {
    "write </{tag}> where it ends, inside what it stands in; to show a <, write \\<": (
        "answer: Zo <b>hoor.",
        "answer: Zo <b>hoor</b>.",
    ),
    "say it in words, or in a picture": ("answer: '[latex]x[/latex]'", "answer: x"),
    "write the characters themselves": ("answer: '&#123;&#123;c1::x}}'", "answer: '`{{c1::x}}`'"),
    "write [words](https://…) or ![words](media/…), and no space before a bracket": (
        "answer: 'Zie [hier](https://a.nl'",
        "answer: 'Zie [hier](https://a.nl)'",
    ),
    "for the character, write \\{sign}": ("answer: $R & D$", "answer: $R \\& D$"),
    "cut what is not needed": (
        f"cloze: '{'De lamp is rood. ' * 15}{{{{c1::Elf}}}}.'",
        "cloze: Aan de kust is het vandaag nat, want het {{c1::regent}}.",
    ),
}
# Files of a folder with one thing wrong, and those that change when the hint is obeyed.
SETTINGS = "name: Proef\nkey: proef\nlanguage: nl\ndescription: Zo.\n"
NOTES = "subdeck: A\nnotes:\n- id: a\n  question: Wat nu?\n  answer: Zo.\n"
_OTHERS = NOTES.replace("id: a", "id: b").replace("Wat nu", "Waarom dan").replace("Zo.", "Anders.")
FILES = {
    "choose another key": ({"deck.yaml": SETTINGS.replace("key: proef", "key: nul")}, SETTINGS),
    "write the code of the language, such as one of {known}": (
        {"deck.yaml": SETTINGS.replace("nl", "dat van hier")},
        SETTINGS,
    ),
    "write the code of a warning, as check prints it between brackets": (
        {"deck.yaml": f"{SETTINGS}rules: {{zomaar: off}}\n"},
        f"{SETTINGS}rules: {{yes-no: off}}\n",
    ),
    "make it shorter": (
        {"deck.yaml": SETTINGS.replace("name: Proef", f"name: {'p' * 201}")},
        SETTINGS,
    ),
    "keep the {most:,} that matter": (
        {"1-a.yaml": f"{NOTES}  tags: [{', '.join(f't{n}' for n in range(101))}]\n"},
        NOTES,
    ),
    "write both the same way": (
        {"2-b.yaml": _OTHERS.replace("subdeck: A", "subdeck: a"), "1-a.yaml": NOTES},
        _OTHERS,
    ),
    "write '- {key}: …'": ({"1-a.yaml": NOTES.replace("- id", "-id")}, NOTES),
    "type a space over it": ({"1-a.yaml": NOTES.replace("  answer", "\u00a0 answer")}, NOTES),
    "compare its indentation, colon and quotes with the lines above": (
        {"1-a.yaml": NOTES.replace("Zo.", "Zo.\nen zo")},
        NOTES.replace("Zo.", "Zo.\n    en zo"),
    ),
    "say more in each answer ({file}:{line})": (
        {
            "1-a.yaml": f"{NOTES}  reverse: true\n"
            "- {id: b, question: Waarom dan?, answer: zo, reverse: true}\n"
        },
        (
            f"{NOTES}  reverse: true\n"
            "- {id: b, question: Waarom dan?, answer: Vanwege de rust, reverse: true}\n"
        ),
    ),
    "add deck.yaml with name, key, language and description": ({"deck.yaml": ""}, SETTINGS),
    "add a file such as 1-start.yaml with subdeck and notes": ({"1-a.yaml": ""}, NOTES),
}
# Hints that lead out of what no test of ours can bring about, or that say what is meant by a key.
NOT_OBEYED = {
    "if < stands for itself, write \\<",
    "put a backslash before the character in front of it",
    "write it more simply",
    "write \\< for <, and &amp; for &, or leave the HTML out",
}
