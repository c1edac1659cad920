"""An author with a folder of cards: writes notes, releases, edits, releases again."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from real_deck import START

from deckwright.build.lost_ledger import recover_ledger
from deckwright.build.packages import BuildResult, build_deck
from deckwright.build.plan import BuildPlan, ReadyDeck, plan_build
from deckwright.build.releasing import release_files, write_release
from deckwright.problem import Problem
from deckwright.release.ledger import LEDGER_NAME, Ledger, dump
from deckwright.release.next_release import Clock, NoteChanges
from deckwright.release.stamped_notes import StampedNote

SETTINGS = {"name": "Proef", "key": "proef", "language": "nl", "description": "Een **proef**."}

NOTES: list[dict[str, Any]] = [
    {"id": "een", "question": "Wat is een?", "answer": "Een **getal**.", "tags": ["rij::a"]},
    {"id": "twee", "question": "Wat is twee?", "answer": "- paar\n- stel", "hint": "Meer."},
    {
        "id": "drie",
        "cloze": "{{c1::Rood}} en {{c2::blauw::kleur}} geven samen een mooi paars.",
        "theme": "Kleur",
    },
    {
        "id": "vier",
        "cloze": "Water kookt aan zee bij {{c1::honderd}} graden.",
        "explanation": "Aan zee.",
    },
]


def _written(content: dict[str, Any]) -> dict[str, Any]:
    """Return what goes into the file: `_x` on a note is the author's own memory of it."""
    if "notes" not in content:
        return content
    notes = [{k: v for k, v in note.items() if k[0] != "_"} for note in content["notes"]]
    return {**content, "notes": notes}


class _Plain(yaml.SafeDumper):
    """Writes a list that stands in two notes twice, as a person would, not as an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        """Never use an alias."""
        return True


@dataclass(frozen=True)
class Released:
    """A release that was written."""

    ready: ReadyDeck
    package: Path
    cleanup: Path | None
    news: Path

    @property
    def changes(self) -> NoteChanges:
        """What became of each note."""
        return self.ready.release.changes

    @property
    def notes(self) -> tuple[StampedNote, ...]:
        """The notes of the package, in study order."""
        return self.ready.release.notes

    @property
    def ledger(self) -> Ledger:
        """The ledger afterwards."""
        return self.ready.release.ledger


class Author:
    """Keeps a deck in `folder`/cards and its packages in `folder`/build; `now` is the clock."""

    def __init__(self, folder: Path, notes: list[dict[str, Any]] | None = None) -> None:
        self.cards, self.out = folder / "cards", folder / "build"
        self.now = START
        self.drawer: list[dict[str, Any]] = []  # notes that were taken out
        self.settings: dict[str, Any] = dict(SETTINGS)
        self.parts: dict[str, dict[str, Any]] = {
            "1-deel.yaml": {"subdeck": "1 Deel", "notes": [dict(n) for n in notes or NOTES]}
        }

    @property
    def notes(self) -> list[dict[str, Any]]:
        """The notes of the first part, to be changed at will."""
        notes: list[dict[str, Any]] = self.parts["1-deel.yaml"]["notes"]
        return notes

    def note(self, name: str) -> dict[str, Any]:
        """Return one note of the first part."""
        return next(note for note in self.notes if note["id"] == name)

    def retires(self, name: str, why: str = "Te makkelijk.") -> dict[str, Any]:
        """Take a note out and list it as retired; returns it."""
        note = self.note(name)
        self.notes.remove(note)
        self.settings["retired"] = {**self.settings.get("retired", {}), name: why}
        return note

    def brings_back(self, note: dict[str, Any]) -> None:
        """Put a note in that was retired."""
        self.settings["retired"].pop(note["id"])
        if not self.settings["retired"]:
            del self.settings["retired"]
        self.notes.append(note)

    def save(self) -> None:
        """Write the folder as it is meant now; the ledger stays."""
        self.cards.mkdir(parents=True, exist_ok=True)
        for old in self.cards.glob("*.yaml"):
            old.unlink()
        for name, content in {"deck.yaml": self.settings, **self.parts}.items():
            text = yaml.dump(_written(content), Dumper=_Plain, allow_unicode=True, sort_keys=False)
            (self.cards / name).write_text(text, "utf-8")

    def plan(self) -> BuildPlan:
        """Save, and return what a release would be now."""
        self.save()
        return plan_build(self.cards, Clock(self.now))

    def tries(self, **wishes: Any) -> tuple[Released | None, list[Problem]]:
        """Save and release an hour later; returns what came of it."""
        self.now += 3600
        plan = self.plan()
        if plan.ready is None:
            return None, plan.problems
        files = release_files(plan.ready, self.cards, self.out, **wishes)
        write_release(plan.ready, files, {})
        return Released(plan.ready, files.package, files.cleanup, files.notes), plan.problems

    def releases(self, **wishes: Any) -> Released:
        """Save and release an hour later; nothing may be wrong."""
        made, problems = self.tries(**wishes)
        assert made, problems
        return made

    def codes(self) -> list[str]:
        """Return the codes of what is wrong now."""
        return [problem.code for problem in self.plan().problems]

    def drafts(self, *, released: bool = False) -> BuildResult:
        """Save and build an hour later; nothing may be wrong."""
        self.save()
        self.now += 3600
        made, problems = build_deck(self.cards, self.out, Clock(self.now), released=released)
        assert made, problems
        return made

    def published(self, name: str = "old.apkg") -> Path:
        """Release, and put the package aside as it was sent."""
        target = self.cards.parent / name
        target.write_bytes(self.releases().package.read_bytes())
        return target

    def edits_of_each_kind(self) -> Path:
        """Release, make an edit of each kind, and return the package of the release."""
        old = self.published()
        self.note("een").update(answer="Het eerste **getal**.", tags=["rij::b"])
        self.note("drie")["cloze"] = "Rood en {{c2::blauw::kleur}} geven samen een mooi paars."
        self.retires("twee")
        self.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
        self.save()
        return old

    def recovers(self, package: Path) -> Ledger:
        """Make a lost ledger again from a package, and write it; nothing may be wrong."""
        made, _, problems = recover_ledger(self.cards, package)
        assert made, problems
        (self.cards / LEDGER_NAME).write_bytes(dump(made).encode())
        return made

    def ledger_text(self) -> str:
        """Return the text of the ledger."""
        return (self.cards / LEDGER_NAME).read_text("utf-8")

    def rows(self) -> dict[str, dict[str, Any]]:
        """Return the lines of the ledger that are notes, by id."""
        lines = map(json.loads, self.ledger_text().splitlines())
        return {line["note"]: line for line in lines if "note" in line}
