"""The files of a new deck: few notes that teach how to write them, and what stands around cards."""

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from deckwright.build.plan import BuildOptions, plan_build
from deckwright.check.schema import FILES, schema
from deckwright.check.spelling import MISSPELT, UNKNOWN
from deckwright.disk import writing
from deckwright.disk.reading import names_in
from deckwright.problem import Problem, errors
from deckwright.release.next_release import Clock
from deckwright.source.ids import MAX_LENGTH, suggested_id
from deckwright.words.language import language
from deckwright.words.messages import LANGUAGES, Message, MessageError, said

CARDS = "cards"
_README = "README.md"
# What is the same in each language: where the files of starter/any go.
_AROUND = {
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/deck.yml",
    "pre-commit.yaml": ".pre-commit-config.yaml",
    "settings.json": ".vscode/settings.json",
}


class StartError(MessageError):
    """A deck that cannot be started so; the text says why."""


class NewDeck(NamedTuple):
    """What an author says of a new deck; `language` is one of LANGUAGES."""

    name: str
    language: str
    subject: str


def starter_files(folder: Path, new: NewDeck) -> dict[Path, bytes]:
    """Return the files of a new deck in `folder`; StartError where its name or subject can't be."""
    about = Message("About {subject}.", subject=new.subject.rstrip("."))
    values = {
        "NAME": quoted(new.name),
        "KEY": new_key(new.name),
        "SUBJECT": quoted(new.subject),
        "ABOUT": quoted(said(about, new.language)),
    }
    texts = {
        file.name: _with_schema(file.name, _filled(file, values))
        for file in _starter(new.language).iterdir()
        if file.name != _README
    }
    cards = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    reason = said(Message("a word of the subject"), new.language)
    words = language(new.language).word_list
    found = problems_in(cards)
    unknown = [each.message.values["word"] for each in found if each.code in (MISSPELT, UNKNOWN)]
    cards[words] += "".join(f"{word}: {reason}\n" for word in unknown).encode()
    made = {folder / CARDS / name: content for name, content in cards.items()}
    return made | files_around(folder, new.name, new.language)


def files_around(folder: Path, name: str, deck_language: str) -> dict[Path, bytes]:
    """Return what stands around the cards of a deck: for git, GitHub, editors and its author."""
    code = deck_language if deck_language in LANGUAGES else LANGUAGES[0]
    news = language(deck_language).labels["news"]
    values = {"TITLE": name, "VERSION": metadata.version("deckwright"), "NEWS": news}
    values["INSTALL"] = _requirement()
    made = {target: _filled(_starter("any") / file, values) for file, target in _AROUND.items()}
    made[_README] = _filled(_starter(code) / _README, values)
    for kind in FILES:
        text = json.dumps(schema(kind, code), ensure_ascii=False, indent=2)
        made[f".deckwright/{kind}.schema.json"] = f"{text}\n"
    return {folder / target: text.encode() for target, text in made.items()}


def in_the_way(folder: Path, files: Iterable[Path]) -> list[Path]:
    """Return what stands in `folder` where files are to go, or where a folder for them is."""
    found = []
    for path in files:
        below = [each for each in reversed(path.parents) if each.is_relative_to(folder)]
        found += [each for each in below if os.path.lexists(each) and not each.is_dir()]
        found += [each for each in below[1:] if each.is_symlink()]
        found += [path] if os.path.lexists(path) else []
    cards = folder / CARDS
    found += [cards] if cards.is_dir() and names_in(cards) else []
    return list(dict.fromkeys(found))


def new_key(name: str) -> str:
    """Return a key for a deck of this name that no other deck is likely to have."""
    key = suggested_id(name)[: MAX_LENGTH - len("deck--0123")].strip("-")
    if re.match("backup|collection", key) or not key:
        key = f"deck-{key}".strip("-")  # Anki takes such a package for a whole collection
    return key if "-" in key else f"{key}-{secrets.token_hex(2)}"


def quoted(text: str) -> str:
    """Return a text as YAML reads it, between quotes."""
    return json.dumps(text, ensure_ascii=False)


def problems_in(cards: Mapping[str, bytes]) -> list[Problem]:
    """Return what check would say of some files of cards; StartError where that is an error."""
    with writing.temporary_folder() as folder:
        writing.write_all({folder / name: raw for name, raw in cards.items()}, durable=False)
        found = plan_build(folder, Clock(1), BuildOptions(spell=True, hints=True)).problems
    for problem in errors(found):
        if Path(problem.place.file).name in cards:
            message = Message("{message}; {hint}", message=problem.message, hint=problem.hint)
            raise StartError(message)
    return found


def _requirement() -> str:
    """Return what pip installs this very deckwright by, with Anki's engine.

    That is the revision in git where it came from there (PEP 610), else the version on an index.
    """
    origin = metadata.distribution("deckwright").read_text("direct_url.json")
    found = json.loads(origin or "{}")
    if revision := found.get("vcs_info", {}).get("commit_id"):
        return f"deckwright[verify] @ git+{found['url']}@{revision}"
    return f"deckwright[verify]=={metadata.version('deckwright')}"


def _with_schema(name: str, text: str) -> str:
    """Return a YAML file that tells editors its schema."""
    kind = name.removesuffix(".yaml")
    if kind == name:
        return text
    file = f"{kind if kind in FILES else CARDS}.schema.json"
    return f"# yaml-language-server: $schema=../.deckwright/{file}\n{text}"


def _filled(file: Traversable, values: Mapping[str, str]) -> str:
    return re.sub("@([A-Z]+)@", lambda hole: values[hole[1]], file.read_text("utf-8"))


def _starter(name: str) -> Traversable:
    return resources.files(__package__) / "starter" / name
