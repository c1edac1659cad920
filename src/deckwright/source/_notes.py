"""The notes of a file of cards: from mappings of YAML to notes."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from deckwright.problem import Fix, Problem
from deckwright.source._languages import language_under
from deckwright.source._yaml_mapping import MAX_NAME, YamlMapping
from deckwright.source._yaml_nodes import Node, TextNode
from deckwright.source.deck import ClozeNote, Note, QuestionNote, ReverseNote, text_at
from deckwright.source.ids import suggested_id
from deckwright.source.text_files import MOST_PROBLEMS, too_many
from deckwright.words.kinds import PointKind, QuestionKind, Switch
from deckwright.words.messages import Message

_WORDS_OF_AN_ID = 6
_Choice = TypeVar("_Choice", QuestionKind, PointKind, Switch)
_OF_ONE_KIND = ("question", "answer", "case", "kind", "reverse", "cloze")


def notes_under(top: YamlMapping, problems: list[Problem]) -> Iterator[Note]:
    """Yield the notes of a file whose keys `top` has; what is wrong is added to `problems`."""
    subdeck = top.text("subdeck", required=True, most=MAX_NAME)
    of_file = {
        "subdeck": subdeck or text_at("", top.place),
        "file_tags": top.texts("tags"),
        "language": language_under(top),
    }
    reverse = chosen(top, "reverse", Switch)
    items = top.items("notes", required=True)
    top.close()
    for mapping in mappings(items, problems):
        if note := _note(mapping, of_file, reverse):
            yield note


def mappings(items: Iterable[Node], problems: list[Problem]) -> Iterator[YamlMapping]:
    """Yield the items of a list that are mappings, until too many problems were met."""
    for node in items:
        if mapping := YamlMapping.of(node, problems):
            yield mapping
        if len(problems) > MOST_PROBLEMS:
            problems.append(too_many(problems, MOST_PROBLEMS))
            return


def chosen(
    mapping: YamlMapping, key: str, choices: type[_Choice], *, required: bool = False
) -> _Choice | None:
    """Return the one of `choices` that a key names, in either language; None without one."""
    known, shown = choices.by_name(), ", ".join(choice.names for choice in choices)
    text = mapping.choice(key, tuple(known), shown=shown, required=required)
    return known[text.value] if text else None


def _note(mapping: YamlMapping, of_file: dict[str, Any], reverse: Switch | None) -> Note | None:
    """Return the note of a mapping; `of_file` and `reverse` are what its file says of all notes."""
    if "id" not in mapping:
        mapping.missing("id", Message("add a line '{key}: …'", key="id"), _new_id(mapping))
    common = _of_any_note(mapping, of_file)
    is_cloze, is_question = "cloze" in mapping, "question" in mapping or "answer" in mapping
    if not (is_question or is_cloze) and mapping.means("question", "answer", "cloze"):
        mapping.close(*_OF_ONE_KIND)
        return None
    if is_cloze == is_question:
        message = Message("the note has neither a question nor a cloze")
        if is_cloze:
            message = Message("the note has both a question and a cloze")
        hint = Message("write either 'question' and 'answer', or 'cloze'")
        mapping.problem("note-kind", message, hint)
        mapping.close(*_OF_ONE_KIND)
        return None
    if is_cloze:
        cloze = mapping.text("cloze", required=True)
        if "reverse" in mapping and chosen(mapping, "reverse", Switch) is Switch.ON:
            message = Message("a cloze has no card the other way round")
            hint = Message("remove the line 'reverse', or write a question and its answer")
            mapping.problem("note-kind", message, hint, "reverse")
        mapping.close()
        return ClozeNote(**common, cloze=cloze) if common["id"] and cloze else None
    question, answer = (mapping.text(key, required=True) for key in ("question", "answer"))
    case, kind = mapping.text("case"), chosen(mapping, "kind", QuestionKind)
    reverse = chosen(mapping, "reverse", Switch) or reverse
    mapping.close()
    if not (common["id"] and question and answer):
        return None
    made = ReverseNote if reverse is Switch.ON else QuestionNote
    return made(**common, question=question, answer=answer, case=case, kind=kind)


def _new_id(mapping: YamlMapping) -> Fix | None:
    """Return the line with an id made of the first words that a note shows."""
    known = (mapping.node.pairs.get(key) for key in ("question", "cloze"))
    text = next((found[1] for found in known if found), None)
    first = next(iter(mapping.node.pairs.values()), None)
    if not isinstance(text, TextNode) or not first or first[0].place != mapping.place:
        return None  # without a text, or between braces
    words = re.findall(r"[^\W_]+", re.sub(r"\{\{c\d+::", "", text.text.value))[:_WORDS_OF_AN_ID]
    name = suggested_id(" ".join(words))
    indent = " " * (mapping.place.col - 1)
    return Fix(mapping.place, "", f"id: {name}\n{indent}") if name else None


def _of_any_note(mapping: YamlMapping, of_file: dict[str, Any]) -> dict[str, Any]:
    return {
        **of_file,
        "id": mapping.text("id", prose=False),
        "place": mapping.place,
        "allow": mapping.pairs("allow"),
        "was": mapping.text("was", prose=False),
        "covers": mapping.texts("covers"),
        "theme": mapping.text("theme"),
        "own_tags": mapping.texts("tags"),
        "hint": mapping.text("hint"),
        "explanation": mapping.text("explanation"),
        "source": mapping.text("source"),
        "language": language_under(mapping) or of_file["language"],
    }
