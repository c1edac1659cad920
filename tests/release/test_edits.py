"""Every edit an author can make: harmless in the real engine, or refused with a code.

`make test-anki-matrix` runs it in older Ankis too, and prints the table.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import anki.buildinfo
import pytest
from author import Author

from deckwright.anki.learner import Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.build.lost_lock import recover_lock
from deckwright.build.plan import plan_build
from deckwright.cards import note_types
from deckwright.cards.markdown_renderer import MarkdownRenderer
from deckwright.release.rename import rename
from deckwright.release.stamp import Clock
from deckwright.words.language import language

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Edit:
    """What an author does, the code that refuses it, and the notes that reach learners anew."""

    name: str
    do: Callable[[Author, Patch], Any]
    refused: str = ""
    touched: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    options: dict[str, bool] = field(default_factory=dict)


def on(name: str, **texts: Any) -> Callable[[Author, Patch], None]:
    """Return an edit of one note."""
    return lambda author, _: author.note(name).update(texts)


def add(author: Author, _: Patch) -> None:
    """Put a note at the end."""
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})


def remove(author: Author, _: Patch) -> None:
    """Take a note out."""
    author.notes.pop(0)


def come_back(author: Author, _: Patch) -> None:
    """Take a note out, publish that, and put it in again."""
    gone = author.notes.pop(0)
    author.builds()
    author.notes.insert(0, gone)


def rename_id(author: Author, _: Patch) -> None:
    """Give a note another id, by the command for it."""
    planned = plan_build(author.cards, Clock(author.now))
    assert planned.ready
    rename(planned.ready.deck, (author.cards / "deck.lock", planned.ready.old), "een", "nieuw")
    author.note("een")["id"] = "nieuw"


def another_kind(author: Author, _: Patch) -> None:
    """Make a cloze of a question."""
    author.notes[0] = {"id": "een", "cloze": "Het eerste getal van de rij heet {{c1::begin}}."}


def move(author: Author, _: Patch) -> None:
    """Give the part another name."""
    author.parts["1-deel.yaml"]["subdeck"] = "1 Anders"


def template(old: str, new: str) -> Callable[[Author, Patch], None]:
    """Return an edit of deckwright's own templates or style."""

    def do(_: Author, patch: Patch) -> None:
        real = note_types._file
        patch.setattr(note_types, "_file", lambda name: real(name).replace(old, new))

    return do


def rename_label(_: Author, patch: Patch) -> None:
    """Call a field otherwise."""
    known = language("nl")
    renamed = replace(known, labels={**known.labels, "hint": "Tip"})
    patch.setattr(note_types, "language", lambda _: renamed)


def upgrade_renderer(_: Author, patch: Patch) -> None:
    """Let a new version of Markdown write other HTML for the same text."""
    real = MarkdownRenderer.html
    patch.setattr(MarkdownRenderer, "html", lambda self, text: f"{real(self, text)}<br>")


def change_media(author: Author, _: Patch) -> None:
    """Draw a picture anew under the same name."""
    draw(author, "blue")


def draw(author: Author, colour: str) -> None:
    """Put a picture into the folder of cards."""
    folder = author.cards / "media"
    folder.mkdir(parents=True, exist_ok=True)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="{colour}"/></svg>'
    (folder / "plaat.svg").write_text(svg, "utf-8")


def lose_lock(author: Author, _: Patch) -> None:
    """Lose the lock, and make it again from the published package."""
    (author.cards / "deck.lock").unlink()
    assert recover_lock(author.cards, read_package(author.out / "proef.apkg"))[0]


def two_builds(author: Author, _: Patch) -> None:
    """Edit a note, publish, and edit another one: learners skip the package between."""
    author.note("een")["answer"] = "Het eerste getal."
    author.builds()
    author.note("twee")["answer"] = "Het tweede getal."


def merge(author: Author, _: Patch) -> None:
    """Edit one note here and another in a branch; both branches build, then they are merged."""
    before = author.lock()
    branch = Author(author.cards.parent / "branch")
    draw(branch, "red")
    branch.note("twee")["explanation"] = author.note("twee")["explanation"]
    branch.save()
    (branch.cards / "deck.lock").write_text(before, "utf-8")
    branch.now = author.now
    branch.note("twee")["answer"] = "Een paar."
    branch.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
    branch.builds()
    author.note("een")["answer"] = "Het eerste getal."
    author.notes.append({"id": "zes", "question": "Wat komt na vijf?", "answer": "Zes."})
    author.builds()
    ours, theirs = author.lock().splitlines(), branch.lock().splitlines()
    union = [*ours, *(line for line in theirs if line not in ours)]
    (author.cards / "deck.lock").write_text("\n".join(union) + "\n", "utf-8")
    author.note("twee")["answer"] = "Een paar."
    author.notes.append(branch.notes[-1])


