"""The folder `cards/` to a Deck, and everything about its form that is wrong."""

import re
from collections.abc import Iterator
from pathlib import Path

from deckwright import files
from deckwright.notes import (
    WORD_LISTS,
    BaseNote,
    ClozeNote,
    Deck,
    Guide,
    Note,
    Part,
    Point,
    QuestionNote,
    Text,
    text_at,
)
from deckwright.problem import Place, Problem
from deckwright.record import Record
from deckwright.tree import Broken, Items, Pairs, Tree
from deckwright.yaml_tree import parse

MOST_PROBLEMS = 1_000  # of one file; nobody reads on
_FRAME = ("deck.yaml", "guide.yaml")
LANGUAGES = ("nl", "en")
POINT_KINDS = ("principle", "dilemma", "tip", "fact", "reflection")
QUESTION_KINDS = (
    "definitie",
    "contrast",
    "waarom",
    "situatie",
    "wanneer",
    "dilemma",
    "als-dan",
    "reflectie",
)


def read_frame(folder: Path) -> tuple[Deck | None, list[Path], list[Problem]]:
    """Read the deck of a folder without its notes.

    `folder` holds deck.yaml, perhaps guide.yaml, and one YAML file a part. Returns the deck (None
    without a usable deck.yaml), the files with its notes in study order, and all problems found;
    never raises.
    """
    problems: list[Problem] = []
    try:
        names = sorted((path.name for path in folder.iterdir() if _is_source(path)), key=_natural)
    except OSError as error:
        message = f"the folder cannot be read: {files.reason(error)}"
        hint = "name the folder with deck.yaml: --cards FOLDER"
        return None, [], [Problem(Place(str(folder)), "folder-unreadable", message, hint)]
    tops = {name: _top(folder / name, problems) for name in _FRAME if name in names}
    settings, guide = tops.get("deck.yaml"), tops.get("guide.yaml")
    problems += [*_missing(folder, names), *files.names_apart(folder, names)]
    word_list = tuple(_word_list(folder, problems))
    outline = _guide(guide, problems) if guide else None
    deck = _deck(settings, outline, word_list) if settings else None
    return deck, [folder / name for name in names if name not in _FRAME], problems


def read_notes(raw: bytes, file: str) -> tuple[list[Note], list[Problem]]:
    """Read the bytes of a file with notes; `file` is its name for places.

    Returns the notes and all problems found. What a note lacks is reported; the note itself is
    then left out.
    """
    source, problems = files.decode(raw, file)
    top = None if source is None else _parsed(source, file, problems)
    return list(_notes(top, problems)) if top else [], problems


def _missing(folder: Path, names: list[str]) -> Iterator[Problem]:
    if "deck.yaml" not in names:
        hint = "add deck.yaml with name, key, language and description"
        yield Problem(Place(str(folder)), "deck-missing", "no deck.yaml in this folder", hint)
    if not set(names) - set(_FRAME):
        hint = "add a file such as 1-start.yaml with subdeck and notes"
        message = "no file with notes in this folder"
        yield Problem(Place(str(folder)), "notes-missing", message, hint)


def _word_list(folder: Path, problems: list[Problem]) -> Iterator[tuple[Text, str]]:
    """Yield the words that the dictionary need not know: lines of `word: reason`, `#` comments."""
    for name in WORD_LISTS.values():
        path = folder / name
        source, found = files.read_text(path) if path.exists() else ("", [])
        problems += found
        for number, line in enumerate((source or "").split("\n"), 1):
            word, _, reason = line.partition(":")
            if word.strip() and not word.startswith("#"):
                yield text_at(word.strip(), Place(str(path), number)), reason.strip()


