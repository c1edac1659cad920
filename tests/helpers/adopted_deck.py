"""A deck that was made of a package which learners have already."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from commands import run
from other_programs import NOTES, OtherDeck

from deckwright.release.ledger import LEDGER_NAME

OLD = 1_500_000_000  # when the foreign deck was made, before any deckwright


class AdoptedDeck:
    """A deck that was adopted from the package `foreign`."""

    def __init__(self, folder: Path, notes: Any = tuple(NOTES), *, legacy: bool = False) -> None:
        self.cards, self.out = folder / "cards", folder / "out"
        other = OtherDeck(folder / "anki", notes)
        other.col.db.execute("update notes set mod = ?", OLD)
        self.foreign = other.package(legacy=legacy)
        other.col.close()

    def adopts(self, *words: object) -> Result:
        """Import and adopt."""
        return run("import", self.foreign, "--adopt", "--cards", self.cards, *words)

    def releases(self, *, ok: bool = True) -> Path:
        """Release, and put the package aside."""
        options = ("--yes", "--this-key", "--allow-warnings")
        result = run("release", "--cards", self.cards, "--out", self.out, *options)
        assert (result.exit_code == 0) == ok, result.output
        (package,) = self.out.glob("geo-????.apkg")
        target = self.out / f"sent-{len(list(self.out.glob('sent-*')))}.apkg"
        target.write_bytes(package.read_bytes())
        return target

    def writes(self, old: str, new: str) -> None:
        """Write another text in the cards."""
        (file,) = (each for each in self.cards.glob("*.yaml") if old in each.read_text("utf-8"))
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    def rows(self) -> list[dict[str, Any]]:
        """Return the lines of the ledger."""
        lines = (self.cards / LEDGER_NAME).read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]