EDITS = (
    Edit("reword", on("een", answer="Het eerste getal."), touched={"een"}),
    Edit("retag", on("een", tags=["rij::b"]), touched={"een"}),
    Edit("add", add, new={"vijf"}),
    Edit("remove", remove),
    Edit("come back", come_back, touched={"een"}),
    Edit("reorder", lambda a, _: a.notes.reverse()),
    Edit("rename id", rename_id),
    Edit("add cloze", on("vier", cloze="{{c2::Water}} kookt aan zee bij {{c1::honderd}} graden."),
         touched={"vier"}),
    Edit("remove cloze", on("drie", cloze="Rood en {{c2::blauw::kleur}} geven samen mooi paars."),
         touched={"drie"}),
    Edit("swap clozes",
         on("drie", cloze="{{c2::Rood}} en {{c1::blauw::kleur}} geven samen een mooi paars."),
         refused="cloze-changed"),
    Edit("renumber clozes", on("drie", cloze="Rood en {{c1::blauw}} geven samen een mooi paars."),
         refused="cloze-changed"),
    Edit("change kind", another_kind, refused="kind-changed"),
    Edit("move subdeck", move, refused="deck-moved"),
    Edit("move subdeck, allowed", move, options={"allow_move": True}),
    Edit("change template", template("<main", '<main class="x"')),
    Edit("change CSS", template("--paper: #fbfaf7", "--paper: #ffffff")),
    Edit("rename field label", rename_label),
    Edit("change media", change_media, touched={"twee"}),
    Edit("renderer upgraded", upgrade_renderer),
    Edit("lock lost, made again", lose_lock),
    Edit("two edits in two builds", two_builds, touched={"een", "twee"}),
    Edit("merge of two branches", merge, touched={"een", "twee"}, new={"vijf", "zes"}),
)  # fmt: skip

# What Anki itself makes impossible, by version and edit: see the README.
IMPOSSIBLE = {
    ("2.1.54", "rename field label"): "a note type with other field names counts as another one",
}


def result_of(edit: Edit, folder: Path, patch: Patch) -> str:
    """Let a learner study, an author edit, the learner import; returns 'harmless' or the harm."""
    author = Author(folder)
    draw(author, "red")
    author.note("twee")["explanation"] = "![Een rood vlak](media/plaat.svg)"
    with learner(folder / "anki") as student:
        student.imports(author.builds().package)
        student.studies(rounds=2)
        student.tags("van-mij", at=author.now + 60)
        student.corrects("vier", "Bron", "Van mij.", at=author.now + 90)
        progress, types = student.progress(), student.note_types()
        count = len(student.notes())
        edit.do(author, patch)
        made, problems = author.tries(**edit.options)
        if made is None:
            return "refused: " + ", ".join(sorted({problem.code for problem in problems}))
        log = student.imports(made.package)
        harm = list(harms(student, edit, progress, types))
        if log.updated != len(edit.touched) or log.new != len(edit.new):
            harm.append(f"{log.updated} notes replaced, {log.new} new")
        for kind, look in read_package(made.package).types.items():
            model = student.col.models.get(look.id)
            if (model["tmpls"][0]["qfmt"], model["css"]) != (look.look[0], look.look[2]):
                harm.append(f"the look of {kind} did not arrive")
        if missing := student.missing_media():
            harm.append(f"missing: {missing}")
        if log.conflicting:
            harm.append(f"{log.conflicting} conflicting")
        if len(student.notes()) != count + len(edit.new):
            harm.append(f"{len(student.notes())} notes")
        for note in made.stamped.notes:
            if note.note.id in edit.touched | edit.new:
                assert student.notes()[note.guid].fields == list(note.note.fields)
    return ", ".join(harm) or "harmless"


def harms(student: Learner, edit: Edit, progress: dict[Any, Any], types: set[str]) -> list[str]:
    """Return what the learner lost."""
    found = []
    now = student.progress()
    if {key: now.get(key) for key in progress} != progress:
        found.append("reviews lost")
    if student.note_types() != types:
        found.append("stray note type")
    anew = edit.touched | edit.new
    names = {note.fields[0] for note in student.notes().values() if "van-mij" not in note.tags}
    found += [f"tags lost on {name}" for name in sorted(names - anew)]
    if "vier" not in edit.touched and "Van mij." not in student.note("vier").fields:
        found.append("correction lost")
    return found


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name.replace(" ", "-"))
def test_edit(edit: Edit, tmp_path: Path, monkeypatch: Patch) -> None:
    """The edit is refused with its code; or it costs a learner nothing and arrives."""
    version = anki.buildinfo.version
    result = result_of(edit, tmp_path, monkeypatch)
    if table := os.environ.get("EDITS_TABLE"):
        with Path(table).open("a", encoding="utf-8") as file:
            file.write(f"{edit.name}\t{version}\t{result}\n")
    if (version, edit.name) in IMPOSSIBLE:
        assert result != "harmless", "it works now: take it out of IMPOSSIBLE"
    else:
        assert result == (f"refused: {edit.refused}" if edit.refused else "harmless")