def _is_source(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml") and not path.name.startswith(".")


def _natural(name: str) -> list[tuple[int, str]]:
    """Sort 2-x before 10-x, as file managers do."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", name)]


def _top(path: Path, problems: list[Problem]) -> Record | None:
    source, found = files.read_text(path)
    problems += found
    return None if source is None else _parsed(source, str(path), problems)


def _parsed(source: str, file: str, problems: list[Problem]) -> Record | None:
    tree, found = parse(source, file)
    problems += found
    if tree is None and not found:
        hint = "write the file's keys, or remove the file"
        problems.append(Problem(Place(file), "value-empty", "the file is empty", hint))
    return _record(tree, problems) if tree else None


def _record(tree: Tree, problems: list[Problem]) -> Record | None:
    if isinstance(tree, Pairs):
        return Record(tree, problems)
    if not isinstance(tree, Broken):
        message, hint = "no 'key: value' lines here", "write lines such as 'id: my-note'"
        problems.append(Problem(tree.place, "type-wrong", message, hint))
    return None


def _records(items: Items | None, problems: list[Problem]) -> Iterator[Record]:
    for tree in items.items if items else ():
        if record := _record(tree, problems):
            yield record
        if len(problems) > MOST_PROBLEMS:
            return


def _deck(
    top: Record,
    guide: Guide | None,
    word_list: tuple[tuple[Text, str], ...],
) -> Deck | None:
    name = top.text("name", required=True)
    key = top.text("key", required=True, prose=False)
    language = top.choice("language", LANGUAGES, required=True)
    description = top.text("description", required=True)
    author, license_ = top.text("author"), top.text("license")
    homepage = top.text("homepage", prose=False)
    top.close()
    if not (name and key and language and description):
        return None
    return Deck(
        name=name,
        key=key,
        language=language,
        description=description,
        author=author,
        license=license_,
        homepage=homepage,
        guide=guide,
        word_list=word_list,
    )


def _guide(top: Record, problems: list[Problem]) -> Guide | None:
    title = top.text("title", required=True)
    parts = []
    for record in _records(top.items("parts", required=True), problems):
        part_id = record.text("id", required=True, prose=False)
        part_title = record.text("title", required=True)
        points = _records(record.items("points", required=True), problems)
        found = tuple(point for point in map(_point, points) if point)
        record.close()
        if part_id and part_title:
            parts.append(Part(part_id, part_title, found))
    top.close()
    return Guide(title, tuple(parts)) if title else None


def _point(record: Record) -> Point | None:
    point_id = record.text("id", required=True, prose=False)
    kind = record.choice("kind", POINT_KINDS, required=True)
    title = record.text("title", required=True)
    record.close()
    return Point(point_id, kind, title) if point_id and kind and title else None


def _notes(top: Record, problems: list[Problem]) -> Iterator[Note]:
    subdeck = top.text("subdeck", required=True)
    tags = top.texts("tags")
    items = top.items("notes", required=True)
    top.close()
    for record in _records(items, problems):
        if note := _note(record, subdeck or text_at("", top.place), tags):
            yield note


def _note(record: Record, subdeck: Text, tags: tuple[Text, ...]) -> Note | None:
    note_id = record.text("id", required=True, prose=False)
    base = BaseNote(
        id=note_id or text_at("", record.place),
        place=record.place,
        allow=record.pairs("allow"),
        subdeck=subdeck,
        covers=record.texts("covers"),
        theme=record.text("theme"),
        tags=(*tags, *record.texts("tags")),
        hint=record.text("hint"),
        explanation=record.text("explanation"),
        source=record.text("source"),
    )
    common = {name: getattr(base, name) for name in BaseNote.__slots__}
    is_cloze, is_question = "cloze" in record, "question" in record or "answer" in record
    if is_cloze == is_question:
        found = "both a question and a cloze" if is_cloze else "neither a question nor a cloze"
        hint = "write either 'question' and 'answer', or 'cloze'"
        record.problem("note-kind", f"the note has {found}", hint)
        record.close("question", "answer", "case", "kind", "cloze")
        return None
    if is_cloze:
        cloze = record.text("cloze", required=True)
        record.close()
        return ClozeNote(**common, cloze=cloze) if note_id and cloze else None
    question, answer = record.text("question", required=True), record.text("answer", required=True)
    case, kind = record.text("case"), record.choice("kind", QUESTION_KINDS)
    record.close()
    if not (note_id and question and answer):
        return None
    return QuestionNote(**common, question=question, answer=answer, case=case, kind=kind)
