"""The notes of a file of cards: from mappings of YAML to notes."""

from collections.abc import Iterable, Iterator
from typing import Any

from deckwright.problem import Fix, Problem
from deckwright.source._values import values
from deckwright.source._yaml_mapping import YamlMapping
from deckwright.source._yaml_nodes import Node, TextNode
from deckwright.source.deck import ClozeNote, Note, QuestionNote, ReverseNote, text_at
from deckwright.source.ids import id_of_text
from deckwright.source.key import named
from deckwright.source.keys import CLOZE, NOTE, QUESTION
from deckwright.source.text_files import MOST_PROBLEMS, too_many
from deckwright.words.kinds import Switch
from deckwright.words.messages import Message

_OF_ONE_KIND = [key.name for key in (*QUESTION, *CLOZE)]
_REVERSE = named(QUESTION, "reverse")


def notes_in(found: dict[str, Any], top: YamlMapping, problems: list[Problem]) -> Iterator[Note]:
    """Yield the notes of a file whose keys `top` has, and `found` the values under them.

    What is wrong is added to `problems`.
    """
    of_file = {
        "subdeck": found["subdeck"] or text_at("", top.place),
        "file_tags": found["tags"],
        "language": found["language"],
    }
    for mapping in mappings(found["notes"], problems):
        if note := _note(mapping, of_file, found["reverse"]):
            yield note


def mappings(items: Iterable[Node], problems: list[Problem]) -> Iterator[YamlMapping]:
    """Yield the items of a list that are mappings, until too many problems were met."""
    for node in items:
        if mapping := YamlMapping.of(node, problems):
            yield mapping
        if len(problems) > MOST_PROBLEMS:
            problems.append(too_many(problems, MOST_PROBLEMS))
            return


def _note(mapping: YamlMapping, of_file: dict[str, Any], reverse: Switch | None) -> Note | None:
    """Return the note of a mapping; `of_file` and `reverse` are what its file says of all notes."""
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
    own = values(mapping, CLOZE if is_cloze else QUESTION)
    if is_cloze:
        if "reverse" in mapping and mapping.choice(_REVERSE) is Switch.ON:
            message = Message("a cloze has no card the other way round")
            hint = Message("remove the line 'reverse', or write a question and its answer")
            mapping.problem("note-kind", message, hint, "reverse")
        mapping.close()
        return ClozeNote(**common, **own) if common["id"] and own["cloze"] else None
    reverse = own.pop("reverse") or reverse
    mapping.close()
    if not (common["id"] and own["question"] and own["answer"]):
        return None
    return (ReverseNote if reverse is Switch.ON else QuestionNote)(**common, **own)


def _new_id(mapping: YamlMapping) -> Fix | None:
    """Return the line with an id made of the first words that a note shows."""
    known = (mapping.node.pairs.get(key) for key in ("question", "cloze"))
    text = next((found[1] for found in known if found), None)
    first = next(iter(mapping.node.pairs.values()), None)
    if not isinstance(text, TextNode) or not first or first[0].place != mapping.place:
        return None  # without a text, or between braces
    name = id_of_text(text.text.value)
    indent = " " * (mapping.place.col - 1)
    return Fix(mapping.place, "", f"id: {name}\n{indent}") if name else None


def _of_any_note(mapping: YamlMapping, of_file: dict[str, Any]) -> dict[str, Any]:
    if "id" not in mapping and (fix := _new_id(mapping)):
        mapping.fixes["id"] = fix
    own = values(mapping, NOTE)
    tags, language = own.pop("tags"), own.pop("language") or of_file["language"]
    return {**of_file, **own, "place": mapping.place, "own_tags": tags, "language": language}
